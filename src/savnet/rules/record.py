"""The record as it truly was: corrections applied, and only what had happened, and was known, at the instant asked."""

from collections.abc import Iterable
from datetime import datetime

from savnet.rules.events import (
    AbsenceExplained,
    AbsenceNoticed,
    Act,
    AgeDecided,
    AgeExamined,
    AppointmentCancelled,
    AppointmentMade,
    CircumstancesNoted,
    Corrected,
    DisappearanceBelieved,
    Event,
    Received,
    Returned,
    TransferArrived,
    TransferStarted,
)
from savnet.rules.reading import Unreadable, read_event, write_event

_ORDER: dict[type[Event], int] = {
    CircumstancesNoted: 0,
    TransferStarted: 1,
    TransferArrived: 1,
    AppointmentMade: 1,
    AppointmentCancelled: 1,
    AgeExamined: 1,
    AgeDecided: 1,
    AbsenceNoticed: 2,
    DisappearanceBelieved: 3,
    Returned: 7,
    AbsenceExplained: 8,
}
"""What comes first among events of one instant, so that the order of recording decides nothing."""


def truth(events: Iterable[Event], *, at: datetime, known_at: datetime | None = None) -> list[Event]:
    """The events up to the instant `at`, corrected and in the order they happened.

    With `known_at`, only what had been recorded by that instant counts: what was known then. Raises Unreadable for a
    correction of an event that does not exist, or to something that no event can be.
    """
    known = [one for one in events if _known(one, known_at)]
    corrections = [one for one in known if isinstance(one, Corrected) and one.at <= at]
    if corrections:
        known = _corrected(known, corrections)
    happened = [one for one in known if one.at <= at and not isinstance(one, Corrected)]
    return sorted(happened, key=_place)


def _known(event: Event, known_at: datetime | None) -> bool:
    return known_at is None or (event.recorded_at or event.at) <= known_at


def _place(event: Event) -> tuple[datetime, int, int]:
    return (event.at, _rank(event), event.number)


def _rank(event: Event) -> int:
    return _ORDER.get(type(event), 5 if isinstance(event, Act) else 6 if isinstance(event, Received) else 4)


def _corrected(events: list[Event], corrections: list[Corrected]) -> list[Event]:
    """Each event with its corrections applied, the latest last; struck-out events, and corrections, left out."""
    by_number = {one.number: one for one in events}
    for one in sorted(_standing(corrections), key=lambda c: (c.recorded_at or c.at, c.number)):
        if one.event not in by_number:
            raise Unreadable(("event",), f"there is no event {one.event} to correct.")
        target = by_number[one.event]
        if one.fields.get("withdrawn") in {True, "true", "yes"}:
            del by_number[one.event]
        elif not isinstance(target, Corrected):
            by_number[one.event] = read_event({**write_event(target), **one.fields}, target.number)
    return list(by_number.values())


def _standing(corrections: list[Corrected]) -> list[Corrected]:
    """The corrections that were not themselves withdrawn by a later one."""
    withdrawn = {one.event for one in corrections if one.fields.get("withdrawn")}
    return [one for one in corrections if one.number not in withdrawn]
