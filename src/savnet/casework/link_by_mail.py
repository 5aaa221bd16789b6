"""Send a receiver the link by ordinary e-mail: the link alone, to the register's address. The code goes by phone."""

from datetime import datetime
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.translation import gettext, override

from savnet.casework.errors import CaseworkError
from savnet.casework.receipt_links import to_read_out
from savnet.delivery.models import Message
from savnet.register.addresses import RealAddressInDemo, refuse_real_address
from savnet.register.models import Centre
from savnet.register.resolution import Resolution
from savnet.rules.words import Channel


def mail_address(office: Resolution | None, centre: Centre) -> str:
    """Where the link can be mailed; empty where no address or no server is known, and in an exercise."""
    if office is None or centre.invented or not (settings.EMAIL_HOST and settings.DEFAULT_FROM_EMAIL):
        return ""
    way = office.way(Channel.EMAIL) or office.way(Channel.ENCRYPTED_EMAIL)
    return way.address if way else ""


def mail_link(message: Message, to: str, *, language: str, now: datetime) -> None:
    """Send it. Raises CaseworkError where there is no link that holds, or the mail server does not take it."""
    secret = to_read_out(message, now=now)
    if secret is None or not secret.address:
        raise CaseworkError(gettext("Det finnes ingen lenke som gjelder. Lag en ny."))
    try:
        refuse_real_address(to)
        _mail(to, secret.address, language).send()
    except RealAddressInDemo as real:
        raise CaseworkError(gettext("Dette er demoen, og adressen kan være ekte. Ingenting er sendt.")) from real
    except (SMTPException, OSError) as problem:
        raise CaseworkError(gettext("E-posten gikk ikke. Les opp lenken på telefon i stedet.")) from problem


def _mail(to: str, address: str, language: str) -> EmailMessage:
    with override(language):
        text = gettext("Dere har fått en melding. Bekreft at den er mottatt her. Koden får dere på telefon.")
        subject = gettext("Bekreft mottatt")
    return EmailMessage(subject, f"{text}\n\n{address}", to=[to])
