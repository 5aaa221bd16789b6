"""Cases in every state: absent now, just missing, overdue, long gone, under 15, back, and done with.

All of it is done through the use cases, as if the night guard had done it, at instants in the past. Letters of the past
went by post, so that the post room begins empty.
"""

from datetime import datetime, timedelta
from uuid import UUID

from savnet.access.models import Person
from savnet.cases.models import Case
from savnet.casework import absence, by_hand, facts, knowledge, returning, sending
from savnet.casework.case_at_hand import at_hand
from savnet.casework.facts import ItemAnswer
from savnet.casework.plan import messages_by_key
from savnet.casework.receipts import record_receipt
from savnet.delivery.channels.paper import HandOver
from savnet.delivery.channels.telephone import Call
from savnet.delivery.models import Message
from savnet.delivery.words import ReceiptWay
from savnet.register.models import Resident
from savnet.rules import Derivation, Obligation
from savnet.rules.words import (
    CONCERN_ITEM,
    ITEMS,
    Actor,
    Answer,
    Channel,
    FeelsSafe,
    InformationKind,
    NoticedHow,
    ObligationState,
    ReturnedHow,
)

ANSWERS = {
    **{item: ItemAnswer(Answer.UNKNOWN) for item in ITEMS},
    "a-4": ItemAnswer(Answer.YES, "Snakket de siste dagene om en venn som skulle hente."),
    "a-5": ItemAnswer(Answer.NO, "Sekk, vinterklær og medisiner ligger igjen på rommet."),
    "a-6": ItemAnswer(Answer.YES, "En venn i Storfjell."),
    "a-10": ItemAnswer(Answer.NOT_OBTAINED),
    CONCERN_ITEM: ItemAnswer(
        Answer.YES,
        "Barnet dro uten sakene sine og uten penger, og har ikke svart på telefon. Vi frykter at noen utnytter barnet.",
        {"where_answer": "unknown", "where": "Kan være i Storfjell.", "cities": ["Storfjell"]},
    ),
}


def furnish(residents: list[Resident], by: Person, now: datetime) -> None:
    """The cases of the centre in Granvik."""
    missing, absent, late, long_gone, back, under_15, done_with = (residents[n] for n in (0, 1, 2, 3, 4, 5, 7))
    absence.notice(absent, by=by, now=now - timedelta(minutes=25), last_observed=now - timedelta(hours=2))
    disappear(missing, by=by, noticed=now - timedelta(hours=3), believed=now - timedelta(minutes=40))
    overdue(disappear(late, by=by, noticed=now - timedelta(hours=30), believed=now - timedelta(hours=27)), by, now)
    disappear(under_15, by=by, noticed=now - timedelta(hours=50), believed=now - timedelta(hours=48))
    gone = disappear(long_gone, by=by, noticed=now - timedelta(days=19), believed=now - timedelta(days=18, hours=22))
    everyone_told(gone, by=by, now=now - timedelta(days=18, hours=20))
    seen(gone, by=by, now=now - timedelta(days=4))
    home = disappear(back, by=by, noticed=now - timedelta(days=6, hours=3), believed=now - timedelta(days=6))
    everyone_told(home, by=by, now=now - timedelta(days=5, hours=22))
    returning.note_return(home, how=ReturnedHow.TO_CENTRE, by=by, now=now - timedelta(hours=2))
    closed = disappear(done_with, by=by, noticed=now - timedelta(days=40), believed=now - timedelta(days=39, hours=20))
    everyone_told(closed, by=by, now=now - timedelta(days=39, hours=18))
    returned_and_done(closed, by=by, now=now - timedelta(days=36))


def disappear(resident: Resident, *, by: Person, noticed: datetime, believed: datetime) -> UUID:
    """Noticed absent, looked for, believed to have disappeared."""
    case: Case = absence.notice(
        resident,
        by=by,
        now=noticed,
        how=NoticedHow.NOT_AT_DAILY_ACTIVITY,
        last_observed=noticed - timedelta(hours=3),
    )
    absence.inquire(
        case.id,
        by=by,
        now=noticed + timedelta(minutes=20),
        what="Lette i huset og ute, ringte barnets telefon.",
        finding="Ikke funnet. Telefonen er slått av.",
    )
    absence.believe(case.id, by=by, now=believed, why="Ikke å finne, og svarer ikke på telefon.")
    return case.id


def overdue(case_id: UUID, by: Person, now: datetime) -> None:
    """The report to the police is written, and nobody has taken it there."""
    asked = now - timedelta(hours=26)
    facts.record_answers(case_id, ANSWERS, by=by, now=asked)
    sending.send(case_id, by=by, now=asked)
    by_post(case_id, by=by, now=asked, but=("a-1",))


def everyone_told(case_id: UUID, *, by: Person, now: datetime) -> None:
    """The nine answers given, every letter sent and received, everyone called, Sesam updated."""
    facts.record_answers(case_id, ANSWERS, by=by, now=now)
    sending.send(case_id, by=by, now=now)
    called(case_id, by=by, now=now)
    for one in owed(case_id, now, "d-4"):
        by_hand.tick_off(case_id, one.key, by=by, now=now)
    by_post(case_id, by=by, now=now)


def told_in_writing(case_id: UUID, *, by: Person, now: datetime) -> None:
    """The nine answers given, every letter sent and received."""
    facts.record_answers(case_id, ANSWERS, by=by, now=now)
    sending.send(case_id, by=by, now=now)
    by_post(case_id, by=by, now=now)


def called(case_id: UUID, *, by: Person, now: datetime) -> None:
    """Everybody called who is to be, and reached."""
    for one in owed(case_id, now, "c-1"):
        said = Call(number="+47 00 88 00 10", at=now, reached=True, spoke_with="Rita Fiktivsen", knew="none")
        by_hand.call(case_id, one.key, said, by=by, now=now)


def by_post(case_id: UUID, *, by: Person, now: datetime, but: tuple[str, ...] = ()) -> None:
    """Hand over everything that is composed and not yet done; what follows from it as well."""
    while ready := [one for one in _lying_ready(case_id, now) if one.obligation not in but]:
        for one in ready:
            _hand_over(one, by, now)
        now += timedelta(minutes=len(ready))


def _lying_ready(case_id: UUID, now: datetime) -> list[Message]:
    """The letters that are composed and whose obligation is still open."""
    case = at_hand(case_id, now)
    letters = messages_by_key(case)
    return [letters[one.key] for one in open_to_the_centre(case.derivation) if one.key in letters]


def _hand_over(one: Message, by: Person, now: datetime) -> None:
    """The report across the desk; all else by post, and then somebody is called and has it."""
    if one.obligation == "a-1":
        handed = HandOver(channel=Channel.IN_PERSON, at=now, received_by="Betjent Vaktås", reference="000321-DEMO")
        by_hand.hand_over(one.id, handed, by=by, now=now)
        return
    by_hand.hand_over(one.id, HandOver(channel=Channel.POST, at=now), by=by, now=now)
    way = ReceiptWay.CALLED_BACK
    record_receipt(one.id, by_name="Kari Mottakås", reference="", at=now, by=by, now=now, channel=way)


def owed(case_id: UUID, now: datetime, *ids: str) -> list[Obligation]:
    """What the centre leaves open in the case, of these ids where any are named."""
    return [one for one in open_to_the_centre(at_hand(case_id, now).derivation) if not ids or one.id in ids]


def open_to_the_centre(derivation: Derivation) -> list[Obligation]:
    """What the centre has not done yet."""
    return [one for one in derivation.obligations if one.actor is Actor.CENTRE and one.state is ObligationState.OPEN]


def seen(case_id: UUID, *, by: Person, now: datetime) -> None:
    """A tip, told to everyone who had been told."""
    knowledge.receive_information(
        case_id,
        kind=InformationKind.SIGHTING,
        text="Sett ved jernbanestasjonen i Storfjell.",
        source="En tidligere beboer",
        by=by,
        now=now,
        municipality="9903",
    )
    sending.send(case_id, by=by, now=now)
    by_post(case_id, by=by, now=now + timedelta(minutes=10))


def returned_and_done(case_id: UUID, *, by: Person, now: datetime) -> None:
    """Back, everyone told, talked with, and all that the centre owed is done."""
    returning.note_return(case_id, how=ReturnedHow.TO_CENTRE, by=by, now=now)
    sending.send(case_id, by=by, now=now)
    by_post(case_id, by=by, now=now)
    talk = returning.Talk(
        why_left="Var redd for at søknaden skulle bli avslått.",
        where_stayed="Hos en venn i Storfjell.",
        what_done="Var mest inne.",
        feels_safe=FeelsSafe.YES,
    )
    returning.hold_talk(case_id, talk, by=by, now=now + timedelta(hours=5))
    later = now + timedelta(hours=6)
    for one in owed(case_id, later, "4-12"):
        by_hand.mark_done(case_id, one.key, by=by, now=later)
    for one in owed(case_id, later, "4-17"):
        by_hand.tick_off(case_id, one.key, by=by, now=later)
    udi_has_done_its_part(case_id, by=by, now=later + timedelta(hours=20))


def udi_has_done_its_part(case_id: UUID, *, by: Person, now: datetime) -> None:
    """The region and ASA have told the centre that theirs is done; each thing done may make another arise."""
    while theirs := [one for one in at_hand(case_id, now).derivation.obligations if one.state is ObligationState.OPEN]:
        for one in theirs:
            by_hand.mark_done(case_id, one.key, by=by, now=now, note="Meldt fra UDI.")
