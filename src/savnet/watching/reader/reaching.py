"""The second reader's own way to a person: e-mail over its own server, or a webhook. Shares no code with the house's.

What is told names no child, no centre and no case: only that somebody must look, and what to do.
"""

import http.client
import json
import smtplib
import ssl
import urllib.request
from collections.abc import Callable, Iterator
from email.message import EmailMessage

from savnet.watching.reader.setup import Setup

WAIT = 15


class NobodyReached(Exception):
    """No way to a person worked."""


def reach(text: str, setup: Setup) -> None:
    """Tell a person, by every way that is set up. Raises NobodyReached, with what went wrong, if none worked."""
    problems, ways = [], list(_ways(setup))
    for way in ways:
        try:
            way(text, setup)
        except (OSError, smtplib.SMTPException, http.client.HTTPException) as problem:
            problems.append(f"{way.__name__.strip('_')}: {type(problem).__name__}")
    if len(problems) == len(ways):
        raise NobodyReached(", ".join(problems))


def _ways(setup: Setup) -> Iterator[Callable[[str, Setup], None]]:
    if setup.smtp_host:
        yield _mail
    if setup.webhook:
        yield _webhook


def _mail(text: str, setup: Setup) -> None:
    mail = EmailMessage()
    mail["From"], mail["To"] = setup.sender, ", ".join(setup.receivers)
    mail["Subject"] = text.splitlines()[0]
    mail.set_content(text)
    with _session(setup) as session:
        if setup.smtp_user:
            session.login(setup.smtp_user, setup.smtp_password)
        session.send_message(mail)


def _session(setup: Setup) -> smtplib.SMTP:
    context = _context(setup.smtp_ca)
    address = (setup.smtp_host, setup.smtp_port)
    if setup.smtp_tls == "tls":
        return smtplib.SMTP_SSL(*address, local_hostname="savnet", timeout=WAIT, context=context)
    session = smtplib.SMTP(*address, local_hostname="savnet", timeout=WAIT)
    try:
        session.starttls(context=context)
    except (OSError, smtplib.SMTPException):
        session.close()
        raise
    return session


def _webhook(text: str, setup: Setup) -> None:
    body = json.dumps({"text": text}).encode()
    request = urllib.request.Request(  # noqa: S310 - the settings allow https only
        setup.webhook, data=body, headers={"Content-Type": "application/json"}, method="POST"
    )
    _open(request, setup.webhook_ca)


def _open(request: urllib.request.Request, ca: str) -> None:
    opener = urllib.request.build_opener(urllib.request.HTTPSHandler(context=_context(ca)), _Stays())
    with opener.open(request, timeout=WAIT):
        """Any answer that is no error will do."""


def signal(setup: Setup) -> bool:
    """The reader's own dead man's signal: one empty call. Whoever listens raises the alarm when it stops coming."""
    if not setup.alive:
        return True
    try:
        _open(urllib.request.Request(setup.alive), setup.alive_ca)  # noqa: S310 - the settings allow https only
    except (OSError, http.client.HTTPException):
        return False
    return True


class _Stays(urllib.request.HTTPRedirectHandler):
    """Follows nobody elsewhere: the answer is then an error, as any other that is not 2xx."""

    def redirect_request(self, *_: object) -> None:
        return None


def _context(ca: str) -> ssl.SSLContext:
    context = ssl.create_default_context(cadata=ca or None)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context
