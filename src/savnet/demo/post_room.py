"""Look into the post room: the e-mails as any server on the way sees them, and as the receiver sees them, opened."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from pathlib import Path

from cryptography.hazmat.primitives.serialization.pkcs7 import pkcs7_decrypt_der

from savnet.delivery.channels.encrypted_email.certificates import addresses
from savnet.demo import receivers
from savnet.demo.signature import BadSignature, verify


class NoSuchMail(Exception):
    """There is no e-mail of that name in the post room. Choose one from the list."""


class CannotOpen(Exception):
    """The receiver's key does not open this e-mail: it is not encrypted, or was encrypted to another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """An e-mail from the outside: all that stands in clear."""

    name: str
    arrived_at: datetime
    receiver: str
    sender: str
    subject: str
    message_id: str
    repeat: int
    headers: tuple[tuple[str, str], ...]
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file inside the e-mail."""

    name: str
    content_type: str
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """An e-mail after the receiver has opened it. Without a true signature `signed_by` is None, and `flaw` says why."""

    mail: Mail
    text: str
    attachments: tuple[Attachment, ...]
    signed_by: str | None
    flaw: str | None


def mails(room: Path | None = None) -> list[Mail]:
    """All e-mails that the receivers have got, newest first. What we send to ourselves are the watcher's canaries."""
    folder = (room or receivers.default_room()) / "mail"
    arrived = (_outside(path) for path in sorted(folder.glob("*.eml"), reverse=True))
    return [mail for mail in arrived if mail.receiver != receivers.SENDER]


def open_mail(name: str, room: Path | None = None) -> Opened:
    """One e-mail as its receiver reads it, with the receiver's own key."""
    room = room or receivers.default_room()
    path = room / "mail" / f"{name}.eml"
    if not re.fullmatch(r"[0-9T]+-[0-9a-f]{8}", name) or not path.exists():
        raise NoSuchMail(f"Det finnes ingen e-post {name!r} i postrommet.")
    mail = _outside(path)
    signed = _decrypted(path.read_bytes(), mail.receiver, room)
    content = _first_part(signed)
    inner = _parsed(content)
    signed_by, flaw = _signed_by(_parsed(signed), content, mail.sender, room)
    body = inner.get_body(("plain",))
    return Opened(
        mail=mail,
        text=body.get_content() if body else "",
        attachments=tuple(_attachment(part) for part in inner.iter_attachments()),
        signed_by=signed_by,
        flaw=flaw,
    )


def _outside(path: Path) -> Mail:
    raw = path.read_bytes()
    mail = _parsed(raw)
    return Mail(
        name=path.stem,
        arrived_at=datetime.strptime(path.stem.split("-")[0], "%Y%m%dT%H%M%S%f").replace(tzinfo=UTC),
        receiver=str(mail["Delivered-To"]),
        sender=str(mail["From"]),
        subject=str(mail["Subject"]),
        message_id=str(mail["Message-ID"]),
        repeat=_times(str(mail.get("X-Savnet-Repeat", "1"))),
        headers=tuple((key, str(value)) for key, value in mail.items()),
        size=len(raw),
    )


def _decrypted(raw: bytes, address: str, room: Path) -> bytes:
    own = receivers.receiver(address, room)
    mail = _parsed(raw)
    if mail.get_content_type() != "application/pkcs7-mime":
        raise CannotOpen("E-posten er ikke kryptert.")
    try:
        return pkcs7_decrypt_der(_bytes_of(mail), own.certificate, own.key, [])
    except ValueError as error:
        raise CannotOpen(f"E-posten kan ikke åpnes med nøkkelen til {address}.") from error


def _first_part(signed: bytes) -> bytes:
    """The signed bytes exactly as they stand between the boundaries: a parser would rewrite them."""
    boundary = _parsed(signed).get_boundary()
    if boundary is None:
        return signed
    parts = signed.split(b"\r\n--" + boundary.encode("ascii"))
    return parts[1].removeprefix(b"\r\n") if len(parts) > 1 else signed


def _signed_by(signed: EmailMessage, content: bytes, sender: str, room: Path) -> tuple[str | None, str | None]:
    """Who signed it, or else the flaw in the signature."""
    signature = next((part for part in signed.walk() if part.get_content_type().endswith("pkcs7-signature")), None)
    if signature is None:
        return None, "E-posten er ikke signert."
    try:
        certificate = verify(content, _bytes_of(signature), authority=receivers.authority(room).certificate)
    except BadSignature as error:
        return None, str(error)
    if sender.lower() not in addresses(certificate):
        return None, f"E-posten er signert av en annen enn {sender}."
    return sender, None


def _attachment(part: EmailMessage) -> Attachment:
    return Attachment(
        name=part.get_filename() or "uten navn",
        content_type=part.get_content_type(),
        data=_bytes_of(part),
    )


def _parsed(raw: bytes) -> EmailMessage:
    return BytesParser(EmailMessage, policy=default).parsebytes(raw)


def _bytes_of(part: EmailMessage) -> bytes:
    """What a part holds; nothing where it is no leaf."""
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _times(text: str) -> int:
    """The number in a repeat mark; anyone may write an e-mail to the demo, so it may say anything."""
    return int(text) if text.isascii() and text.isdigit() else 1
