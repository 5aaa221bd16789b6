"""What a person does themselves: calls, registers, hands over."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from savnet.access.models import Person
from savnet.delivery.composing import reroute
from savnet.delivery.models import Message
from savnet.register.models import Appointment, Contact, Resident
from savnet.rules.words import Channel
from savnet.web.shown import slug
from web.telling import ALL_UNKNOWN, at_duty, duty, missing, now_of, open_ids, page, send_in


def calls(case: object) -> list[str]:
    return [id_ for id_ in open_ids(case) if id_ == "c-1"]  # type: ignore[arg-type]


def test_the_number_is_a_link_that_a_telephone_dials(as_guard: Client, guard: Person, luwam: Resident) -> None:
    case = missing(luwam, guard)
    assert 'href="tel:+4700004510"' in as_guard.get(at_duty(case, "ring", "c-1", "lawyer")).text


def test_a_call_that_reached_the_representative_is_told_and_keeps_what_she_knew(
    as_guard: Client, guard: Person, luwam: Resident
) -> None:
    case = missing(luwam, guard)
    given = {"reached": "yes", "knew": "something", "told": "Snakket om en fetter i Storfjell"}
    send_in(as_guard, at_duty(case, "ring", "c-1", "representative"), **given)
    assert len(calls(case)) == 1
    assert duty(case, "c-1", "representative").received_by == "Rita Fiktiv"
    assert "Snakket om en fetter i Storfjell" in as_guard.get(page(case)).text
    assert "Snakket om en fetter" in as_guard.get(page(case, "meld/")).text


def test_a_call_that_nobody_answered_leaves_the_duty_open(as_guard: Client, guard: Person, luwam: Resident) -> None:
    case = missing(luwam, guard)
    send_in(as_guard, at_duty(case, "ring", "c-1", "lawyer"), reached="no")
    assert len(calls(case)) == 2
    shown = as_guard.get(page(case)).text
    assert "Forsøkt én gang" in shown
    assert "Ringte advokaten, men fikk ikke svar" in shown


def test_reached_without_whom_or_what_is_asked_about(as_guard: Client, guard: Person, luwam: Resident) -> None:
    case = missing(luwam, guard)
    address = at_duty(case, "ring", "c-1", "lawyer")
    said = send_in(as_guard, address, reached="yes", spoke_with="").text
    assert "Skriv hvem du snakket med." in said
    assert "Velg om de visste noe." in said
    assert "Skriv hva de opplyste." in send_in(as_guard, address, reached="yes", knew="something").text
    assert "Velg om du fikk kontakt." in send_in(as_guard, address).text


def test_a_lawyer_without_a_number_can_still_be_noted_as_called(
    as_guard: Client, guard: Person, luwam: Resident
) -> None:
    Contact.objects.filter(kind="lawyer").update(phone="")
    case = missing(luwam, guard)
    assert "Telefonnummeret er ikke registrert." in as_guard.get(at_duty(case, "ring", "c-1", "lawyer")).text


def test_sesam_is_ticked_off_with_the_fields_ready_to_copy(as_guard: Client, guard: Person, luwam: Resident) -> None:
    case = missing(luwam, guard)
    address = at_duty(case, "registrer", "d-4")
    shown = as_guard.get(address).text
    assert "Dette skal inn i Sesam" in shown
    assert "Luwam Oppdiktet" in shown
    send_in(as_guard, address)
    assert "d-4" not in open_ids(case)


def test_what_is_done_already_says_so(as_guard: Client, guard: Person, luwam: Resident) -> None:
    case = missing(luwam, guard)
    address = at_duty(case, "registrer", "d-4")
    send_in(as_guard, address)
    response = send_in(as_guard, address)
    assert response.status_code == 422
    assert "allerede gjort" in response.text


def test_a_duty_that_is_not_there_is_no_page(as_guard: Client, guard: Person, luwam: Resident) -> None:
    assert as_guard.get(page(missing(luwam, guard), "ring/0123456789abcdef/")).status_code == 404


def test_nobody_is_told_to_post_the_police_report(as_guard: Client, guard: Person, luwam: Resident) -> None:
    case = missing(luwam, guard)
    send_in(as_guard, page(case, "meld/"), **ALL_UNKNOWN)
    shown = {
        one.obligation: as_guard.get(page(case, f"brev/{one.id}/levert/")).text.lower() for one in Message.objects.all()
    }
    assert "i posten" not in shown["a-1"]
    assert "postboks" not in shown["a-1"]
    assert "hvis du la brevet i posten" in shown["b-4"]


def test_a_cancellation_that_is_near_never_stands_above_the_police_report(
    as_guard: Client, guard: Person, luwam: Resident
) -> None:
    Appointment.objects.create(resident=luwam, kind="asylum_interview", at=timezone.now() + timedelta(hours=2))
    case = missing(luwam, guard)
    owed = [one["shown"] for one in as_guard.get(page(case)).context["owed"]]
    by_id = {one.obligation.id: place for place, one in enumerate(owed)}
    assert by_id["a-1"] == 0
    assert owed[by_id["d-2"]].urgent


def test_the_case_looks_again_by_itself_only_while_a_letter_waits_to_go(
    as_guard: Client, guard: Person, luwam: Resident
) -> None:
    case = missing(luwam, guard)
    send_in(as_guard, page(case, "meld/"), **ALL_UNKNOWN)
    assert "data-refresh" not in as_guard.get(page(case)).text
    letter, mail = Message.objects.get(obligation="b-4"), Channel.ENCRYPTED_EMAIL
    reroute(letter.id, mail, address="vakt@granvik.example", why="Prøve", by="x", now=timezone.now())
    shown = as_guard.get(page(case)).text
    assert "data-refresh" in shown
    assert '<noscript><meta http-equiv="refresh" content="10"></noscript>' in shown


@pytest.mark.parametrize("screen", ["send", "utkast", "ring", "registrer", "gjort", "asylsaken"])
def test_a_duty_that_is_met_otherwise_has_no_such_page_or_one_that_helps(
    as_guard: Client, guard: Person, luwam: Resident, screen: str
) -> None:
    case = missing(luwam, guard)
    now = now_of(case)
    answers = {
        one.id: as_guard.get(page(case, f"{screen}/{slug(one)}/")).status_code for one in now.derivation.obligations
    }
    assert answers
    assert {id_: status for id_, status in answers.items() if status not in {200, 404}} == {}


def test_nobody_is_named_for_a_letter_that_was_just_posted(as_guard: Client, guard: Person, luwam: Resident) -> None:
    case = missing(luwam, guard)
    send_in(as_guard, page(case, "meld/"), **ALL_UNKNOWN)
    letter = Message.objects.get(case_id=case.id, obligation="b-4")
    address = page(case, f"brev/{letter.id}/levert/")
    refused = send_in(as_guard, address, channel="post", received_by="Barnevernstjenesten")
    assert refused.status_code == 422
    assert "har ingen bekreftet ennå" in refused.text
    assert (duty(case, "b-4").sent_at, letter.attempts.count(), letter.receipts.count()) == (None, 0, 0)
    assert send_in(as_guard, address, channel="post", received_by="").status_code == 302
    assert duty(case, "b-4").sent_at
    assert duty(case, "b-4").received_at is None
