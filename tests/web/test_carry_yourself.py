"""The mail server is down: the duty says when Savnet tries again, and leads to handing the letter over oneself."""

import re
from datetime import timedelta

from django.test import Client
from django.utils import timezone

from savnet.access.models import Person
from savnet.cases.models import Case
from savnet.casework import carrying
from savnet.delivery.composing import reroute
from savnet.delivery.models import Message
from savnet.register.models import Resident
from savnet.rules.words import Channel
from savnet.web.times import when
from web.telling import ALL_UNKNOWN, at_duty, missing, page, send_in

INSTEAD = "Lever den selv i stedet"


def stuck(client: Client, guard: Person, child: Resident) -> tuple[Case, Message]:
    """The report to the police went by e-mail a moment ago, and the server was busy."""
    case = missing(child, guard)
    send_in(client, page(case, "meld/"), **ALL_UNKNOWN)
    message, now = Message.objects.get(obligation="a-1"), timezone.now()
    by_mail = {"address": "ops@politi.example", "why": "Avtalt med politiet.", "by": str(guard.pk), "now": now}
    reroute(message.id, Channel.ENCRYPTED_EMAIL, **by_mail)
    message.attempts.create(
        number=1,
        channel=Channel.ENCRYPTED_EMAIL,
        address="ops@politi.example",
        started_at=now,
        ended_at=now,
        outcome="refused_for_now",
    )
    message.refresh_from_db()
    carrying.settle(message, now=now)
    return case, message


def test_the_duty_says_when_it_is_tried_next_and_that_one_can_go_oneself(
    as_guard: Client, guard: Person, luwam: Resident
) -> None:
    case, message = stuck(as_guard, guard, luwam)
    shown = as_guard.get(page(case)).text
    due = message.attempts.get().ended_at + timedelta(minutes=1)
    assert f"Neste forsøk: {when(due, timezone.now())}" in " ".join(re.sub("<[^>]*>", "", shown).split())
    assert INSTEAD in shown
    assert f"/saker/{case.id}/brev/{message.id}/lever-selv/" in shown


def test_taking_it_oneself_leads_to_the_letter_and_to_noting_it_delivered(
    as_guard: Client, guard: Person, luwam: Resident
) -> None:
    case, message = stuck(as_guard, guard, luwam)
    address = page(case, f"brev/{message.id}/lever-selv/")
    assert "Jeg leverer det selv" in as_guard.get(address).text
    assert not message.reroutings.filter(to_channel="in_person").exists(), "looking changes nothing"
    response = send_in(as_guard, address)
    assert response.headers["Location"] == page(case, f"brev/{message.id}/levert/")
    assert send_in(as_guard, page(case, f"brev/{message.id}/levert/"), received_by="Betjent Lien").status_code == 302
    assert "Betjent Lien" in as_guard.get(page(case)).text


def test_a_call_that_nobody_answered_is_no_letter_to_carry(as_guard: Client, guard: Person, luwam: Resident) -> None:
    case = missing(luwam, guard)
    send_in(as_guard, at_duty(case, "ring", "c-1", "lawyer"), reached="no")
    assert INSTEAD not in as_guard.get(page(case)).text


def test_a_letter_of_another_case_cannot_be_taken(as_guard: Client, guard: Person, luwam: Resident) -> None:
    _, message = stuck(as_guard, guard, luwam)
    other = Resident.objects.create(centre=luwam.centre, given_name="Amir", family_name="Oppdiktet")
    address = page(missing(other, guard), f"brev/{message.id}/lever-selv/")
    assert as_guard.get(address).status_code == 404
