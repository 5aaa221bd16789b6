"""Certificates that run out: whoever keeps them is told, once at each stage, and late rather than never."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from pytest_django import Settings

from savnet.access.models import Person
from savnet.access.rights import Role
from savnet.delivery.certificates import add_certificate, withdraw_certificate
from savnet.delivery.models import ReceiverCertificate
from savnet.demo.authority import Identity, issue_for_mail
from savnet.followup.models import StaffNotice
from savnet.followup.telling import carry_out
from savnet.followup.texts import Kind
from savnet.watching.expiry import OURS, TRUSTED, tell_who_keeps_them

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
Runs = Callable[..., ReceiverCertificate]


@pytest.fixture(autouse=True)
def nothing_of_ours(settings: Settings, db: None) -> None:
    for name in (*OURS, *TRUSTED):
        setattr(settings, name, "")


@pytest.fixture
def keeper() -> Person:
    return Person.objects.create_user("rut", name="Rut Register", role=Role.REGISTER_KEEPER, email="rut@staff.example")


@pytest.fixture
def operator() -> Person:
    return Person.objects.create_user("odd", name="Odd Operatør", role=Role.SYSTEM_OPERATOR, email="odd@staff.example")


@pytest.fixture
def runs_out(authority: Identity) -> Runs:
    """A receiver's certificate that runs out in so many days."""

    def after(days: int, address: str = "bv@granvik.example") -> ReceiverCertificate:
        terms = {"name": "x", "valid_from": NOW - 300 * DAY, "valid_until": NOW + days * DAY}
        pem = issue_for_mail(authority, address, **terms).certificate_pem().decode()
        return add_certificate(address, pem, by="prøve", now=NOW - 200 * DAY)

    return after


def told() -> list[str]:
    """Who was told, by user name; once for each time."""
    notices = StaffNotice.objects.filter(kind=Kind.CERTIFICATE)
    return sorted(notices.values_list("person__username", flat=True))


def days(*numbers: float) -> int:
    """The round of each of these days; how many were told."""
    return sum(tell_who_keeps_them(NOW + number * DAY) for number in numbers)


def test_before_the_first_stage_nobody_is_told(keeper: Person, operator: Person, runs_out: Runs) -> None:
    runs_out(61)
    assert days(0, 0.9) == 0


def test_each_stage_is_told_once_however_often_the_round_is_made(keeper: Person, runs_out: Runs) -> None:
    runs_out(61)
    quarter_days = [number / 4 for number in range(4 * 70)]
    assert days(*quarter_days) == len(["60", "30", "14", "7", "the end"])


def test_a_worker_that_was_down_on_the_day_tells_of_the_stage_that_is_reached_and_of_none_before(
    keeper: Person, runs_out: Runs
) -> None:
    runs_out(61)
    assert days(50, 50.1) == 1, "three stages have passed; one word"
    assert days(55, 55.1) == 1
    assert days(300, 301) == 1, "it ran out meanwhile"


def test_those_that_come_to_a_stage_on_the_same_day_are_one_word(keeper: Person, runs_out: Runs) -> None:
    for number in range(3):
        runs_out(20, f"bv{number}@granvik.example")
    assert days(0, 0.5) == 1


def test_one_with_a_later_one_to_follow_is_told_to_nobody_and_neither_is_one_withdrawn(
    keeper: Person, runs_out: Runs
) -> None:
    runs_out(5)
    runs_out(500)
    withdraw_certificate(runs_out(5, "bv@annen.example"), by="prøve", now=NOW)
    assert days(0) == 0


def test_one_that_was_added_late_is_told_of_though_its_stage_was_told_of_others(keeper: Person, runs_out: Runs) -> None:
    runs_out(20)
    assert days(0) == 1
    late = runs_out(25, "bv@annen.example")
    ReceiverCertificate.objects.filter(pk=late.pk).update(added_at=NOW + DAY)
    assert days(0.5 + 1, 2) == 1


def test_register_keepers_are_told_of_receivers_and_operators_of_our_own(
    keeper: Person, operator: Person, runs_out: Runs, settings: Settings, authority: Identity
) -> None:
    runs_out(20)
    days(0)
    assert told() == ["rut"]
    settings.SMIME_CA = authority.certificate_pem().decode()
    tell_who_keeps_them(authority.certificate.not_valid_after_utc - 5 * DAY)
    assert [one for one in told() if one == "odd"] == ["odd"]


def test_an_anchor_of_ours_that_ran_out_is_told_and_what_cannot_be_read_hides_it_not(
    operator: Person, settings: Settings, authority: Identity
) -> None:
    settings.SIGNING_CERTIFICATE, settings.SMIME_CA = "nought", authority.certificate_pem().decode()
    assert tell_who_keeps_them(authority.certificate.not_valid_after_utc + DAY) == 1
    assert tell_who_keeps_them(authority.certificate.not_valid_after_utc + 2 * DAY) == 0


def test_where_nobody_keeps_the_register_the_operators_are_told(operator: Person, runs_out: Runs) -> None:
    runs_out(20)
    days(0)
    assert told() == ["odd"]


def test_whoever_begins_later_is_told_and_whoever_has_left_is_not(keeper: Person, runs_out: Runs) -> None:
    runs_out(20)
    days(0)
    Person.objects.filter(pk=keeper.pk).update(is_active=False)
    Person.objects.create_user("ny", name="Ny Register", role=Role.REGISTER_KEEPER)
    days(10, 10.5)
    assert told() == ["ny", "rut"]


def test_what_is_told_names_no_receiver(keeper: Person, runs_out: Runs, settings: Settings) -> None:
    settings.EMAIL_HOST, settings.DEFAULT_FROM_EMAIL = "mail.example", "huset@savnet.example"
    runs_out(20)
    days(0)
    carry_out(now=NOW)
    (sent,) = mail.outbox
    assert "sertifikat" in sent.subject
    assert "granvik" not in f"{sent.subject} {sent.body}"
