"""What became of what a channel took, with statuses that come early, late, twice and in the wrong order."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from delivery.test_standing import START, Confirmation, Try, tries
from savnet.delivery.course import ARRIVED, LOST, course, next_look
from savnet.delivery.standing import came_back, progress, repeat_number, retry_at, standing
from savnet.delivery.words import SENT, AttemptOutcome, Meaning, Progress

TAKEN, UNKNOWN, ACCEPTED = AttemptOutcome.TAKEN, AttemptOutcome.UNKNOWN, AttemptOutcome.ACCEPTED
CHANNEL = "encrypted_email"  # that of the tries; which one it is does not matter here
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Told:
    meaning: Meaning
    at: datetime
    read_at: datetime
    channel: str = CHANNEL


def told(*meanings: Meaning, start: datetime = START, channel: str = CHANNEL) -> list[Told]:
    """One status a minute, all read an hour later."""
    return [
        Told(meaning, start + number * MINUTE, start + timedelta(hours=1), channel)
        for number, meaning in enumerate(meanings, start=1)
    ]


instants = st.datetimes(datetime(2026, 3, 1), datetime(2026, 3, 4), timezones=st.just(UTC))  # noqa: DTZ001 - given UTC
reports = st.lists(
    st.builds(Told, meaning=st.sampled_from(Meaning), at=instants, read_at=instants, channel=st.just(CHANNEL)),
    max_size=8,
)
outcomes = st.lists(st.sampled_from(list(AttemptOutcome)), max_size=5).map(lambda some: tries(*some))


@given(outcomes, reports, st.randoms(use_true_random=False))
def test_the_order_in_which_statuses_are_read_does_not_matter(
    attempts: list[Try], statuses: list[Told], random: Random
) -> None:
    shuffled = list(statuses)
    random.shuffle(shuffled)
    assert standing(attempts, [], shuffled) == standing(attempts, [], statuses)


@given(outcomes, reports)
def test_a_status_told_twice_is_told_once(attempts: list[Try], statuses: list[Told]) -> None:
    assert standing(attempts, [], statuses + statuses) == standing(attempts, [], statuses)


@given(outcomes, reports)
def test_no_status_makes_a_message_received(attempts: list[Try], statuses: list[Told]) -> None:
    assert not standing(attempts, [], statuses).received


@given(outcomes, reports)
def test_a_receipt_stands_apart_from_what_the_channel_tells(attempts: list[Try], statuses: list[Told]) -> None:
    receipt = Confirmation("Ida Vik", "24/17", START)
    assert standing(attempts, [receipt], statuses).progress == standing(attempts, [], statuses).progress


@given(reports)
def test_what_is_taken_is_sent_only_when_it_is_delivered_or_opened(statuses: list[Told]) -> None:
    now = standing(tries(TAKEN), [], statuses)
    arrived = any(status.meaning in ARRIVED for status in statuses)
    assert (now.sent_at is not None) == (now.progress in SENT) == (now.delivered_at is not None) == arrived


@given(outcomes, reports, reports)
def test_what_is_once_sent_is_never_unsent_unless_what_was_accepted_comes_back(
    attempts: list[Try], statuses: list[Told], later: list[Told]
) -> None:
    in_all = [*statuses, *later]
    before, after = standing(attempts, [], statuses), standing(attempts, [], in_all)
    accepted = [one for one in attempts if one.outcome == ACCEPTED and not came_back(one, statuses)]
    if before.delivered_at:
        assert after.progress in SENT
    if before.progress in SENT and not any(came_back(one, in_all) for one in accepted):
        assert after.progress in SENT
        assert before.sent_at is not None
        assert after.sent_at is not None
        assert after.sent_at <= before.sent_at


@given(outcomes, reports)
def test_no_instant_lies_after_we_read_of_it_or_before_the_first_try(attempts: list[Try], statuses: list[Told]) -> None:
    now = standing(attempts, [], statuses)
    for at in (now.delivered_at, now.opened_at, now.failed_at):
        if at is None:
            continue
        assert now.first_attempt_at is None or at >= now.first_attempt_at
        assert at <= max(*(status.read_at for status in statuses), now.first_attempt_at or at)


@given(outcomes, reports)
def test_opened_is_delivered_too_and_not_before_it(attempts: list[Try], statuses: list[Told]) -> None:
    now = standing(attempts, [], statuses)
    if now.opened_at is not None:
        assert now.delivered_at is not None
        assert now.delivered_at <= now.opened_at


@given(reports)
def test_a_failure_is_shown_exactly_when_nothing_later_contradicts_it(statuses: list[Told]) -> None:
    now = course(statuses)
    decisive = [status for status in statuses if status.meaning in ARRIVED | LOST]
    if not decisive:
        assert now.failure is None
        return
    newest = max(min(status.at, status.read_at) for status in decisive)
    last = {status.meaning for status in decisive if min(status.at, status.read_at) == newest}
    assert (now.failure is not None) == bool(last & LOST)
    assert (now.failed_at is not None) == (now.failure is not None)


@given(outcomes, reports)
def test_nothing_is_tried_again_while_the_channel_has_it_or_when_it_is_there(
    attempts: list[Try], statuses: list[Told]
) -> None:
    hands_off = {*SENT, Progress.TAKEN, Progress.FAILED, Progress.EXPIRED}
    if progress(attempts, statuses) in hands_off:
        assert retry_at(attempts, [MINUTE], statuses=statuses) is None


@pytest.mark.parametrize(
    ("meanings", "expected"),
    [
        ((), Progress.TAKEN),
        ((Meaning.OTHER,), Progress.TAKEN),
        ((Meaning.ON_ITS_WAY,), Progress.TAKEN),
        ((Meaning.ON_ITS_WAY, Meaning.DELIVERED), Progress.DELIVERED),
        ((Meaning.DELIVERED, Meaning.ON_ITS_WAY), Progress.DELIVERED),
        ((Meaning.OPENED,), Progress.OPENED),
        ((Meaning.OPENED, Meaning.DELIVERED), Progress.OPENED),
        ((Meaning.FAILED,), Progress.FAILED),
        ((Meaning.EXPIRED,), Progress.EXPIRED),
        ((Meaning.EXPIRED, Meaning.DELIVERED), Progress.DELIVERED),
    ],
)
def test_how_far_a_letter_that_was_taken_has_come(meanings: Sequence[Meaning], expected: Progress) -> None:
    assert progress(tries(TAKEN), told(*meanings)) == expected


def test_a_failure_told_after_a_delivery_is_shown_beside_it() -> None:
    now = standing(tries(TAKEN), [], told(Meaning.DELIVERED, Meaning.FAILED))
    assert now.progress is Progress.DELIVERED
    assert now.sent_at is not None
    assert now.failure is Meaning.FAILED


def test_a_late_delivery_ends_the_alarm() -> None:
    assert standing(tries(TAKEN), [], told(Meaning.EXPIRED, Meaning.DELIVERED)).failed_at is None


def test_of_two_at_the_same_instant_the_failure_counts() -> None:
    both = [Told(meaning, START, START) for meaning in (Meaning.FAILED, Meaning.DELIVERED)]
    assert course(both).failure is Meaning.FAILED


def test_a_clock_that_runs_ahead_delivers_nothing_before_we_heard_of_it() -> None:
    ahead = Told(Meaning.DELIVERED, START + timedelta(days=1), START + MINUTE)
    assert standing(tries(TAKEN), [], [ahead]).sent_at == START + MINUTE


def test_a_clock_that_runs_behind_delivers_nothing_before_we_sent_it() -> None:
    behind = Told(Meaning.DELIVERED, START - timedelta(days=1), START + MINUTE)
    assert standing(tries(TAKEN), [], [behind]).sent_at == START


def test_after_an_unclear_try_the_channel_may_tell_that_it_has_it() -> None:
    assert progress(tries(UNKNOWN), told(Meaning.ON_ITS_WAY)) is Progress.TAKEN
    assert retry_at(tries(UNKNOWN), [MINUTE], statuses=told(Meaning.ON_ITS_WAY)) is None
    assert progress(tries(UNKNOWN), told(Meaning.OTHER)) is Progress.UNKNOWN
    assert retry_at(tries(UNKNOWN), [MINUTE], statuses=told(Meaning.OTHER)) is not None


def test_what_was_lost_on_one_way_says_nothing_of_the_next() -> None:
    lost = told(Meaning.EXPIRED, channel="eformidling")
    by_mail = tries(UNKNOWN)
    assert progress(by_mail, lost) is Progress.UNKNOWN
    assert retry_at(by_mail, [MINUTE], statuses=lost) is not None
    assert progress(tries(ACCEPTED), lost) is Progress.ACCEPTED


def test_what_arrives_after_all_on_the_way_given_up_is_there() -> None:
    late = told(Meaning.EXPIRED, Meaning.DELIVERED, channel="eformidling")
    assert progress(tries(UNKNOWN), late) is Progress.DELIVERED


def test_what_was_taken_may_have_arrived() -> None:
    assert repeat_number(tries(TAKEN)) == 2


ladders = st.lists(st.timedeltas(timedelta(seconds=1), timedelta(hours=2)), min_size=1, max_size=5)


@given(instants, st.timedeltas(timedelta(0), timedelta(days=40)), ladders)
def test_the_next_look_lies_ahead_and_no_further_than_the_longest_step(
    taken_at: datetime, since: timedelta, ladder: list[timedelta]
) -> None:
    now = taken_at + since
    assert now < next_look(taken_at, now, ladder=ladder) <= now + max(ladder)


@given(instants, ladders)
def test_the_looks_follow_the_ladder_and_its_last_step_repeats(taken_at: datetime, ladder: list[timedelta]) -> None:
    now = taken_at
    for step in [*ladder, ladder[-1], ladder[-1]]:
        look = next_look(taken_at, now, ladder=ladder)
        assert look - now == step
        now = look


@pytest.mark.parametrize("ladder", [[], [timedelta(0)], [MINUTE, -MINUTE]])
def test_a_ladder_that_leads_nowhere_is_refused(ladder: list[timedelta]) -> None:
    with pytest.raises(ValueError, match="ladder"):
        next_look(START, START, ladder=ladder)
