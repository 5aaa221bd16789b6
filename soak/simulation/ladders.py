"""What waits in a case by its rows, and when somebody has to be told of it next."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from savnet.cases.models import Case, ObligationRow
from savnet.delivery.models import Message
from savnet.followup.models import Acknowledgement
from soak.simulation import hours
from soak.simulation.life import Life

ASKED = ("police_district", "child_welfare")
OF_OFFICES = ("3-8", "4-6")
THIRTY_DAYS = timedelta(days=30)
Notice = tuple[str, str, str | None, int]
"""Obligation, recipient, what it is a copy of, and what it arose from."""


@dataclass(frozen=True, slots=True)
class Matter:
    """Something that waits, as the rows have it, and since when."""

    kind: str
    begins_with: str
    ladder: str
    arisen: datetime
    limit: datetime | None

    def due(self, now: datetime) -> datetime | None:
        """The newest instant that has come at which somebody was to be told."""
        return hours.newest(self.ladder, self.arisen, self.limit, now)


def matters(life: Life, rows: list[ObligationRow], state: str) -> Iterator[Matter]:
    """The open duties, and the notices nobody has confirmed; none that its receiver has said is not theirs."""
    now, declined = life.now, _declined(life)
    for row in rows:
        name = f"{row.obligation}|{row.recipient}|{row.copy_of}|{row.because}|"
        if row.state == "open":
            yield Matter("duty", name, "numbered" if row.latest else row.standard, row.arisen_at, row.latest)
        lasting = row.sent_at and (state in {"absent", "missing", "found"} or row.sent_at > now - THIRTY_DAYS)
        asked = row.recipient in ASKED and (row.actor == "centre" or row.obligation in OF_OFFICES)
        notice = (row.obligation, row.recipient, row.copy_of or None, row.because)
        if not (row.sent_at and lasting and row.received_at is None and asked):
            continue
        if declined[notice]:
            declined[notice] -= 1
        else:
            yield Matter("receipt", f"receipt|{name}", "receipt", row.sent_at, None)


def _declined(life: Life) -> Counter[Notice]:
    """What receivers have said is not theirs, and nobody there has confirmed after all."""
    told = {message_id for message_id, _, _ in life.truth.astray} - life.truth.receipts
    letters = Message.objects.filter(id__in=told).values_list("obligation", "recipient", "copy_of", "because")
    return Counter(letters.order_by())


def next_rung(life: Life) -> datetime | None:
    """The next instant at which somebody must be told of something in this case."""
    if life.case_id is None or life.exercise:
        return None
    state = Case.objects.values_list("state", flat=True).get(id=life.case)
    rows = list(ObligationRow.objects.filter(case_id=life.case_id))
    ahead = [hours.coming(one.ladder, one.arisen, one.limit, life.now) for one in matters(life, rows, state)]
    pauses = Acknowledgement.objects.filter(case_id=life.case_id, until__gt=life.now)
    return min([*ahead, *pauses.values_list("until", flat=True)], default=None)
