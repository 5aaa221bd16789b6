"""People who have asked for much that is not theirs: one wrong address is a slip, many are a search."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Max, Min

from savnet.access.models import Look, Person
from savnet.policy.house import MANY_REFUSED, REFUSED_WITHIN


@dataclass(frozen=True, slots=True)
class Searching:
    """Somebody who was refused this many different things within the time that the house has set."""

    person_id: UUID
    name: str
    centre_id: UUID | None
    things: int
    first: datetime
    last: datetime


def searching(now: datetime, *, centres: Collection[UUID] | None = None) -> list[Searching]:
    """Who is at it now; of all, or of those who work at these centres."""
    refused = Look.objects.filter(allowed=False, at__gt=now - REFUSED_WITHIN).exclude(subject="")
    if centres is not None:
        refused = refused.filter(person_centre__in=centres)
    counted = refused.values("person_id").annotate(
        things=Count("subject", distinct=True), first=Min("at"), last=Max("at")
    )
    many = {one["person_id"]: one for one in counted if one["things"] >= MANY_REFUSED}
    people = Person.objects.filter(id__in=many).order_by("name")
    return [
        Searching(one.id, one.name, one.centre_id, *(many[one.id][what] for what in ("things", "first", "last")))
        for one in people
    ]
