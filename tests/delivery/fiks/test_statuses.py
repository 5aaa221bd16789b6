"""The portal's history, read the same however it was told: out of order, doubled, with words that are new."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from savnet.delivery.channels.fiks.statuses import IN_WORDS, MEANS, Entry, NoStatus, State, gone_at, read, told
from savnet.delivery.words import Meaning

AT = datetime(2026, 3, 2, 20, 5, tzinfo=UTC)

entries = st.builds(
    Entry,
    at=st.integers(0, 10_000).map(lambda minutes: AT + timedelta(minutes=minutes)),
    name=st.sampled_from([*State, "NOE_NYTT"]).map(str),
)


@given(history=st.lists(entries, max_size=8), data=st.data())
def test_the_order_and_number_of_tellings_do_not_matter(history: list[Entry], data: st.DataObject) -> None:
    doubled = history + data.draw(st.lists(st.sampled_from(history), max_size=4)) if history else history
    assert told(data.draw(st.permutations(doubled))) == told(history)


@given(history=st.lists(entries, max_size=8))
def test_nothing_that_was_told_is_lost(history: list[Entry]) -> None:
    assert {(one.at, one.name) for one in told(history)} == {(one.at, one.name) for one in history}


def test_every_word_of_the_portal_means_something_and_can_be_read() -> None:
    assert set(MEANS) == set(IN_WORDS) == set(State)
    assert [state for state in State if MEANS[state] is Meaning.DELIVERED] == [State.DELIVERED]


def test_nothing_the_portal_tells_means_that_anybody_has_opened_it() -> None:
    assert Meaning.OPENED not in MEANS.values()


def test_a_new_word_is_kept_and_means_nothing() -> None:
    (status,) = told([Entry(AT, "NOE_NYTT")])
    assert (status.name, status.meaning) == ("NOE_NYTT", Meaning.OTHER)


def test_what_went_as_a_letter_is_said_to_have_gone_as_a_letter() -> None:
    history = [Entry(AT, State.DELIVERED), Entry(AT.replace(hour=1), State.SENT_TO_PRINT)]
    assert told(history)[-1].description == "Levert til posten som brev."
    assert "fagsystemet" in told(history[:1])[0].description


@pytest.mark.parametrize(
    ("written", "at"),
    [
        ("2026-03-02T21:05:00", AT),
        ("2026-03-02T21:05:00.123", AT.replace(microsecond=123000)),
        ("2026-07-02T22:05:00", datetime(2026, 7, 2, 20, 5, tzinfo=UTC)),
        ("2026-03-02T20:05:00Z", AT),
        ("2026-10-25T02:30:00", datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
    ],
)
def test_an_instant_without_a_zone_is_norwegian_and_an_ambiguous_one_the_earlier(written: str, at: datetime) -> None:
    assert read([{"tidspunkt": written, "tilstand": "LEVERT"}]) == (Entry(at, "LEVERT"),)


@pytest.mark.parametrize(
    "rows",
    [
        None,
        {},
        "LEVERT",
        [None],
        [[]],
        [{}],
        [{"tilstand": "LEVERT"}],
        [{"tidspunkt": 1, "tilstand": "LEVERT"}],
        [{"tidspunkt": "i går", "tilstand": "LEVERT"}],
    ],
)
def test_what_is_no_history_is_not_read_as_one(rows: object) -> None:
    with pytest.raises(NoStatus):
        read(rows)


def test_the_portal_keeps_a_message_for_thirty_days() -> None:
    assert gone_at(AT) == datetime(2026, 4, 1, 20, 5, tzinfo=UTC)
