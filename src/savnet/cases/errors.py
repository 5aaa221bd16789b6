"""What can go wrong with a ledger, each named, each with what to do about it."""

from datetime import datetime
from uuid import UUID


class NoSuchCase(LookupError):
    """There is no case with that id."""

    def __init__(self, case_id: UUID) -> None:
        super().__init__(f"There is no case {case_id}. Open one for the resident first.")
        self.case_id = case_id


class NothingToRecord(ValueError):
    """`record` was called without an event."""


class InTheFuture(ValueError):
    """Something is said to have happened at an instant that has not come yet."""

    def __init__(self, field: str, instant: datetime, now: datetime) -> None:
        super().__init__(
            f"{field} is {instant.isoformat()}, but it is only {now.isoformat()}. Give the time when it happened."
        )
        self.field = field
        self.instant = instant


class NoSuchEvent(ValueError):
    """A correction points to an event that is not in the case."""

    def __init__(self, number: int) -> None:
        super().__init__(f"The correction points to event {number}, which is not in this case. Give an event's number.")
        self.number = number


class DamagedLedger(Exception):
    """A record is gone, changed, or does not open. Nothing that rests on it may be shown as true."""

    def __init__(self, case_id: UUID, sequence: int | None, what: str) -> None:
        place = f"case {case_id}" if sequence is None else f"case {case_id}, record {sequence}"
        super().__init__(f"{place}: {what}. Run verify_ledger for the extent, and restore from a backup.")
        self.case_id = case_id
        self.sequence = sequence
        self.what = what


class NothingRecorded(Exception):
    """The database failed while recording. All of it was undone."""

    def __init__(self, case_id: UUID | None) -> None:
        super().__init__(f"Nothing was recorded in {_named(case_id)}: the database did not answer. Record it again.")
        self.case_id = case_id


class RecordedOrNot(Exception):
    """The database failed just when it was to confirm. Only the ledger itself can tell whether it was recorded."""

    def __init__(self, case_id: UUID | None) -> None:
        super().__init__(
            f"The database went away before it confirmed what was recorded in {_named(case_id)}. "
            "Look in the case when it answers again; record what is not there."
        )
        self.case_id = case_id


def _named(case_id: UUID | None) -> str:
    return f"case {case_id}" if case_id else "the new case"
