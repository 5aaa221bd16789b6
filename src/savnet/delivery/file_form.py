"""Files as a web form sends them (multipart/form-data)."""

import uuid


def file_form(*files: tuple[str, str, bytes]) -> tuple[str, bytes]:
    """The files as a form, each under its field and file name, and the type to send it as."""
    border = f"savnet-{uuid.uuid4().hex}"
    parts = [
        f'--{border}\r\nContent-Disposition: form-data; name="{name}"; filename="{file}"\r\n'
        "Content-Type: application/octet-stream\r\n\r\n".encode("ascii")
        + content
        + b"\r\n"
        for name, file, content in files
    ]
    return f"multipart/form-data; boundary={border}", b"".join([*parts, f"--{border}--\r\n".encode("ascii")])
