"""The doors on the ways out: knocked at every 15 seconds, told of within the minute, and nothing is sent."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from casework.staff_mail import point_to, staff_mail
from delivery.mail_servers import Mailbox, Postroom, running, tls_of
from savnet.demo.authority import Identity
from savnet.watching.heartbeat import beat
from savnet.watching.models import WayOut
from savnet.watching.standing import standing
from savnet.watching.tasks import all_well
from savnet.watching.ways_out import closed, knock
from watching.listening import Listener

pytestmark = pytest.mark.django_db
NOBODY = "Savnet får ikke sendt brev nå"
UNHEARD = "Savnet får ikke varslet dere på e-post nå"


@pytest.fixture
def box() -> Mailbox:
    return Mailbox()


@pytest.fixture
def mail_server(
    box: Mailbox, settings: Settings, server_identity: Identity, authority: Identity, tmp_path: Path
) -> Iterator[None]:
    """Our mail server, that answers as long as this lasts."""
    ca = authority.certificate_pem().decode()
    with running(Postroom(box, tls=tls_of(server_identity, tmp_path)), ca) as server:
        settings.SMTP_HOST, settings.SMTP_PORT, settings.SMTP_TLS = server.host, server.port, "starttls"
        settings.SMTP_CA = ca
        yield


def nobody_answers(settings: Settings) -> None:
    settings.SMTP_HOST, settings.SMTP_PORT = "127.0.0.1", 1


def test_a_door_that_answers_is_left_at_that_and_nothing_is_sent(mail_server: None, box: Mailbox) -> None:
    knock(timezone.now())
    assert (WayOut.objects.get().failures, closed(), box.mails) == (0, (), [])


def test_one_silence_may_be_chance_and_two_are_told_at_every_page(settings: Settings, as_guard: Client) -> None:
    beat(timezone.now())
    nobody_answers(settings)
    since = timezone.now() - timedelta(seconds=15)
    knock(since)
    assert NOBODY not in as_guard.get("/beboere/").content.decode()
    knock(timezone.now())
    page = as_guard.get("/beboere/").content.decode()
    assert NOBODY in page
    assert "papir" in page
    assert WayOut.objects.get().failing_since == since
    assert not all_well()


def test_as_soon_as_it_answers_the_way_is_open(settings: Settings, mail_server: None) -> None:
    beat(timezone.now())
    host, port = settings.SMTP_HOST, settings.SMTP_PORT
    nobody_answers(settings)
    for _ in range(3):
        knock(timezone.now())
    assert standing(timezone.now()).alarming
    settings.SMTP_HOST, settings.SMTP_PORT = host, port
    knock(timezone.now())
    assert not standing(timezone.now()).alarming
    assert WayOut.objects.get().failing_since is None


def test_a_door_whose_certificate_nobody_trusts_is_closed(settings: Settings, mail_server: None) -> None:
    settings.SMTP_CA = ""
    for _ in range(2):
        knock(timezone.now())
    assert [one.why for one in closed()] == ["SSLCertVerificationError"]


def test_what_is_no_longer_set_up_is_forgotten(settings: Settings, db: None) -> None:
    nobody_answers(settings)
    for _ in range(2):
        knock(timezone.now())
    settings.SMTP_HOST = ""
    knock(timezone.now())
    assert not WayOut.objects.exists()


def test_any_answer_of_the_integrasjonspunkt_will_do(
    settings: Settings, listener: Listener, authority: Identity
) -> None:
    settings.EFORMIDLING_URL, settings.EFORMIDLING_CA = f"{listener.url}/noe", authority.certificate_pem().decode()
    for _ in range(2):
        knock(timezone.now())
    assert [(one.path, one.body) for one in listener.heard] == [("/", b"")] * 2
    settings.EFORMIDLING_URL = "https://localhost:1"
    for _ in range(2):
        knock(timezone.now())
    assert [one.channel for one in closed()] == ["eformidling"]


@pytest.fixture
def staff_box(settings: Settings) -> Iterator[Mailbox]:
    """The mail server for messages to our own staff, that answers as long as this lasts."""
    with staff_mail(settings) as box:
        settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "savnet", "passord"
        yield box


def test_the_mail_server_for_our_own_staff_is_knocked_at_without_a_password_and_nothing_is_sent(
    staff_box: Mailbox,
) -> None:
    knock(timezone.now())
    assert [(one.channel, one.failures) for one in WayOut.objects.all()] == [("staff_email", 0)]
    assert staff_box.mails == []


def test_when_our_own_staff_cannot_be_told_every_page_says_so_and_somebody_outside_hears(
    settings: Settings, as_guard: Client
) -> None:
    beat(timezone.now())
    assert all_well()
    point_to(settings, 1)
    for _ in range(2):
        knock(timezone.now())
    page = as_guard.get("/beboere/").content.decode()
    assert UNHEARD in page
    assert NOBODY not in page, "letters go as they should"
    assert "Åpne hver sak der noe gjenstår" not in page
    assert not all_well()


def test_when_neither_letters_nor_messages_to_staff_get_out_both_are_told(settings: Settings, as_guard: Client) -> None:
    beat(timezone.now())
    nobody_answers(settings)
    point_to(settings, 1)
    for _ in range(2):
        knock(timezone.now())
    page = as_guard.get("/beboere/").content.decode()
    assert UNHEARD in page
    assert NOBODY in page
    assert "Åpne hver sak der noe gjenstår" in page
