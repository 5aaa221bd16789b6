"""What holds for any course of events whatever."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.courses import LONG, Course, courses
from rules.invented import T
from savnet.rules import CaseFile, Derivation, Obligation, derive
from savnet.rules.course import TELLING
from savnet.rules.events import Returned
from savnet.rules.words import CaseState, ObligationState

END = T + timedelta(minutes=LONG + 10)
instants = st.integers(-120, LONG).map(lambda minutes: T + timedelta(minutes=minutes, seconds=45))


def without_numbers(answer: Derivation, file: CaseFile) -> list[Any]:
    """The answer with each event named by when it happened, so that numbering makes no difference."""
    at = {one.number: one.at for one in file.events}

    def timed(one: Obligation) -> Any:
        tried = tuple((each.at, each.channel, each.outcome, at[each.event]) for each in one.attempts)
        by = at.get(one.discharged_by or 0)
        return (at[one.because], tried, by, replace(one, because=0, attempts=(), discharged_by=None))

    return [
        answer.state,
        answer.refused,
        answer.told,
        answer.gaps,
        [timed(one) for one in answer.obligations],
        {at[number] for number in answer.unmatched},
    ]


def standing(one: Obligation) -> tuple[Any, ...]:
    """What names an obligation for good. The receiver's municipality may change until it is sent."""
    return (one.id, one.recipient, one.copy_of, one.because)


@given(courses(corrections=True))
def test_the_order_of_recording_does_not_matter(course: Course) -> None:
    straight, mixed = course.recorded(), course.recorded(course.order)
    assert without_numbers(derive(straight, END), straight) == without_numbers(derive(mixed, END), mixed)


@given(courses())
def test_deriving_twice_gives_the_same(course: Course) -> None:
    assert derive(course.recorded(), END) == derive(course.recorded(), END)


@given(courses())
def test_nothing_arises_before_its_cause_and_no_limit_lies_before_it(course: Course) -> None:
    file = course.recorded()
    at = {one.number: one.at for one in file.events}
    for one in derive(file, END).obligations:
        assert at[one.because] <= one.arisen_at
        assert one.latest is None or one.latest == one.arisen_at + timedelta(hours=24)


@given(courses(), instants, instants)
def test_a_later_fact_never_erases_a_discharged_duty(course: Course, one: Any, other: Any) -> None:
    file = course.recorded()
    early, late = (derive(file, at) for at in sorted((one, other)))
    for before in early.obligations:
        if before.state is ObligationState.DISCHARGED:
            (after,) = (each for each in late.obligations if each.key == before.key)
            assert after.state is ObligationState.DISCHARGED
            assert (after.discharged_at, after.sent_at) == (before.discharged_at, before.sent_at)


@given(courses(), instants, instants)
def test_what_once_arose_stays_on_the_list(course: Course, one: Any, other: Any) -> None:
    file = course.recorded()
    early, late = (derive(file, at) for at in sorted((one, other)))
    assert {standing(each) for each in early.obligations} <= {standing(each) for each in late.obligations}


@given(courses(), instants)
def test_what_lies_ahead_changes_nothing_yet(course: Course, at: Any) -> None:
    file = course.recorded()
    so_far = replace(file, events=tuple(one for one in file.events if one.at <= at))
    assert derive(file, at) == derive(so_far, at)


@given(courses())
def test_no_two_obligations_are_the_same(course: Course) -> None:
    keys = [one.key for one in derive(course.recorded(), END).obligations]
    assert len(keys) == len(set(keys))


@given(courses(comes_back=True))
def test_told_of_the_return_are_all_whom_somebody_ever_tried_to_tell(course: Course) -> None:
    file = course.recorded()
    answer = derive(file, END)
    if answer.refused or not answer.returned_at or not answer.missing_since:
        return
    back = next(one.number for one in file.events if isinstance(one, Returned) and one.at == answer.returned_at)
    told_of_it = {(o.recipient, o.municipality) for o in answer.obligations if (o.id, o.because) == ("2.2-7", back)}
    assert told_of_it == {(one.recipient, one.municipality) for one in answer.told}
    tried = {
        (one.recipient, one.municipality)
        for one in answer.obligations
        if one.id in TELLING and one.arisen_at >= answer.missing_since and (one.sent_at or one.attempts)
    }
    assert {who for who, _ in tried} <= {who for who, _ in told_of_it}


@given(courses())
def test_open_withheld_and_closed_tell_the_truth(course: Course) -> None:
    answer = derive(course.recorded(), END)
    open_ones = [one for one in answer.obligations if one.state is ObligationState.OPEN]
    assert (answer.state is CaseState.CLOSED) <= (not open_ones)
    for one in answer.obligations:
        assert (one.state is ObligationState.DISCHARGED) == (one.discharged_at is not None)
        assert (one.state is ObligationState.SUPERSEDED) == (one.superseded_by is not None)
        assert one.sent_at is None or one.is_notice
        assert not one.overdue or one.state is ObligationState.OPEN


@pytest.mark.parametrize("days", [26, 236], ids=["clocks forward", "clocks back"])
@given(course=courses())
def test_a_night_on_which_the_clocks_change_is_a_night_like_any_other(days: int, course: Course) -> None:
    later = timedelta(days=days)
    here, there = derive(course.recorded(), END), derive(course.recorded(later=later), END + later)
    assert [moved(one, later) for one in here.obligations] == list(there.obligations)


def moved(one: Obligation, later: timedelta) -> Obligation:
    """The obligation with every instant so much later."""
    names = ("latest", "sent_at", "received_at", "arisen_at", "discharged_at")
    instants = {name: getattr(one, name) and getattr(one, name) + later for name in names}
    return replace(one, **instants, attempts=tuple(replace(each, at=each.at + later) for each in one.attempts))
