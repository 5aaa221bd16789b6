"""The access log read for people: a week at a centre for its leader, and every look at a child for the child."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Max, Q, QuerySet

from savnet.access.models import Look, Person
from savnet.access.pseudonyms import pseudonym
from savnet.access.relations import Office, receives
from savnet.access.rights import UNITS, Relation
from savnet.access.row_security import house
from savnet.register.models import Centre
from savnet.rules.time import OSLO

Span = tuple[datetime, datetime]
"""From and until; until is not part of it."""


@dataclass(frozen=True, slots=True)
class Looker:
    """What one person looked at during a span. `children`: how many different ones, opened one by one."""

    person: Person | None
    looks: int
    children: int
    last: datetime


@dataclass(frozen=True, slots=True)
class Week:
    """What was looked at of a centre's children: by its own people, by others, and what was refused to its people."""

    own: tuple[Looker, ...]
    others: tuple[Looker, ...]
    emergencies: tuple[Looker, ...]
    refused: tuple[Looker, ...]


@dataclass(frozen=True, slots=True)
class ByWhom:
    """Looks at one child on one day by people of one role at one place. Names are for the leader, not for print."""

    on: date
    role: str
    place: str
    why: str
    classes: frozenset[str]
    times: int


@dataclass(frozen=True, slots=True)
class LookedAt:
    """Everything that was looked at of one child, the newest first; and how often a list may have had her name on it.

    `lists` are a centre's own lists; `office_lists` those of the offices that had been told of her.
    """

    looks: tuple[ByWhom, ...]
    lists: int
    office_lists: int
    refused: int


def week_at(centre_id: UUID, span: Span) -> Week:
    """A span of looks at a centre's children, and of what its own people were refused."""
    began, ended = span
    looks = Look.objects.filter(at__gte=began, at__lt=ended)
    seen = looks.filter(subject_centre=centre_id, allowed=True)
    emergency = Q(why__contains=Relation.BREAK_GLASS.value)
    return Week(
        own=_lookers(seen.filter(person_centre=centre_id).exclude(emergency)),
        others=_lookers(seen.exclude(person_centre=centre_id).exclude(emergency)),
        emergencies=_lookers(seen.filter(emergency)),
        refused=_lookers(looks.filter(person_centre=centre_id, allowed=False)),
    )


def _lookers(looks: QuerySet[Look]) -> tuple[Looker, ...]:
    children = Count("subject", distinct=True, filter=~Q(subject=""))
    counted = list(looks.values("person_id").annotate(looks=Count("number"), children=children, last=Max("at")))
    people = Person.objects.select_related("centre").in_bulk([one["person_id"] for one in counted])
    found = (Looker(people.get(one["person_id"]), one["looks"], one["children"], one["last"]) for one in counted)
    return tuple(sorted(found, key=lambda one: (-one.looks, one.last)))


def looked_at(
    resident_id: UUID, *, case_id: UUID | None, lived: tuple[UUID, ...], told: Mapping[Office, datetime]
) -> LookedAt:
    """Every look at a child. `lived` are the centres whose lists the child has stood on, `told` the offices since when.

    Whoever asks must have been let in to print it: also what was looked at from elsewhere, or before the child came to
    this centre, is among it.
    """
    with house("a child is to see every look at her, also those from centres she has left"):
        hers = Look.objects.filter(subject=pseudonym(resident_id), allowed=True).order_by("at")
        asked = [pseudonym(one) for one in (resident_id, case_id) if one]
        return LookedAt(
            _grouped(list(hers)),
            Look.objects.filter(subject="", subject_centre__in=lived, allowed=True).exclude(classes="").count(),
            _at_offices(told),
            Look.objects.filter(subject__in=asked, allowed=False).count(),
        )


def _at_offices(told: Mapping[Office, datetime]) -> int:
    """How often people who now work for these offices looked at a list there, since the office was told."""
    since: dict[datetime, list[UUID]] = defaultdict(list)
    for person in Person.objects.filter(role__in=[role.value for role in UNITS]):
        heard = [at for office, at in told.items() if receives(person, office)]
        if heard:
            since[min(heard)].append(person.pk)
    lists = Look.objects.filter(subject="", subject_centre=None, allowed=True).exclude(classes="")
    return sum(lists.filter(person_id__in=people, at__gte=at).count() for at, people in since.items())


def _grouped(looks: list[Look]) -> tuple[ByWhom, ...]:
    names = dict(Centre.objects.filter(id__in={one.person_centre for one in looks}).values_list("id", "name"))
    times: Counter[tuple[object, ...]] = Counter()
    first: dict[tuple[object, ...], Look] = {}
    for look in looks:
        key = (look.at.astimezone(OSLO).date(), look.role, look.person_centre, look.why, look.classes)
        times[key] += 1
        first.setdefault(key, look)
    lines = (
        ByWhom(
            one.at.astimezone(OSLO).date(),
            one.role,
            names.get(one.person_centre, "") if one.person_centre else "",
            one.why,
            frozenset(one.classes.split()),
            times[key],
        )
        for key, one in first.items()
    )
    return tuple(sorted(lines, key=lambda one: one.on, reverse=True))
