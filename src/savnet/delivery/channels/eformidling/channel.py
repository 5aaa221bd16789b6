"""The channel as the rest of delivery sees it: check first, then send, then ask until it is delivered."""

from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from stdnum.no import orgnr

from savnet.delivery.channel import CannotSend, Envelope, Refused, Silent, Status, Taken
from savnet.delivery.channels.eformidling.access_point import AccessPoint, File
from savnet.delivery.channels.eformidling.archive_notice import ArchiveNotice, Unreadable
from savnet.delivery.channels.eformidling.arkivmelding import arkivmelding
from savnet.delivery.channels.eformidling.document import business_document
from savnet.delivery.web_call import Line
from savnet.delivery.words import Hindrance, Meaning

LETTER = "melding.pdf"
ARCHIVE_MESSAGE = "arkivmelding.xml"
LONGEST_CALL = 60
"""Seconds. The seven calls of one attempt must end before the attempt counts as cut off."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EFormidling:
    """Confidential archive messages. What is taken is not sent before the integrasjonspunkt says LEVERT."""

    access_point: AccessPoint
    sender: str
    lifetime: timedelta

    def check(self, envelope: Envelope) -> None:
        """CannotSend where the receiver has no organisation number, or nothing says how the letter is to be filed."""
        if not _is_organisation(envelope.address):
            raise CannotSend(Hindrance.BAD_ADDRESS, f"«{envelope.address}» er ikke et organisasjonsnummer.")
        _notice(envelope)

    def send(self, envelope: Envelope, letter: bytes) -> Taken:
        """Hand over the letter, once: where an earlier attempt came through, that is found out and said.

        CannotSend where the receiver turns out not to take confidential messages; Refused or Unclear.
        """
        self.check(envelope)
        service = self.access_point.takes_confidential(envelope.address)
        if service is None:
            raise CannotSend(
                Hindrance.RECEIVER_NOT_THERE, "Mottakeren tar ikke imot taushetsbelagte meldinger i eFormidling."
            )
        document = business_document(envelope, sender=self.sender, lifetime=self.lifetime, file_name=LETTER)
        if not self.access_point.create(document) and self._has_gone(envelope):
            return Taken("Integrasjonspunktet har sendt meldingen fra før.")
        for file in _files(envelope, letter):
            self.access_point.upload(envelope.message_id, file)
        if not self.access_point.send(envelope.message_id) and not self._has_gone(envelope):
            raise Refused("Integrasjonspunktet har mistet meldingen før den ble sendt.", permanent=False)
        return Taken(f"Integrasjonspunktet har tatt meldingen og sender den med {service}.")

    def statuses(self, envelope: Envelope) -> tuple[Status, ...]:
        """All that the integrasjonspunkt says of this message; raise Silent."""
        return self.access_point.statuses(envelope.message_id)

    def _has_gone(self, envelope: Envelope) -> bool:
        """Whether the message has left the integrasjonspunkt, or been given up by it: no use in sending it again."""
        try:
            told = self.statuses(envelope)
        except Silent as silent:
            raise Refused(silent.answer, permanent=False) from silent
        return any(one.meaning is not Meaning.OTHER for one in told)


def _is_organisation(number: str) -> bool:
    """Whether this is an organisation number as the envelope must have it: nine digits without spaces, checked."""
    return number.isdecimal() and bool(orgnr.is_valid(number))


def _is_secure(url: str) -> bool:
    """Whether this is the address of a host that is spoken with under TLS."""
    parts = urlsplit(url)
    return parts.scheme == "https" and bool(parts.hostname)


def _notice(envelope: Envelope) -> ArchiveNotice:
    try:
        return ArchiveNotice.read(envelope.data or b"")
    except Unreadable as unreadable:
        raise CannotSend(
            Hindrance.NO_DATA, "Meldingen mangler opplysningene som trengs for å arkivere den hos mottakeren."
        ) from unreadable


def _files(envelope: Envelope, letter: bytes) -> tuple[File, File]:
    archive_message = arkivmelding(envelope.message_id, _notice(envelope), file_name=LETTER)
    return (
        File(name=ARCHIVE_MESSAGE, kind="application/xml", title="Arkivmelding", content=archive_message),
        File(name=LETTER, kind="application/pdf", title="Melding", content=letter),
    )


def from_settings() -> EFormidling:
    """The channel as the settings describe it; CannotSend, naming what is missing, where they don't."""
    needed = ("EFORMIDLING_URL", "EFORMIDLING_USER", "EFORMIDLING_PASSWORD", "EFORMIDLING_SENDER")
    if missing := [f"SAVNET_{name}" for name in needed if not getattr(settings, name)]:
        raise CannotSend(Hindrance.NOT_SET_UP, f"eFormidling er ikke satt opp. Mangler: {', '.join(missing)}.")
    if not _is_secure(settings.EFORMIDLING_URL) or not _is_organisation(settings.EFORMIDLING_SENDER):
        raise CannotSend(
            Hindrance.NOT_SET_UP,
            "eFormidling er ikke riktig satt opp. SAVNET_EFORMIDLING_URL må begynne med https://, "
            "og SAVNET_EFORMIDLING_SENDER må være et organisasjonsnummer.",
        )
    return EFormidling(
        access_point=AccessPoint(
            url=settings.EFORMIDLING_URL,
            user=settings.EFORMIDLING_USER,
            password=settings.EFORMIDLING_PASSWORD,
            line=Line(ca=settings.EFORMIDLING_CA or None, wait=settings.EFORMIDLING_WAIT, longest=LONGEST_CALL),
        ),
        sender=settings.EFORMIDLING_SENDER,
        lifetime=timedelta(minutes=settings.EFORMIDLING_LIFETIME),
    )
