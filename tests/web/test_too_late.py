"""A colleague sent a moment ago: what one answered oneself is kept, is in no letter, and that is said."""

from django.contrib.messages import get_messages
from django.test import Client

from savnet.access.models import Person
from savnet.delivery.models import Message
from savnet.register.models import Resident
from web.telling import ALL_UNKNOWN, filled, missing, page, send_in

OWN = ALL_UNKNOWN | {"a-6_answer": "yes", "a-6_text": "En fetter i Storfjell"}


def colleague(guard: Person) -> Client:
    client = Client()
    client.force_login(Person.objects.create_user("siv", name="Siv Sent", role=guard.role, centre=guard.centre))
    return client


def said(client: Client, address: str, sheet: dict[str, str]) -> list[tuple[str, str]]:
    response = client.post(address, sheet)
    assert response.status_code == 302
    return [(one.level_tag, str(one)) for one in get_messages(response.wsgi_request)]


def test_the_second_who_sends_is_told_whose_letters_went(as_guard: Client, guard: Person, luwam: Resident) -> None:
    case = missing(luwam, guard)
    sheet = filled(as_guard, page(case, "meld/"), **OWN)
    send_in(colleague(guard), page(case, "meld/"), **ALL_UNKNOWN)
    letters = Message.objects.count()
    ((level, text),) = said(as_guard, page(case, "meld/"), sheet)
    assert level == "warning"
    assert text.startswith("Siv Sent sendte meldingene kl. ")
    assert "står ikke i brevene" in text
    assert Message.objects.count() == letters
    assert "En fetter i Storfjell" in as_guard.get(page(case)).text


def test_so_is_whoever_only_keeps_her_answers(as_guard: Client, guard: Person, luwam: Resident) -> None:
    case = missing(luwam, guard)
    sheet = filled(as_guard, page(case, "meld/"), **OWN | {"do": "keep"})
    send_in(colleague(guard), page(case, "meld/"), **ALL_UNKNOWN)
    ((level, text),) = said(as_guard, page(case, "meld/"), sheet)
    assert (level, "Siv Sent" in text) == ("warning", True)


def test_who_is_alone_is_told_that_the_letters_are_made(as_guard: Client, guard: Person, luwam: Resident) -> None:
    case = missing(luwam, guard)
    sheet = filled(as_guard, page(case, "meld/"), **OWN)
    ((level, text),) = said(as_guard, page(case, "meld/"), sheet)
    assert (level, "Meldingene er laget" in text) == ("success", True)
