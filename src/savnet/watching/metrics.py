"""The house in numbers, in Prometheus' text format. Counts only: no name, no case, no centre."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from savnet.cases.models import Case, ObligationRow
from savnet.rules.words import CaseState, ObligationState
from savnet.watching import canary, reader_seen
from savnet.watching.jobs import jobs
from savnet.watching.standing import standing
from savnet.watching.stuck import stuck
from savnet.watching.unreached import unreached
from savnet.watching.workers import workers

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Metric:
    """One number, or one for each value of a label."""

    name: str
    help: str
    values: Mapping[str, float]
    label: str = ""

    def lines(self) -> Iterator[str]:
        """The metric as Prometheus reads it."""
        yield f"# HELP savnet_{self.name} {self.help}"
        yield f"# TYPE savnet_{self.name} gauge"
        for value, number in self.values.items():
            of = f'{{{self.label}="{value}"}}' if self.label else ""
            yield f"savnet_{self.name}{of} {number:g}"


def text(now: datetime) -> str:
    """All metrics at this instant."""
    metrics = (*_watched(now), *_worked(now), *_owed(now))
    return "".join(f"{line}\n" for metric in metrics for line in metric.lines())


def _watched(now: datetime) -> Iterator[Metric]:
    found = standing(now)
    age = found.silent_for.total_seconds() if found.silent_for is not None else float("+Inf")
    yield Metric("heartbeat_age_seconds", "Time since the newest heartbeat of a worker.", {"": age})
    yield Metric("heartbeat_miscounted", "1 if the worker went through another number than stands open.",
                 {"": found.miscounted})  # fmt: skip
    yield Metric("clock_ahead_seconds", "How far this machine's clock is ahead of the database's.",
                 {"": found.clock_ahead.total_seconds()})  # fmt: skip
    gone_up = {"": (found.now - found.ladder_since).total_seconds()} if found.ladder_since else {}
    yield Metric("ladder_age_seconds", "Time since the ladder of alarms was gone up.", gone_up)
    yield Metric("alarms_unreached", "Alarms of the last day that reached nobody.", {"": unreached(now)})
    yield Metric(
        "ways_closed", "Ways out, and the mailbox of returned mail, that do not answer.", {"": len(found.closed)}
    )
    seen = reader_seen.silent_for(now)
    read = {"": seen.total_seconds()} if seen is not None else {}
    yield Metric("second_reader_age_seconds", "Time since the second reader had read everything.", read)
    flights = {one.channel: float(not one.alarming) for one in canary.flights(now)}
    yield Metric("canary_home", "1 if the channel's canaries come home.", flights, "channel")


def _worked(now: datetime) -> Iterator[Metric]:
    hands = workers()
    yield Metric("workers_awake", "Workers that give signs of life.", {"": len(hands.awake)})
    yield Metric("workers_wanted", "Workers that there should be.", {"": hands.wanted})
    yield Metric("jobs_held", "Jobs that a worker has held for too long.", {"": hands.held})
    found = jobs(now)
    yield Metric("queue_waiting", "Jobs whose time has come.", {"": found.waiting})
    yield Metric("queue_oldest_seconds", "How long the oldest of them has waited.", {"": found.oldest.total_seconds()})
    yield Metric("queue_failed", "Jobs that failed during the last day.", {"": found.failed})
    yield Metric("messages_stuck", "Messages neither accepted nor made a paper task.", {"": len(stuck(now))})


def _owed(now: datetime) -> Iterator[Metric]:
    rows = ObligationRow.objects.filter(state=ObligationState.OPEN.value, centre__exercise_of=None)
    yield Metric("obligations_open", "Obligations that stand open.", {"": rows.count()})
    yield Metric("obligations_overdue", "Open obligations past their limit.", {"": rows.filter(latest__lt=now).count()})
    counted = dict(Case.objects.values_list("state").annotate(Count("id")))
    states = {state.value: counted.get(state.value, 0) for state in CaseState}
    yield Metric("cases", "Cases by state.", states, "state")
