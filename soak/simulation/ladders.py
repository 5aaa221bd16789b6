"""What waits in a case by its rows, and when somebody has to be told of it next."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from savnet.cases.models import Case, ObligationRow
from savnet.followup.models import Acknowledgement
from soak.simulation import hours
from soak.simulation.life import Life

ASKED = ("police_district", "child_welfare")
THIRTY_DAYS = timedelta(days=30)


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


def matters(rows: list[ObligationRow], state: str, now: datetime) -> Iterator[Matter]:
    """The open duties, and the notices nobody has confirmed."""
    for row in rows:
        name = f"{row.obligation}|{row.recipient}|{row.copy_of}|{row.because}|"
        if row.state == "open":
            yield Matter("duty", name, "numbered" if row.latest else row.standard, row.arisen_at, row.latest)
        lasting = row.sent_at and (state in {"absent", "missing", "found"} or row.sent_at > now - THIRTY_DAYS)
        if row.sent_at and lasting and row.received_at is None and row.recipient in ASKED and row.actor == "centre":
            yield Matter("receipt", f"receipt|{name}", "receipt", row.sent_at, None)


def next_rung(life: Life) -> datetime | None:
    """The next instant at which somebody must be told of something in this case."""
    if life.case_id is None or life.exercise:
        return None
    state = Case.objects.values_list("state", flat=True).get(id=life.case)
    rows = list(ObligationRow.objects.filter(case_id=life.case_id))
    ahead = [hours.coming(one.ladder, one.arisen, one.limit, life.now) for one in matters(rows, state, life.now)]
    pauses = Acknowledgement.objects.filter(case_id=life.case_id, until__gt=life.now)
    return min([*ahead, *pauses.values_list("until", flat=True)], default=None)
