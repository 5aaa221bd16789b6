"""Roll call, agreed leave, and what the house does by itself when nobody has said anything."""

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta

import pytest
from django.db import connection

from casework.invented import DAY, HOUR, MINUTE, NOW
from casework.test_twice import at_once
from savnet.access.models import Person
from savnet.cases.models import Case
from savnet.casework import absence, asking, leaves, presence
from savnet.casework.case_at_hand import at_hand
from savnet.casework.errors import NotNow, WrongTime
from savnet.policy.presence import occurrences
from savnet.register.models import Centre, DailyTime, Leave, MarkedAs, PresenceQuestion, Resident, RollCall, RollMark
from savnet.rules.events import AbsenceExplained, AbsenceNoticed, Event, InquiryMade
from savnet.rules.words import CaseState, NoticedHow

SUPPER = datetime(2026, 3, 2, 16, 0, tzinfo=UTC)
"""17.00 in Oslo, on a Monday."""


@pytest.fixture
def supper(granvik: Centre) -> DailyTime:
    return DailyTime.objects.create(
        centre=granvik, name="Middag", clock=time(17, 0), from_instant=SUPPER - timedelta(hours=1)
    )


@pytest.fixture
def two(child: Callable[..., Resident]) -> tuple[Resident, Resident]:
    return child(given_name="Selam"), child(given_name="Amanuel")


def state(one: Resident) -> str:
    return Case.objects.filter(resident=one).values_list("state", flat=True).first() or "none"


def told(one: Resident, kind: type[Event]) -> list[Event]:
    case = Case.objects.get(resident=one)
    return [event for event in at_hand(case.id, NOW + 30 * DAY).events if isinstance(event, kind)]


def leave(one: Resident, by: Person, *, back: datetime, at: datetime = SUPPER - 3 * HOUR) -> Leave:
    facts = {"kind": "agreed", "from_at": at, "return_at": back, "place": "Storfjell"}
    return leaves.agree(one, facts, by=by, now=at)


# Roll call


def test_a_tap_says_who_is_here_and_who_said_so(
    two: tuple[Resident, Resident], guard: Person, supper: DailyTime
) -> None:
    presence.mark(two[0], MarkedAs.HERE, by=guard, now=SUPPER)
    roll = presence.roll(two[0].centre, SUPPER)
    assert (roll.name, roll.due_at, roll.left) == ("Middag", SUPPER, 1)
    by_name = {one.resident.given_name: one for one in roll.counted}
    assert by_name["Selam"].mark is not None
    assert by_name["Selam"].mark.by == guard
    assert by_name["Amanuel"].mark is None


def test_two_taps_on_the_same_button_are_one(two: tuple[Resident, Resident], guard: Person, supper: DailyTime) -> None:
    for _ in range(2):
        presence.mark(two[0], MarkedAs.HERE, by=guard, now=SUPPER)
    assert RollMark.objects.count() == 1


def test_not_here_is_an_absence_at_once_and_here_accounts_for_it(two: tuple[Resident, Resident], guard: Person) -> None:
    presence.mark(two[0], MarkedAs.NOT_HERE, by=guard, now=SUPPER)
    assert state(two[0]) == CaseState.ABSENT
    presence.mark(two[0], MarkedAs.HERE, by=guard, now=SUPPER + MINUTE)
    assert state(two[0]) == CaseState.NONE
    assert len(told(two[0], AbsenceExplained)) == 1


def test_a_missing_child_is_not_tapped_back(two: tuple[Resident, Resident], guard: Person) -> None:
    case = absence.notice(two[0], by=guard, now=SUPPER)
    absence.believe(case.id, by=guard, now=SUPPER + HOUR)
    with pytest.raises(NotNow, match="meldt savnet"):
        presence.mark(two[0], MarkedAs.HERE, by=guard, now=SUPPER + 2 * HOUR)


def test_staff_may_count_whenever_they_want(two: tuple[Resident, Resident], guard: Person) -> None:
    presence.mark(two[0], MarkedAs.HERE, by=guard, now=SUPPER)
    presence.mark(two[1], MarkedAs.HERE, by=guard, now=SUPPER + 10 * MINUTE)
    assert RollCall.objects.count() == 1
    assert presence.roll(two[0].centre, SUPPER + 2 * HOUR).left == 2


def test_one_who_is_out_by_agreement_is_not_absent(two: tuple[Resident, Resident], guard: Person) -> None:
    leave(two[0], guard, back=SUPPER + 2 * HOUR)
    assert presence.mark(two[0], MarkedAs.NOT_HERE, by=guard, now=SUPPER).marked_as == MarkedAs.ON_LEAVE
    assert state(two[0]) == "none"


def test_nobody_is_out_by_an_agreement_that_was_not_made(two: tuple[Resident, Resident], guard: Person) -> None:
    with pytest.raises(NotNow):
        presence.mark(two[0], MarkedAs.ON_LEAVE, by=guard, now=SUPPER)


# The house asks


def test_a_missed_meal_is_noted_by_the_house_after_the_grace_and_not_before(
    two: tuple[Resident, Resident], guard: Person, supper: DailyTime
) -> None:
    presence.mark(two[0], MarkedAs.HERE, by=guard, now=SUPPER + MINUTE)
    asking.ask_about_everyone(now=SUPPER + 29 * MINUTE)
    assert state(two[1]) == "none"
    asking.ask_about_everyone(now=SUPPER + 30 * MINUTE)
    (noticed,) = told(two[1], AbsenceNoticed)
    assert isinstance(noticed, AbsenceNoticed)
    assert (noticed.how, noticed.by) == (NoticedHow.NOT_AT_DAILY_ACTIVITY, "Savnet")
    assert noticed.at == SUPPER + 30 * MINUTE
    assert state(two[0]) == "none"
    assert PresenceQuestion.objects.get().resident == two[1]


def test_the_grace_is_the_centres_own(two: tuple[Resident, Resident], guard: Person, supper: DailyTime) -> None:
    Centre.objects.filter(id=two[0].centre_id).update(grace_minutes=90)
    presence.mark(two[0], MarkedAs.HERE, by=guard, now=SUPPER)
    asking.ask_about_everyone(now=SUPPER + 89 * MINUTE)
    assert not PresenceQuestion.objects.exists()
    asking.ask_about_everyone(now=SUPPER + 90 * MINUTE)
    assert PresenceQuestion.objects.count() == 1


def test_asked_again_and_again_it_is_noted_once(
    two: tuple[Resident, Resident], guard: Person, supper: DailyTime
) -> None:
    presence.mark(two[0], MarkedAs.HERE, by=guard, now=SUPPER)
    for minute in range(30, 60):
        asking.ask_about_everyone(now=SUPPER + minute * MINUTE)
    assert len(told(two[1], AbsenceNoticed)) == 1
    assert PresenceQuestion.objects.count() == 1


def test_whoever_is_still_counting_is_not_interrupted(
    two: tuple[Resident, Resident], guard: Person, supper: DailyTime
) -> None:
    presence.mark(two[0], MarkedAs.HERE, by=guard, now=SUPPER + 29 * MINUTE)
    asking.ask_about_everyone(now=SUPPER + 31 * MINUTE)
    assert state(two[1]) == "none"
    asking.ask_about_everyone(now=SUPPER + 35 * MINUTE)
    assert state(two[1]) == CaseState.ABSENT


def test_a_roll_call_that_nobody_took_makes_no_child_absent(
    two: tuple[Resident, Resident], guard: Person, supper: DailyTime
) -> None:
    asking.ask_about_everyone(now=SUPPER + HOUR)
    assert RollCall.objects.get().nobody_took_it
    assert not Case.objects.exists()
    presence.mark(two[0], MarkedAs.HERE, by=guard, now=SUPPER + 2 * HOUR)
    asking.ask_about_everyone(now=SUPPER + 2 * HOUR + 6 * MINUTE)
    assert (state(two[0]), state(two[1])) == ("none", CaseState.ABSENT)


def test_silence_for_a_day_hides_nobody(two: tuple[Resident, Resident], guard: Person, supper: DailyTime) -> None:
    presence.mark(two[0], MarkedAs.HERE, by=guard, now=SUPPER)
    presence.mark(two[1], MarkedAs.HERE, by=guard, now=SUPPER)
    for hour in range(1, 80):
        asking.ask_about_everyone(now=SUPPER + hour * HOUR)
    asked = list(PresenceQuestion.objects.all())
    assert {one.resident for one in asked} == set(two)
    assert all(one.because == "unseen" and one.asked_at <= SUPPER + 49 * HOUR for one in asked)


def test_a_child_who_is_missing_already_is_not_noted_again(
    two: tuple[Resident, Resident], guard: Person, supper: DailyTime
) -> None:
    case = absence.notice(two[1], by=guard, now=SUPPER - DAY)
    absence.believe(case.id, by=guard, now=SUPPER - 23 * HOUR)
    presence.mark(two[0], MarkedAs.HERE, by=guard, now=SUPPER)
    asking.ask_about_everyone(now=SUPPER + HOUR)
    assert len(told(two[1], AbsenceNoticed)) == 1
    assert not PresenceQuestion.objects.exists()


def test_a_child_who_has_moved_out_is_not_asked_about(
    two: tuple[Resident, Resident], guard: Person, supper: DailyTime
) -> None:
    Resident.objects.filter(id=two[1].id).update(left=SUPPER.date())
    presence.mark(two[0], MarkedAs.HERE, by=guard, now=SUPPER)
    asking.ask_about_everyone(now=SUPPER + HOUR)
    assert not PresenceQuestion.objects.exists()


@pytest.mark.parametrize("here", [True, False])
def test_the_question_is_answered_with_one_tap(
    two: tuple[Resident, Resident], guard: Person, supper: DailyTime, here: bool
) -> None:
    presence.mark(two[0], MarkedAs.HERE, by=guard, now=SUPPER)
    asking.ask_about_everyone(now=SUPPER + HOUR)
    question = PresenceQuestion.objects.get()
    for _ in range(2):
        asking.answer(question, here, by=guard, now=SUPPER + 2 * HOUR)
    assert state(two[1]) == (CaseState.NONE if here else CaseState.ABSENT)
    assert len(told(two[1], AbsenceExplained if here else InquiryMade)) == 1


@pytest.mark.django_db(transaction=True)
def test_four_workers_at_once_ask_once(two: tuple[Resident, Resident], guard: Person, supper: DailyTime) -> None:
    presence.mark(two[0], MarkedAs.HERE, by=guard, now=SUPPER)
    leave(two[0], guard, at=SUPPER + MINUTE, back=SUPPER + 2 * MINUTE)
    at_once(lambda: asking.ask_about_everyone(now=SUPPER + HOUR))
    asking.ask_about_everyone(now=SUPPER + HOUR)
    assert [len(told(one, AbsenceNoticed)) for one in two] == [1, 1]
    assert PresenceQuestion.objects.count() == 2


# Agreed leave


def test_one_who_is_not_back_is_noted_after_the_grace(child: Callable[..., Resident], guard: Person) -> None:
    selam = child()
    leave(selam, guard, back=SUPPER)
    asking.ask_about_everyone(now=SUPPER + 29 * MINUTE)
    assert state(selam) == "none"
    asking.ask_about_everyone(now=SUPPER + 30 * MINUTE)
    asking.ask_about_everyone(now=SUPPER + 31 * MINUTE)
    (noticed,) = told(selam, AbsenceNoticed)
    assert isinstance(noticed, AbsenceNoticed)
    assert noticed.how is NoticedHow.NOT_BACK_AT_AGREED_TIME
    assert "Skulle være tilbake kl. 17.00" in (noticed.note or "")


def test_one_who_is_back_in_time_is_not_asked_about(child: Callable[..., Resident], guard: Person) -> None:
    selam = child()
    leave(selam, guard, back=SUPPER)
    presence.mark(selam, MarkedAs.HERE, by=guard, now=SUPPER - MINUTE)
    asking.ask_about_everyone(now=SUPPER + HOUR)
    assert state(selam) == "none"


def test_a_changed_return_time_counts_instead_of_the_old(child: Callable[..., Resident], guard: Person) -> None:
    selam = child()
    first = leave(selam, guard, back=SUPPER)
    facts = {"kind": "agreed", "from_at": first.from_at, "return_at": SUPPER + 2 * HOUR}
    changed = leaves.change(first, facts, by=guard, now=SUPPER - HOUR)
    assert changed.replaces == first
    asking.ask_about_everyone(now=SUPPER + HOUR)
    assert state(selam) == "none"
    asking.ask_about_everyone(now=SUPPER + 2 * HOUR + 30 * MINUTE)
    assert state(selam) == CaseState.ABSENT


def test_a_return_that_has_passed_can_not_be_agreed_on(child: Callable[..., Resident], guard: Person) -> None:
    with pytest.raises(WrongTime, match="passert"):
        leave(child(), guard, at=SUPPER, back=SUPPER - HOUR)


def test_two_agreements_of_the_same_hours_are_refused(child: Callable[..., Resident], guard: Person) -> None:
    selam = child()
    leave(selam, guard, back=SUPPER)
    with pytest.raises(NotNow, match="allerede"):
        leave(selam, guard, back=SUPPER + HOUR)


def test_a_child_out_for_supper_by_agreement_is_not_missed_there(
    two: tuple[Resident, Resident], guard: Person, supper: DailyTime
) -> None:
    leave(two[1], guard, back=SUPPER + 3 * HOUR)
    presence.mark(two[0], MarkedAs.HERE, by=guard, now=SUPPER)
    asking.ask_about_everyone(now=SUPPER + HOUR)
    assert state(two[1]) == "none"


# The clock's nights


def test_a_time_that_the_clock_skips_is_asked_for_once() -> None:
    spring = datetime(2026, 3, 28, 12, 0, tzinfo=UTC)
    (at,) = occurrences(time(2, 30), "1234567", since=spring, until=spring + timedelta(hours=20))
    assert at == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)


def test_a_time_that_comes_twice_is_the_earlier_and_only_that() -> None:
    autumn = datetime(2026, 10, 24, 12, 0, tzinfo=UTC)
    (at,) = occurrences(time(2, 30), "1234567", since=autumn, until=autumn + timedelta(hours=20))
    assert at == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_school_days_have_no_saturday() -> None:
    monday = datetime(2026, 3, 2, 0, 0, tzinfo=UTC)
    days = list(occurrences(time(8, 0), "12345", since=monday, until=monday + timedelta(days=14)))
    assert len(days) == 10
    assert all(one.isoweekday() <= 5 for one in days)


def test_the_same_question_asks_the_database_no_more_for_more_children(
    child: Callable[..., Resident], guard: Person, django_assert_max_num_queries: Callable[..., object]
) -> None:
    for number in range(12):
        child(given_name=f"Barn {number}")
    with django_assert_max_num_queries(8):  # type: ignore[attr-defined]
        presence.roll(guard.centre, SUPPER)
    assert connection.vendor == "postgresql"
