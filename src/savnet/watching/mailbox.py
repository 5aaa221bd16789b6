"""The mailbox that canaries fly to: an IMAP folder over TLS, or a folder of files where the mail server is our own.

Only messages that our own key opens, and that hold one of our canaries, are ever touched; all else is left alone.
"""

import imaplib
import re
import ssl
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from functools import lru_cache
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit
from uuid import UUID

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from cryptography.hazmat.primitives.serialization.pkcs7 import pkcs7_decrypt_der
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

WAIT = 15
MESSAGE_ID = re.compile(r"<([0-9a-f-]{36})@")


class MailboxClosed(Exception):
    """The mailbox can't be read now."""


class Mailbox(Protocol):
    """What canaries need of a mailbox."""

    def canaries(self) -> list[UUID]:
        """The message ids of what lies here and opens with our own key."""

    def remove(self, canary: UUID) -> None:
        """Take a canary out."""


@contextmanager
def of(address: str) -> Iterator[Mailbox]:
    """The mailbox at `imaps://user:password@host/FOLDER` or `folder:/path`. Raises MailboxClosed."""
    parts = urlsplit(address)
    if parts.scheme == "folder":
        yield Folder(Path(parts.path))
    elif parts.scheme == "imaps" and parts.hostname:
        with _imap(address) as inbox:
            yield inbox
    else:
        raise ImproperlyConfigured("SAVNET_CANARY_MAILBOX must be imaps://user:password@host/FOLDER or folder:/path.")


class Folder:
    """A folder with one file for each message, as the demo's post room keeps them."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._found: dict[UUID, Path] = {}

    def canaries(self) -> list[UUID]:
        try:
            files = sorted(self.path.glob("*.eml"))
            messages = [(file, canary_in(file.read_bytes())) for file in files]
        except OSError as problem:
            raise MailboxClosed(f"The folder of the canaries can't be read: {problem.strerror}.") from problem
        self._found = {canary: file for file, canary in messages if canary}
        return list(self._found)

    def remove(self, canary: UUID) -> None:
        self._found[canary].unlink(missing_ok=True)


class Inbox:
    """An IMAP folder that is open. Nothing is marked as read, and only canaries are deleted."""

    def __init__(self, session: imaplib.IMAP4_SSL, sender: str) -> None:
        self.session, self.sender = session, sender
        self._found: dict[UUID, str] = {}

    def canaries(self) -> list[UUID]:
        _, answer = self.session.uid("SEARCH", "UNDELETED", "FROM", f'"{self.sender}"')
        for number in (answer[0] or b"").decode("ascii").split():
            _, parts = self.session.uid("FETCH", number, "(BODY.PEEK[])")
            raw = next((part[1] for part in parts if isinstance(part, tuple)), b"")
            if canary := canary_in(raw):
                self._found[canary] = number
        return list(self._found)

    def remove(self, canary: UUID) -> None:
        self.session.uid("STORE", self._found[canary], "+FLAGS", "(\\Deleted)")
        if "UIDPLUS" in self.session.capabilities:  # a plain EXPUNGE would also take what others have marked
            self.session.uid("EXPUNGE", self._found[canary])


@contextmanager
def _imap(address: str) -> Iterator[Inbox]:
    parts = urlsplit(address)
    try:
        context = ssl.create_default_context(cadata=settings.SMTP_CA or None)
        with imaplib.IMAP4_SSL(parts.hostname or "", parts.port or 993, ssl_context=context, timeout=WAIT) as session:
            session.login(unquote(parts.username or ""), unquote(parts.password or ""))
            session.select(unquote(parts.path.lstrip("/")) or "INBOX")
            yield Inbox(session, settings.MAIL_FROM)
    except (OSError, imaplib.IMAP4.error) as problem:
        raise MailboxClosed(f"The mailbox of the canaries does not answer: {type(problem).__name__}.") from problem


def canary_in(raw: bytes) -> UUID | None:
    """The id of the message if it is from us to us and our own key opens it; None for all else."""
    mail = BytesParser(EmailMessage, policy=default).parsebytes(raw)
    named = MESSAGE_ID.search(str(mail["Message-ID"] or ""))
    if str(mail["To"]) != settings.MAIL_FROM or named is None or mail.get_content_type() != "application/pkcs7-mime":
        return None
    sealed = mail.get_payload(decode=True)
    return _uuid(named[1]) if isinstance(sealed, bytes) and _opens(sealed) else None


@lru_cache(maxsize=2)
def can_open(certificate_pem: str) -> bool:
    """Whether we could open what is sealed to this certificate of ours: not where its key is elliptic.

    What is no certificate is for the sending to find out.
    """
    try:
        certificate, *_ = x509.load_pem_x509_certificates(certificate_pem.encode("ascii"))
    except ValueError:
        return True
    return not isinstance(certificate.public_key(), EllipticCurvePublicKey)


def _opens(sealed: bytes) -> bool:
    """Whether what came back opens with our key."""
    certificate, *_ = x509.load_pem_x509_certificates(settings.SIGNING_CERTIFICATE.encode("ascii"))
    key = load_pem_private_key(settings.SIGNING_KEY.encode("ascii"), password=None)
    if not isinstance(key, RSAPrivateKey):
        raise MailboxClosed("What lies in the canaries' mailbox can't be opened with our key: it is no RSA key.")
    try:
        pkcs7_decrypt_der(sealed, certificate, key, [])
    except ValueError:
        return False
    return True


def _uuid(text: str) -> UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
