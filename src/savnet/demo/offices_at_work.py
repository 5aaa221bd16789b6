"""What UDI's offices have done in the demo and have yet to do, so that each has something on its page."""

from datetime import datetime, timedelta
from uuid import UUID

from savnet.access.models import Person
from savnet.cases.models import Case
from savnet.casework import by_hand, knowledge, sending, udi
from savnet.casework.case_at_hand import at_hand
from savnet.delivery.channels.paper import HandOver
from savnet.delivery.models import Message
from savnet.register.models import Resident
from savnet.rules import Obligation
from savnet.rules.words import Actor, Channel, InformationKind, ObligationState


def furnish(residents: list[Resident], night: Person, now: datetime) -> None:
    """Old matters are confirmed; of the newest the region has yet to confirm what it was sent."""
    region, asa = (Person.objects.get(username=name) for name in ("region", "asa"))
    gone, back = (Case.objects.get(resident=residents[n]).id for n in (3, 4))
    copies_registered(gone, by=region, now=now - timedelta(days=18))
    news_for_une(gone, night=night, by=region, now=now - timedelta(days=2))
    copies_registered(back, by=region, now=now - timedelta(days=5))
    asa_is_asked(back, region=region, asa=asa, now=now - timedelta(hours=1))


def copies_registered(case_id: UUID, *, by: Person, now: datetime) -> None:
    """The copies are entered in DUF, and the decision unit has been told there."""
    for one in owed(case_id, Actor.REGION, now, "3-2", "3-3"):
        by_hand.tick_off(case_id, one.key, by=by, now=now, reference=f"{now.year}/0042")
    for one in owed(case_id, Actor.REGION, now, "3-4"):
        by_hand.mark_done(case_id, one.key, by=by, now=now, channel=Channel.SYSTEM)


def news_for_une(case_id: UUID, *, night: Person, by: Person, now: datetime) -> None:
    """Something that matters for the asylum case, which lies with UNE. All are told, by post; nobody has confirmed."""
    knowledge.receive_information(
        case_id,
        kind=InformationKind.ABROAD,
        text="Har ringt en venn fra et svensk nummer.",
        source="En tidligere beboer",
        relevant_to_asylum_case=True,
        by=night,
        now=now,
    )
    posted(sending.send(case_id, by=night, now=now), night, now)
    later = now + timedelta(hours=1)
    for one in owed(case_id, Actor.REGION, later, "3-6"):
        said = "Barnet har ringt fra et svensk nummer."
        posted(sending.send(case_id, by=by, now=later, only={one.key}, actor=Actor.REGION, said=said), by, later)


def asa_is_asked(case_id: UUID, *, region: Person, asa: Person, now: datetime) -> None:
    """The region has asked ASA, and somebody there has confirmed; the assessment waits."""
    for one in owed(case_id, Actor.REGION, now, "4-3"):
        posted(sending.send(case_id, by=region, now=now, only={one.key}, actor=Actor.REGION), region, now)
        later = now + timedelta(minutes=20)
        udi.confirm(case_id, one.key, reference="ASA-17", by=asa, now=later, at=later)


def posted(letters: list[Message], by: Person, now: datetime) -> None:
    """The letters went on paper."""
    for one in letters:
        by_hand.hand_over(one.id, HandOver(channel=Channel.POST, at=now), by=by, now=now)


def owed(case_id: UUID, actor: Actor, now: datetime, *ids: str) -> list[Obligation]:
    """What an office leaves open in the case, of these ids."""
    every = at_hand(case_id, now).derivation.obligations
    return [one for one in every if one.actor is actor and one.state is ObligationState.OPEN and one.id in ids]
