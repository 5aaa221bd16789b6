"""Told on the phone that a notice is not theirs: noted once we have called back, and sent to whom it is for."""

import pytest
from django.test import Client
from django.utils import timezone

from savnet.access.models import Person
from savnet.cases.models import Case
from savnet.delivery.models import Message, Receipt
from savnet.register.models import Resident
from savnet.rules.events import NotTheirs
from web.telling import ALL_UNKNOWN, missing, now_of, page, send_in

SAID = {"by_name": "Vera Vakt", "why": "Barnet er flyttet.", "called_back": "on"}


@pytest.fixture
def case(as_guard: Client, guard: Person, luwam: Resident) -> Case:
    """Reported to the police and to child welfare in Granvik; the concern report went by post."""
    case = missing(luwam, guard)
    send_in(as_guard, page(case, "meld/"), **ALL_UNKNOWN)
    send_in(as_guard, page(case, f"brev/{report(case).id}/levert/"), channel="post")
    return case


def report(case: Case) -> Message:
    return Message.objects.get(case_id=case.id, obligation="b-4", municipality="9901")


def declined(case: Case) -> list[NotTheirs]:
    return [one for one in now_of(case).happened if isinstance(one, NotTheirs)]


def test_it_is_noted_by_name_and_goes_on_to_the_municipality_that_a_person_finds(as_guard: Client, case: Case) -> None:
    assert "De sier at den ikke er deres" in as_guard.get(page(case, f"brev/{report(case).id}/mottatt/")).text
    assert "Etterpå finner dere hvem" in as_guard.get(page(case, f"brev/{report(case).id}/ikke-deres/")).text
    answer = send_in(as_guard, page(case, f"brev/{report(case).id}/ikke-deres/"), **SAID)
    (said,) = declined(case)
    assert (said.by, said.why) == ("Vera Vakt", "Barnet er flyttet.")
    assert answer.headers["Location"] == page(case, f"rett-mottaker/{said.number}/")
    send_in(as_guard, answer.headers["Location"], municipality="9903", why="De sa det.")
    assert "Storfjell" in Message.objects.get(case_id=case.id, obligation="b-4", municipality="9903").recipient_name
    assert not Receipt.objects.exists(), "that it is not theirs is no receipt"


@pytest.mark.parametrize(
    ("lacking", "asked"),
    [
        ({"called_back": ""}, "Ring tilbake på nummeret i registeret"),
        ({"by_name": " "}, "Skriv navnet på den du snakket med."),
    ],
)
def test_whoever_rings_may_be_anybody(as_guard: Client, case: Case, lacking: dict[str, str], asked: str) -> None:
    answer = send_in(as_guard, page(case, f"brev/{report(case).id}/ikke-deres/"), **(SAID | lacking))
    assert answer.status_code == 422
    assert asked in answer.text
    assert not declined(case)


def test_what_they_said_before_it_was_sent_or_after_they_had_confirmed_is_not_taken(
    as_guard: Client, guard: Person, case: Case
) -> None:
    confirmed = page(case, f"brev/{report(case).id}/mottatt/")
    send_in(as_guard, confirmed, by_name="Vera Vakt", channel="post")
    answer = send_in(as_guard, page(case, f"brev/{report(case).id}/ikke-deres/"), **SAID)
    assert "Meldingen venter ikke på svar" in answer.text
    unsent = Message.objects.get(case_id=case.id, obligation="a-1")
    answer = send_in(as_guard, page(case, f"brev/{unsent.id}/ikke-deres/"), **SAID)
    assert "Meldingen venter ikke på svar" in answer.text
    assert not declined(case)


def test_an_impatient_thumb_notes_it_once(as_guard: Client, case: Case) -> None:
    where = page(case, f"brev/{report(case).id}/ikke-deres/")
    first = send_in(as_guard, where, **SAID)
    again = send_in(as_guard, where, **SAID)
    assert first.headers["Location"] == again.headers["Location"]
    assert len(declined(case)) == 1
    assert declined(case)[0].at <= timezone.now()
