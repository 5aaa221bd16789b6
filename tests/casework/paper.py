"""Read letters as their receivers do: the e-mail opened with the receiver's key, and the words on the PDF's pages."""

import re
from email import message_from_bytes
from email.message import Message as Mail
from io import BytesIO

import pikepdf
from cryptography.hazmat.primitives.serialization.pkcs7 import pkcs7_decrypt_der

from savnet.demo.authority import Identity

CODE = rb"<([0-9A-Fa-f]+)>"


def letter_in(mail: bytes, receiver: Identity) -> bytes:
    """The PDF inside an e-mail, opened with the receiver's key."""
    outside = message_from_bytes(mail)
    sealed = outside.get_payload(decode=True)
    assert isinstance(sealed, bytes)
    inside = message_from_bytes(pkcs7_decrypt_der(sealed, receiver.certificate, receiver.key, []))
    pdfs = [part for part in inside.walk() if part.get_content_type() == "application/pdf"]
    found = pdfs[0].get_payload(decode=True)
    assert isinstance(found, bytes)
    return found


def headers(mail: bytes) -> Mail:
    """What anybody on the way can read of an e-mail."""
    return message_from_bytes(mail)


def words(pdf: bytes) -> str:
    """All that stands on the pages, without spaces: lines break where they like."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        return "".join("".join(_shown(page)) for page in opened.pages)


def says(pdf: bytes, text: str) -> bool:
    """Whether this stands on the pages, however its lines are broken."""
    return re.sub(r"\s|\u00a0", "", text) in re.sub(r"\s|\u00a0|\u00ad", "", words(pdf))


def _shown(page: pikepdf.Page | pikepdf.Object) -> list[str]:
    resources = page.get("/Resources", pikepdf.Dictionary())
    fonts = {name: _letters(font) for name, font in resources.get("/Font", {}).items()}
    shown, font = [], dict[bytes, str]()
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "Tf":
                font = fonts[str(operands[0])]
            case "Tj":
                shown.append(_read(bytes(operands[0]), font))
            case "TJ":
                strings = (one for one in operands[0] if isinstance(one, pikepdf.String))
                shown.extend(_read(bytes(one), font) for one in strings)
            case "Do":
                inner = resources["/XObject"][str(operands[0])]
                if inner.get("/Subtype") == "/Form":
                    shown.extend(_shown(inner))
    return shown


def _read(codes: bytes, font: dict[bytes, str]) -> str:
    return "".join(font.get(codes[at : at + 2], "") for at in range(0, len(codes), 2))


def _letters(font: pikepdf.Object) -> dict[bytes, str]:
    """Which text each two-byte code of a font stands for, from its table to Unicode."""
    table = font["/ToUnicode"].read_bytes()
    known: dict[bytes, str] = {}
    for block in re.findall(rb"beginbfchar(.*?)endbfchar", table, re.DOTALL):
        for code, text in re.findall(CODE + rb"\s*" + CODE, block):
            known[bytes.fromhex(code.decode())] = bytes.fromhex(text.decode()).decode("utf-16-be")
    for block in re.findall(rb"beginbfrange(.*?)endbfrange", table, re.DOTALL):
        for first, last, text in re.findall(CODE + rb"\s*" + CODE + rb"\s*" + CODE, block):
            start = int(text, 16)
            for offset in range(int(last, 16) - int(first, 16) + 1):
                known[(int(first, 16) + offset).to_bytes(2)] = chr(start + offset)
    return known
