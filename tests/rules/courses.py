"""Invented courses of events for property tests: any mixture of what can happen, each thing at its own minute."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from rules.invented import CENTRE, CHILD, T
from savnet.rules import Appointment, CaseFile
from savnet.rules.events import (
    AbsenceExplained,
    AbsenceNoticed,
    AgeDecided,
    AgeExamined,
    AppointmentMade,
    Attempted,
    ConcernRaised,
    ConsentGiven,
    ConsentRefused,
    Corrected,
    DisappearanceBelieved,
    Done,
    DufUpdated,
    Event,
    InformationReceived,
    InquiryMade,
    MeasureEnded,
    Received,
    Returned,
    TalkHeld,
    TransferArrived,
    TransferStarted,
    TransportDone,
    TransportRequested,
)
from savnet.rules.rs_2015_009.provisions import KNOWN_IDS
from savnet.rules.words import (
    About,
    AppointmentKind,
    Channel,
    ConcernKind,
    ConcernLevel,
    FeelsSafe,
    InformationKind,
    MeasureKind,
    Recipient,
    ReturnedHow,
)

LONG = 60 * 24 * 20
"""How many minutes a course lasts."""

_places = st.sampled_from((None, "3301", "4204", "5001"))
_answers = st.sampled_from((None, "noe"))
_common = st.sampled_from(("a-1", "b-4", "b-8", "c-1", "d-1", "d-2", "d-4", "d-5", "2.2-7"))
_acts: dict[str, Any] = {
    "obligation": _common | st.sampled_from(sorted(KNOWN_IDS)),
    "recipient": st.none() | st.sampled_from(Recipient),
    "channel": st.none() | st.sampled_from(Channel),
    "municipality": _places,
    "copy_of": st.sampled_from((None, None, "a-1", "b-4", "b-8")),
    "knew": st.sampled_from(("none", "noe", None)),
    "more_information_needed": st.booleans(),
}
_who = st.sampled_from(("resident", "representative"))

_happenings: tuple[tuple[type[Event], dict[str, Any]], ...] = (
    (AbsenceNoticed, {}),
    (InquiryMade, {}),
    (AbsenceExplained, {}),
    (DisappearanceBelieved, {}),
    (DisappearanceBelieved, {}),
    (Done, _acts),
    (Done, _acts),
    (Done, _acts),
    (Attempted, _acts),
    (Received, {name: _acts[name] for name in ("obligation", "recipient", "municipality", "copy_of")}),
    (
        InformationReceived,
        {
            "about": st.sampled_from(About),
            "kind": st.sampled_from(InformationKind),
            "municipality": _places,
            "relevant_to_asylum_case": st.booleans(),
        },
    ),
    (MeasureEnded, {"kind": st.sampled_from(MeasureKind)}),
    (Returned, {"how": st.sampled_from(ReturnedHow), "municipality": _places}),
    (DufUpdated, {"by": st.sampled_from(("police", "region"))}),
    (TransportRequested, {"by": st.sampled_from(("police", "child_welfare")), "outside_office_hours": st.booleans()}),
    (TransportDone, {}),
    (
        TalkHeld,
        {
            "why_left": _answers,
            "where_stayed": st.just("noe"),
            "what_done": st.just("noe"),
            "feels_safe": st.sampled_from(FeelsSafe),
            "asylum_relevant": st.booleans(),
        },
    ),
    (ConcernRaised, {"kind": st.sampled_from(ConcernKind), "level": st.none() | st.sampled_from(ConcernLevel)}),
    (ConsentGiven, {"who": _who}),
    (ConsentRefused, {"who": _who}),
    (AgeExamined, {"most_likely_over_18": st.booleans()}),
    (AgeDecided, {"over_18": st.booleans()}),
    (AppointmentMade, {"kind": st.sampled_from(AppointmentKind), "for_": st.just(T + timedelta(days=9))}),
    (TransferStarted, {"municipality": _places}),
    (TransferArrived, {"municipality": _places}),
)


@dataclass(frozen=True)
class Course:
    """Events in the order they happened, each at its own minute; `order` is an order of recording them."""

    events: tuple[Event, ...]
    order: tuple[int, ...]

    def recorded(self, order: tuple[int, ...] | None = None, *, later: timedelta = timedelta()) -> CaseFile:
        """The case as it reads when the events are recorded in that order, and everything happens so much later."""
        order = tuple(range(len(self.events))) if order is None else order
        numbers = {place: number for number, place in enumerate(order, start=1)}
        events = tuple(_placed(self.events[place], numbers, place, later) for place in order)
        ahead = (Appointment(kind=AppointmentKind.ASYLUM_INTERVIEW, for_=T + timedelta(days=4) + later),)
        return CaseFile(centre=CENTRE, resident=replace(CHILD, appointments=ahead), events=events)


def _placed(event: Event, numbers: dict[int, int], place: int, later: timedelta) -> Event:
    """The event with its number, and with the number of what it corrects."""
    changes: dict[str, Any] = {"number": numbers[place], "at": event.at + later}
    if isinstance(event, Corrected):
        changes["event"] = numbers[event.event]
    if isinstance(event, AppointmentMade):
        changes["for_"] = event.for_ + later
    return replace(event, **changes)


@st.composite
def courses(draw: st.DrawFn, *, corrections: bool = False, comes_back: bool = False) -> Course:
    """A course of up to 25 events, most of them after somebody believed the child has disappeared."""
    kinds = draw(st.lists(st.sampled_from(_happenings), min_size=1, max_size=25))
    minutes = sorted(draw(st.sets(st.integers(-120, LONG), min_size=len(kinds), max_size=len(kinds))))
    events = [_drawn(draw, kind, T + timedelta(minutes=at)) for kind, at in zip(kinds, minutes, strict=True)]
    if comes_back or draw(st.booleans()):
        events.insert(sum(one.at < T for one in events), DisappearanceBelieved(at=T + timedelta(seconds=30)))
    if comes_back:
        events.append(Returned(at=T + timedelta(minutes=draw(st.integers(LONG // 2, LONG)), seconds=30)))
        events.sort(key=lambda one: one.at)
    if corrections:
        events += [
            Corrected(at=T + timedelta(minutes=LONG + more), event=which, fields={"withdrawn": True})
            for more, which in enumerate(sorted(draw(st.sets(st.integers(0, len(events) - 1), max_size=3))), start=1)
        ]
    return Course(tuple(events), tuple(draw(st.permutations(range(len(events))))))


def _drawn(draw: st.DrawFn, kind: tuple[type[Event], dict[str, Any]], at: datetime) -> Event:
    made, fields = kind
    return made(at=at, **{name: draw(values) for name, values in fields.items()})
