"""What is open across the country, in numbers: for how long, where, what is late, and what nobody looks after.

No name, no child's id: whoever reads it counts. Exercises are left out.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from operator import itemgetter
from uuid import UUID

from django.db.models import Count, Min, QuerySet

from savnet.cases.models import Case, ObligationRow
from savnet.followup.models import Watch
from savnet.register.models import Centre
from savnet.rules.time import norwegian_day
from savnet.rules.words import Actor, CaseState, ObligationState

SPANS: tuple[timedelta, ...] = (timedelta(days=1), timedelta(days=7), timedelta(days=30), timedelta(days=365))
"""Where one length of time ends and the next begins, in the table of how long."""
AWAY = (CaseState.ABSENT.value, CaseState.MISSING.value)
LONGEST = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenCase:
    """A child who is away. `owned` and `reviewed`: whether somebody answers for the case, and has looked in time."""

    case_id: UUID
    centre_id: UUID
    missing_since: datetime | None
    owned: bool
    reviewed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AtCentre:
    """One centre; zeros too. `lasting` counts the missing by how long, one number for each of SPANS and one beyond."""

    centre: Centre
    missing: int
    absent: int
    late: int
    lasting: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LateDuty:
    """One kind of duty that is late somewhere: whose, how often, at how many centres, since when the oldest."""

    obligation: str
    recipient: str | None
    copy_of: str | None
    actor: Actor
    times: int
    centres: int
    oldest: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Country:
    """The whole of it."""

    centres: tuple[AtCentre, ...]
    cases: tuple[OpenCase, ...]
    late: tuple[LateDuty, ...]

    @property
    def unowned(self) -> tuple[OpenCase, ...]:
        return tuple(one for one in self.cases if not one.owned)

    @property
    def unreviewed(self) -> tuple[OpenCase, ...]:
        return tuple(one for one in self.cases if not one.reviewed)

    @property
    def longest(self) -> tuple[OpenCase, ...]:
        """Those missing longest, the longest first."""
        missing = [(one.missing_since, one) for one in self.cases if one.missing_since]
        return tuple(one for _, one in sorted(missing, key=itemgetter(0))[:LONGEST])

    @property
    def lasting(self) -> tuple[int, ...]:
        """The missing of the whole country by how long."""
        return tuple(map(sum, zip(*(one.lasting for one in self.centres), strict=True))) or (0,) * (len(SPANS) + 1)


def country(now: datetime) -> Country:
    """As it stands. The same few questions to the database however many centres and cases there are."""
    cases = _open_cases(now)
    late = Counter(dict(_overdue(now).values_list("centre_id").annotate(Count("id")).order_by()))
    by_centre: dict[UUID, list[OpenCase]] = defaultdict(list)
    for one in cases:
        by_centre[one.centre_id].append(one)
    real = Centre.objects.filter(exercise_of=None).order_by("region", "name")
    centres = tuple(_at(centre, by_centre[centre.id], late[centre.id], now) for centre in real)
    return Country(centres=centres, cases=cases, late=_late_duties(now))


def _open_cases(now: datetime) -> tuple[OpenCase, ...]:
    watched = {one.case_id: one for one in Watch.objects.all()}
    today = norwegian_day(now)
    away = Case.objects.filter(state__in=AWAY, centre__exercise_of=None).order_by("missing_since", "id")
    found = []
    for case_id, centre_id, since in away.values_list("id", "centre_id", "missing_since"):
        watch = watched.get(case_id)
        owned, reviewed = bool(watch and watch.owner_id), bool(watch and watch.next_review >= today)
        found.append(
            OpenCase(case_id=case_id, centre_id=centre_id, missing_since=since, owned=owned, reviewed=reviewed)
        )
    return tuple(found)


def _at(centre: Centre, cases: list[OpenCase], late: int, now: datetime) -> AtCentre:
    missing = [one.missing_since for one in cases if one.missing_since]
    return AtCentre(
        centre=centre,
        missing=len(missing),
        absent=len(cases) - len(missing),
        late=late,
        lasting=lasting([now - since for since in missing]),
    )


def lasting(lengths: list[timedelta]) -> tuple[int, ...]:
    """How many lie in each of SPANS, and how many beyond the last."""
    counted = Counter(sum(length >= end for end in SPANS) for length in lengths)
    return tuple(counted[place] for place in range(len(SPANS) + 1))


def _overdue(now: datetime) -> QuerySet[ObligationRow]:
    rows = ObligationRow.objects.filter(state=ObligationState.OPEN.value, latest__lt=now)
    return rows.filter(centre__exercise_of=None)


def _late_duties(now: datetime) -> tuple[LateDuty, ...]:
    grouped = _overdue(now).values("obligation", "recipient", "copy_of", "actor").order_by()
    counted = grouped.annotate(times=Count("id"), centres=Count("centre", distinct=True), oldest=Min("latest"))
    found = [
        LateDuty(
            obligation=one["obligation"],
            recipient=one["recipient"] or None,
            copy_of=one["copy_of"] or None,
            actor=Actor(one["actor"]),
            times=one["times"],
            centres=one["centres"],
            oldest=one["oldest"],
        )
        for one in counted
    ]
    return tuple(sorted(found, key=lambda one: one.oldest))
