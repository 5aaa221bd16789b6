"""Corrections, late recording, and what was known when."""

from datetime import timedelta
from typing import Any

import pytest

from rules.invented import T, after, all_of, believed, case, done, owed, reported, the
from savnet.rules import Unreadable, derive
from savnet.rules.events import AbsenceNoticed, ConcernRaised, Corrected, InquiryMade, Returned, TalkHeld
from savnet.rules.words import CaseState, ConcernKind, ConcernLevel, FeelsSafe, ObligationState

DAY = timedelta(hours=24)


def corrected(hours: float, event: int, **fields: Any) -> Corrected:
    return Corrected(at=after(hours), event=event, fields=fields)


def iso(hours: float) -> str:
    return after(hours).isoformat()


def test_a_correction_moves_the_belief_and_with_it_the_limit() -> None:
    answer = owed(believed(), corrected(5, 1, at=iso(-1)))
    assert the(answer, "a-1").latest == after(23)
    assert answer.missing_since == after(-1)


def test_before_the_correction_was_made_the_old_instant_holds() -> None:
    assert the(owed(believed(), corrected(5, 1, at=iso(-1)), at=after(4)), "a-1").latest == T + DAY


def test_a_struck_out_event_never_happened() -> None:
    answer = owed(believed(), reported(), Returned(at=after(9)), corrected(10, 3, withdrawn=True))
    assert answer.state is CaseState.MISSING
    assert not all_of(answer, "2.2-7")


@pytest.mark.parametrize("said", [False, "false", "no", None])
def test_only_a_yes_strikes_out(said: object) -> None:
    with pytest.raises(Unreadable, match="withdrawn"):
        owed(believed(), corrected(5, 1, withdrawn=said))


def test_of_two_corrections_the_later_counts() -> None:
    answer = owed(believed(), corrected(6, 1, at=iso(-2)), corrected(5, 1, at=iso(-1)))
    assert answer.missing_since == after(-2)


def test_a_withdrawn_correction_leaves_the_event_as_it_was() -> None:
    assert owed(believed(), corrected(5, 1, at=iso(-1)), corrected(6, 2, withdrawn=True)).missing_since == T


def test_a_correction_can_itself_be_corrected() -> None:
    answer = owed(believed(), corrected(5, 1, at=iso(-1)), corrected(6, 2, fields={"at": iso(-3)}))
    assert answer.missing_since == after(-3)


def test_withdrawing_the_withdrawal_of_a_correction_brings_it_back() -> None:
    events = (believed(), corrected(5, 1, at=iso(-1)), corrected(6, 2, withdrawn=True), corrected(7, 3, withdrawn=True))
    assert owed(*events).missing_since == after(-1)


def test_what_was_recorded_on_the_wrong_child_and_corrected_twice_stays_out() -> None:
    events = (believed(), Returned(at=after(9)), corrected(10, 2, at=iso(8)), corrected(11, 2, withdrawn=True))
    assert owed(*events).state is CaseState.MISSING


@pytest.mark.parametrize("number", [7, 2, 0, -1])
def test_a_correction_of_nothing_or_of_itself_says_which_event_it_names(number: int) -> None:
    with pytest.raises(Unreadable, match=rf"events\.2\.event: there is no event {number}"):
        owed(believed(), corrected(5, number, at=iso(-1)))


@pytest.mark.parametrize(
    ("fields", "where"),
    [({"at": "yesterday"}, r"events\.2\.fields\.at"), ({"colour": "red"}, r"events\.2\.fields\.colour")],
)
def test_a_correction_to_what_no_event_can_be_says_where(fields: dict[str, Any], where: str) -> None:
    with pytest.raises(Unreadable, match=where):
        owed(believed(), Corrected(at=after(5), event=1, fields=fields))


def test_a_correction_may_bring_back_an_event_that_was_dated_in_the_future() -> None:
    answer = owed(believed(24 * 365), corrected(5, 1, at=iso(0)), at=after(6))
    assert answer.missing_since == T
    known = derive(case(believed(24 * 365), corrected(5, 1, at=iso(0))), after(6), known_at=after(6))
    assert known.missing_since == T


def test_what_was_recorded_late_was_not_known_before() -> None:
    file = case(believed(), reported(), Returned(at=after(9), recorded_at=after(30)))
    assert derive(file, after(20), known_at=after(20)).state is CaseState.MISSING
    assert derive(file, after(20)).state is CaseState.FOUND
    assert derive(file, after(20), known_at=after(30)).state is CaseState.FOUND


def test_what_has_not_happened_yet_does_not_count_however_early_it_was_recorded() -> None:
    assert owed(believed(5, recorded_at=T), at=after(4)).state is CaseState.NONE


def test_a_report_recorded_late_still_stands_at_the_hour_it_was_made() -> None:
    late = done(1, "a-1", "police_district", "in_person", recorded_at=after(40))
    assert the(owed(believed(), late), "a-1").sent_at == after(1)


def test_an_inquiry_of_the_same_instant_led_to_the_belief() -> None:
    answer = owed(believed(), InquiryMade(at=T), AbsenceNoticed(at=after(-2)))
    assert the(answer, "2.2-1").state is ObligationState.DISCHARGED
    assert the(answer, "2.2-4").state is ObligationState.OPEN


def test_a_talk_and_a_worry_of_the_same_instant_as_the_return_come_after_it() -> None:
    back = after(9)
    talk = TalkHeld(at=back, why_left="a", where_stayed="b", what_done="c", feels_safe=FeelsSafe.NO)
    worry = ConcernRaised(at=back, kind=ConcernKind.NEGLECT, level=ConcernLevel.REASON_TO_BELIEVE)
    answer = owed(talk, worry, believed(), Returned(at=back))
    assert the(answer, "4-15").state is ObligationState.DISCHARGED
    assert the(answer, "b-9").state is ObligationState.OPEN
