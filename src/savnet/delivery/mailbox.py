"""A mailbox of our own that others write to: an IMAP folder over TLS, or a folder of files. Nothing is deleted."""

import imaplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

WAIT = 15
BACK = timedelta(days=14)
"""How far back is looked at the least; mail servers give up long before this."""
TAKEN_IN = "SavnetTakenIn"
LARGEST = 10 * 1024 * 1024


class MailboxClosed(Exception):
    """The mailbox can't be read now. Try again later."""


class Mailbox(Protocol):
    """What is wanted of a mailbox."""

    def new(self, since: datetime) -> Iterator[tuple[str, bytes]]:
        """Each mail from that day on that is not marked as taken in, oldest first, with what names it here."""

    def taken_in(self, name: str) -> None:
        """Mark a mail as taken in. It stays where it is: somebody may want to read it."""


@contextmanager
def opened(address: str, *, ca: str = "") -> Iterator[Mailbox]:
    """The mailbox at `imaps://user:password@host/FOLDER` or `folder:/path`. Raises MailboxClosed."""
    parts = urlsplit(address)
    if parts.scheme == "folder":
        if not Path(parts.path).is_dir():
            raise MailboxClosed("The folder of the mailbox is not there.")
        yield Folder(Path(parts.path))
    elif parts.scheme == "imaps" and parts.hostname:
        with _imap(address, ca) as inbox:
            yield inbox
    else:
        raise ImproperlyConfigured("The mailbox must be imaps://user:password@host/FOLDER or folder:/path.")


class Folder:
    """A folder with one file for each mail. What was taken in is told by a file of its own beside it."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def new(self, since: datetime) -> Iterator[tuple[str, bytes]]:
        try:
            for file in sorted(self.path.glob("*.eml")):
                if not self._mark(file.name).exists():
                    yield file.name, file.read_bytes()[:LARGEST]
        except OSError as problem:
            raise MailboxClosed(f"The folder of the mailbox can't be read: {problem.strerror}.") from problem

    def taken_in(self, name: str) -> None:
        self._mark(name).touch()

    def _mark(self, name: str) -> Path:
        return self.path / f".{name}.taken-in"


class Inbox:
    """An IMAP folder that is open. Nothing is marked as read, and nothing deleted; a keyword says what was taken in."""

    def __init__(self, session: imaplib.IMAP4_SSL) -> None:
        self.session = session

    def new(self, since: datetime) -> Iterator[tuple[str, bytes]]:
        day = imaplib.Time2Internaldate(since).strip('"').split()[0]
        _, answer = self.session.uid("SEARCH", "UNDELETED", "UNKEYWORD", TAKEN_IN, "SINCE", day)
        for number in (answer[0] or b"").decode("ascii").split():
            _, parts = self.session.uid("FETCH", number, f"(BODY.PEEK[]<0.{LARGEST}>)")
            raw = next((part[1] for part in parts if isinstance(part, tuple)), None)
            if raw is not None:
                yield number, raw

    def taken_in(self, name: str) -> None:
        self.session.uid("STORE", name, "+FLAGS", f"({TAKEN_IN})")


@contextmanager
def _imap(address: str, ca: str) -> Iterator[Inbox]:
    parts = urlsplit(address)
    context = ssl.create_default_context(cadata=ca or None)
    try:
        with imaplib.IMAP4_SSL(parts.hostname or "", parts.port or 993, ssl_context=context, timeout=WAIT) as session:
            session.login(unquote(parts.username or ""), unquote(parts.password or ""))
            said, _ = session.select(unquote(parts.path.lstrip("/")) or "INBOX")
            if said != "OK":
                raise MailboxClosed("The mailbox has no such folder.")
            yield Inbox(session)
    except (OSError, imaplib.IMAP4.error) as problem:
        raise MailboxClosed(f"The mailbox does not answer: {type(problem).__name__}.") from problem
