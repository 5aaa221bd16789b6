"""How records hang together: what a record's seal is bound to, what its hash covers, and where a chain begins."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from savnet.sealing import binding


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record belongs: its case, its number there, when it was recorded and by whom."""

    case_id: UUID
    sequence: int
    recorded_at: datetime
    recorded_by: UUID

    def bound(self) -> bytes:
        """What the seal is bound to, so that a ciphertext opens nowhere else."""
        return binding("cases.record", self.case_id, self.sequence, self.recorded_at, self.recorded_by)


def first_link(*, case_id: UUID, resident_id: UUID, opened_at: datetime, opened_by: UUID) -> bytes:
    """What the first record follows: the case itself, so that it cannot be moved to another child."""
    return hashlib.sha256(binding("cases.case", case_id, resident_id, opened_at, opened_by)).digest()


def link(place: Place, sealed: bytes, previous: bytes) -> bytes:
    """The record's hash: over its place, its sealed content and the hash before it."""
    return hashlib.sha256(binding(place.bound(), sealed, previous)).digest()
