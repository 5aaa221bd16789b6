"""Letters that wait for the post: listed, printed as one, noted as posted; what came back, and what asks for a call."""

import io
import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pikepdf
import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from savnet.access.models import Person
from savnet.casework.kept import letter_bytes
from savnet.casework.queue import CARRY
from savnet.delivery.models import Message, ReturnedMail
from savnet.delivery.words import AttemptOutcome
from savnet.letters.binding import bind, pages
from savnet.letters.errors import NotRendered
from savnet.register.models import Resident
from savnet.rules.words import Channel
from web.telling import ALL_UNKNOWN, missing, page, send_in

pytestmark = pytest.mark.django_db
LIST, PRINT, HINT = "/utsending/", "/utsending/utskrift/", "/hint/eformidling/"


@pytest.fixture
def letters(as_guard: Client, guard: Person, luwam: Resident) -> list[Message]:
    """Luwam is reported missing, and no receiver has a certificate: all goes on paper."""
    send_in(as_guard, page(missing(luwam, guard), "meld/"), **ALL_UNKNOWN)
    found = list(Message.objects.filter(channel=Channel.POST))
    assert found
    return found


def test_what_is_to_be_posted_is_listed_and_printed_as_one(as_guard: Client, letters: list[Message]) -> None:
    shown = as_guard.get(LIST).text
    for one in letters:
        assert one.recipient_name in shown
        assert one.short_id in shown
    printed = as_guard.get(PRINT)
    assert printed["Content-Type"] == "application/pdf"
    with pikepdf.open(io.BytesIO(printed.content)) as whole:
        assert len(whole.pages) == sum(pages(letter_bytes(one)) for one in letters)


def test_those_ticked_are_noted_as_posted_and_the_rest_stay(as_guard: Client, letters: list[Message]) -> None:
    first, *rest = letters
    token = as_guard.get(LIST).context["form"]["token"].value()
    answer = as_guard.post(LIST, {"token": token, "posted": [str(first.id)]})
    assert answer.status_code == 302
    tried = first.attempts.get()
    assert (tried.channel, tried.outcome) == (Channel.POST, AttemptOutcome.ACCEPTED)
    shown = as_guard.get(LIST)
    assert first.id not in {one.message.id for one in shown.context["to_post"]}
    assert all(not one.attempts.exists() for one in rest)


def test_none_ticked_is_asked_about_and_nothing_is_noted(as_guard: Client, letters: list[Message]) -> None:
    token = as_guard.get(LIST).context["form"]["token"].value()
    answer = as_guard.post(LIST, {"token": token})
    assert answer.status_code == 422
    assert "Kryss av" in answer.text
    assert not letters[0].attempts.exists()


def test_another_centre_sees_none_of_it(letters: list[Message], olav: Person) -> None:
    client = Client()
    client.force_login(olav)
    assert letters[0].short_id not in client.get(LIST).text
    assert client.get(PRINT).status_code == 404


def test_what_came_back_is_shown_until_somebody_has_read_it_and_is_no_receipt(
    as_guard: Client, letters: list[Message]
) -> None:
    now = timezone.now()
    mail = ReturnedMail.objects.create(
        sha256="0" * 64, message=letters[0], kind="reply", sender="bv@granvik.example", at=now, read_at=now
    )
    shown = as_guard.get(LIST)
    assert "bv@granvik.example" in shown.text
    assert "e-post har kommet tilbake" in as_guard.get("/").text
    seen = f"/utsending/retur/{mail.id}/lest/"
    assert as_guard.get(seen).status_code == 404, "to look changes nothing"
    as_guard.post(seen, {"token": shown.context["form"]["token"].value()})
    assert "bv@granvik.example" not in as_guard.get(LIST).text
    assert not letters[0].receipts.exists()


def test_a_letter_that_the_portal_soon_deletes_asks_for_a_call(as_guard: Client, letters: list[Message]) -> None:
    began = timezone.now() - timedelta(days=25)
    letters[0].attempts.create(
        number=1, channel=Channel.FIKS, address="9901", started_at=began, ended_at=began, outcome=AttemptOutcome.TAKEN
    )
    assert "sletter det snart" in as_guard.get(LIST).text


def test_a_hint_only_asks_the_worker_to_look_and_its_answer_tells_nothing(letters: list[Message]) -> None:
    at = timezone.now()
    letters[0].attempts.create(
        number=1, channel=Channel.EFORMIDLING, address="310073903", started_at=at, ended_at=at, outcome="taken"
    )
    client = Client(enforce_csrf_checks=True)
    answers = [
        client.post(HINT, json.dumps(said), content_type="application/json")
        for said in ({"messageId": str(letters[0].id), "status": "LEVERT"}, {"messageId": str(uuid4())}, {}, "nonsense")
    ]
    assert {(one.status_code, one.content) for one in answers} == {(204, b"")}
    assert jobs() == [str(letters[0].id)]
    assert not letters[0].statuses.exists(), "what it claims is not believed"
    assert client.get(HINT).status_code == 405


def jobs() -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT args->>'message_id' FROM procrastinate_jobs WHERE task_name = %s", [CARRY])
        return [row[0] for row in cursor.fetchall()]


def test_what_is_no_letter_of_ours_is_not_bound() -> None:
    with pytest.raises(NotRendered):
        bind([b"%PDF-1.4 something else"])
