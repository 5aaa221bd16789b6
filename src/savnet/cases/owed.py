"""What is owed across cases, from the derived rows: per office, by how much it presses."""

from collections.abc import Collection, Iterator
from datetime import datetime
from uuid import UUID

from django.db.models import F, Q, QuerySet

from savnet.cases.models import ObligationRow
from savnet.rules.words import Actor, ObligationState

NO_EXERCISE: dict[str, None] = {"centre__exercise_of": None}
"""What the offices outside a centre see: an exercise there is none of theirs."""


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


def sent_to(
    kinds: Collection[str], *, centre_ids: Collection[UUID] | None = None, confirmed: bool | None = None
) -> QuerySet[ObligationRow]:
    """What has been sent to offices of these kinds, the newest first; of these centres, where any are named.

    With `confirmed`, only what a named person there has (True), or nobody yet (False).
    """
    rows = ObligationRow.objects.filter(recipient__in=kinds, sent_at__isnull=False, **NO_EXERCISE)
    if centre_ids is not None:
        rows = rows.filter(centre_id__in=centre_ids)
    if confirmed is not None:
        rows = rows.filter(received_at__isnull=not confirmed)
    return rows.select_related("case__resident", "centre").order_by("-sent_at", "case_id", "position")


def owed_by(actor: Actor, *, centre_ids: Collection[UUID] | None = None) -> QuerySet[ObligationRow]:
    """What an office leaves open, the oldest first; of these centres, where any are named."""
    rows = ObligationRow.objects.filter(actor=actor.value, state=ObligationState.OPEN.value, **NO_EXERCISE)
    if centre_ids is not None:
        rows = rows.filter(centre_id__in=centre_ids)
    return rows.select_related("case__resident", "centre").order_by("arisen_at", "case_id", "position")


def concerns(case_id: UUID, *, kinds: Collection[str], actor: Actor | None) -> bool:
    """Whether something of the case has been sent to offices of these kinds, or `actor` owes something in it.

    What the centre has yet to send does not count: the office is to know what has been sent to it, and no more.
    """
    return told(kinds, actor).filter(case_id=case_id).exists()


def told(kinds: Collection[str], actor: Actor | None) -> QuerySet[ObligationRow]:
    """What makes a case known to an office: sent to offices of these kinds, or owed by `actor`."""
    sent = Q(recipient__in=kinds, sent_at__isnull=False)
    return ObligationRow.objects.filter(sent | Q(actor=actor.value) if actor else sent, **NO_EXERCISE)
