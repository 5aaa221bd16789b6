"""What other packages use of the ledger: open a case, hold it, record in it, read it, and seal what belongs to it."""

from savnet.cases.errors import (
    DamagedLedger,
    InTheFuture,
    NoSuchCase,
    NoSuchEvent,
    NothingRecorded,
    NothingToRecord,
    RecordedOrNot,
)
from savnet.cases.keys import open_for, seal_for
from savnet.cases.opening import open_case
from savnet.cases.reading import Entry, derive_case, entries, entries_of, read
from savnet.cases.recording import hold, note_circumstances, record

__all__ = [
    "DamagedLedger",
    "Entry",
    "InTheFuture",
    "NoSuchCase",
    "NoSuchEvent",
    "NothingRecorded",
    "NothingToRecord",
    "RecordedOrNot",
    "derive_case",
    "entries",
    "entries_of",
    "hold",
    "note_circumstances",
    "open_case",
    "open_for",
    "read",
    "record",
    "seal_for",
]
