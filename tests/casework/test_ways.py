"""The table of ways, held to what the rules let count; and that every way leaves time for the next."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from savnet.casework.ways import WAYS, WIRED, ways_for
from savnet.policy.ways import BY_HAND, LEAST, LONGEST, LOOK, give_up_at
from savnet.rules.discharge import by_post_or_encrypted, in_writing, not_by_phone, to_the_police
from savnet.rules.events import Done
from savnet.rules.words import Channel, Recipient

START = datetime(2026, 3, 2, 20, 0, tzinfo=UTC)
COUNTS = {
    "a-1": to_the_police,
    "d-5": by_post_or_encrypted,
    "b-4": in_writing,
    "2.2-7": in_writing,
    "b-9": not_by_phone,
    "3-8": not_by_phone,
    "4-18": not_by_phone,
}
starts = st.timedeltas(min_value=timedelta(0), max_value=timedelta(hours=40)).map(lambda after: START + after)
channels = st.lists(st.sampled_from(sorted(WIRED)), min_size=1, max_size=5, unique=True)


@pytest.mark.parametrize("duty", COUNTS)
def test_every_way_in_the_table_counts_by_the_circular(duty: str) -> None:
    ways = WAYS[duty]
    for channel in (*ways.by_wire, ways.by_hand):
        called = Channel.AGREED_CHANNEL if ways.when_agreed and channel in WIRED else channel
        assert COUNTS[duty](Done(at=START, by="prøve", obligation=duty, channel=called)), (duty, channel)


def test_the_region_s_copy_goes_by_encrypted_email_or_post_and_no_other_way() -> None:
    assert (WAYS["d-5"].by_wire, WAYS["d-5"].by_hand) == ((Channel.ENCRYPTED_EMAIL,), Channel.POST)


def test_nothing_ever_goes_in_clear_by_telephone_or_by_a_way_that_only_hands_carry() -> None:
    for ways in WAYS.values():
        assert set(ways.by_wire) <= WIRED
        assert Channel.EMAIL not in ways.by_wire


@given(st.sampled_from(sorted(WAYS)), st.sampled_from(Recipient))
def test_the_portal_for_concern_messages_is_for_child_welfare_only(duty: str, recipient: Recipient) -> None:
    if recipient is not Recipient.CHILD_WELFARE:
        assert Channel.FIKS not in ways_for(duty, recipient).by_wire


@given(channels)
def test_a_day_is_enough_for_every_channel_in_turn_and_for_a_person_after_them(tried: list[Channel]) -> None:
    latest, begun = START + timedelta(hours=24), START
    for left, channel in zip(reversed(range(len(tried))), tried, strict=True):
        over = give_up_at(channel, begun, latest=latest, left=left)
        assert begun + LEAST <= over <= begun + LONGEST[channel]
        begun = over
    assert latest - begun >= BY_HAND


@given(channels, st.timedeltas(min_value=timedelta(0), max_value=timedelta(hours=24)))
def test_however_little_is_left_each_gets_its_least_and_what_can_be_kept_for_a_person_is(
    tried: list[Channel], had: timedelta
) -> None:
    latest, begun = START + had, START
    for left, channel in zip(reversed(range(len(tried))), tried, strict=True):
        begun = give_up_at(channel, begun, latest=latest, left=left)
    if had >= BY_HAND + len(tried) * LEAST:
        assert latest - begun >= BY_HAND
    else:
        assert begun <= max(START + len(tried) * LEAST, latest - BY_HAND)


@given(st.sampled_from(sorted(WIRED)), starts)
def test_without_a_limit_a_channel_has_its_longest(channel: Channel, begun: datetime) -> None:
    assert give_up_at(channel, begun, latest=None, left=4) == begun + LONGEST[channel]


def test_a_channel_is_asked_often_before_it_has_had_its_time() -> None:
    assert sum(LOOK, timedelta(0)) < min(LONGEST.values())
