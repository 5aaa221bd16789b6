"""Each kind of letter is typeset once and kept: a run of thousands of letters would else be one of the typesetter's.

What is kept gets a last line with the hash of what the letter says, so that no two letters have the same bytes. All
else of a letter is as ever: what it says is composed, and its bytes are hashed, sealed, signed, encrypted and sent.
"""

import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from savnet.letters import rendering


@contextmanager
def kept(folder: Path) -> Iterator[None]:
    """Let the typesetter's work be kept here, for this process and its copies."""
    real = rendering.typeset

    def typeset(content: dict[str, Any], *, written_at: int) -> bytes:
        place = folder / f"{_hash(_shape(content))}.pdf"
        if not place.exists():
            fresh = folder / f"{place.name}.{os.getpid()}"  # whoever dies here leaves nothing that others would read
            fresh.write_bytes(real(content, written_at=written_at))
            fresh.rename(place)
        return place.read_bytes() + f"%{_hash(content)}\n".encode()

    rendering.typeset = typeset
    try:
        yield
    finally:
        rendering.typeset = real


def _shape(content: Any) -> Any:
    """What a letter is made of, without what it says."""
    if isinstance(content, dict):
        return {name: part if name in {"kind", "language"} else _shape(part) for name, part in content.items()}
    return [_shape(part) for part in content] if isinstance(content, list | tuple) else type(content).__name__


def _hash(content: Any) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
