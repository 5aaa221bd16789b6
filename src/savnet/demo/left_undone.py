"""What somebody must see to in the demo: a child whom the house misses, a letter astray, one that was not theirs."""

from datetime import datetime, timedelta
from uuid import UUID

from savnet.access.models import Person
from savnet.cases.models import Case
from savnet.casework import asking, leaves, recall, returning, sending
from savnet.casework.disclosures import Given, decide, note_request
from savnet.casework.not_theirs import record_not_theirs
from savnet.delivery.channels.paper import HandOver
from savnet.delivery.models import Message
from savnet.demo.cases import by_post, disappear, everyone_told
from savnet.demo.offices_at_work import copies_registered
from savnet.demo.overseers import asked_by_police
from savnet.register.models import Resident
from savnet.rules.words import Channel, FeelsSafe, Recipient, ReturnedHow


def furnish(everyone: list[Resident], night: Person, now: datetime) -> None:
    """Done once, as the night guard and the leader did it."""
    leader = Person.objects.get(username="leder")
    late, gone = (Case.objects.get(resident=everyone[number]).id for number in (2, 3))
    back_with_something_to_tell(everyone[13], by=night, now=now)
    to_the_wrong_address(gone, by=leader, now=now - timedelta(hours=21))
    lives_elsewhere(late, by=night, now=now - timedelta(hours=4))
    to_be_handed_to_the_police(everyone[4], by=leader, now=now - timedelta(minutes=50))
    not_back_from_town(everyone[12], by=night, now=now)


def not_back_from_town(child: Resident, *, by: Person, now: datetime) -> None:
    """She should have been back most of an hour ago; the house has asked, and nobody has answered."""
    hours = {"from_at": now - timedelta(hours=4), "return_at": now - timedelta(minutes=50)}
    leaves.agree(child, {"kind": "agreed", "place": "Senteret i Granvik", **hours}, by=by, now=now - timedelta(hours=5))
    asking.ask_about_everyone(now=now - timedelta(minutes=10))


def to_the_wrong_address(case_id: UUID, *, by: Person, now: datetime) -> None:
    """The news for the lawyer lay in a neighbour's box. The recall is sent, and they have not answered."""
    letter = _letter(case_id, "2.2-7", Recipient.LAWYER)
    number = recall.note_error(
        letter.id,
        receiver="Naboen i nummer 4",
        right_one_has_it=True,
        what="At en beboer er meldt savnet.",
        why="Konvolutten ble lagt i postkassa til naboen, som åpnet den og leverte den videre.",
        at=now,
        by=by,
        now=now,
    )
    recall.send_recall(case_id, number, HandOver(channel=Channel.POST, at=now), by=by, now=now + timedelta(minutes=20))


def lives_elsewhere(case_id: UUID, *, by: Person, now: datetime) -> None:
    """Child welfare says that the report belongs to another office, and does not know which."""
    letter = _letter(case_id, "b-4", Recipient.CHILD_WELFARE)
    why = "Barnet er under omsorg av en annen kommune. Vi vet ikke hvilken."
    record_not_theirs(letter, by_name="Kari Mottakås", why=why, at=now, by=by, now=now)


def to_be_handed_to_the_police(child: Resident, *, by: Person, now: datetime) -> None:
    """The leader has decided what the police are given; the letter lies ready."""
    request = note_request(child, asked_by_police(now, "2026/4688"), by=by, now=now - timedelta(hours=20))
    why = "Skriftlig begjæring fra politiet, som trenger dette for å finne barnet."
    decide(request.id, frozenset(Given), moved_to="", why=why, by=by, now=now)


def back_with_something_to_tell(child: Resident, *, by: Person, now: datetime) -> None:
    """Back for three days. What he told matters for his asylum case, and he wants it passed on."""
    went = now - timedelta(days=12)
    case_id = disappear(child, by=by, noticed=went, believed=went + timedelta(hours=2))
    everyone_told(case_id, by=by, now=went + timedelta(hours=4))
    copies_registered(case_id, by=Person.objects.get(username="region"), now=went + timedelta(hours=9))
    back = now - timedelta(days=3)
    returning.note_return(case_id, how=ReturnedHow.TO_CENTRE, by=by, now=back)
    sending.send(case_id, by=by, now=back)
    by_post(case_id, by=by, now=back + timedelta(minutes=30))
    talk = returning.Talk(
        why_left="Fikk en telefon fra noen han ikke turte å si nei til.",
        where_stayed="I en leilighet i Storfjell, sammen med andre.",
        what_done="Måtte arbeide på et vaskeri.",
        feels_safe=FeelsSafe.NO,
        asylum_relevant=True,
    )
    returning.hold_talk(case_id, talk, by=by, now=back + timedelta(hours=5))
    returning.record_consent(case_id, who="resident", given=True, by=by, now=back + timedelta(hours=6))


def _letter(case_id: UUID, obligation: str, receiver: Recipient) -> Message:
    """The newest of this kind that the receiver was sent."""
    letters = Message.objects.filter(case_id=case_id, obligation=obligation, recipient=receiver.value)
    return letters.latest("composed_at")
