"""The children that a person may look for, and their names: those of her centre, or those her office was told of."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from savnet.access.emergencies import BreakGlass
from savnet.access.models import Person
from savnet.cases.models import Case
from savnet.cases.owed import told
from savnet.register.finding import Name, NameKind
from savnet.register.models import Alias, Resident, Transfer
from savnet.register.models.transfer import OPEN
from savnet.web.desk import Desk, desk
from savnet.web.subjects import AtCentre, own_centre

Reach = AtCentre | Desk


def reach(person: Person, **_: object) -> Reach:
    """Where a person looks: her centre or her office. Raises Http404 for who has neither."""
    return own_centre(person) if person.centre_id else desk(person)


def children(within: Reach, person: Person, now: datetime) -> QuerySet[Resident]:
    """Everyone whom the person may see there. The database holds it too; this is so that it looks at no others."""
    if isinstance(within, AtCentre):
        return Resident.objects.filter(Q(centre_id=within.centre_id) | Q(id__in=_lent(within.centre_id, person, now)))
    cases = Case.objects.filter(id__in=told(within.kinds, within.actor).values("case_id"))
    if within.centre_ids is not None:
        cases = cases.filter(centre_id__in=within.centre_ids)
    return Resident.objects.filter(id__in=cases.values("resident_id"))


def _lent(centre_id: UUID, person: Person, now: datetime) -> list[UUID]:
    """Children on their way from or to the centre, and those opened in an emergency."""
    moving = Transfer.objects.filter(Q(from_centre_id=centre_id) | Q(to_centre_id=centre_id), state__in=OPEN)
    opened = BreakGlass.objects.filter(person=person, until__gt=now, ended=None)
    return [*moving.values_list("resident_id", flat=True), *opened.values_list("resident_id", flat=True)]


def names(within: Reach, person: Person, now: datetime) -> Iterator[Name]:
    """Every name and number of theirs. Other names that a child goes by are the centre's to know."""
    seen = children(within, person, now).order_by()
    for child, given, family, original, duf in seen.values_list(
        "id", "given_name", "family_name", "original_name", "duf_number"
    ).iterator():
        if latin := f"{given} {family}".strip():
            yield Name(child, NameKind.REGISTERED, latin)
        if original:
            yield Name(child, NameKind.ORIGINAL, original)
        if duf:
            yield Name(child, NameKind.DUF, duf)
    if isinstance(within, AtCentre):
        aliases = Alias.objects.filter(resident__in=seen).order_by()
        yield from (Name(child, NameKind.ALIAS, name) for child, name in aliases.values_list("resident_id", "name"))
