"""A small world in which every relation between a person and a child exists, and in which every field has its canary.

One child has disappeared from a centre, is told of to every office, and was on the way between two others; the second
child of the centre is told of to nobody. A canary is a word that occurs nowhere else: where it turns up, the field did.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.test import Client
from django.utils import timezone

from savnet.access.emergencies import BreakGlass
from savnet.access.models import Mandate, Person
from savnet.access.proposals import Proposal
from savnet.access.rights import FieldClass, Relation, Role
from savnet.cases import ledger
from savnet.cases.models import Case, ObligationRow
from savnet.casework import absence, facts, knowledge, returning, sending, two_persons
from savnet.casework.facts import ItemAnswer
from savnet.delivery.models import Message
from savnet.demo import cases as demo_cases
from savnet.demo import places
from savnet.register.models import (
    Alias,
    Appointment,
    Centre,
    Contact,
    Leave,
    NetworkPerson,
    PresenceQuestion,
    Recipient,
    Resident,
    SocialAccount,
    Telephone,
)
from savnet.register.models.transfer import Transfer
from savnet.rules import events
from savnet.rules.words import CONCERN_ITEM, ITEMS, Answer, ConcernKind, InformationKind, ReturnedHow
from web.offices import furnish_units
from web.telling import furnish_offices

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
KINDS = ("kor", "bfe", "asa", "une", "pu", "region")
ID, W, S, TP, H, R = (
    FieldClass.IDENTITY,
    FieldClass.WHEREABOUTS,
    FieldClass.SUSPICION,
    FieldClass.THIRD_PARTY,
    FieldClass.HEALTH,
    FieldClass.ROUTING,
)


@dataclass
class Canaries:
    """Words that occur nowhere else, each with the field it stands in and the class that it is to be of."""

    fields: dict[str, tuple[str, FieldClass]] = field(default_factory=dict)

    def of(self, name: str, kind: FieldClass) -> str:
        """A new one."""
        word = f"Kvitrer{len(self.fields):03d}x"
        self.fields[word] = (name, kind)
        return word


@dataclass(frozen=True, slots=True)
class Standing:
    """One way to stand to the child, as a person is employed and what she has been given."""

    name: str
    relation: Relation = Relation.NONE
    at: str = ""
    region: str = ""
    told: bool = True
    mandate: str = ""
    mandate_lasts: bool = True
    glass: str = ""
    active: bool = True


STANDINGS = (
    Standing("own centre", Relation.OWN_CENTRE, at="own"),
    Standing("sending centre", Relation.SENDING_CENTRE, at="sending"),
    Standing("receiving centre", Relation.RECEIVING_CENTRE, at="receiving"),
    Standing("another centre", at="other"),
    Standing("own region", Relation.OWN_REGION, region="fjord"),
    Standing("another region", region="fjell"),
    Standing("addressed"),
    Standing("addressed, another child", told=False),
    Standing("mandate for the centre", Relation.MANDATE, mandate="own"),
    Standing("mandate for another centre", mandate="other"),
    Standing("mandate for the country", Relation.MANDATE, mandate="country"),
    Standing("mandate that is over", mandate="own", mandate_lasts=False),
    Standing("glass broken", Relation.BREAK_GLASS, at="other", glass="open"),
    Standing("glass broken, over", at="other", glass="over"),
    Standing("access withdrawn", Relation.OWN_CENTRE, at="own", active=False),
)
"""ADDRESSED is held by the role beside the others, and needs no standing of its own but the child that was told of."""


@dataclass
class World:
    """What there is, and the canary of each field."""

    canaries: Canaries
    centres: dict[str, Centre]
    told: Resident
    untold: Resident
    case: Case
    quiet_case: Case
    message: Message
    others: dict[str, UUID]
    now: datetime

    @property
    def names(self) -> list[str]:
        """What the children are called."""
        known = [word for word, (name, _) in self.canaries.fields.items() if name.startswith("Resident.")]
        return [*known[:3], self.untold.given_name]

    def ids(self, standing: Standing, who: Person) -> dict[str, Any]:
        """What stands in addresses, for the child that this standing is about and for the person's own mandate."""
        child, case = (self.told, self.case) if standing.told else (self.untold, self.quiet_case)
        mandate = Mandate.objects.filter(person=who).first() or Mandate.objects.get(person__username="utenfra")
        return {
            **self.others,
            "resident_id": child.id,
            "case_id": case.id,
            "message_id": self.message.id,
            "mandate_id": mandate.id,
            "centre_id": self.case.centre_id,
        }


def build() -> World:
    """Make it. Takes a second or two, so make it once."""
    now, canaries = timezone.now(), Canaries()
    own, other = places.furnish()
    furnish_offices()
    furnish_units()
    centres = {"own": own, "other": other, **{name: _centre(name) for name in ("sending", "receiving")}}
    guard = _employ("skriver", Role.SHIFT_STAFF, centre=own)
    told, untold = _child(own, canaries), Resident.objects.create(centre=own, given_name="Stille", family_name="Gutt")
    case = _story(told, guard, canaries, now)
    quiet = absence.notice(untold, by=guard, now=now - HOUR)
    _address_everyone(case)
    others = _around(told, case, centres, canaries, now)
    message = Message.objects.filter(case_id=case.id).first()
    assert message
    return World(canaries, centres, told, untold, case, quiet, message, others, now)


def _centre(name: str) -> Centre:
    return Centre.objects.create(
        name=f"{name.title()} mottak", operator="municipal", municipality_id="9903", region="dal"
    )


def _employ(username: str, role: Role, **where: Any) -> Person:
    return Person.objects.create_user(username, name=f"{username.title()} Ansatt", title="Rådgiver", role=role, **where)


def _child(centre: Centre, canaries: Canaries) -> Resident:
    made = canaries.of
    texts = [
        "given_name",
        "family_name",
        "original_name",
        "citizenship",
        "languages",
        "room",
        "description",
        "clothing",
        "bank_card",
    ]
    known = {name: made(f"Resident.{name}", ID) for name in (*texts, "travel_documents")}
    child = Resident.objects.create(
        centre=centre,
        born=timezone.now().date() - timedelta(days=16 * 366),
        accompanied_by=made("Resident.accompanied_by", TP),
        **known,
    )
    Alias.objects.create(resident=child, name=made("Alias.name", ID))
    Telephone.objects.create(resident=child, number=made("Telephone.number", ID), note=made("Telephone.note", ID))
    SocialAccount.objects.create(resident=child, service="Snapchat", handle=made("SocialAccount.handle", ID))
    network = {name: made(f"NetworkPerson.{name}", TP) for name in ("name", "relation", "phone", "place")}
    NetworkPerson.objects.create(resident=child, kind="friend", **network)
    for kind in ("representative", "lawyer"):
        held = {name: made(f"Contact.{name} ({kind})", ID) for name in ("name", "firm", "phone", "address")}
        Contact.objects.create(resident=child, kind=kind, **held)
    for kind in ("arrival_interview", "asylum_interview"):
        Appointment.objects.create(resident=child, kind=kind, at=timezone.now() + 3 * DAY)
    return child


def _story(child: Resident, by: Person, canaries: Canaries, now: datetime) -> Case:
    """Missed, searched for, reported, seen, back, talked with; every free word of it is a canary."""
    made = canaries.of
    gone = now - 5 * DAY
    seen = {"last_observed": gone - 3 * HOUR, "note": made("absence_noticed.note", W)}
    case = absence.notice(child, by=by, now=gone - HOUR, **seen)
    what, found = made("inquiry_made.what", W), made("inquiry_made.finding", W)
    absence.inquire(case.id, by=by, now=gone - HOUR / 2, what=what, finding=found)
    absence.believe(case.id, by=by, now=gone, why=made("disappearance_believed.why", S))
    facts.record_answers(case.id, _answers(canaries), by=by, now=gone + HOUR / 2)
    sending.send(case.id, by=by, now=gone + HOUR)
    demo_cases.by_post(case.id, by=by, now=gone + HOUR)
    concern = {"kind": ConcernKind.OTHER, "level": "reason_to_believe", "text": made("concern_raised.text", S)}
    knowledge.raise_concern(case.id, by=by, now=gone + DAY, **concern)
    told = {"text": made("information_received.text", W), "source": made("information_received.source", S)}
    knowledge.receive_information(case.id, kind=InformationKind.SIGHTING, by=by, now=gone + 2 * DAY, **told)
    sending.send(case.id, by=by, now=gone + 2 * DAY)
    demo_cases.by_post(case.id, by=by, now=gone + 2 * DAY)
    back, how = gone + 3 * DAY, ReturnedHow.TO_CENTRE
    returning.note_return(case.id, how=how, by=by, now=back, note=made("returned.note", W))
    sending.send(case.id, by=by, now=back)
    demo_cases.by_post(case.id, by=by, now=back)
    talk = {
        "why_left": made("talk_held.why_left", ID),
        "where_stayed": made("talk_held.where_stayed", W),
        "what_done": made("talk_held.what_done", ID),
    }
    returning.hold_talk(case.id, returning.Talk(**talk), by=by, now=back + 3 * HOUR)
    ledger.record(case.id, *_notes(canaries, back + 4 * HOUR), by=by, now=back + 4 * HOUR)
    return case


FACTS = {"a-3": W, "a-4": S, "a-5": ID, "a-6": TP, "a-7": TP, "a-8": ID, "a-9": S, "a-10": S, "a-11": H}


def _answers(canaries: Canaries) -> dict[str, ItemAnswer]:
    said = {item: ItemAnswer(Answer.YES, canaries.of(f"fact_recorded.{item}", FACTS[item])) for item in ITEMS}
    where = {"where_answer": "yes", "where": canaries.of("fact_recorded.details.where", S), "cities": []}
    return {**said, CONCERN_ITEM: ItemAnswer(Answer.YES, canaries.of("fact_recorded.concern", S), where)}


def _notes(canaries: Canaries, at: datetime) -> Iterator[events.Event]:
    """Events that no story above makes, with the notes that they may carry."""
    made = canaries.of
    yield events.TalkHeld(at=at, note=made("talk_held.note", H))
    yield events.AgeExamined(at=at, most_likely_over_18=False, note=made("age_examined.note", H))
    yield events.AgeDecided(at=at, over_18=False, note=made("age_decided.note", ID))
    yield events.DufUpdated(at=at, note=made("duf_updated.note", W))
    yield events.PoliceCaseOpened(at=at, reference="REF-1", note=made("police_case_opened.note", W))
    yield events.ConsentRefused(at=at, who="resident", note=made("consent_refused.note", ID))
    yield events.TransportRequested(at=at, note=made("transport_requested.note", W))
    yield events.TransportDone(at=at, note=made("transport_done.note", W))
    yield events.OwnerNamed(at=at, owner="skriver", why=made("owner_named.why", ID))
    yield events.CaseReviewed(at=at, text=made("case_reviewed.text", W))


def _address_everyone(case: Case) -> None:
    """Something of the case is sent or owed to every office, whatever the rules make of this one."""
    last = ObligationRow.objects.filter(case=case).latest("position")
    for number, kind in enumerate(KINDS, 500):
        last.pk, last.position, last.recipient, last.sent_at = None, number, kind, last.arisen_at
        last.save(force_insert=True)


def _around(
    child: Resident, case: Case, centres: dict[str, Centre], canaries: Canaries, now: datetime
) -> dict[str, UUID]:
    """What else addresses name: a transfer, a proposal, a question, an emergency, a colleague, an agreed absence."""
    leader, outsider = (
        _employ("sjef", Role.CENTRE_LEADER, centre=centres["own"]),
        _employ("utenfra", Role.SHIFT_STAFF, centre=centres["other"]),
    )
    hours = {"departs_at": now - HOUR, "expected_at": now + HOUR, "planned_at": now, "planned_by": leader}
    transfer = Transfer.objects.create(
        resident=child,
        from_centre=centres["sending"],
        to_centre=centres["receiving"],
        state="under_way",
        how=canaries.of("Transfer.how", ID),
        escort=canaries.of("Transfer.escort", ID),
        escort_phone=canaries.of("Transfer.escort_phone", ID),
        **hours,
    )
    leave = Leave.objects.create(
        resident=child,
        kind="agreed",
        from_at=now - HOUR,
        return_at=now + HOUR,
        place=canaries.of("Leave.place", W),
        with_whom=canaries.of("Leave.with_whom", TP),
        phone=canaries.of("Leave.phone", TP),
        agreed_by=leader,
        agreed_at=now - HOUR,
    )
    question = PresenceQuestion.objects.create(
        resident=child,
        because="unseen",
        says=canaries.of("PresenceQuestion.says", ID),
        expected_at=now - HOUR,
        asked_at=now,
    )
    opened = _glass(outsider, child, now)
    _mandate(outsider, centres["own"], now - 2 * DAY, now + DAY)
    recipient = Recipient.objects.filter(kind="region").first()
    assert recipient
    return {
        "transfer_id": transfer.id,
        "leave_id": leave.id,
        "question_id": question.id,
        "opened_id": opened.id,
        "person_id": leader.id,
        "recipient_id": recipient.id,
        "proposal_id": _proposal(case, leader, canaries, now).id,
        "contact_id": child.contacts.first().id,
        "trace_id": child.telephones.first().id,
        "appointment_id": child.appointments.first().id,
    }


def _proposal(case: Case, by: Person, canaries: Canaries, now: datetime) -> Proposal:
    """That the case is over, as the leader proposes it."""
    made = Proposal(
        id=uuid4(),
        kind="closing",
        case_id=case.id,
        centre_id=case.centre_id,
        proposed_by=by,
        proposed_at=now,
        expires_at=now + DAY,
    )
    content = {"outcome": "other", "source": canaries.of("case_closed.source", W), "note": ""}
    made.sealed = two_persons._sealed(made, content)
    made.save(force_insert=True)
    return made


def _glass(person: Person, child: Resident, now: datetime, *, over: bool = False) -> BreakGlass:
    times = (now - 3 * HOUR, now - HOUR) if over else (now - HOUR, now + 6 * HOUR)
    return BreakGlass.objects.create(
        person=person,
        resident=child,
        centre_id=child.centre_id,
        reason="asked",
        why="Politiet spør.",
        at=times[0],
        until=times[1],
    )


def _mandate(person: Person, covers: Centre | None, begins: datetime, ends: datetime) -> Mandate:
    return Mandate.objects.create(
        person=person, centre=covers, legal_basis="oppdiktet", valid_from=begins, valid_until=ends
    )


def fits(role: Role, standing: Standing) -> bool:
    """Whether somebody in the role can be employed so at all: the database refuses a guard of no centre."""
    if role in {Role.SHIFT_STAFF, Role.CENTRE_LEADER}:
        return bool(standing.at)
    return role is not Role.REGIONAL_OFFICER or bool(standing.region) or not standing.active


def person_in(world: World, role: Role, standing: Standing, *, suffix: str = "") -> tuple[Person, Client]:
    """Somebody in the role who stands so, signed in while she still may."""
    centre = world.centres[standing.at] if standing.at else None
    office = {"office": "une"} if role is Role.RECEIVING_OFFICER else {}
    # Whoever works at a regional office has one, and where the standing names none it is another's.
    region = standing.region or ("fjell" if role is Role.REGIONAL_OFFICER else "")
    who = _employ(f"{role}-{standing.name}{suffix}"[:80], role, centre=centre, region=region, **office)
    if standing.mandate:
        covers = None if standing.mandate == "country" else world.centres[standing.mandate]
        until = world.now + DAY if standing.mandate_lasts else world.now - HOUR
        _mandate(who, covers, world.now - 2 * DAY, until)
    if standing.glass:
        _glass(who, world.told, world.now, over=standing.glass == "over")
    client = Client()
    client.force_login(who)
    if not standing.active:
        Person.objects.filter(pk=who.pk).update(is_active=False)
    return who, client
