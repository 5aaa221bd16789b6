"""What an issuer's settings must say, and what is refused with a reason at the start."""

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from django.core.exceptions import ImproperlyConfigured

from oidc.house_of_keys import pem
from savnet.web.oidc.belonging import organisations
from savnet.web.oidc.issuers import _read

KEY = pem(ec.generate_private_key(ec.SECP256R1()))
GOOD = {
    "slug": '"udi"',
    "name": '"UDI"',
    "issuer": '"https://login.example"',
    "client_id": '"savnet"',
    "key": f'"""{KEY}"""',
    "signs_with": '"ES256"',
    "acr": '["substantial"]',
    "organisation_claim": '"orgno"',
    "organisations": '{ 999888777 = ["regional_officer"] }',
}


def written(**change: str) -> str:
    return "[[issuer]]\n" + "\n".join(f"{name} = {value}" for name, value in (GOOD | change).items() if value)


def test_settings_that_say_it_all_are_taken() -> None:
    (one,) = _read(written())
    assert one.organisations == {"999888777": ("regional_officer",)}


def test_without_settings_there_are_no_issuers() -> None:
    assert _read("") == ()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"acr": "[]"}, "at least one level"),
        ({"acr": ""}, "acr is missing"),
        ({"issuer": '"http://login.example"'}, "https"),
        ({"organisation_claim": ""}, "no_organisation"),
        ({"organisations": ""}, "no_organisation"),
        ({"no_organisation": '"ID-porten has none"'}, "no_organisation"),
        ({"subject": '"email"'}, "pid or sub"),
        ({"algorithms": '["none"]'}, "algorithms"),
        ({"algorithms": '["HS256"]'}, "algorithms"),
        ({"scop": '"openid"'}, "scop is not a setting"),
        ({"key": '"not a key"'}, "PEM"),
        ({"key": f'"""{pem(rsa.generate_private_key(public_exponent=65537, key_size=2048))}"""'}, "PEM for ES256"),
        ({"slug": "1 ="}, "TOML"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_what_would_be_unsafe_stops_the_start(change: dict[str, str], said: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=said):
        _read(written(**change))


def test_two_issuers_of_one_name_stop_the_start() -> None:
    with pytest.raises(ImproperlyConfigured, match="same slug"):
        _read(f"{written()}\n{written()}")


def test_an_issuer_that_can_t_tell_the_organisation_must_say_why() -> None:
    change = {"organisation_claim": "", "organisations": "", "no_organisation": '"ID-porten knows no employer"'}
    (one,) = _read(written(**change))
    assert one.no_organisation


@pytest.mark.parametrize(
    ("told", "found"),
    [
        ("999888777", ["999888777"]),
        ("0192:999888777", ["999888777"]),
        ([{"reportees": [{"ID": "0192:999888777"}, {"ID": "0192:111222333"}]}], ["999888777", "111222333"]),
        ("0192:9998887770", []),
        ("x999888777", []),
        ("999888777\n", []),
        (999888777, []),
        (None, []),
    ],
)
def test_organisation_numbers_are_found_as_issuers_write_them(told: object, found: list[str]) -> None:
    assert list(organisations(told)) == found
