"""Which passwords are refused: what is easily guessed, and never because of which characters it is made of."""

from itertools import pairwise

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from hypothesis import assume, given
from hypothesis import strategies as st

from savnet.access.sign_in.passwords import NotARow


@pytest.mark.parametrize(
    "password",
    [
        "803116052947",
        "fire ord som ingen kjenner",
        "бабочка летит низко",
        "🦊🐟🐬🌲⛵🗻🔑🧭🪁🎈🧊🪶",
        "KRAKKRAKKEGREVLING",
    ],
)
def test_any_characters_may_be_used(password: str) -> None:
    validate_password(password)


@pytest.mark.parametrize(
    "password",
    ["123456789012", "098765432109", "121212121212", "aaaaaaaaaaaa", "abcdefghijkl", "135791357913", "abababababab"],
)
def test_a_row_and_a_repetition_are_refused(password: str) -> None:
    with pytest.raises(ValidationError, match="rekke"):
        NotARow().validate(password)


@given(st.text(alphabet="0123456789", min_size=12, max_size=64))
def test_digits_alone_are_refused_for_being_a_row_and_for_nothing_else(password: str) -> None:
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(password)}
    assume(len(set(password)) >= 5 and len(steps) > 1)
    NotARow().validate(password)
