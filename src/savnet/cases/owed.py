"""What is owed across cases, from the derived rows: per office, by how much it presses."""

from collections.abc import Collection, Iterator
from datetime import datetime
from uuid import UUID

from django.db.models import F, QuerySet

from savnet.cases.models import ObligationRow
from savnet.rules.words import Actor, ObligationState


def owed(centre_ids: Collection[UUID], *, actor: Actor = Actor.CENTRE) -> QuerySet[ObligationRow]:
    """All that these centres' cases leave open for `actor`: what has a limit first, the soonest first."""
    rows = ObligationRow.objects.filter(centre_id__in=centre_ids, actor=actor.value, state=ObligationState.OPEN.value)
    return rows.select_related("case").order_by(F("latest").asc(nulls_last=True), "arisen_at", "case_id", "position")


def due(centre_ids: Collection[UUID], until: datetime, *, actor: Actor = Actor.CENTRE) -> QuerySet[ObligationRow]:
    """What is open and must be done by `until` at the latest, what is overdue included."""
    return owed(centre_ids, actor=actor).filter(latest__lte=until)


def overdue(centre_ids: Collection[UUID], now: datetime, *, actor: Actor = Actor.CENTRE) -> QuerySet[ObligationRow]:
    """What is open though its limit has passed."""
    return owed(centre_ids, actor=actor).filter(latest__lt=now)


def open_keys() -> Iterator[tuple[UUID, str, str, str, int]]:
    """What tells each open obligation apart: case, id, recipient, what it is a copy of, and the causing event."""
    rows = ObligationRow.objects.filter(state=ObligationState.OPEN.value)
    yield from rows.values_list("case_id", "obligation", "recipient", "copy_of", "because").iterator()
