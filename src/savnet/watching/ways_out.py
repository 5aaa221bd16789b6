"""The first door on each way out of the house: a worker knocks every 15 seconds, and sends nothing.

A letter that can't leave is tried again and goes another way; that is for the letter. This is for the people, who
should know within the minute that nothing gets out, also when no letter is on its way just now. Only doors of our own
are knocked at so often, the mail servers (the one for letters, and the one by which our own staff are told) and the
integrasjonspunkt; the services behind them have the canaries. The mailbox for what comes back to us is opened once a
minute: while it is closed, a letter that came in return stands as sent.
"""

import smtplib
import ssl
from collections.abc import Callable, Mapping
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail.backends.smtp import EmailBackend

from savnet.delivery.mailbox import MailboxClosed, opened
from savnet.delivery.web_call import Line, LineBroke, NotReached, call
from savnet.followup.by_email import ByEmail
from savnet.rules.words import Channel
from savnet.watching.limits import WAY_CLOSED_AFTER
from savnet.watching.models import WayOut

WAIT = 5.0
"""Seconds for one answer."""

STAFF_MAIL = "staff_email"
"""The way by which our own staff are told that something waits; it carries no letter."""

RETURNED_MAIL = "returned_mail"
"""The mailbox where what comes back to us is read; letters leave whether it is open or not."""

CARRY_NO_LETTER = frozenset({STAFF_MAIL, RETURNED_MAIL})


class NoAnswer(Exception):
    """Nobody answered at the door; what is said of it names a kind of fault and nothing else."""


def mail_server(wait: float = WAIT) -> str:
    """Greet the mail server under TLS, and return the version of TLS. Raises what smtplib and ssl raise."""
    context = ssl.create_default_context(cadata=settings.SMTP_CA or None)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    address = (settings.SMTP_HOST, settings.SMTP_PORT)
    if settings.SMTP_TLS == "tls":
        with smtplib.SMTP_SSL(*address, local_hostname="savnet", timeout=wait, context=context) as session:
            return _version(session)
    with smtplib.SMTP(*address, local_hostname="savnet", timeout=wait) as session:
        session.starttls(context=context)
        return _version(session)


def _version(session: smtplib.SMTP) -> str:
    session.ehlo_or_helo_if_needed()
    return (session.sock.version() or "") if isinstance(session.sock, ssl.SSLSocket) else "no TLS"


def _mail() -> None:
    try:
        mail_server()
    except (smtplib.SMTPException, OSError) as problem:
        raise NoAnswer(type(problem).__name__) from problem


def staff_mail_server(session: EmailBackend) -> None:
    """Greet the mail server for messages to staff as one that is to be sent does. Raises what smtplib and ssl raise."""
    try:
        session.open()
    finally:
        session.close()


def _staff_mail() -> None:
    """Without signing in: a password every 15 seconds is more than some servers bear."""
    try:
        staff_mail_server(EmailBackend(username="", password="", timeout=int(WAIT)))
    except (smtplib.SMTPException, OSError) as problem:
        raise NoAnswer(type(problem).__name__) from problem


def _access_point() -> None:
    """Any answer under TLS will do: what is asked for need not be there."""
    parts = urlsplit(settings.EFORMIDLING_URL)
    line = Line(ca=settings.EFORMIDLING_CA or None, wait=WAIT, longest=2 * WAIT)
    try:
        call("GET", f"https://{parts.netloc}/", line=line)
    except (NotReached, LineBroke) as problem:
        raise NoAnswer(type(problem.__cause__ or problem).__name__) from problem


def _returned_mail() -> None:
    try:
        with opened(settings.RETURN_MAILBOX, ca=settings.SMTP_CA):
            pass
    except MailboxClosed as problem:
        raise NoAnswer(type(problem.__cause__ or problem).__qualname__) from problem


def doors() -> Mapping[str, Callable[[], None]]:
    """The door of each way out that is set up."""
    ours = {
        Channel.ENCRYPTED_EMAIL.value: (settings.SMTP_HOST, _mail),
        Channel.EFORMIDLING.value: (settings.EFORMIDLING_URL, _access_point),
        STAFF_MAIL: (ByEmail().set_up, _staff_mail),
    }
    return {channel: knock for channel, (is_set_up, knock) in ours.items() if is_set_up}


def knock(now: datetime) -> None:
    """Knock at every door, and note who answered; what is no longer set up is forgotten."""
    wanted = doors()
    WayOut.objects.exclude(channel__in=[*wanted, RETURNED_MAIL]).delete()
    for channel, door in wanted.items():
        _knock_at(channel, door, now)


def knock_at_mailbox(now: datetime) -> None:
    """Open the mailbox for what comes back, as it is read. Seldom, and apart: it signs in, and may hang for long."""
    if settings.RETURN_MAILBOX:
        _knock_at(RETURNED_MAIL, _returned_mail, now)
    else:
        WayOut.objects.filter(channel=RETURNED_MAIL).delete()


def _knock_at(channel: str, door: Callable[[], None], now: datetime) -> None:
    try:
        door()
    except NoAnswer as problem:
        _no_answer(channel, str(problem), now)
    else:
        WayOut.objects.update_or_create(
            channel=channel, defaults={"knocked_at": now, "failures": 0, "failing_since": None, "why": ""}
        )


def _no_answer(channel: str, why: str, now: datetime) -> None:
    row, _ = WayOut.objects.get_or_create(channel=channel, defaults={"knocked_at": now})
    row.knocked_at, row.failures, row.why = now, row.failures + 1, why[:100]
    row.failing_since = row.failing_since or now
    row.save()


def closed() -> tuple[WayOut, ...]:
    """The ways that are closed."""
    return tuple(WayOut.objects.filter(failures__gte=WAY_CLOSED_AFTER).order_by("channel"))
