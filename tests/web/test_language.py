"""Everyone reads the screens in the language they chose: before signing in by the device, afterwards by the person."""

import pytest
from django.conf import settings
from django.test import Client

from savnet.access.models import Language, Person

pytestmark = pytest.mark.django_db


def test_it_is_bokmaal_until_someone_chooses(client: Client) -> None:
    page = client.get("/logg-inn/", headers={"Accept-Language": "en-GB,en;q=0.9"})
    assert '<html lang="nb"' in page.text
    assert "Logg inn" in page.text


def test_a_browser_in_nynorsk_gets_nynorsk(client: Client) -> None:
    assert '<html lang="nn"' in client.get("/logg-inn/", headers={"Accept-Language": "nn-NO,nn;q=0.9"}).text


def test_the_choice_is_remembered_on_the_device_before_signing_in(client: Client) -> None:
    answer = client.post("/spraak/", {"language": "en", "next": "/logg-inn/"})
    assert answer.url == "/logg-inn/"
    page = client.get("/logg-inn/")
    assert '<html lang="en"' in page.text
    assert "Sign in" in page.text
    assert page["Content-Language"] == "en"


def test_the_choice_follows_the_person_to_another_device(client: Client, nora: Person) -> None:
    client.force_login(nora)
    client.post("/spraak/", {"language": "nn", "next": "/"})
    another = Client()
    another.force_login(nora)
    assert '<html lang="nn"' in another.get("/").text


def test_the_persons_own_language_goes_before_the_devices(client: Client, nora: Person) -> None:
    client.post("/spraak/", {"language": "en", "next": "/"})
    nora.language = Language.NYNORSK
    nora.save()
    client.force_login(nora)
    assert '<html lang="nn"' in client.get("/").text


@pytest.mark.parametrize("language", ["", "de", "../en", "nb-NO"])
def test_a_language_that_is_not_ours_is_refused(client: Client, language: str) -> None:
    assert client.post("/spraak/", {"language": language, "next": "/"}).status_code == 400


def test_looking_at_the_address_changes_nothing(client: Client) -> None:
    answer = client.get("/spraak/?language=en")
    assert answer.status_code == 405
    assert settings.LANGUAGE_COOKIE_NAME not in answer.cookies


@pytest.mark.parametrize("onward", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)", ""])
def test_nobody_is_led_to_another_site(client: Client, onward: str) -> None:
    assert client.post("/spraak/", {"language": "en", "next": onward}).url == "/"


def test_one_persons_language_is_not_the_next_ones(client: Client, nora: Person) -> None:
    client.force_login(nora)
    client.post("/spraak/", {"language": "en", "next": "/"})
    assert '<html lang="nb"' in Client().get("/logg-inn/").text


def test_the_settings_and_the_person_know_the_same_languages() -> None:
    assert Language.choices == settings.LANGUAGES
