"""A page that lies open asks by itself how the house stands: the banner comes and goes, and no session lives longer."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from savnet.access.models import Person
from savnet.access.sign_in.models import SignIn
from savnet.cases.models import Case
from savnet.watching.heartbeat import beat

pytestmark = pytest.mark.django_db
ASLEEP = "Savnet sender ikke av seg selv nå"
NO_ANSWER = "Savnet svarer ikke nå"


def asked(client: Client) -> str:
    return client.get(f"{reverse('how-it-stands')}?av-seg-selv").content.decode()


def test_the_page_is_told_when_the_worker_falls_silent_and_when_it_is_back(as_guard: Client) -> None:
    beat(timezone.now() - timedelta(seconds=46))
    assert ASLEEP in asked(as_guard)
    beat(timezone.now())
    assert asked(as_guard).strip() == "<div data-told></div>"


def test_the_answer_is_what_stands_on_a_new_page(as_guard: Client) -> None:
    beat(timezone.now() - timedelta(minutes=2))
    assert asked(as_guard).strip() in as_guard.get("/beboere/").content.decode()


def test_the_answer_holds_no_person_no_case_and_no_centre(missing: Callable[..., Case], as_guard: Client) -> None:
    case = missing()
    beat(timezone.now() - timedelta(minutes=2))
    told = asked(as_guard)
    assert not [word for word in ("Yonas", "Nora", "Furuly", str(case.id), str(case.resident_id)) if word in told]


def test_it_is_told_in_the_readers_language(as_guard: Client, guard: Person) -> None:
    Person.objects.filter(id=guard.id).update(language="en")
    beat(timezone.now() - timedelta(minutes=2))
    assert ASLEEP not in asked(as_guard)


def test_nobody_who_is_not_signed_in_is_told_anything(db: None) -> None:
    answer = Client().get(reverse("how-it-stands"))
    assert (answer.status_code, answer.content) == (401, b"")


def test_asking_by_itself_is_no_use_of_the_session(as_guard: Client) -> None:
    as_guard.get("/beboere/")
    long_ago = timezone.now() - timedelta(minutes=10)
    SignIn.objects.update(seen_at=long_ago)
    asked(as_guard)
    assert list(SignIn.objects.values_list("seen_at", flat=True)) == [long_ago]


def test_every_page_brings_the_words_for_when_nothing_answers_any_more(as_guard: Client) -> None:
    beat(timezone.now())
    page = as_guard.get("/beboere/").content.decode()
    assert NO_ANSWER in page
    assert page.index("<template>") < page.index(NO_ANSWER) < page.index("</template>")  # shown by the script alone
