"""What a front page says of rights: emergencies to look over, proposals to answer, what one has opened oneself."""

from dataclasses import dataclass

from savnet.access.check import may
from savnet.access.emergencies import BreakGlass
from savnet.access.rights import Action
from savnet.casework import break_glass, two_persons
from savnet.web.screen import Visit


@dataclass(frozen=True, slots=True)
class Awaiting:
    """How many of each."""

    emergencies: int
    proposals: int
    proposed: int
    opened: tuple[BreakGlass, ...]


def awaiting(visit: Visit) -> Awaiting:
    """For the person at the screen, now."""
    person = visit.person
    reviews = may(person, Action.REVIEW_BREAK_GLASS, person.centre_id, now=visit.now)
    waiting = two_persons.waiting(person, visit.now) if may(person, Action.SEE_PROPOSALS, None) else []
    mine = BreakGlass.objects.filter(person=person, until__gt=visit.now, ended=None).select_related(
        "resident", "centre"
    )
    return Awaiting(
        emergencies=break_glass.to_review(person.centre_id).exclude(person=person).count() if reviews else 0,
        proposals=sum(one.may_answer for one in waiting),
        proposed=sum(one.own for one in waiting),
        opened=tuple(mine.select_related("resident", "centre")),
    )
