"""Guessing is slowed; and whatever an attacker does, the night guard gets in from where she has been before."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from savnet.access.sign_in import guessing
from savnet.access.sign_in.guessing import CODE_ELSEWHERE, PASSWORD_HERE, PLACE, From, Limit, TooManyGuesses

NOW = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)
ATTACKER, ANOTHER = From("203.0.113.7"), From("198.51.100.9")
GUARD = From("192.0.2.1", "her own telephone")


def tries(account: str, origin: From, now: datetime, times: int) -> int:
    """How many of so many tries at a password are looked at."""
    looked_at = 0
    for _ in range(times):
        try:
            guessing.spend(guessing.password(account, origin), now)
        except TooManyGuesses:
            continue
        looked_at += 1
    return looked_at


@pytest.mark.usefixtures("db")
class TestPasswords:
    def test_from_one_place_six_at_once_and_then_one_in_three_minutes(self) -> None:
        assert tries("nora", ATTACKER, NOW, 100) == PASSWORD_HERE.burst == 6
        assert tries("nora", ATTACKER, NOW + timedelta(minutes=2, seconds=50), 100) == 0
        assert tries("nora", ATTACKER, NOW + timedelta(minutes=3, seconds=1), 100) == 1

    def test_a_day_of_guessing_from_one_place_is_under_five_hundred(self) -> None:
        start = tries("nora", ATTACKER, NOW, 10)
        day = sum(tries("nora", ATTACKER, NOW + timedelta(minutes=minute), 2) for minute in range(1, 24 * 60))
        assert start + day < 500

    def test_many_names_from_one_place_are_slowed_together(self) -> None:
        looked_at = sum(tries(f"person-{number}", ATTACKER, NOW, 1) for number in range(500))
        assert looked_at == PLACE.burst

    def test_who_is_told_to_wait_is_told_how_long(self) -> None:
        tries("nora", ATTACKER, NOW, 6)
        with pytest.raises(TooManyGuesses) as slowed:
            guessing.spend(guessing.password("nora", ATTACKER), NOW)
        assert slowed.value.minutes == 3

    def test_to_go_on_asking_does_not_make_the_wait_longer(self) -> None:
        tries("nora", ATTACKER, NOW, 1000)
        assert tries("nora", ATTACKER, NOW + timedelta(minutes=3, seconds=1), 1) == 1

    def test_a_thousand_places_that_know_her_name_do_not_keep_the_guard_out(self) -> None:
        for number in range(1000):
            tries("nora", From(f"place {number}"), NOW, 7)
        assert tries("nora", GUARD, NOW, 1) == 1
        assert tries("nora", ANOTHER, NOW, 1) == 1, "nor from a new device of hers, at a place of her own"

    def test_an_attacker_on_the_same_network_does_not_keep_her_known_device_out(self) -> None:
        tries("nora", From(GUARD.place), NOW, 1000)
        for number in range(1000):
            tries(f"person-{number}", From(GUARD.place), NOW, 1)
        assert tries("nora", GUARD, NOW, 1) == 1

    def test_a_right_password_costs_nothing(self) -> None:
        for _ in range(100):
            spent = guessing.password("nora", ATTACKER)
            guessing.spend(spent, NOW)
            guessing.refund(spent)

    def test_upper_case_is_another_name_but_no_way_round_the_place(self) -> None:
        names = ("nora", "Nora", "NORA")
        assert sum(tries(name, ATTACKER, NOW, 100) for name in names) <= PLACE.burst


@pytest.mark.usefixtures("db")
class TestCodes:
    def test_from_unknown_devices_everywhere_together_ten_and_then_ten_an_hour(self) -> None:
        def guess(number: int, now: datetime) -> bool:
            try:
                guessing.spend(guessing.code("nora", From(f"place {number}")), now)
            except TooManyGuesses:
                return False
            return True

        assert sum(guess(number, NOW) for number in range(500)) == CODE_ELSEWHERE.burst
        day = [guess(number, NOW + timedelta(minutes=number)) for number in range(1, 24 * 60)]
        assert sum(day) <= 24 * 10
        assert sum(day) / 10**6 * 3 < 0.001, "a day of it hits with less than one in a thousand"

    def test_her_known_device_has_its_own(self) -> None:
        for number in range(500):
            with pytest.raises(TooManyGuesses):
                spend_all(guessing.code("nora", From(f"place {number}")))
        guessing.spend(guessing.code("nora", GUARD), NOW)


def spend_all(budgets: tuple[guessing.Spent, ...]) -> None:
    """Guess until there is nothing left to guess with."""
    for _ in range(20):
        guessing.spend(budgets, NOW)


class AnyOrder(TestCase):
    @settings(max_examples=40)
    @given(st.lists(st.integers(0, 600), max_size=40))
    def test_never_more_than_the_burst_and_what_time_gave_back(self, waits: list[int]) -> None:
        limit = Limit("any", 4, timedelta(minutes=2))
        now, looked_at = NOW, 0
        for wait in waits:
            now += timedelta(seconds=wait)
            try:
                guessing.spend([(limit, ("somebody",))], now)
            except TooManyGuesses:
                continue
            looked_at += 1
        assert looked_at <= limit.burst + (now - NOW) / limit.each
