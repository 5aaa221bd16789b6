"""Where a request comes from: our own proxy's word counts, and nobody else's."""

import pytest
from django.test import RequestFactory
from pytest_django import Settings

from savnet.web.accounts.device import place


def seen(**heads: str) -> str:
    return place(RequestFactory().get("/", REMOTE_ADDR="192.0.2.7", headers=heads))


def test_without_a_proxy_of_ours_nobody_chooses_where_to_come_from(settings: Settings) -> None:
    settings.BEHIND_PROXY = False
    assert seen(**{"x-forwarded-for": "198.51.100.1"}) == "192.0.2.7"


def test_behind_our_proxy_only_what_it_added_itself_counts(settings: Settings) -> None:
    settings.BEHIND_PROXY = True
    assert seen(**{"x-forwarded-for": "203.0.113.9, 198.51.100.1"}) == "198.51.100.1"
    assert seen() == "192.0.2.7"


@pytest.mark.parametrize("told", ["198.51.100.1, unknown", "198.51.100.1,", "' OR 1=1"])
def test_what_is_no_address_is_one_place_for_all(settings: Settings, told: str) -> None:
    settings.BEHIND_PROXY = True
    assert seen(**{"x-forwarded-for": told}) == "unknown"


def test_all_of_a_subscribers_addresses_are_one_place(settings: Settings) -> None:
    settings.BEHIND_PROXY = True
    assert seen(**{"x-forwarded-for": "2001:db8:1:2::1"}) == seen(**{"x-forwarded-for": "2001:db8:1:2:ffff::9"})
