"""Questions to the ways out of the house: the mail server, the canaries, and the signal of life."""

import smtplib
import ssl
from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.core.mail.backends.smtp import EmailBackend

from savnet.delivery import registry
from savnet.delivery.channel import CannotSend
from savnet.delivery.mailbox import BACK, MailboxClosed, opened
from savnet.followup.by_email import ByEmail
from savnet.followup.ways import any_way
from savnet.rules.words import Channel
from savnet.watching import alive, canary, reader_seen, ways_out
from savnet.watching.findings import Finding, not_set_up, warning, well, wrong
from savnet.watching.mailbox import can_open

WAIT = 10
MAIL = "mail server"
STAFF = "staff"
SERVICES = {
    Channel.ENCRYPTED_EMAIL: "SMTP_HOST",
    Channel.EFORMIDLING: "EFORMIDLING_URL",
    Channel.FIKS: "FIKS_ROOT",
    Channel.SVARUT: "SVARUT_ROOT",
    Channel.ALTINN: "ALTINN_ROOT",
}
"""Each way over the wire, and the setting that one begins with."""
WHILE_CLOSED = {
    ways_out.STAFF_MAIL: "nobody is told by e-mail",
    ways_out.RETURNED_MAIL: "nobody sees that a letter came in return, and it stands as sent",
}
"""What it means that a way is closed that no letter goes by."""


def mail_server(now: datetime) -> Iterator[Finding]:
    """Whether the mail server answers under TLS with a certificate that we trust. Sends nothing."""
    if not settings.SMTP_HOST:
        yield not_set_up(MAIL, "SAVNET_SMTP_HOST is not set: letters go on paper")
        return
    where = f"{settings.SMTP_HOST}:{settings.SMTP_PORT}"
    try:
        yield well(MAIL, f"{where} answers under {ways_out.mail_server(WAIT)}")
    except ssl.SSLCertVerificationError as problem:
        do = "set SAVNET_SMTP_CA to its issuer, or have its certificate renewed"
        yield wrong(MAIL, f"{where}: {problem.verify_message}", do)
    except (smtplib.SMTPException, OSError) as problem:
        do = "start it, or correct SAVNET_SMTP_HOST; letters wait and then go on paper"
        yield wrong(MAIL, f"{where} can't be reached under TLS ({type(problem).__name__})", do)


def staff(now: datetime) -> Iterator[Finding]:
    """Whether any message reaches our own staff: without, whatever waits is seen only by who looks. Sends nothing."""
    if settings.EMAIL_HOST and not settings.DEFAULT_FROM_EMAIL:
        says = "SAVNET_STAFF_SMTP_HOST is set, and SAVNET_STAFF_MAIL_FROM is not: nobody is told by e-mail"
        yield wrong(STAFF, says, "set SAVNET_STAFF_MAIL_FROM")
    elif ByEmail().set_up:
        yield _staff_mail()
    elif any_way():
        yield not_set_up(STAFF, "SAVNET_STAFF_SMTP_HOST is not set: only who has turned on web push is told")
    else:
        yield _nobody_told()


def _staff_mail() -> Finding:
    where = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
    try:
        ways_out.staff_mail_server(EmailBackend())
    except (smtplib.SMTPException, OSError) as problem:
        do = "start it, or correct SAVNET_STAFF_SMTP_…; until then nobody hears by e-mail that something waits"
        return wrong(STAFF, f"{where} can't be reached ({type(problem).__name__})", do)
    return well(STAFF, f"{where} takes messages to our own staff")


def _nobody_told() -> Finding:
    says = "neither SAVNET_STAFF_SMTP_HOST nor SAVNET_PUSH_KEY is set: what waits is told to who looks at the screen"
    if settings.DEMO:
        return not_set_up(STAFF, says)
    return wrong(STAFF, f"{says}, and to nobody else", "set one of them; see docs/running/notifications.md")


def ways_out_of_the_house(now: datetime) -> Iterator[Finding]:
    """Whether the first door on each way out answered when the worker last knocked."""
    closed = ways_out.closed()
    if not closed:
        yield well("ways out", "none is closed")
    for way in closed:
        says = f"{way.channel}: no answer since {way.failing_since:%Y-%m-%d %H:%M:%S} UTC ({way.why})"
        until = WHILE_CLOSED.get(way.channel, "letters go another way, or on paper")
        yield wrong("ways out", says, f"start what should answer there; until then {until}")


def services(now: datetime) -> Iterator[Finding]:
    """Whether each channel over the wire is set up: whole and rightly, not at all, or by halves."""
    for channel, begins in SERVICES.items():
        try:
            registry.channel(channel)
        except CannotSend as problem:
            if getattr(settings, begins):
                yield wrong(
                    "services",
                    f"{channel}: {problem.reason}",
                    "set what is missing or wrong, or unset the rest: no letter goes so",
                )
            else:
                yield not_set_up("services", f"{channel}: SAVNET_{begins} is not set; letters go another way")
        else:
            yield well("services", f"{channel}: set up")


def canaries(now: datetime) -> Iterator[Finding]:
    """Whether what we send to ourselves comes back."""
    flights = canary.flights(now)
    if not settings.CANARY_MAILBOX:
        yield not_set_up("canaries", "SAVNET_CANARY_MAILBOX is not set: nobody sees if e-mail stops getting through")
    elif not can_open(settings.SIGNING_CERTIFICATE):
        says = (
            "SAVNET_SIGNING_CERTIFICATE has an elliptic key, by which no canary could be opened: none flies over e-mail"
        )
        yield wrong("canaries", says, "sign with a certificate that has an RSA key, or unset SAVNET_CANARY_MAILBOX")
    for channel in _without_canary():
        says = f"none flies over {channel}: only its own word tells whether it delivers"
        yield not_set_up("canaries", f"{says}; see SAVNET_CANARY_CHANNELS")
    for flight in flights:
        yield _flight(flight)


def _without_canary() -> list[str]:
    """Channels that are set up, and could carry a canary to our own organisation."""
    roots = {"eformidling": settings.EFORMIDLING_URL, "svarut": settings.SVARUT_ROOT, "altinn": settings.ALTINN_ROOT}
    return [channel for channel, root in roots.items() if root and channel not in canary.channels()]


def _flight(flight: canary.Flight) -> Finding:
    if flight.newest is None:
        return warning("canaries", f"{flight.channel}: none has flown yet", "wait an hour; a worker must run")
    if flight.lost:
        do = "treat the channel as broken: deliver on paper, and see «mail server» and SAVNET_CANARY_MAILBOX"
        return wrong("canaries", f"{flight.channel}: did not come home. {flight.newest.failure}".strip(), do)
    if flight.silent:
        return wrong(
            "canaries", f"{flight.channel}: none since {flight.newest.sent_at:%Y-%m-%d %H:%M} UTC", "see «worker»"
        )
    return well("canaries", f"{flight.channel}: come home")


def return_mailbox(now: datetime) -> Iterator[Finding]:
    """Whether somebody sees when e-mail comes back."""
    if not settings.RETURN_MAILBOX:
        yield not_set_up("return mailbox", "SAVNET_RETURN_MAILBOX is not set: nobody sees that a letter came in return")
        return
    try:
        with opened(settings.RETURN_MAILBOX, ca=settings.SMTP_CA) as mailbox:
            waiting = sum(1 for _ in mailbox.new(now - BACK))
    except MailboxClosed as problem:
        yield wrong("return mailbox", str(problem), "correct SAVNET_RETURN_MAILBOX, or start the mail server")
        return
    yield well("return mailbox", f"answers; {waiting} mails wait to be taken in")


def outward_signal(now: datetime) -> Iterator[Finding]:
    """Whether somebody outside is told that we are awake."""
    if alive.is_set_up():
        yield well("signal of life", "goes out at each healthy heartbeat")
    else:
        yield not_set_up("signal of life", "SAVNET_ALIVE_URL is not set: nobody outside hears if all of it stops")


def second_reader(now: datetime) -> Iterator[Finding]:
    """Whether the second reader still reads, and reaches whom it should."""
    age = reader_seen.silent_for(now)
    if age is None:
        yield not_set_up("second reader", "has never reported: nobody recomputes what the house has derived")
    elif reader_seen.silent(now):
        says = f"has not reported for {age.total_seconds():.0f} seconds"
        do = "see its own log on its own machine; after an upgrade run savnet make-reader; if it is retired, --forget"
        yield wrong("second reader", says, do)
    else:
        yield well("second reader", f"reported {age.total_seconds():.0f} seconds ago")
