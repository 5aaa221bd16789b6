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
from savnet.watching import metrics
from savnet.watching.checks.channels import ways_out_of_the_house
from savnet.watching.heartbeat import beat
from savnet.watching.models import WayOut
from savnet.watching.standing import standing
from savnet.watching.tasks import all_well
from savnet.watching.ways_out import closed, knock, knock_at_mailbox
from watching.imap_server import Imap
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


@pytest.fixture
def returned(settings: Settings, server_identity: Identity, authority: Identity, tmp_path: Path) -> Iterator[Imap]:
    """The mailbox for what comes back, that opens as long as its password is the one we have."""
    with Imap(tls_of(server_identity, tmp_path)) as server:
        settings.SMTP_CA = authority.certificate_pem().decode()
        settings.RETURN_MAILBOX = f"imaps://oss:{server.password}@localhost:{server.port}/INBOX"
        server.mails |= {1: b"From: a@b.example\r\n\r\nfirst"}
        yield server


def test_the_mailbox_for_what_comes_back_is_opened_and_nothing_is_read(returned: Imap) -> None:
    knock_at_mailbox(timezone.now())
    assert [(one.channel, one.failures) for one in WayOut.objects.all()] == [("returned_mail", 0)]
    assert returned.marked == set()
    knock(timezone.now())
    assert WayOut.objects.exists(), "the other doors are knocked at more often, and leave it"


@pytest.mark.parametrize("wrong", ["password", "folder", "nobody there"])
def test_while_it_does_not_open_operators_are_told_and_nobody_is_told_to_use_paper(
    wrong: str, settings: Settings, returned: Imap, as_guard: Client
) -> None:
    beat(timezone.now())
    opens = settings.RETURN_MAILBOX
    shut = {"password": opens.replace(returned.password, "feil"), "folder": f"{opens}/Borte",
            "nobody there": opens.replace(str(returned.port), "1")}  # fmt: skip
    settings.RETURN_MAILBOX = shut[wrong]
    knock_at_mailbox(timezone.now())
    assert all_well(), "one silence may be chance"
    knock_at_mailbox(timezone.now())
    found = standing(timezone.now())
    assert [one.channel for one in found.closed] == ["returned_mail"]
    assert (found.returns_unread, found.letters_held, found.alarming) == (True, (), False)
    assert not all_well(), "somebody outside hears"
    assert "savnet_ways_closed 1\n" in metrics.text(timezone.now())
    (told,) = ways_out_of_the_house(timezone.now())
    assert "it stands as sent" in told.do
    assert "papir" not in as_guard.get("/vakt/").content.decode()
    settings.RETURN_MAILBOX = opens
    knock_at_mailbox(timezone.now())
    assert all_well()


def test_a_mailbox_that_is_no_longer_set_up_is_forgotten(settings: Settings, tmp_path: Path) -> None:
    settings.RETURN_MAILBOX = f"folder:{tmp_path}/borte"
    for _ in range(2):
        knock_at_mailbox(timezone.now())
    assert standing(timezone.now()).returns_unread
    settings.RETURN_MAILBOX = ""
    knock_at_mailbox(timezone.now())
    assert not WayOut.objects.exists()
