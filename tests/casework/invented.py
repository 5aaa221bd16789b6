"""Who and what these tests are about: two centres, the offices around them, and children made as each test needs."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from savnet.access.models import Person
from savnet.cases.models import Case
from savnet.casework import absence, by_hand, carrying, facts, sending
from savnet.casework.case_at_hand import CaseAtHand, at_hand
from savnet.casework.facts import ItemAnswer
from savnet.casework.plan import Planned, messages_by_key, plan
from savnet.casework.queue import CARRY
from savnet.delivery.channels.paper import HandOver
from savnet.delivery.channels.telephone import Call
from savnet.delivery.models import Message
from savnet.register.models import Appointment, Centre, Contact, ContactKind, Recipient, RecipientChannel, Resident
from savnet.rules import Obligation
from savnet.rules.events import Event
from savnet.rules.words import CONCERN_ITEM, ITEMS, Answer, Channel
from savnet.rules.words import Recipient as Kind

NOW = datetime(2026, 3, 2, 20, 5, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)

POLICE, REGION, BFE, KOR = "ops@politi.example", "region@udi.example", "bfe@udi.example", "kor@udi.example"
GRANVIK, SOLVAER, STORFJELL = "bv@granvik.example", "bv@solvaer.example", "bv@storfjell.example"
REPRESENTATIVE, LAWYER = "rita@representant.example", "arne@advokat.example"
ADDRESSES = (POLICE, REGION, BFE, KOR, GRANVIK, SOLVAER, STORFJELL, REPRESENTATIVE, LAWYER)
OFFICES = (
    (Kind.POLICE_DISTRICT, "fjordkanten", "Fjordkanten politidistrikt", POLICE, "nb"),
    (Kind.CHILD_WELFARE, "9901", "Barnevernstjenesten i Granvik", GRANVIK, "nb"),
    (Kind.CHILD_WELFARE, "9902", "Barnevernstenesta i Solvær", SOLVAER, "nn"),
    (Kind.CHILD_WELFARE, "9903", "Barnevernstjenesten i Storfjell", STORFJELL, "nb"),
    (Kind.REGION, "fjord", "UDI Regionkontor Fjord", REGION, "nb"),
    (Kind.KOR, "", "Koordineringsenheten (KOR)", KOR, "nb"),
    (Kind.BFE, "", "Barnefaglig enhet (BFE)", BFE, "nb"),
)

ANSWERS = {
    **{item: ItemAnswer(Answer.UNKNOWN) for item in ITEMS},
    CONCERN_ITEM: ItemAnswer(
        Answer.YES, "Barnet dro uten sakene sine.", {"where_answer": "unknown", "where": "", "cities": []}
    ),
}


def furnish_offices() -> None:
    for kind, number, name, email, language in OFFICES:
        office = Recipient.objects.create(
            kind=kind.value,
            number=number,
            invented=True,
            name=name,
            phone="+47 00 33 00 01",
            address=f"{name}\nPostboks 1\n0000 Granvik",
            language=language,
            confirmed=True,
        )
        RecipientChannel.objects.create(recipient=office, channel=Channel.ENCRYPTED_EMAIL.value, address=email)


def furnish_units() -> None:
    """UDI's units, UNE and PU: paper reaches them."""
    units = ((Kind.ASA, "Asylavdelingen (ASA)"), (Kind.DECISION_UNIT, "Vedtaksenheten"), (Kind.UNE, "Utlendingsnemnda"))
    for kind, name in units:
        Recipient.objects.create(
            kind=kind.value,
            invented=True,
            name=name,
            phone="+47 00 55 00 01",
            address="Postboks 2\n0000 Granvik",
            confirmed=True,
        )


def contact(child: Resident, kind: ContactKind, name: str, email: str) -> Contact:
    return Contact.objects.create(
        resident=child, kind=kind, name=name, phone="+47 00 88 00 10", email=email, valid_from=date(2025, 1, 1)
    )


def appointment(child: Resident, kind: str, at: datetime) -> Appointment:
    return Appointment.objects.create(resident=child, kind=kind, at=at)


@dataclass
class Story:
    """One child's case as the night guard lives it; `now` moves on as things happen."""

    child: Resident
    guard: Person
    now: datetime = NOW
    case: Case = field(init=False)

    @property
    def id(self) -> UUID:
        return self.case.id

    @property
    def centre(self) -> Centre:
        return self.child.centre

    def later(self, after: timedelta) -> "Story":
        self.now += after
        return self

    def absent(self, **more: Any) -> "Story":
        self.case = absence.notice(self.child, by=self.guard, now=self.now, **more)
        return self

    def missing(self) -> "Story":
        """Not at supper, and an hour later there is reason to believe that the child has disappeared."""
        self.absent(last_observed=self.now - HOUR).later(HOUR)
        absence.believe(self.id, by=self.guard, now=self.now, why="Svarer ikke på telefon.")
        return self

    def answered(self, **answers: ItemAnswer) -> "Story":
        given = {**ANSWERS, **{item.replace("_", "-"): one for item, one in answers.items()}}
        facts.record_answers(self.id, given, by=self.guard, now=self.now)
        return self

    def send(self, **more: Any) -> list[Message]:
        return sending.send(self.id, by=self.guard, now=self.now, **more)

    def told(self) -> "Story":
        """Missing, answered and sent."""
        self.missing().answered().send()
        return self

    # What stands

    def at_hand(self) -> CaseAtHand:
        return at_hand(self.id, self.now)

    def owed(self, id_: str, **where: Any) -> list[Obligation]:
        mine = [one for one in self.at_hand().derivation.obligations if one.id == id_]
        return [one for one in mine if all(getattr(one, name) == value for name, value in where.items())]

    def the(self, id_: str, **where: Any) -> Obligation:
        (one,) = self.owed(id_, **where)
        return one

    def letter(self, id_: str, **where: Any) -> Message:
        """The letter that meets an obligation, as it is now."""
        return messages_by_key(self.at_hand())[self.the(id_, **where).key]

    def planned(self, id_: str) -> list[Planned]:
        return [one for one in plan(self.at_hand()) if one.obligation.id == id_]

    def recorded(self, kind: type[Event], **where: Any) -> list[Event]:
        mine = [one for one in self.at_hand().events if isinstance(one, kind)]
        return [one for one in mine if all(getattr(one, name) == value for name, value in where.items())]

    # What people do

    def hand_over(self, letter: Message, channel: Channel = Channel.POST, **more: str) -> None:
        by_hand.hand_over(letter.id, HandOver(channel=channel, at=self.now, **more), by=self.guard, now=self.now)

    def to_the_police(self, received_by: str = "Betjent Vakt", reference: str = "") -> None:
        self.hand_over(self.letter("a-1"), Channel.IN_PERSON, received_by=received_by, reference=reference)

    def call(self, who: Kind, *, reached: bool = True, knew: str = "none") -> None:
        made = Call(
            number="+47 00 88 00 10",
            at=self.now,
            reached=reached,
            spoke_with="Rita Fiktiv" if reached else "",
            knew=knew if reached else None,
        )
        by_hand.call(self.id, self.the("c-1", recipient=who).key, made, by=self.guard, now=self.now)

    def carried(self) -> "Story":
        carry_all(self.now)
        return self


def carry_all(now: datetime) -> int:
    """Do the work of a worker at this instant: every job that is due, and what follows from it."""
    done = 0
    while jobs := take_jobs(now):
        for message_id in jobs:
            carrying.carry(message_id, now=now)
        done += len(jobs)
    return done


def take_jobs(now: datetime) -> list[UUID]:
    """Take the jobs that are due out of the queue."""
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH taken AS (DELETE FROM procrastinate_jobs WHERE task_name = %s AND status = 'todo'"
            " AND coalesce(scheduled_at, %s) <= %s RETURNING id, args)"
            " SELECT args->>'message_id' FROM taken ORDER BY id",
            [CARRY, now, now],
        )
        return [UUID(row[0]) for row in cursor.fetchall()]


def waiting_jobs() -> dict[UUID, datetime | None]:
    """What waits in the queue, and until when."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT args->>'message_id', scheduled_at FROM procrastinate_jobs WHERE task_name = %s AND status = 'todo'",
            [CARRY],
        )
        return {UUID(row[0]): row[1] for row in cursor.fetchall()}


def drop_jobs() -> None:
    """Lose every job, as when a worker dies with it. Django leaves the queue as it is between tests."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
