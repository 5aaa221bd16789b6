"""Files as a web form sends them (multipart/form-data)."""

import uuid
from collections.abc import Mapping

ANY = "application/octet-stream"


def file_form(*files: tuple[str, str, bytes], kinds: Mapping[str, str] | None = None) -> tuple[str, bytes]:
    """The files as a form, each under its field and file name, and the type to send it as.

    What has no file name is a plain field. `kinds` says of what type the content of a field is.
    """
    border = f"savnet-{uuid.uuid4().hex}"
    parts = [_part(border, name, file, content, (kinds or {}).get(name, ANY)) for name, file, content in files]
    return f"multipart/form-data; boundary={border}", b"".join([*parts, f"--{border}--\r\n".encode("ascii")])


def _part(border: str, name: str, file: str, content: bytes, kind: str) -> bytes:
    named = f'; filename="{file}"' if file else ""
    head = f'--{border}\r\nContent-Disposition: form-data; name="{name}"{named}\r\nContent-Type: {kind}\r\n\r\n'
    return head.encode("ascii") + content + b"\r\n"
