"""The store of receivers' certificates: the right one is found, and nobody is surprised when one runs out."""

from datetime import timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from pytest_django import Settings

from delivery.conftest import CWS, NOW, Cast
from delivery.test_certificates_of_many_kinds import crl
from savnet.delivery.certificates import (
    add_certificate,
    expiring,
    newest_certificate,
    sealable,
    withdraw_certificate,
)
from savnet.delivery.models import ReceiverCertificate
from savnet.demo.authority import LASTS, Identity, new_authority

DAY = timedelta(days=1)
pytestmark = pytest.mark.django_db


def added(cast: Cast, address: str = CWS, **terms: object) -> ReceiverCertificate:
    pem = cast.mail(address, **terms).certificate_pem().decode()
    return add_certificate(address, pem, by="drift", now=NOW)


@pytest.fixture
def trusting(settings: Settings, cast: Cast) -> Settings:
    """Whom we trust, as the sending knows it."""
    settings.SMIME_CA, settings.SMIME_CRL = cast.ca, ""
    return settings


def called_back(settings: Settings, cast: Cast, row: ReceiverCertificate) -> None:
    certificate = x509.load_pem_x509_certificate(row.certificate.encode())
    listed = crl(cast.authority, certificate.serial_number)
    settings.SMIME_CRL = listed.public_bytes(Encoding.PEM).decode()


def with_issuer_that_ends(settings: Settings, cast: Cast, ends_in: timedelta) -> ReceiverCertificate:
    """One that itself lasts for years, from an issuer that we trust and that does not."""
    issuer: Identity = new_authority("En utsteder som går ut", NOW - LASTS + ends_in)
    settings.SMIME_CA += issuer.certificate_pem().decode()
    own = cast.mail(authority=issuer, valid_until=NOW + 700 * DAY)
    pem = (own.certificate_pem() + issuer.certificate_pem()).decode()
    return add_certificate(CWS, pem, by="drift", now=NOW)


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


def test_one_that_its_issuer_called_back_is_not_used_while_another_is_good(trusting: Settings, cast: Cast) -> None:
    gone = added(cast, valid_until=NOW + 700 * DAY)
    assert newest_certificate(CWS, NOW) == gone.certificate
    called_back(trusting, cast, gone)
    assert newest_certificate(CWS, NOW) == gone.certificate, "the only one there is; the refusal says why"
    assert not sealable([CWS], NOW)
    good = added(cast, valid_until=NOW + 300 * DAY)
    assert newest_certificate(CWS, NOW) == good.certificate
    assert sealable([CWS.upper()], NOW) == {CWS}


@pytest.mark.parametrize("ends_in", [-DAY, 10 * DAY], ids=["has ended", "ends sooner"])
def test_one_whose_issuer_ends_is_not_used_while_another_lasts_longer(
    ends_in: timedelta, trusting: Settings, cast: Cast
) -> None:
    with_issuer_that_ends(trusting, cast, ends_in)
    assert bool(sealable([CWS], NOW)) == (ends_in > timedelta(0))
    good = added(cast, valid_until=NOW + 300 * DAY)
    assert newest_certificate(CWS, NOW) == good.certificate


def test_one_that_we_do_not_trust_is_not_used_while_another_is_good(trusting: Settings, cast: Cast) -> None:
    added(cast, authority=cast.stranger, valid_until=NOW + 700 * DAY)
    good = added(cast, valid_until=NOW + 300 * DAY)
    assert newest_certificate(CWS, NOW) == good.certificate


def test_the_warnings_count_the_certificate_that_is_really_used(trusting: Settings, cast: Cast) -> None:
    good = added(cast, valid_until=NOW + 20 * DAY)
    gone = added(cast, valid_until=NOW + 700 * DAY)
    assert expiring(NOW, 30 * DAY) == [], "a later one follows"
    called_back(trusting, cast, gone)
    assert expiring(NOW, 30 * DAY) == [good]
    assert expiring(NOW + 21 * DAY, 30 * DAY) == [good], "also when it has ended and nothing is left"
    later = added(cast, valid_from=NOW + 19 * DAY, valid_until=NOW + 400 * DAY)
    assert newest_certificate(CWS, NOW) == good.certificate
    assert expiring(NOW, 30 * DAY) == [], "one that is good from then on follows"
    withdraw_certificate(later, by="drift", now=NOW)
    with_issuer_that_ends(trusting, cast, timedelta(days=25))
    assert [one.ends_at for one in expiring(NOW, 30 * DAY)] == [NOW.replace(microsecond=0) + 25 * DAY]


def test_one_that_ran_out_long_ago_is_not_told_of_beside_its_successor(trusting: Settings, cast: Cast) -> None:
    added(cast, valid_from=NOW - 9 * DAY, valid_until=NOW - 5 * DAY)
    soon = added(cast, valid_until=NOW + 20 * DAY)
    assert expiring(NOW, 30 * DAY) == [soon]


@pytest.mark.parametrize("ca", ["", "no certificate"])
def test_where_nobody_is_trusted_yet_the_dates_alone_tell(ca: str, trusting: Settings, cast: Cast) -> None:
    trusting.SMIME_CA = ca
    added(cast, valid_until=NOW + 20 * DAY)
    lasting = added(cast, valid_until=NOW + 300 * DAY)
    assert newest_certificate(CWS, NOW) == lasting.certificate
    assert expiring(NOW, 30 * DAY) == []
    assert sealable([CWS], NOW) == {CWS}
