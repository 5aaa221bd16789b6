"""What is sealed opens only whole, under its own key, and where it belongs."""

from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from savnet.sealing import Tampered, binding, new_key, open_sealed, seal

KEY = bytes(range(32))

PARTS = st.one_of(st.text(), st.binary(), st.integers(), st.uuids(), st.datetimes(timezones=st.just(UTC)))


@given(plaintext=st.binary(), bound=st.binary())
def test_what_was_sealed_opens_again(plaintext: bytes, bound: bytes) -> None:
    assert open_sealed(KEY, seal(KEY, plaintext, bound), bound) == plaintext


@given(plaintext=st.binary(max_size=40), place=st.integers(min_value=0))
def test_any_flipped_bit_breaks_the_seal(plaintext: bytes, place: int) -> None:
    sealed = bytearray(seal(KEY, plaintext, b"here"))
    place %= len(sealed) * 8
    sealed[place // 8] ^= 1 << (place % 8)
    with pytest.raises(Tampered):
        open_sealed(KEY, bytes(sealed), b"here")


@given(length=st.integers(min_value=0, max_value=200))
def test_a_cut_seal_does_not_open(length: int) -> None:
    sealed = seal(KEY, b"seen at the station in the north", b"here")
    with pytest.raises(Tampered):
        open_sealed(KEY, sealed[: min(length, len(sealed) - 1)], b"here")


def test_a_seal_does_not_open_elsewhere() -> None:
    with pytest.raises(Tampered):
        open_sealed(KEY, seal(KEY, b"text", b"record 1"), b"record 2")


def test_a_seal_does_not_open_under_another_key() -> None:
    with pytest.raises(Tampered):
        open_sealed(new_key(), seal(KEY, b"text", b"here"), b"here")


def test_the_same_text_is_never_sealed_alike() -> None:
    assert seal(KEY, b"text", b"here") != seal(KEY, b"text", b"here")


def test_a_short_key_is_refused_rather_than_used_as_a_weaker_cipher() -> None:
    with pytest.raises(ValueError, match="32 bytes, not 16"):
        seal(bytes(16), b"text", b"here")


@given(first=st.lists(PARTS, max_size=4), second=st.lists(PARTS, max_size=4))
def test_two_different_lists_never_bind_alike(first: list[object], second: list[object]) -> None:
    same = [(type(part), part) for part in first] == [(type(part), part) for part in second]
    assert (binding(*first) == binding(*second)) is same  # type: ignore[arg-type]


def test_parts_cannot_slide_into_each_other() -> None:
    assert binding("ab", "c") != binding("a", "bc")
    assert binding("1") != binding(1)
    assert binding(UUID(int=1)) != binding(UUID(int=1).bytes)


def test_an_instant_binds_alike_in_every_zone() -> None:
    instant = datetime(2026, 3, 2, 19, tzinfo=UTC)
    assert binding(instant) == binding(instant.astimezone(timezone(timedelta(hours=1))))


def test_a_local_time_without_zone_cannot_be_bound() -> None:
    with pytest.raises(TypeError, match="aware datetime"):
        binding(datetime(2026, 3, 2, 19))  # noqa: DTZ001
