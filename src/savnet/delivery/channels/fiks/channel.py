"""The channel as the rest of delivery sees it: check first, then hand in, then ask how it fares."""

import re
import uuid
from dataclasses import dataclass
from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from savnet.delivery.channel import CannotSend, Envelope, Refused, Status, Taken
from savnet.delivery.channels.fiks.concern_message import OSLO, District, Draft
from savnet.delivery.channels.fiks.container import pack
from savnet.delivery.channels.fiks.fitting import DoesNotFit
from savnet.delivery.channels.fiks.portal import LONGEST_QUESTION, Keys, Portal
from savnet.delivery.channels.fiks.statuses import gone_at, told
from savnet.delivery.maskinporten import Client, Organisation
from savnet.delivery.organisation import organisation as our_organisation
from savnet.delivery.organisation import tokens
from savnet.delivery.sealing_for import encrypt
from savnet.delivery.web_call import Line
from savnet.delivery.words import Hindrance

ADDRESS = re.compile(r"([0-9]{4})(?:/([0-9]{2}))?")
LARGEST = 5 * 1024 * 1024
"""The portal takes no larger message, in bytes, both files together."""
SMALLEST_KEY = 2048
NUMBER = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")

TAKEN = "Portalen har tatt imot meldingen som nr. {number}, og sletter den {gone}."
REFERENCE = "Referansen vår: {reference}."
REPEATED = (
    "Meldingen er sendt før med samme referanse, men det er usikkert om den kom fram. Dette er utsending nummer "
    "{repeat}. Har dere allerede tatt imot den, er det ikke en ny melding."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fiks:
    """Concern messages into the municipality's own system. An address is «3301», or «0301/02» with the district."""

    portal: Portal
    organisation: Organisation

    def check(self, envelope: Envelope) -> None:
        """CannotSend where the address, what goes with the letter or our own certificate can't be used.

        Whether the municipality takes part is asked when it is sent, for only the portal knows.
        """
        municipality, _ = _address(envelope)
        self._require_own(envelope.at)
        if _draft(envelope).municipality != municipality:
            raise CannotSend(
                Hindrance.BAD_ADDRESS, "Meldingen er skrevet til en annen kommune enn den skal sendes til."
            )

    def send(self, envelope: Envelope, letter: bytes) -> Taken:
        """Hand it in. CannotSend where the municipality turns out not to take part; Refused or Unclear."""
        municipality, wanted = _address(envelope)
        district = chosen(self.portal.districts(municipality, envelope.at), wanted)
        keys = self.portal.keys(municipality, district.number, envelope.at)
        _require_usable(keys, envelope.at)
        filled_in = _draft(envelope).filled_in(district, at=envelope.at, note=note(envelope))
        files = {"bekymringsmelding.json": filled_in, "bekymringsmelding.pdf": letter}
        printed = encrypt(letter, keys.printer)
        packed = encrypt(pack(files, self.organisation), keys.system)
        if len(printed) + len(packed) > LARGEST:
            raise CannotSend(Hindrance.TOO_LARGE, "Brevet er for stort for portalen, som tar imot høyst 5 MB.")
        number = self.portal.hand_in(municipality, district.number, printed=printed, packed=packed, at=envelope.at)
        return Taken(TAKEN.format(number=number, gone=f"{gone_at(envelope.at).astimezone(OSLO):%d.%m.%Y}"))

    def statuses(self, envelope: Envelope) -> tuple[Status, ...]:
        """What the portal tells of each time it took this message; raises Silent."""
        numbers = [number for answer in envelope.answers for number in NUMBER.findall(answer)]
        histories = [self.portal.history(uuid.UUID(number), envelope.at) for number in dict.fromkeys(numbers)]
        return tuple(status for history in histories for status in told(history))

    def _require_own(self, at: datetime) -> None:
        own = self.organisation.certificate
        if not own.not_valid_before_utc <= at <= own.not_valid_after_utc:
            raise CannotSend(
                Hindrance.NOT_SET_UP,
                f"Vårt eget virksomhetssertifikat gjaldt bare til {own.not_valid_after_utc:%d.%m.%Y}.",
            )


def chosen(districts: tuple[District, ...], wanted: str | None) -> District:
    """The district to send to: the one asked for, else the municipality's standard one, else its only one."""
    if not districts:
        raise CannotSend(Hindrance.RECEIVER_NOT_THERE, "Kommunen tar ikke imot bekymringsmeldinger gjennom Fiks.")
    if wanted is not None:
        fitting = [one for one in districts if one.number == wanted]
    else:
        fitting = [one for one in districts if one.standard] or list(districts)
    if len(fitting) != 1:
        raise CannotSend(Hindrance.BAD_ADDRESS, f"Kommunen har {len(districts)} bydeler, og ingen av dem kan velges.")
    return fitting[0]


def note(envelope: Envelope) -> str:
    """Our reference, and that this may be a repeat: the portal has no room for either elsewhere (I4)."""
    lines = [REFERENCE.format(reference=envelope.short_id)]
    if envelope.repeat > 1:
        lines.append(REPEATED.format(repeat=envelope.repeat))
    return " ".join(lines)


def _address(envelope: Envelope) -> tuple[str, str | None]:
    found = ADDRESS.fullmatch(envelope.address)
    if not found:
        raise CannotSend(Hindrance.BAD_ADDRESS, f"«{envelope.address}» er ikke et kommunenummer.")
    return found[1], found[2]


def _draft(envelope: Envelope) -> Draft:
    if envelope.data is None:
        raise CannotSend(Hindrance.NO_DATA, "Bare bekymringsmeldinger kan sendes gjennom Fiks.")
    try:
        return Draft.read(envelope.data)
    except DoesNotFit as error:
        raise CannotSend(Hindrance.NO_DATA, error.reason) from error


def _require_usable(keys: Keys, at: datetime) -> None:
    """Both keys valid now and strong enough. The portal changes them itself, so a bad one is a refusal for now."""
    for certificate in (keys.printer, keys.system):
        public = certificate.public_key()
        if not isinstance(public, RSAPublicKey) or public.key_size < SMALLEST_KEY:
            raise Refused("Portalen ga oss en nøkkel som er for svak.", permanent=False)
        if not certificate.not_valid_before_utc <= at <= certificate.not_valid_after_utc:
            raise Refused("Portalen ga oss en nøkkel som ikke gjelder nå.", permanent=False)


NEEDED = (
    "FIKS_ROOT",
    "FIKS_ORGANISATION",
    "FIKS_INTEGRATION",
    "FIKS_PASSWORD",
    "MASKINPORTEN_CLIENT",
    "MASKINPORTEN_ISSUER",
    "MASKINPORTEN_TOKENS",
    "ORGANISATION_CERTIFICATE",
    "ORGANISATION_KEY",
)


def from_settings() -> Fiks:
    """The channel as the settings describe it; CannotSend, naming what is missing, where they don't."""
    if missing := [f"SAVNET_{name}" for name in NEEDED if not getattr(settings, name)]:
        raise CannotSend(Hindrance.NOT_SET_UP, f"Fiks er ikke satt opp. Mangler: {', '.join(missing)}.")
    for name in ("FIKS_ROOT", "MASKINPORTEN_TOKENS"):
        if not getattr(settings, name).startswith("https://"):
            raise ImproperlyConfigured(f"SAVNET_{name} must begin with https://. Nothing is sent in clear.")
    organisation = our_organisation(
        settings.ORGANISATION_CERTIFICATE, settings.ORGANISATION_KEY, settings.MASKINPORTEN_KEY_ID
    )
    line = Line(ca=settings.FIKS_CA or None, wait=settings.FIKS_WAIT, longest=LONGEST_QUESTION)
    client = Client(
        client_id=settings.MASKINPORTEN_CLIENT,
        issuer=settings.MASKINPORTEN_ISSUER,
        endpoint=settings.MASKINPORTEN_TOKENS,
        organisation=organisation,
        line=line,
    )
    portal = Portal(
        root=settings.FIKS_ROOT,
        organisation=settings.FIKS_ORGANISATION,
        integration=settings.FIKS_INTEGRATION,
        password=settings.FIKS_PASSWORD,
        maskinporten=client,
        tokens=tokens,
        line=line,
    )
    return Fiks(portal=portal, organisation=organisation)
