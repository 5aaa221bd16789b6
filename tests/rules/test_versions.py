"""Which version of the circular holds on which day, and what each changed."""

from datetime import UTC, date, datetime, timedelta

import pytest

from rules.invented import all_of, case, the
from savnet.rules import VERSIONS, Appointment, Derivation, NoVersionInForce, derive, legal_basis, version_on
from savnet.rules.events import DisappearanceBelieved, Returned
from savnet.rules.words import AppointmentKind, Operator, Recipient

FIRST_DAYS = {
    date(2015, 7, 13): date(2015, 7, 13),
    date(2018, 1, 18): date(2018, 1, 18),
    date(2018, 2, 2): date(2018, 2, 2),
    date(2018, 2, 27): date(2018, 2, 27),
    date(2018, 7, 1): date(2018, 7, 3),
}
DAY = timedelta(days=1)


def disappeared(day: date, *, hour: int = 12, **child: object) -> Derivation:
    """A child born so as to be 16, gone at that hour in UTC on that day."""
    at = datetime(day.year, day.month, day.day, hour, tzinfo=UTC)
    events = (DisappearanceBelieved(at=at), Returned(at=at + timedelta(minutes=1)))
    return derive(case(*events, born=date(day.year - 16, 1, 1), **child), at + timedelta(minutes=2))


@pytest.mark.parametrize(("day", "dated"), FIRST_DAYS.items(), ids=str)
def test_a_version_holds_from_its_first_day(day: date, dated: date) -> None:
    assert version_on(day).dated == dated
    assert version_on(day + DAY).dated == dated
    assert disappeared(day).version == dated


@pytest.mark.parametrize("day", list(FIRST_DAYS)[1:], ids=str)
def test_the_day_before_it_the_former_version_holds(day: date) -> None:
    before = list(FIRST_DAYS.values())[list(FIRST_DAYS).index(day) - 1]
    assert version_on(day - DAY).dated == before
    assert disappeared(day - DAY).version == before


def test_before_the_first_version_there_is_no_answer() -> None:
    with pytest.raises(NoVersionInForce, match=r"2015-07-12.*2015-07-13"):
        disappeared(date(2015, 7, 12))


def test_asking_about_a_day_before_the_first_version_has_no_answer_either() -> None:
    with pytest.raises(NoVersionInForce):
        derive(case(), datetime(2015, 7, 12, 12, tzinfo=UTC))


def test_the_day_is_that_of_norway() -> None:
    assert disappeared(date(2018, 1, 17), hour=22).version == date(2015, 7, 13)
    assert disappeared(date(2018, 1, 17), hour=23).version == date(2018, 1, 18)


@pytest.mark.parametrize(("day", "unit"), [(date(2018, 1, 17), Recipient.ANK), (date(2018, 1, 18), Recipient.KOR)])
def test_the_arrival_unit_was_renamed_on_18_january_2018(day: date, unit: Recipient) -> None:
    ahead = (Appointment(kind=AppointmentKind.ARRIVAL_INTERVIEW, for_=datetime(2018, 6, 1, tzinfo=UTC)),)
    assert the(disappeared(day, appointments=ahead), "d-1").recipient is unit


@pytest.mark.parametrize(("day", "count"), [(date(2018, 2, 1), 0), (date(2018, 2, 2), 1)])
def test_the_reference_to_rs_2018_001_is_there_from_2_february_2018(day: date, count: int) -> None:
    assert len(all_of(disappeared(day, paragraph_8_8a=True), "4-0")) == count


@pytest.mark.parametrize("day", [date(2018, 2, 26), date(2018, 2, 27)])
def test_the_new_address_of_kor_changes_no_duty(day: date) -> None:
    before, after = version_on(date(2018, 2, 26)), version_on(date(2018, 2, 27))
    assert before.duties == after.duties
    assert before.address_not_available == {Recipient.KOR}
    assert not after.address_not_available
    assert disappeared(day).obligations


def test_wording_that_could_not_be_had_is_none_and_never_the_newer_one() -> None:
    assert the(disappeared(date(2018, 6, 30)), "b-4").basis.words is None
    assert the(disappeared(date(2018, 7, 1)), "b-4").basis.words
    assert the(disappeared(date(2018, 6, 30)), "a-1").basis.words


def test_the_legal_basis_for_child_welfare_names_the_regulation_from_1_july_2018_only() -> None:
    old, new = (the(disappeared(day), "b-4").legal_basis for day in (date(2018, 6, 30), date(2018, 7, 1)))
    assert old
    assert new
    assert "§ 17-6" not in old.rule
    assert "§ 17-6" in new.rule


def test_every_version_says_what_it_changed() -> None:
    assert all(version.changed for version in VERSIONS)
    assert [version.in_force_from for version in VERSIONS] == list(FIRST_DAYS)


def test_who_runs_the_centre_decides_the_legal_basis() -> None:
    on = date(2026, 3, 2)
    for operator, police, udi in ((Operator.MUNICIPAL, "a-12", "d-6"), (Operator.PRIVATE, "a-13", "d-7")):
        found = {who: legal_basis(who, operator, on=on) for who in Recipient}
        named = {who: basis and basis.provision for who, basis in found.items()}
        assert named[Recipient.POLICE_DISTRICT] == police
        assert {named[who] for who in (Recipient.KOR, Recipient.BFE, Recipient.REGION, Recipient.ASA)} == {udi}
        assert named[Recipient.CHILD_WELFARE] == "b-4"
        assert named[Recipient.LAWYER] == named[Recipient.REPRESENTATIVE] == "c-1"
        assert {named[who] for who in (Recipient.SESAM, Recipient.DUF, Recipient.PERSONAL_FILE)} == {None}
