"""Whom the circular covers, on the day of the disappearance."""

from datetime import date, timedelta

import pytest

from rules.invented import T, after, believed, case, owed, reported, the
from savnet.rules import Derivation, derive
from savnet.rules.events import (
    AbsenceExplained,
    AbsenceNoticed,
    AgeDecided,
    AgeExamined,
    DisappearanceBelieved,
    Event,
    Returned,
)
from savnet.rules.time import OSLO
from savnet.rules.words import CaseState


@pytest.mark.parametrize(
    ("born", "refused"),
    [
        (date(2011, 3, 3), ["1-8"]),
        (date(2011, 3, 2), []),
        (date(2008, 3, 3), []),
        (date(2008, 3, 2), ["1-3"]),
        (None, []),
    ],
    ids=["15 tomorrow", "15 today", "18 tomorrow", "18 today", "no date of birth"],
)
def test_the_registered_age_on_the_day_decides(born: date | None, refused: list[str]) -> None:
    answer = owed(believed(), born=born)
    assert [one.provision for one in answer.refused] == refused
    assert bool(answer.obligations) is not bool(refused)


def test_who_is_refused_is_missing_all_the_same_and_somebody_is_responsible() -> None:
    answer = owed(believed(), born=date(2013, 1, 1))
    assert answer.state is CaseState.MISSING
    assert answer.refused[0].responsible == "child_welfare"
    assert answer.missing_since == T


def test_turning_15_between_absence_and_belief_the_belief_decides() -> None:
    midnight = T.astimezone(OSLO).replace(hour=0) + timedelta(days=1)
    events = (AbsenceNoticed(at=after(1)), DisappearanceBelieved(at=midnight + timedelta(minutes=1)))
    assert [one.provision for one in owed(*events, at=after(2), born=date(2011, 3, 3)).refused] == ["1-8"]
    answer = owed(*events, born=date(2011, 3, 3))
    assert not answer.refused
    assert the(answer, "a-1")


def noticed_and_believed(*between: Event, born: date) -> Derivation:
    """Absent an hour before midnight of 2 March, and believed missing a minute into 3 March."""
    midnight = T.astimezone(OSLO).replace(hour=0) + timedelta(days=1)
    noticed = AbsenceNoticed(at=midnight - timedelta(hours=1))
    return owed(noticed, *between, DisappearanceBelieved(at=midnight + timedelta(minutes=1)), born=born)


def test_turning_18_between_absence_and_belief_the_absence_decides() -> None:
    answer = noticed_and_believed(born=date(2008, 3, 3))
    assert not answer.refused
    assert the(answer, "a-1")
    assert the(answer, "2.2-4")


def test_who_was_18_already_when_the_absence_was_noticed_is_refused_once() -> None:
    answer = noticed_and_believed(born=date(2008, 3, 2))
    assert [one.provision for one in answer.refused] == ["1-3"]
    assert not answer.obligations


def test_an_absence_that_was_explained_covers_no_later_disappearance() -> None:
    explained = (AbsenceNoticed(at=after(-48)), AbsenceExplained(at=after(-47)))
    assert owed(*explained, believed(), born=date(2008, 3, 1)).refused


def test_a_decision_between_absence_and_belief_does_not_let_go_of_the_child() -> None:
    decided = AgeDecided(at=after(3.5), over_18=True)
    assert not noticed_and_believed(decided, born=date(2009, 1, 1)).refused
    assert owed(decided, AbsenceNoticed(at=after(4)), believed(5), born=date(2009, 1, 1)).refused


def test_turning_18_while_missing_takes_nothing_away() -> None:
    answer = owed(believed(), reported(), Returned(at=after(24 * 10)), born=date(2008, 3, 3))
    assert not answer.refused
    assert the(answer, "2.2-7", "police_district")
    assert the(answer, "4-15")


def test_an_age_examination_never_ends_minority() -> None:
    assert not owed(AgeExamined(at=after(-5), most_likely_over_18=True), believed()).refused


def test_a_decision_ends_minority_from_then_on_only() -> None:
    assert owed(AgeDecided(at=after(-5), over_18=True), believed()).refused
    assert not owed(believed(), AgeDecided(at=after(5), over_18=True)).refused


def test_a_decision_outranks_the_examination_before_it() -> None:
    examined = AgeExamined(at=after(-9), most_likely_over_18=True)
    back = Returned(at=after(9))
    assert the(owed(examined, believed(), back), "4-9")
    decided = AgeDecided(at=after(-5), over_18=False)
    assert not [one for one in owed(examined, decided, believed(), back).obligations if one.id == "4-9"]


def test_a_new_disappearance_after_the_18th_birthday_is_not_covered_and_the_old_duties_stand() -> None:
    events = (believed(), reported(), Returned(at=after(20)), DisappearanceBelieved(at=after(24 * 3)))
    answer = owed(*events, born=date(2008, 3, 4))
    assert [one.provision for one in answer.refused] == ["1-3"]
    assert the(answer, "2.2-7", "police_district").because == 3


def test_whoever_is_with_a_parent_is_refused_and_with_an_uncle_is_not() -> None:
    assert owed(believed(), unaccompanied=False).refused
    assert not owed(believed(), unaccompanied=False, accompanied_by="onkel").refused


def test_what_is_missing_on_file_is_a_gap_and_no_silence() -> None:
    gaps = {
        one.name
        for one in owed(believed(), born=None, representative=False, lawyer=False, registered_in_duf=False).gaps
    }
    assert gaps == {"no_representative", "no_lawyer", "not_in_duf", "no_birth_date"}
    assert not derive(case(believed()), T).gaps
