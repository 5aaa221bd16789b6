"""Mail that comes back to our own address: what it is, and which message it is about. Pure: bytes in, an answer out.

Anybody can write to that address. So nothing here is a receipt, and a report that something failed counts only for the
message and the address that it names (see whoever takes it in).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage, Message
from email.parser import BytesParser
from email.policy import default
from email.utils import parseaddr, parsedate_to_datetime
from enum import StrEnum
from uuid import UUID

OURS = re.compile(r"<?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})@", re.IGNORECASE)
ENVELOPE = re.compile(r"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})", re.IGNORECASE)
STATUS = re.compile(r"([245])\.\d{1,3}\.\d{1,3}")
XTEXT = re.compile(r"\+([0-9a-f]{2})", re.IGNORECASE)
LONGEST_TEXT = 4000


class ReturnKind(StrEnum):
    """What came back. Only the first two say that a letter did not arrive."""

    FAILED = "failed"
    DELAYED = "delayed"
    RELAYED = "relayed"  # handed on, or delivered, as some mail server says: no receipt
    READ = "read"  # a mail program says that it was shown: no receipt
    AUTOMATIC = "automatic"  # out of office, and the like
    REPLY = "reply"  # a person wrote, or what looks like one
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """Mail that came back. `about` is our message id, where it names one; `receivers` those that a report is about."""

    kind: ReturnKind
    sender: str
    at: datetime | None
    about: UUID | None = None
    receivers: tuple[str, ...] = ()
    status: str = ""
    text: str = ""

    @property
    def permanent(self) -> bool:
        """Whether the mail server has given up for good; it may say so of what would only pass, too."""
        return self.kind is ReturnKind.FAILED and not self.status.startswith("4")


def read(raw: bytes) -> Returned:
    """What a mail is. Whatever it holds, there is an answer: what can't be read is for a person to look at."""
    mail = BytesParser(EmailMessage, policy=default).parsebytes(raw)
    try:
        return _report(mail) if _type(mail) == "multipart/report" else _letter(mail)
    except (ValueError, TypeError, LookupError, AttributeError):
        # Headers that break the rules make the parser itself stumble; the mail is a person's to look at.
        return Returned(kind=ReturnKind.UNREADABLE, sender="", at=None)


def _report(mail: EmailMessage) -> Returned:
    parts = list(mail.walk())
    told = next((part for part in parts if _type(part) == "message/delivery-status"), None)
    if told is None:
        read_by = any(_type(part) == "message/disposition-notification" for part in parts)
        return _letter(mail, ReturnKind.READ if read_by else ReturnKind.AUTOMATIC)
    blocks = [block for block in told.get_payload() if isinstance(block, Message)]
    about = _named(ENVELOPE, (str(block["Original-Envelope-Id"] or "") for block in blocks))
    receivers = [block for block in blocks if block["Final-Recipient"] or block["Original-Recipient"]]
    action = _worst(str(block["Action"] or "").strip().lower() for block in receivers)
    status = next((found[0] for block in receivers if (found := STATUS.search(str(block["Status"] or "")))), "")
    return Returned(
        kind=action,
        sender=_sender(mail),
        at=_at(mail),
        about=about or _about(mail),
        receivers=tuple(sorted({one for block in receivers for one in _addresses(block)})),
        status=status,
    )


def _worst(actions: Iterator[str]) -> ReturnKind:
    said = set(actions)
    if "failed" in said:
        return ReturnKind.FAILED
    return ReturnKind.DELAYED if "delayed" in said else ReturnKind.RELAYED


def _letter(mail: EmailMessage, kind: ReturnKind | None = None) -> Returned:
    automatic = str(mail["Auto-Submitted"] or "no").strip().lower() != "no" or mail["X-Autoreply"] is not None
    found = kind or (ReturnKind.AUTOMATIC if automatic or not _sender(mail) else ReturnKind.REPLY)
    return Returned(kind=found, sender=_sender(mail), at=_at(mail), about=_about(mail), text=_text(mail))


def _about(mail: EmailMessage) -> UUID | None:
    """Our message id: named as what this answers, or as the id of the mail that lies within."""
    answered = (str(mail[name] or "") for name in ("In-Reply-To", "References"))
    within = (str(part["Message-ID"] or "") for part in mail.walk() if part is not mail)
    returned = (_head(part) for part in mail.walk() if _type(part) == "text/rfc822-headers")
    return _named(OURS, (*answered, *within, *returned))


def _named(pattern: re.Pattern[str], texts: Iterator[str] | tuple[str, ...]) -> UUID | None:
    return next((UUID(found[1]) for text in texts if (found := pattern.search(text))), None)


def _head(part: Message) -> str:
    """The Message-ID among headers that came back as text."""
    text = part.get_payload(decode=True)
    found = re.search(rb"(?im)^message-id:\s*(\S+)", text) if isinstance(text, bytes) else None
    return found[1].decode("ascii", "replace") if found else ""


def _addresses(block: Message) -> Iterator[str]:
    for name in ("Final-Recipient", "Original-Recipient"):
        kind, _, address = str(block[name] or "").partition(";")
        if kind.strip().lower() == "rfc822" and address.strip():
            yield from {named := address.strip().strip("<>").lower(), _unwrapped(named)}


def _unwrapped(address: str) -> str:
    """The address that we gave the server as xtext; some mail servers report it as it was given."""
    return XTEXT.sub(lambda found: chr(int(found[1], 16)), address)


def _sender(mail: EmailMessage) -> str:
    """Who it says it is from, without what can't be printed: a NUL can't be kept as text."""
    return "".join(one for one in parseaddr(str(mail["From"] or ""))[1].lower() if one.isprintable())


def _at(mail: EmailMessage) -> datetime | None:
    try:
        at = parsedate_to_datetime(str(mail["Date"]))
        return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
    except (ValueError, TypeError, OverflowError):
        return None


def _text(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    content = body.get_content() if body else ""
    text = content.replace("\0", "")[:LONGEST_TEXT] if isinstance(content, str) else ""
    return text.encode("utf-8", "replace").decode("utf-8")


def _type(part: Message) -> str:
    return part.get_content_type()
