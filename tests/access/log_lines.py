"""What the house logs while something is done: every line as it would be written, whatever its level."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from savnet.watching.logs import AllowListed


class _Kept(logging.Handler):
    """Every line as it would be written, whatever its level."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.setFormatter(AllowListed())
        self.lines: list[bytes] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record).encode())


@contextmanager
def lines_of_the_log() -> Iterator[list[bytes]]:
    """What is logged meanwhile, by whatever logger."""
    root, kept, before = logging.getLogger(), _Kept(), logging.getLogger().level
    disabled = logging.root.manager.disable
    logging.disable(logging.NOTSET)
    root.addHandler(kept)
    root.setLevel(logging.DEBUG)
    try:
        yield kept.lines
    finally:
        root.removeHandler(kept)
        root.setLevel(before)
        logging.disable(disabled)
