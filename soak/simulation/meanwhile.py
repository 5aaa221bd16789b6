"""What else happens while a child is away, or before: news, worry, reviews, questions, a journey between centres."""

from savnet.access.models import Person
from savnet.casework import knowledge, questions, reviews, transfers
from savnet.casework.case_at_hand import at_hand
from savnet.policy.reviews import POINTS
from savnet.register.models import Transfer
from savnet.rules.words import Answer, ConcernKind, ConcernLevel, InformationKind
from soak.simulation import doings, endings
from soak.simulation.life import Life
from soak.simulation.whiles import HOUR


def hear_where_the_child_is(life: Life) -> None:
    kind = life.random.choice((InformationKind.SIGHTING, InformationKind.KNOWN_ADDRESS, InformationKind.KNOWN_ADDRESS))
    known = kind is InformationKind.KNOWN_ADDRESS
    place = life.random.choice(("9901", "9902", "9903")) if known else None
    knowledge.receive_information(
        life.case,
        kind=kind,
        municipality=place,
        text="Sett på stasjonen.",
        source="En venn",
        by=life.someone,
        now=life.now,
    )
    life.tell(f"heard of {kind} {place or ''}")
    life.later(HOUR, 20 * HOUR, doings.send_everything)


def worry(life: Life) -> None:
    kind, level = life.random.choice(list(ConcernKind)), life.random.choice(list(ConcernLevel))
    knowledge.raise_concern(life.case, kind=kind, level=level, text="Redd for noen.", by=life.someone, now=life.now)
    life.later(HOUR, 20 * HOUR, doings.deal_with_what_is_left)


def go_through_the_case(life: Life) -> None:
    reviews.review(life.case, dict.fromkeys(POINTS, Answer.UNKNOWN), text="", by=life.someone, now=life.now)


def ask_the_police(life: Life) -> None:
    for one in questions.asked_in(at_hand(life.case, life.now)):
        if one.open and life.chance(0.5):
            questions.put(
                life.case,
                one.question,
                who="Vakta",
                municipality=one.municipality,
                at=life.now,
                by=life.someone,
                now=life.now,
            )


def leave_for_another_centre(life: Life) -> None:
    """The child is on the way between two centres before anything happens."""
    other = next(one for one in life.world.centres if one.id != life.centre.id)
    expected = {"how": "Buss", "departs_at": life.now, "expected_at": life.now + 4 * HOUR}
    transfer = transfers.plan(life.child, other, expected, by=life.someone, now=life.now)
    transfers.depart(transfer, by=life.someone, now=life.now)
    if life.chance(0.7):
        life.later(3 * HOUR, 30 * HOUR, arrive_there)


def arrive_there(life: Life) -> None:
    """The other centre says that the child is there: only now does it answer for the child."""
    transfer = Transfer.objects.get(resident=life.child)
    others = list(Person.objects.filter(centre=transfer.to_centre, is_active=True).order_by("username"))
    transfers.arrive(transfer, by=life.random.choice(others), now=life.now)
    life.centre = transfer.to_centre
    endings.noted(life)
