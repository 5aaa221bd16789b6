"""The channel as the rest of delivery sees it: check first, then hand in, once, then ask how it fares."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from stdnum.no import orgnr

from savnet.delivery.channel import CannotSend, Envelope, Refused, Silent, Status, Taken
from savnet.delivery.channels.altinn.service import Service
from savnet.delivery.channels.altinn.statuses import read
from savnet.delivery.organisation import bearer
from savnet.delivery.words import Hindrance

SCOPE = "altinn:serviceowner altinn:correspondence.write"
EXCHANGE = "authentication/api/v1/exchange/maskinporten"
LARGEST = 250 * 1024 * 1024
LONGEST_CALL = 120
TAKEN = "Altinn har tatt imot meldingen som nr. {number}."
THERE_ALREADY = "Altinn hadde meldingen fra før."


@dataclass(frozen=True, slots=True, kw_only=True)
class Altinn:
    """Letters to organisations through Altinn. Altinn keeps them; who may open them there, the receiver decides."""

    service: Service

    def check(self, envelope: Envelope) -> None:
        """CannotSend where the receiver has no organisation number."""
        if not envelope.address.isdecimal() or not orgnr.is_valid(envelope.address):
            raise CannotSend(Hindrance.BAD_ADDRESS, f"«{envelope.address}» er ikke et organisasjonsnummer.")
        self.service.bearer.check(envelope.at)

    def send(self, envelope: Envelope, letter: bytes) -> Taken:
        """Hand it in. The message id is Altinn's key against repeats: the same message is never there twice."""
        self.check(envelope)
        if len(letter) > LARGEST:
            raise CannotSend(Hindrance.TOO_LARGE, "Brevet er for stort for Altinn.")
        number = self.service.hand_in(envelope, letter)
        return Taken(TAKEN.format(number=number) if number else THERE_ALREADY)

    def statuses(self, envelope: Envelope) -> tuple[Status, ...]:
        """All that Altinn says of this message; raises Silent."""
        try:
            histories = [self.service.history(one, envelope.at) for one in self.service.known(envelope)]
        except Refused as refused:
            raise Silent(refused.answer) from refused
        return tuple(read(row) for history in histories for row in history)


def from_settings() -> Altinn:
    """The channel as the settings describe it; CannotSend, naming what is missing, where they don't."""
    needed = ("ALTINN_ROOT", "ALTINN_RESOURCE")
    if missing := [f"SAVNET_{name}" for name in needed if not getattr(settings, name)]:
        raise CannotSend(Hindrance.NOT_SET_UP, f"Altinn er ikke satt opp. Mangler: {', '.join(missing)}.")
    if urlsplit(settings.ALTINN_ROOT).scheme != "https":
        raise CannotSend(Hindrance.NOT_SET_UP, "Altinn er ikke satt opp: SAVNET_ALTINN_ROOT må begynne med https://.")
    exchange = f"{settings.ALTINN_ROOT.rstrip('/')}/{EXCHANGE}"
    reached = bearer(SCOPE, ca=settings.ALTINN_CA, wait=settings.ALTINN_WAIT, longest=LONGEST_CALL, exchange=exchange)
    return Altinn(service=Service(root=settings.ALTINN_ROOT, resource=settings.ALTINN_RESOURCE, bearer=reached))
