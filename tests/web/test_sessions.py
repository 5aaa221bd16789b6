"""How long a session holds, what ends it, and that nothing typed is lost when it does."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.utils import timezone

from savnet.access.models import Person
from savnet.access.rights import Role
from savnet.access.sign_in.models import KeptForm, SignIn, WhyEnded
from savnet.register.models import Centre, Resident
from savnet.web import fresh


def seen(person: Person, **ago: float) -> None:
    """The person's sessions were last used so long ago."""
    SignIn.objects.filter(person=person).update(seen_at=timezone.now() - timedelta(**ago))


def why_ended(person: Person) -> str:
    return SignIn.objects.get(person=person).why_ended


def test_a_session_holds_for_fifteen_minutes_without_use(as_nora: Client, nora: Person) -> None:
    seen(nora, minutes=14, seconds=50)
    assert as_nora.get("/beboere/").status_code == 200
    seen(nora, minutes=15)
    response = as_nora.get("/beboere/")
    assert response.headers["Location"] == "/logg-inn/?next=%2Fbeboere%2F&ute=idle"
    assert why_ended(nora) == WhyEnded.IDLE
    assert "ikke hadde vært i bruk" in as_nora.get(response.headers["Location"]).text


def test_use_makes_it_hold_longer(as_nora: Client, nora: Person) -> None:
    seen(nora, minutes=14)
    as_nora.get("/beboere/")
    assert timezone.now() - SignIn.objects.get(person=nora).seen_at < timedelta(minutes=1)


def test_what_the_page_does_by_itself_is_not_use(as_nora: Client, nora: Person) -> None:
    seen(nora, minutes=14)
    as_nora.get("/beboere/?av-seg-selv=1")
    as_nora.get("/okt/")
    assert timezone.now() - SignIn.objects.get(person=nora).seen_at > timedelta(minutes=13)


def test_who_says_so_is_still_there(as_nora: Client, nora: Person) -> None:
    seen(nora, minutes=14)
    assert as_nora.get("/okt/").json()["left"] < 61
    assert as_nora.post("/okt/").json()["left"] > 890


def test_nobody_is_told_of_a_session_that_is_not_theirs(client: Client, db: None) -> None:
    assert client.get("/okt/").status_code == 401


def test_no_session_lasts_longer_than_a_shift_however_it_is_used(as_nora: Client, nora: Person) -> None:
    SignIn.objects.filter(person=nora).update(began_at=timezone.now() - timedelta(hours=8))
    assert as_nora.get("/beboere/").headers["Location"].endswith("ute=too_long")


def test_the_last_minute_tells_that_it_can_t_be_made_longer(as_nora: Client, nora: Person) -> None:
    SignIn.objects.filter(person=nora).update(began_at=timezone.now() - timedelta(hours=7, minutes=59, seconds=30))
    assert as_nora.post("/okt/").json()["most"] < 31


@pytest.mark.parametrize(
    "change",
    [{"is_active": False}, {"role": Role.CENTRE_LEADER}, {"password": "x"}, {"office": "une"}],
    ids=lambda change: next(iter(change)),
)
def test_what_changes_access_ends_all_sessions_at_once(as_nora: Client, nora: Person, change: dict[str, Any]) -> None:
    other = Client()
    other.force_login(nora)
    Person.objects.filter(pk=nora.pk).update(**change)
    for browser in (as_nora, other):
        assert browser.get("/beboere/").status_code == 302
    assert {row.why_ended for row in SignIn.objects.filter(person=nora)} == {WhyEnded.ACCESS_CHANGED}


def test_another_centre_ends_all_sessions(as_nora: Client, nora: Person, other_centre: Centre) -> None:
    Person.objects.filter(pk=nora.pk).update(centre=other_centre)
    assert as_nora.get("/beboere/").headers["Location"].endswith("ute=access_changed")


def test_access_changed_by_hand_in_the_database_ends_sessions_too(as_nora: Client, nora: Person) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE access_person SET role = 'centre_leader' WHERE id = %s", [nora.pk])
    assert as_nora.get("/beboere/").status_code == 302


def test_access_taken_away_and_given_back_does_not_bring_a_session_back(as_nora: Client, nora: Person) -> None:
    for active in (False, True):
        Person.objects.filter(pk=nora.pk).update(is_active=active)
    assert as_nora.get("/beboere/").status_code == 302


@pytest.mark.parametrize("change", [{"name": "Nora Ny"}, {"language": "nn"}, {"phone": "+47 00 00 12 34"}], ids=str)
def test_what_does_not_change_access_ends_nothing(as_nora: Client, nora: Person, change: dict[str, str]) -> None:
    Person.objects.filter(pk=nora.pk).update(**change)
    assert as_nora.get("/beboere/").status_code == 200


def test_others_stay_signed_in(as_nora: Client, as_olav: Client, nora: Person) -> None:
    Person.objects.filter(pk=nora.pk).update(is_active=False)
    assert as_olav.get("/beboere/").status_code == 200


def has_just_said_who_she_is(client: Client) -> None:
    session = client.session
    session[fresh.IN_SESSION] = timezone.now().isoformat()
    session.save()


def test_who_has_not_lately_said_who_she_is_ends_nobodys_session(as_nora: Client, nora: Person) -> None:
    """A page that was left open does not throw its owner out everywhere else."""
    other = Client(headers={"user-agent": "En gammel telefon"})
    other.force_login(nora)
    other.get("/")
    session = as_nora.session
    session[fresh.IN_SESSION] = (timezone.now() - fresh.FOR_OWN_ACCOUNT).isoformat()
    session.save()
    assert "Er det fortsatt deg?" in as_nora.post("/konto/logg-ut-andre/").text
    assert other.get("/beboere/").status_code == 200
    assert SignIn.objects.filter(person=nora, ended_at=None).count() == 2


def test_one_sees_where_one_is_signed_in_and_can_end_it_all(as_nora: Client, nora: Person) -> None:
    other = Client(headers={"user-agent": "En gammel telefon"})
    other.force_login(nora)
    other.get("/")
    assert as_nora.get("/konto/").text.count('<li><span class="sv-strong">') == 2
    has_just_said_who_she_is(as_nora)
    as_nora.post("/konto/logg-ut-andre/")
    assert as_nora.get("/beboere/").status_code == 200
    assert other.get("/beboere/").headers["Location"].endswith("ute=signed_out_everywhere")


def test_signing_out_ends_the_session_and_not_only_the_cookie(as_nora: Client, nora: Person) -> None:
    stolen = as_nora.cookies["savnet"].value if "savnet" in as_nora.cookies else as_nora.session.session_key
    response = as_nora.post("/logg-ut/")
    assert response.headers["Clear-Site-Data"] == '"cache", "storage"'
    thief = Client()
    thief.cookies[next(iter(as_nora.cookies))] = stolen
    assert thief.get("/beboere/").status_code == 302
    assert why_ended(nora) == WhyEnded.SIGNED_OUT


def test_who_reads_the_table_of_sessions_can_use_none(as_nora: Client) -> None:
    kept = Session.objects.get()
    assert kept.session_key != as_nora.session.session_key
    assert "auth_user" not in kept.session_data
    thief = Client()
    thief.cookies[next(iter(as_nora.cookies))] = kept.session_key
    assert thief.get("/beboere/").status_code == 302


WRITTEN = "Sett ved busstoppet.\nGrå jakke."


def sent_too_late(client: Client, nora: Person, child: Resident) -> str:
    """Nora sends in what she saw, a minute after her session has ended; returns where she is led."""
    seen(nora, minutes=16)
    where = f"/beboere/{child.id}/ikke-her/"
    response = client.post(where, {"note": WRITTEN, "token": "x", "csrfmiddlewaretoken": "secret"})
    assert response.status_code == 302
    return str(response.headers["Location"])


def test_what_was_sent_in_too_late_is_there_after_signing_in_again(
    as_nora: Client, nora: Person, selam: Resident
) -> None:
    led = sent_too_late(as_nora, nora, selam)
    found = re.search(r"next=%2Fokt%2Fskjema%2F([0-9a-f-]+)%2F", led)
    assert found
    as_nora.force_login(nora)
    page = as_nora.get(f"/okt/skjema/{found[1]}/").text
    assert "Sett ved busstoppet." in page
    assert f'action="/beboere/{selam.id}/ikke-her/"' in page
    assert "secret" not in page
    carried = dict(re.findall(r'<textarea name="(\w+)" hidden>\n([^<]*)</textarea>', page))
    assert carried == {"note": WRITTEN, "token": "x"}


def test_nobody_else_sees_what_was_kept(as_nora: Client, nora: Person, as_olav: Client, selam: Resident) -> None:
    led = sent_too_late(as_nora, nora, selam)
    kept = KeptForm.objects.get()
    assert as_olav.get(f"/okt/skjema/{kept.id}/").status_code == 404
    assert b"busstoppet" not in bytes(kept.sealed)
    assert str(kept.id) in led


def test_what_was_kept_can_be_let_go(as_nora: Client, nora: Person, selam: Resident) -> None:
    sent_too_late(as_nora, nora, selam)
    as_nora.force_login(nora)
    as_nora.post(f"/okt/skjema/{KeptForm.objects.get().id}/")
    assert not KeptForm.objects.exists()


def test_nothing_is_kept_of_what_came_without_the_forms_own_token(nora: Person, selam: Resident) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(nora)
    seen(nora, minutes=16)
    assert client.post(f"/beboere/{selam.id}/ikke-her/", {"note": WRITTEN}).status_code == 403
    assert not KeptForm.objects.exists()


def test_a_form_whose_token_is_too_old_gives_back_what_was_typed(nora: Person, selam: Resident) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(nora)
    where, typed = f"/beboere/{selam.id}/ikke-her/", {"note": WRITTEN}
    ours = client.post(where, typed, headers={"sec-fetch-site": "same-origin"})
    assert ours.status_code == 403
    assert "busstoppet" in ours.text
    for site in ("cross-site", "same-site", "none"):
        assert "busstoppet" not in client.post(where, typed, headers={"sec-fetch-site": site}).text
