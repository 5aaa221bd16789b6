"""Who has not said for a while who they are, is asked once, and loses nothing of what was typed."""

from datetime import timedelta

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.utils import timezone

from savnet.access.models import Person
from savnet.access.sign_in.session_store import SessionStore
from savnet.web import fresh
from savnet.web.said_again import asked_again
from savnet.web.screen import Visit

pytestmark = pytest.mark.django_db


@pytest.fixture
def outside_the_demo(settings: pytest.FixtureRequest) -> None:
    settings.DEMO = False  # type: ignore[attr-defined]
    return


def request(nora: Person, typed: dict[str, object] | None = None) -> HttpRequest:
    factory = RequestFactory()
    made = factory.get("/saker/1/send/") if typed is None else factory.post("/saker/1/send/", typed)
    made.user = nora  # type: ignore[assignment]
    made.session = SessionStore()
    made.csp_nonce = ""  # type: ignore[attr-defined]
    return made


def asked(made: HttpRequest, nora: Person, *, later: timedelta = timedelta()) -> HttpResponse | None:
    return asked_again(Visit(made, nora, timezone.now() + later))


def test_who_has_just_signed_in_is_not_asked(nora: Person) -> None:
    made = request(nora)
    fresh.mark(made)
    assert asked(made, nora) is None


def test_after_a_quarter_of_an_hour_she_is_asked(nora: Person) -> None:
    made = request(nora)
    fresh.mark(made)
    assert asked(made, nora, later=timedelta(minutes=14, seconds=58)) is None
    assert asked(made, nora, later=timedelta(minutes=15, seconds=1)) is not None


def test_before_her_own_account_she_is_asked_sooner(nora: Person) -> None:
    made = request(nora)
    fresh.mark(made)
    for later, is_asked in ((timedelta(minutes=2, seconds=58), False), (timedelta(minutes=3, seconds=1), True)):
        question = asked_again(Visit(made, nora, timezone.now() + later), own_account=True)
        assert (question is not None) == is_asked


def test_who_says_it_again_goes_on_under_a_new_key(nora: Person, outside_the_demo: None) -> None:
    made = request(nora, {"said_again": "1", "password": "nattevakt"})
    made.session["her"] = "own"
    made.session.save()
    before = made.session.session_key
    assert asked(made, nora) is None
    assert made.session.session_key != before
    assert SessionStore(before).load() == {}
    assert SessionStore(made.session.session_key).load()["her"] == "own"


def test_what_was_typed_stands_in_the_question_and_goes_on_with_the_answer(
    nora: Person, outside_the_demo: None
) -> None:
    typed = {"worries": "Redd for «onkelen»", "dangers": ["Rus", "Kriminalitet"], "token": "t"}
    question = asked(request(nora, typed), nora)
    assert question is not None
    assert "Redd for «onkelen»" in question.content.decode()
    assert question.content.decode().count('name="dangers"') == 2
    answered = request(nora, {**typed, "said_again": "1", "password": "nattevakt"})
    assert asked(answered, nora) is None
    assert answered.POST.getlist("dangers") == ["Rus", "Kriminalitet"]
    assert fresh.is_fresh(answered, timezone.now())


def test_a_wrong_password_asks_again_and_is_not_shown(nora: Person, outside_the_demo: None) -> None:
    question = asked(request(nora, {"worries": "x", "said_again": "1", "password": "gjetning"}), nora)
    assert question is not None
    assert question.status_code == 422
    assert "gjetning" not in question.content.decode()


def test_anothers_password_does_not_do(nora: Person, olav: Person, outside_the_demo: None) -> None:
    assert asked(request(nora, {"said_again": "1", "password": "solvik"}), nora) is not None


def test_a_link_can_answer_for_nobody(nora: Person) -> None:
    made = request(nora)
    made.GET = made.GET.copy()  # type: ignore[assignment]
    made.GET["said_again"] = "1"  # type: ignore[index]
    assert asked(made, nora) is not None
    assert not fresh.is_fresh(made, timezone.now())


def test_the_page_of_its_own_goes_back_to_where_she_was(as_nora: Client) -> None:
    answered = as_nora.post("/bekreft/", {"next": "/beboere/", "said_again": "1"})
    assert (answered.status_code, answered["Location"]) == (302, "/beboere/")


def test_it_never_leads_to_another_site(as_nora: Client) -> None:
    assert as_nora.post("/bekreft/", {"next": "https://ond.example/", "said_again": "1"})["Location"] == "/"
