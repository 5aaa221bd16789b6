"""The store of receivers' certificates: the right one is found, and nobody is surprised when one runs out."""

from datetime import timedelta

import pytest

from delivery.conftest import CWS, NOW, Cast
from savnet.delivery.certificates import add_certificate, expiring, newest_certificate, withdraw_certificate
from savnet.delivery.models import ReceiverCertificate

DAY = timedelta(days=1)
pytestmark = pytest.mark.django_db


def added(cast: Cast, address: str = CWS, **terms: object) -> ReceiverCertificate:
    pem = cast.mail(address, **terms).certificate_pem().decode()
    return add_certificate(address, pem, by="drift", now=NOW)


def test_no_certificate_is_none() -> None:
    assert newest_certificate(CWS, NOW) is None


def test_capitals_in_the_address_find_the_same_certificate(cast: Cast) -> None:
    kept = added(cast)
    assert newest_certificate(CWS.upper(), NOW) == kept.certificate


def test_the_same_certificate_twice_is_one(cast: Cast) -> None:
    first = added(cast)
    assert add_certificate(CWS, first.certificate, by="drift", now=NOW + DAY) == first


def test_the_valid_one_is_used_though_a_later_one_is_on_file(cast: Cast) -> None:
    valid = added(cast, valid_until=NOW + DAY)
    added(cast, valid_from=NOW + DAY, valid_until=NOW + 90 * DAY)
    assert newest_certificate(CWS, NOW) == valid.certificate


def test_where_none_is_valid_the_last_is_given_so_that_the_reason_can_be_told(cast: Cast) -> None:
    added(cast, valid_from=NOW - 9 * DAY, valid_until=NOW - 5 * DAY)
    last = added(cast, valid_from=NOW - 9 * DAY, valid_until=NOW - DAY)
    assert newest_certificate(CWS, NOW) == last.certificate


def test_a_withdrawn_certificate_is_used_no_more(cast: Cast) -> None:
    withdraw_certificate(added(cast), by="drift", now=NOW)
    assert newest_certificate(CWS, NOW) is None


def test_what_is_no_certificate_is_refused() -> None:
    with pytest.raises(ValueError, match="PEM"):
        add_certificate(CWS, "-----BEGIN CERTIFICATE-----", by="drift", now=NOW)


def test_a_certificate_that_runs_out_is_named_in_time_unless_a_later_one_follows(cast: Cast) -> None:
    soon = added(cast, valid_until=NOW + 20 * DAY)
    added(cast, "annen@granvik.example", valid_until=NOW + 20 * DAY)
    added(cast, "annen@granvik.example", valid_until=NOW + 400 * DAY)
    assert expiring(NOW, 30 * DAY) == [soon]
    assert expiring(NOW, 14 * DAY) == []
