"""The regional office sees to it that what it sent is read: who has it, by phone or link, and what they did with it."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from savnet.access.models import Person
from savnet.cases.models import Case
from savnet.casework import following_up
from savnet.casework.case_at_hand import at_hand
from savnet.casework.receipt_links import to_read_out
from savnet.delivery.models import Message
from savnet.followup.models import OpenItem, ReceiptLink
from savnet.register.models import Recipient, RecipientChannel, Resident
from savnet.rules.events import QuestionAnswered, QuestionPut
from savnet.rules.obligation import Obligation
from savnet.web.shown import slug
from web.offices import at, at_owed, furnish_units, post_letters, reported_and_copied, told
from web.telling import duty, filled, page, send_in

ADDRESS = {"kind": "known_address", "text": "Hos tanta, Lia 4", "municipality": "9903", "source": "Tanta"}
CONFIRMED = {"by_name": "Vera Vakt", "channel": "phone", "called_back": "on", "reference": "2026/5"}


@pytest.fixture(autouse=True)
def the_demos_offices(settings: Settings, tmp_path: Any) -> None:
    settings.DEMO = True
    settings.KEY_FILE = tmp_path / "keys" / "wrapping.json"


@pytest.fixture
def case(as_guard: Client, guard: Person, luwam: Resident, region: Client) -> Case:
    """An address is known, and the region has posted its own report of concern (3-8)."""
    case = reported_and_copied(as_guard, luwam, guard)
    send_in(as_guard, page(case, "opplysning/"), **ADDRESS)
    send_in(region, at_owed(case, "skriv", "3-8"), said="Barnet bor hos noen vi ikke kjenner.")
    post_letters(region, case, obligation="3-8")
    return case


def letter(case: Case) -> Message:
    return Message.objects.get(case_id=case.id, obligation="3-8")


def known(case: Case) -> tuple[Obligation, ...]:
    return at_hand(case.id, timezone.now()).derivation.obligations


def sent(case: Case, rest: str = "") -> str:
    return at_owed(case, "sendt", "3-8") + rest


def test_what_nobody_has_confirmed_stands_in_the_case_until_somebody_has(region: Client, case: Case) -> None:
    shown = region.get(told(case)).text
    assert "Ingen har bekreftet at de har den" in shown
    assert f'href="{sent(case)}"' in shown
    assert "Barnevernstjenesten i Storfjell" in region.get(sent(case)).text
    assert send_in(region, sent(case), **CONFIRMED).headers["Location"] == told(case)
    assert duty(case, "3-8").received_by == "Vera Vakt"
    assert letter(case).receipts.get().channel == "called_back"
    shown = region.get(told(case)).text
    assert "Ingen har bekreftet at de har den" not in shown
    assert "mottatt av Vera Vakt" in shown


def test_a_receipt_by_phone_counts_when_the_region_has_called_back(region: Client, case: Case) -> None:
    refused = send_in(region, sent(case), by_name="Vera Vakt", channel="phone")
    assert refused.status_code == 422
    assert "Ring tilbake" in refused.text
    assert duty(case, "3-8").received_at is None


def test_the_code_is_read_out_and_a_new_one_made_only_by_the_button(region: Client, case: Case) -> None:
    ReceiptLink.objects.filter(message_id=letter(case).id).update(void_at=timezone.now())
    before = ReceiptLink.objects.count()
    assert "ny lenke og kode" in region.get(sent(case)).text
    assert region.get(sent(case, "ny-kode/")).status_code == 405
    assert ReceiptLink.objects.count() == before
    assert region.post(sent(case, "ny-kode/")).headers["Location"] == sent(case)
    secret = to_read_out(letter(case), now=timezone.now())
    assert secret
    assert secret.spoken in region.get(sent(case)).text


def test_the_link_is_mailed_to_the_registers_address_without_the_code(
    region: Client, case: Case, settings: Settings
) -> None:
    from casework.staff_mail import staff_mail  # a real server, needed here only

    settings.ADDRESS = "https://savnet.example"
    office = Recipient.objects.get(number="9903")
    RecipientChannel.objects.create(recipient=office, channel="email", address="bv@storfjell.example")
    region.post(sent(case, "ny-kode/"))
    secret = to_read_out(letter(case), now=timezone.now())
    assert secret
    with staff_mail(settings) as box:
        assert "bv@storfjell.example" in region.get(sent(case)).text
        assert region.post(sent(case, "send-lenke/")).headers["Location"] == sent(case)
    (mail,) = box.mails
    assert secret.token.encode() in mail
    assert secret.spoken.encode() not in mail
    assert secret.code.encode() not in mail


def test_that_it_is_not_theirs_is_noted_by_the_region_and_what_is_owed_anew_is_theirs_to_write(
    region: Client, as_guard: Client, case: Case
) -> None:
    assert f'href="{sent(case, "ikke-deres/")}"' in region.get(sent(case)).text
    answer = send_in(region, sent(case, "ikke-deres/"), by_name="Vera Vakt", why="Flyttet.", called_back="on")
    finds = answer.headers["Location"]
    assert finds.startswith(told(case, "rett-mottaker/"))
    assert f'href="{finds}"' in region.get(told(case)).text
    assert "rett-mottaker" not in as_guard.get(page(case)).text
    assert as_guard.get(page(case, finds.removeprefix(told(case)))).status_code == 404
    following_up.watch_over(now=timezone.now())
    assert [one.subject.rpartition("|")[2] for one in OpenItem.objects.filter(kind="not_theirs")] == ["region"]
    assert send_in(region, finds, municipality="9901", why="Onkelen bor der.").headers["Location"] == told(case)
    assert finds not in region.get(told(case)).text
    owed = [one for one in known(case) if one.id == "3-8" and one.municipality == "9901"]
    assert f'href="{told(case, f"skriv/{slug(owed[0])}/")}"' in region.get(told(case)).text


def test_only_what_the_office_itself_sent_and_somebody_must_read(region: Client, case: Case) -> None:
    answers = {one.id: region.get(told(case, f"sendt/{slug(one)}/")).status_code for one in known(case)}
    assert {id_ for id_, status in answers.items() if status == 200} == {"3-8"}
    assert answers["b-4"] == answers["3-4"] == region.get(told(case, "sendt/0123456789abcdef/")).status_code == 404


@pytest.mark.parametrize("rest", ["", "ny-kode/", "send-lenke/", "ikke-deres/"])
@pytest.mark.parametrize("who", ["frida", "kari", "asta", "unni"])
def test_another_office_gets_the_answer_of_what_is_not_there(case: Case, who: str, rest: str) -> None:
    links = ReceiptLink.objects.count()
    foreign, nowhere = at(who).post(sent(case, rest)), at(who).post(told(case, f"sendt/0123456789abcdef/{rest}"))
    assert foreign.status_code == nowhere.status_code == 404
    assert foreign.content == nowhere.content
    assert ReceiptLink.objects.count() == links


def test_the_centre_does_not_confirm_for_the_region(as_guard: Client, case: Case) -> None:
    address = reverse("receipt", args=[case.id, letter(case).id])
    assert as_guard.get(address).status_code == 404
    assert as_guard.post(address, CONFIRMED).status_code == 404
    assert duty(case, "3-8").received_at is None


def test_the_office_names_nobody_for_what_it_posted(as_guard: Client, guard: Person, luwam: Resident) -> None:
    furnish_units()
    region = at("rune")
    case = reported_and_copied(as_guard, luwam, guard)
    send_in(region, at_owed(case, "skriv", "3-4"))
    written = Message.objects.get(case_id=case.id, obligation="3-4")
    refused = send_in(region, told(case, f"brev/{written.id}/levert/"), channel="post", received_by="Vedtaksenheten")
    assert refused.status_code == 422
    assert "har ingen bekreftet ennå" in refused.text
    assert duty(case, "3-4").sent_at is None


# What they did with it


def test_the_region_asks_the_service_about_its_own_report(region: Client, as_guard: Client, case: Case) -> None:
    shown = region.get(told(case)).text
    assert "Spør mottakeren" in shown
    name = next(one for one in shown.split('"') if one.startswith(told(case, "sporsmal/reviewed-")))
    assert "Barnevernstjenesten i Storfjell" in region.get(name).text
    assert as_guard.get(name.replace("/kontor/", "/saker/")).status_code == 404, "the region's, not the centre's"
    not_yet = region.post(name, filled(region, name, answer="not_yet", who="Vera Vakt"))
    assert not_yet.headers["Location"] == told(case)
    region.post(name, filled(region, name, answer="confirmed", who="Vera Vakt", reference="2026/5"))
    happened = at_hand(case.id, timezone.now()).happened
    assert [one.actor for one in happened if isinstance(one, QuestionPut | QuestionAnswered)] == ["region", "region"]
    assert "2026/5" in region.get(told(case)).text


def test_another_regions_question_is_not_there(region: Client, case: Case) -> None:
    shown = region.get(told(case)).text
    name = next(one for one in shown.split('"') if one.startswith(told(case, "sporsmal/reviewed-")))
    for who in ("frida", "kari", "asta"):
        assert at(who).get(name).status_code == 404
    assert region.get(told(case, "sporsmal/reviewed-99/")).status_code == 404
