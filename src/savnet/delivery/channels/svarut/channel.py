"""The channel as the rest of delivery sees it: check first, then send, once, then ask until it is delivered."""

from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit
from uuid import UUID

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from django.conf import settings
from stdnum.no import orgnr

from savnet.delivery.channel import CannotSend, Envelope, Refused, Silent, Status, Taken
from savnet.delivery.channels.svarut.cover import Cover, Unreadable
from savnet.delivery.channels.svarut.service import Service, shipment
from savnet.delivery.channels.svarut.statuses import read
from savnet.delivery.organisation import bearer
from savnet.delivery.sealing_for import encrypt
from savnet.delivery.words import Hindrance

SCOPE = "ks:fiks"
LARGEST = 18 * 1024 * 1024
"""In bytes: the smallest limit that SvarUt states for any of its receivers."""
LONGEST_CALL = 120
TAKEN = "SvarUt har tatt imot forsendelsen som nr. {number}."
THERE_ALREADY = "SvarUt hadde forsendelsen fra før, som nr. {number}."


@dataclass(frozen=True, slots=True, kw_only=True)
class SvarUt:
    """Letters to organisations through KS SvarUt: digital only, signed in at the highest level, encrypted by us."""

    service: Service
    key: x509.Certificate

    def check(self, envelope: Envelope) -> None:
        """CannotSend where the receiver has no organisation number, nothing names it, or SvarUt's key has run out."""
        if not envelope.address.isdecimal() or not orgnr.is_valid(envelope.address):
            raise CannotSend(Hindrance.BAD_ADDRESS, f"«{envelope.address}» er ikke et organisasjonsnummer.")
        if not self.key.not_valid_before_utc <= envelope.at <= self.key.not_valid_after_utc:
            until = self.key.not_valid_after_utc
            raise CannotSend(Hindrance.NOT_SET_UP, f"Nøkkelen til SvarUt gjaldt bare til {until:%d.%m.%Y}.")
        self.service.bearer.check(envelope.at)
        _cover(envelope)

    def send(self, envelope: Envelope, letter: bytes) -> Taken:
        """Hand it in; where an earlier attempt came through, that is found out by our own reference, and said."""
        self.check(envelope)
        if envelope.repeat > 1 and (there := self.service.known(envelope)):
            return Taken(THERE_ALREADY.format(number=there[-1]))
        sealed = encrypt(letter, self.key)
        if len(sealed) > LARGEST:
            raise CannotSend(Hindrance.TOO_LARGE, "Brevet er for stort for SvarUt.")
        number = self.service.hand_in(envelope, shipment(envelope, _cover(envelope)), sealed)
        return Taken(TAKEN.format(number=number))

    def statuses(self, envelope: Envelope) -> tuple[Status, ...]:
        """What SvarUt says of each time it took this message; raises Silent."""
        try:
            numbers: tuple[UUID, ...] = self.service.known(envelope)
            return tuple(map(read, self.service.statuses(numbers, envelope.at))) if numbers else ()
        except Refused as refused:
            raise Silent(refused.answer) from refused


def _cover(envelope: Envelope) -> Cover:
    try:
        return Cover.read(envelope.data or b"")
    except Unreadable as unreadable:
        raise CannotSend(Hindrance.NO_DATA, "Meldingen mangler navnet på mottakeren.") from unreadable


NEEDED = ("SVARUT_ROOT", "SVARUT_ACCOUNT", "SVARUT_INTEGRATION", "SVARUT_PASSWORD", "SVARUT_KEY")


def from_settings() -> SvarUt:
    """The channel as the settings describe it; CannotSend, naming what is missing, where they don't."""
    if missing := [f"SAVNET_{name}" for name in NEEDED if not getattr(settings, name)]:
        raise CannotSend(Hindrance.NOT_SET_UP, f"SvarUt er ikke satt opp. Mangler: {', '.join(missing)}.")
    if urlsplit(settings.SVARUT_ROOT).scheme != "https":
        raise CannotSend(Hindrance.NOT_SET_UP, "SvarUt er ikke satt opp: SAVNET_SVARUT_ROOT må begynne med https://.")
    headers = {"IntegrasjonId": settings.SVARUT_INTEGRATION, "IntegrasjonPassord": settings.SVARUT_PASSWORD}
    reached = bearer(SCOPE, ca=settings.SVARUT_CA, wait=settings.FIKS_WAIT, longest=LONGEST_CALL, headers=headers)
    service = Service(root=settings.SVARUT_ROOT, account=settings.SVARUT_ACCOUNT, bearer=reached)
    return SvarUt(service=service, key=_key(settings.SVARUT_KEY))


@lru_cache(maxsize=2)
def _key(pem: str) -> x509.Certificate:
    certificate = x509.load_pem_x509_certificate(pem.encode("ascii"))
    if not isinstance(certificate.public_key(), RSAPublicKey):
        raise CannotSend(Hindrance.NOT_SET_UP, "SAVNET_SVARUT_KEY må være et sertifikat med RSA-nøkkel.")
    return certificate
