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
    ConcernRaised,
    Corrected,
    DisappearanceBelieved,
    Event,
    InquiryMade,
    Received,
    Returned,
    TalkHeld,
    TransferArrived,
    TransferStarted,
)
from savnet.rules.reading import Unreadable, read_event, write_event
from savnet.rules.rs_2015_009.provisions import KNOWN_IDS

_ORDER: dict[type[Event], int] = {
    CircumstancesNoted: 0,
    TransferStarted: 1,
    TransferArrived: 1,
    AppointmentMade: 1,
    AppointmentCancelled: 1,
    AgeExamined: 1,
    AgeDecided: 1,
    AbsenceNoticed: 2,
    InquiryMade: 3,
    DisappearanceBelieved: 4,
    Returned: 8,
    AbsenceExplained: 9,
    TalkHeld: 9,
    ConcernRaised: 9,
}
"""What comes first among events of one instant, so that the order of recording decides nothing.

An inquiry leads to the belief of the same instant; a talk can only follow the return.
"""
_ACT, _RECEIPT, _OTHER = 6, 7, 5

WITHDRAWN = "withdrawn"
"""The field of a correction that strikes an event out: it never happened."""


def truth(events: Iterable[Event], *, at: datetime, known_at: datetime | None = None) -> list[Event]:
    """The events up to the instant `at`, corrected and in the order they happened.

    With `known_at`, only what had been recorded by that instant counts: what was known then. Raises Unreadable for a
    correction of an event that does not exist, or to something that no event can be.
    """
    events = list(events)
    corrections = [one for one in events if isinstance(one, Corrected) and one.at <= at and _known(one, known_at)]
    # Whoever corrected an event knew of it, whatever instant it was first thought to have.
    named = {one.event for one in corrections}
    known = [one for one in events if one.number in named or _known(one, known_at)]
    if corrections:
        known = _corrected(known, corrections)
    happened = [one for one in known if one.at <= at and not isinstance(one, Corrected)]
    return sorted(happened, key=_place)


def _known(event: Event, known_at: datetime | None) -> bool:
    return known_at is None or (event.recorded_at or event.at) <= known_at


def _place(event: Event) -> tuple[datetime, int, int]:
    return (event.at, _rank(event), event.number)


def _rank(event: Event) -> int:
    default = _ACT if isinstance(event, Act) else _RECEIPT if isinstance(event, Received) else _OTHER
    return _ORDER.get(type(event), default)


def _corrected(events: list[Event], corrections: list[Corrected]) -> list[Event]:
    """Each event with its corrections applied, the latest last; struck-out events left out."""
    by_number = {one.number: one for one in events}
    for one in _effective(corrections, set(by_number)):
        if _strikes_out(one):
            by_number.pop(one.event, None)
        elif one.event in by_number:
            by_number[one.event] = _changed(by_number[one.event], one)
    return list(by_number.values())


def _effective(corrections: list[Corrected], existing: set[int]) -> list[Corrected]:
    """The corrections of events in the order they were made, after those that correct a correction."""
    standing = {one.number: one for one in corrections}
    made = sorted(corrections, key=lambda one: (one.recorded_at or one.at, one.number))
    for number in [one.number for one in reversed(made)]:
        one = standing.get(number)
        if one and (one.event not in existing or one.event == number):
            raise Unreadable(("events", number, "event"), f"there is no event {one.event} for it to correct.")
        if one and one.event in standing:
            _correct_correction(standing, one)
    return [standing[one.number] for one in made if one.number in standing]


def _correct_correction(standing: dict[int, Corrected], one: Corrected) -> None:
    """Apply a correction of a correction, so that the corrected one is what is applied to the event itself."""
    del standing[one.number]
    target = standing.pop(one.event, None)
    if target and not _strikes_out(one):
        changed = _changed(target, one)
        if isinstance(changed, Corrected):
            standing[one.event] = changed


def _changed(event: Event, correction: Corrected) -> Event:
    try:
        return read_event({**write_event(event), **correction.fields}, event.number, known_ids=KNOWN_IDS)
    except Unreadable as problem:
        where = ("events", correction.number, "fields", *problem.where)
        raise Unreadable(where, problem.what) from None


def _strikes_out(correction: Corrected) -> bool:
    return str(correction.fields.get(WITHDRAWN)).lower() in {"true", "yes"}
