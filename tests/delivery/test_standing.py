"""How far a message has come, whatever attempts and receipts it has."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from savnet.delivery.standing import repeat_number, retry_at, standing
from savnet.delivery.words import AttemptOutcome, Progress

START = datetime(2026, 3, 2, 20, 0, tzinfo=UTC)
LADDER = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30))


@dataclass(frozen=True)
class Try:
    number: int
    started_at: datetime
    ended_at: datetime | None
    outcome: str | None
    channel: str = "encrypted_email"


@dataclass(frozen=True)
class Confirmation:
    by_name: str
    reference: str
    at: datetime


def tries(*outcomes: AttemptOutcome | None) -> list[Try]:
    hours = [START + timedelta(hours=number) for number in range(len(outcomes))]
    return [
        Try(number, at, at + timedelta(seconds=2) if outcome else None, outcome)
        for number, (at, outcome) in enumerate(zip(hours, outcomes, strict=True), start=1)
    ]


histories = st.lists(st.sampled_from(list(AttemptOutcome)), max_size=8).map(lambda outcomes: tries(*outcomes))
confirmations = st.lists(
    st.builds(
        Confirmation,
        by_name=st.text(min_size=1),
        reference=st.text(),
        at=st.datetimes(timezones=st.just(UTC)),
    ),
    max_size=3,
)


@given(histories)
def test_no_run_of_attempts_alone_makes_a_message_received(attempts: list[Try]) -> None:
    assert not standing(attempts, []).received


@given(histories, confirmations)
def test_received_means_that_a_named_person_said_so(attempts: list[Try], receipts: list[Confirmation]) -> None:
    now = standing(attempts, receipts)
    assert now.received == bool(receipts)
    if now.received:
        assert (now.received_by, now.received_at) in {(receipt.by_name, receipt.at) for receipt in receipts}


@given(histories, confirmations)
def test_a_receipt_never_changes_how_far_the_sending_came(attempts: list[Try], receipts: list[Confirmation]) -> None:
    assert standing(attempts, receipts).progress == standing(attempts, []).progress


@given(histories)
def test_sent_means_that_an_attempt_was_accepted(attempts: list[Try]) -> None:
    accepted = any(attempt.outcome == AttemptOutcome.ACCEPTED for attempt in attempts)
    now = standing(attempts, [])
    assert (now.sent_at is not None) == accepted == (now.progress == Progress.ACCEPTED)


@given(histories, st.randoms())
def test_the_order_in_which_rows_are_read_does_not_matter(attempts: list[Try], random: object) -> None:
    shuffled = list(attempts)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert standing(shuffled, []) == standing(attempts, [])


@given(histories)
def test_a_repeat_is_marked_exactly_when_an_earlier_one_may_have_arrived(attempts: list[Try]) -> None:
    certain = {AttemptOutcome.REFUSED, AttemptOutcome.REFUSED_FOR_NOW, AttemptOutcome.NOT_REACHED}
    assert (repeat_number(attempts) > 1) == any(attempt.outcome not in certain for attempt in attempts)


@given(histories)
def test_a_retry_lies_after_the_attempt_it_follows(attempts: list[Try]) -> None:
    again = retry_at(attempts, LADDER)
    assert again is None or again > max(attempt.started_at for attempt in attempts)


def test_the_waits_follow_the_houses_ladder_and_its_last_step_repeats() -> None:
    busy = AttemptOutcome.REFUSED_FOR_NOW
    for count, wait in ((1, 1), (2, 5), (3, 30), (4, 30)):
        attempts = tries(*[busy] * count)
        assert retry_at(attempts, LADDER) == attempts[-1].ended_at + timedelta(minutes=wait)  # type: ignore[operator]


def test_no_retry_of_what_was_accepted_refused_for_good_or_is_under_way() -> None:
    for outcome in (AttemptOutcome.ACCEPTED, AttemptOutcome.REFUSED, None):
        assert retry_at(tries(outcome), LADDER) is None
    assert retry_at(tries(AttemptOutcome.ACCEPTED, AttemptOutcome.UNKNOWN), LADDER) is None
    assert retry_at([], LADDER) is None
    assert retry_at(tries(AttemptOutcome.UNKNOWN), ()) is None


def test_an_attempt_without_an_outcome_is_under_way_and_may_have_arrived() -> None:
    assert standing(tries(None), []).progress == Progress.UNDER_WAY
    assert repeat_number(tries(None)) == 2
