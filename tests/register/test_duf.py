"""The DUF number: hard on length and year, soft on the check digits."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from savnet.register.duf import check_duf


def with_check_digits(first_ten: str) -> str:
    weights = [4, 6, 3, 2, 4, 6, 3, 2, 7, 5]
    remainder = sum(weight * int(digit) for weight, digit in zip(weights, first_ten, strict=True)) % 11
    return f"{first_ten}{remainder:02}"


@given(st.integers(1990, 2026), st.integers(0, 999_999))
def test_a_number_with_right_check_digits_passes(year: int, serial: int) -> None:
    number = with_check_digits(f"{year}{serial:06}")
    check = check_duf(f"{number[:4]} {number[4:10]} {number[10:]}", 2026)
    assert (check.digits, check.errors, check.warnings) == (number, (), ())


@given(st.integers(1990, 2026), st.integers(0, 999_999), st.integers(1, 99))
def test_wrong_check_digits_are_a_warning_that_may_be_overridden(year: int, serial: int, off: int) -> None:
    number = with_check_digits(f"{year}{serial:06}")
    wrong = f"{number[:10]}{(int(number[10:]) + off) % 100:02}"
    check = check_duf(wrong, 2026)
    assert not check.errors
    assert len(check.warnings) == 1


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("20261723820", "12 sifre. Dette har 11"),
        ("2026172382010", "12 sifre. Dette har 13"),
        ("2026O7238201", "bare ha sifre"),
        ("", "bare ha sifre"),
        ("٢٠٢٦١٧٢٣٨٢٠١", "bare ha sifre"),
        ("202717238201", "2027 kan ikke stemme"),
        ("190017238201", "1900 kan ikke stemme"),
    ],
)
def test_what_cannot_be_a_number_is_an_error(text: str, says: str) -> None:
    check = check_duf(text, 2026)
    assert says in check.errors[0]
    assert not check.warnings
