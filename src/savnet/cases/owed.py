"""What is owed across cases, from the derived rows: per office, by how much it presses."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib.postgres.aggregates import BoolOr
from django.db.models import Case, F, Min, Q, QuerySet, When

from savnet.cases.models import ObligationRow
from savnet.rules.words import Actor, ObligationState, Priority

NO_EXERCISE: dict[str, None] = {"centre__exercise_of": None}
"""What the offices outside a centre see: an exercise there is none of theirs."""


@dataclass(frozen=True, slots=True)
class Told:
    """An office that knows of a case; `region` is that of the centre which told it."""

    kind: str
    region: str
    since: datetime


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


def waiting_at(
    kinds: Collection[str], actor: Actor | None, *, centre_ids: Collection[UUID] | None, first: Sequence[str]
) -> list[UUID]:
    """The cases in which something new has come to an office, or it owes something: what presses most first.

    That is what is new and urgent (d-3), then what is owed in the order of `first`, then the oldest.
    """
    new = Q(recipient__in=kinds, sent_at__isnull=False, received_at__isnull=True)
    theirs = Q(actor=actor.value, state=ObligationState.OPEN.value) if actor else Q(pk__in=[])
    rows = ObligationRow.objects.filter(new | theirs, **NO_EXERCISE)
    if centre_ids is not None:
        rows = rows.filter(centre_id__in=centre_ids)
    places = [When(theirs & Q(obligation=duty), then=place) for place, duty in enumerate(first)]
    pressing = (
        rows.order_by()
        .values("case_id")
        .annotate(
            urgent=BoolOr(new & Q(priority=Priority.HIGH.value)),
            rank=Min(Case(*places, default=len(first))),
            since=Min(Case(When(theirs, then=F("arisen_at")), default=F("sent_at"))),
        )
    )
    return [one["case_id"] for one in pressing.order_by("-urgent", "rank", "since", "case_id")]


def concerns(case_id: UUID, *, kinds: Collection[str], actor: Actor | None) -> bool:
    """Whether something of the case has been sent to offices of these kinds, or `actor` owes something in it.

    What the centre has yet to send does not count: the office is to know what has been sent to it, and no more.
    """
    return told(kinds, actor).filter(case_id=case_id).exists()


def told_since(case_id: UUID) -> list[Told]:
    """Which offices know of a case, and since when: from what was sent to them first, or what they first owed.

    A regional office is that of the centre which has the case now.
    """
    rows = ObligationRow.objects.filter(case_id=case_id, **NO_EXERCISE).exclude(sent_at=None, actor=Actor.CENTRE.value)
    known: dict[tuple[str, str], datetime] = {}
    for sent_to, actor, region, sent_at, arisen_at in rows.values_list(
        "recipient", "actor", "centre__region", "sent_at", "arisen_at"
    ):
        heard = [(sent_to, sent_at)] if sent_at else []
        owed_since = [(actor, arisen_at)] if actor != Actor.CENTRE else []
        for kind, since in (*heard, *owed_since):
            known[kind, region] = min(known.get((kind, region), since), since)
    return [Told(kind, region, since) for (kind, region), since in known.items()]


def told(kinds: Collection[str], actor: Actor | None) -> QuerySet[ObligationRow]:
    """What makes a case known to an office: sent to offices of these kinds, or owed by `actor`."""
    sent = Q(recipient__in=kinds, sent_at__isnull=False)
    return ObligationRow.objects.filter(sent | Q(actor=actor.value) if actor else sent, **NO_EXERCISE)
