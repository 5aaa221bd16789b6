"""The regional office's front page: what is new and owed, child by child, and how each of its centres stands."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from savnet.access.rights import Action
from savnet.cases.region import CentreStanding, OwedAtCentre, region_standing
from savnet.policy.house import SILENT_AFTER
from savnet.register.models import Centre
from savnet.web.desk import Desk, desk
from savnet.web.office import inbox
from savnet.web.screen import Visit, screen
from savnet.web.wording.duties import duty
from savnet.web.wording.duty import Duty


@dataclass(frozen=True, slots=True)
class Late:
    """What a centre is late with, in words: no child is named."""

    words: Duty
    count: int
    oldest: datetime


@dataclass(frozen=True, slots=True)
class AtCentre:
    """One centre on the list."""

    centre: Centre
    standing: CentreStanding
    silent: bool
    late: tuple[Late, ...]

    @property
    def order(self) -> tuple[object, ...]:
        """What is late first, then what is missing, then the silent, then by name."""
        return (not self.late, not self.standing.uncopied, not self.silent, self.centre.name)


@screen(Action.SEE_REGION, "web/region.html", of=desk)
def region(visit: Visit, mine: Desk) -> dict[str, Any]:
    """The region's page."""
    return {
        "place": "office",
        "desk": mine,
        **inbox(visit, mine, "region", Action.SEE_REGION),
        "centres": centres(mine.region, visit.now),
    }


def centres(number: str, now: datetime) -> list[AtCentre]:
    """Every centre of the region, zeros included."""
    standing = region_standing(number, now)
    known = Centre.objects.in_bulk([one.centre_id for one in standing])
    return sorted((_at(known[one.centre_id], one, now) for one in standing), key=lambda one: one.order)


def _at(centre: Centre, one: CentreStanding, now: datetime) -> AtCentre:
    heard = one.heard_at
    silent = one.residents > 0 and (heard is None or now - heard > SILENT_AFTER)
    return AtCentre(centre, one, silent, tuple(map(_late, one.overdue)))


def _late(one: OwedAtCentre) -> Late:
    return Late(duty(one.obligation, one.recipient or None, one.copy_of or None), one.times, one.oldest)
