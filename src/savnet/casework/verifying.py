"""Read every letter again beside the ledger: each that was composed is kept, unchanged, and none is kept beside it.

The ledger is read as of one instant, the letters of a case a moment later. Letters are never deleted, so one that is
missing is gone; one that the ledger didn't know then is looked for in the ledger as it stands now.
"""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from uuid import UUID

from savnet.cases import ledger, verifying
from savnet.cases.models import Case
from savnet.cases.verifying import Damage
from savnet.casework.kept import data_bytes, letter_bytes
from savnet.delivery.models import Message
from savnet.rules.events import Event, LetterComposed
from savnet.sealing import Tampered

GONE = "its letter is gone"
NOT_TOLD = "the ledger tells of no such letter"
ABOUT = ("obligation", "recipient", "municipality", "copy_of", "because")


@dataclass(slots=True)
class VerifiedLetters:
    """How many letters were read."""

    letters: int = 0
    bytes: int = 0


@dataclass(slots=True)
class _Letters:
    """The letters beside the ledger, case by case."""

    count: VerifiedLetters = field(default_factory=VerifiedLetters)

    def damages(self, case_id: UUID, events: list[Event]) -> Iterator[Damage]:
        """Every letter of a case that is not as its ledger tells."""
        told = [event for event in events if isinstance(event, LetterComposed)]
        kept = {str(message.id): message for message in Message.objects.filter(case_id=case_id)}
        for event in told:
            yield from self._letter(case_id, event, kept.get(event.message or ""))
        for name in sorted(kept.keys() - {event.message for event in told}):
            if not _told_since(case_id, name):
                yield Damage(case_id, None, NOT_TOLD, kept[name].id)

    def _letter(self, case_id: UUID, event: LetterComposed, message: Message | None) -> Iterator[Damage]:
        if message is None:
            yield Damage(case_id, event.number, GONE, UUID(event.message) if event.message else None)
            return
        self.count.letters += 1
        self.count.bytes += len(message.sealed_letter)
        for what in _differences(event, message):
            yield Damage(case_id, event.number, what, message.id)


def verify(report: Callable[[Damage], None]) -> tuple[verifying.Verified, VerifiedLetters]:
    """Read all ledgers and all letters, and tell `report` of each damage as it is found."""
    letters = _Letters()
    count = verifying.verify(report, beside=letters.damages)
    for message in Message.objects.exclude(case_id__in=Case.objects.values("id")).only("id", "case_id"):
        count.damaged += 1
        report(Damage(message.case_id, None, "belongs to no case", message.id))
    return count, letters.count


def _differences(event: LetterComposed, message: Message) -> Iterator[str]:
    if message.letter_sha256 != event.letter:
        yield "the hash kept with the letter is not the one in the ledger"
    changed = [name for name in ABOUT if getattr(message, name) != getattr(event, name)]
    if changed:
        yield f"is about something else than the ledger says: {', '.join(changed)}"
    try:
        letter = letter_bytes(message)
    except Tampered:
        yield "the seal of the letter is broken"
        return
    if hashlib.sha256(letter).hexdigest() != event.letter:
        yield "the letter is not the one that the ledger tells of"
    yield from _differences_beside(event, message)


def _differences_beside(event: LetterComposed, message: Message) -> Iterator[str]:
    """What is wrong with the data that go beside the letter to the receiver's system."""
    if message.data_sha256 != event.data:
        yield "the hash of the data beside the letter is not the one in the ledger"
    try:
        data = data_bytes(message)
    except Tampered:
        yield "the seal of the data beside the letter is broken"
        return
    if (hashlib.sha256(data).hexdigest() if data is not None else None) != event.data:
        yield "the data beside the letter are not those that the ledger tells of"


def _told_since(case_id: UUID, message: str) -> bool:
    """Whether the ledger tells of the letter now: it may have been composed while this was read."""
    try:
        entries = ledger.entries(case_id)
    except ledger.DamagedLedger:
        return False  # the damage is named by itself; a letter that nothing readable tells of is named too
    return any(isinstance(one.event, LetterComposed) and one.event.message == message for one in entries)
