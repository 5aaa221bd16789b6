"""What a letter is written from: the case, the obligation it meets, its receiver, and who signs it."""

from dataclasses import dataclass

from savnet.access.models import Person
from savnet.casework.case_at_hand import CaseAtHand
from savnet.casework.in_norwegian import in_norwegian
from savnet.letters import Envelope, Receiver, Sender
from savnet.register.models import Centre
from savnet.register.resolution import Resolution
from savnet.register.routing import resolve
from savnet.rules import Obligation
from savnet.rules.time import norwegian_day
from savnet.rules.words import Actor, Channel, Recipient


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A letter about to be written. `reference` is the short form of its message id.

    `said` is what a person wrote for just this letter, where it holds somebody's own words.
    """

    case: CaseAtHand
    obligation: Obligation
    resolution: Resolution
    channel: Channel
    by: Person
    reference: str
    said: str = ""

    @property
    def envelope(self) -> Envelope:
        """Sender, receiver, date, reference and legal basis."""
        return Envelope(
            sender=self._sender(),
            receiver=receiver(self.resolution),
            written_at=self.case.now,
            reference=self.reference,
            duty=self.obligation.id,
            basis=self.obligation.legal_basis.provision if self.obligation.legal_basis else self.obligation.id,
            version=self.case.derivation.version,
            exercise=self.case.resident.centre.invented,
        )

    def _sender(self) -> Sender:
        """Who writes: whoever owes it."""
        if self.obligation.actor is Actor.CENTRE:
            return sender(self.case.resident.centre, self.by)
        return office_sender(self.case, self.obligation.actor, self.by)


OFFICES = {Actor.REGION: Recipient.REGION, Actor.ASA: Recipient.ASA}
"""Where in the register an office that owes something stands."""


@in_norwegian
def office_sender(case: CaseAtHand, office: Actor, person: Person) -> Sender:
    """The regional office or ASA, and the person there who answers for the letter."""
    it = resolve(OFFICES[office], resident=case.resident, on=norwegian_day(case.now))
    mail = it.way(Channel.ENCRYPTED_EMAIL)
    return Sender(
        office=it.name,
        address=tuple(filter(None, it.address.splitlines())),
        person=person.name,
        role=person.title or person.get_role_display(),
        phone=person.phone or it.phone,
        on_call=it.out_of_hours_phone,
        email=mail.address if mail else "",
    )


@in_norwegian
def sender(centre: Centre, person: Person) -> Sender:
    """The centre, and the person who answers for the letter."""
    place = f"{centre.postal_code} {centre.postal_place}".strip()
    return Sender(
        office=centre.name,
        address=tuple(filter(None, (centre.address, place))),
        person=person.name,
        role=person.title or person.get_role_display(),
        phone=person.phone or centre.phone,
        on_call=centre.on_call_phone,
        email=centre.email,
    )


def receiver(resolution: Resolution) -> Receiver:
    """The receiver as it stands in the address window."""
    lines = tuple(line.strip() for line in resolution.address.splitlines() if line.strip())
    return Receiver(kind=resolution.kind, name=resolution.name, address=lines, phone=resolution.phone)
