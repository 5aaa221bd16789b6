"""Noting an absence, looking into it, explaining it, and saying that the child has disappeared."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from savnet.access.models import Person
from savnet.cases.models import Case
from savnet.casework import absence
from savnet.register.models import Resident
from savnet.rules.events import AbsenceNoticed, DisappearanceBelieved, InquiryMade
from savnet.web.times import OSLO
from web.telling import filled, missing, now_of, open_ids, page, send_in


def address(resident: Resident) -> str:
    return f"/beboere/{resident.id}/ikke-her/"


def noticed(case: Case) -> AbsenceNoticed:
    return next(one for one in now_of(case).events if isinstance(one, AbsenceNoticed))


def test_an_absence_is_noted_with_nothing_to_fill_in(as_guard: Client, luwam: Resident) -> None:
    assert f'href="{address(luwam)}"' in as_guard.get("/").text
    before = timezone.now()
    response = send_in(as_guard, address(luwam))
    case = Case.objects.get(resident=luwam)
    assert response.headers["Location"] == page(case)
    assert abs(noticed(case).at - before) < timedelta(seconds=5)
    front = as_guard.get("/").text
    assert "Ikke til stede" in front
    assert "Finn ut hvorfor barnet ikke er her" in front


def test_a_time_that_is_typed_is_oslos(as_guard: Client, luwam: Resident) -> None:
    send_in(as_guard, address(luwam), at_day="2026-07-01", at_clock="18:00")
    assert noticed(Case.objects.get(resident=luwam)).at == datetime(2026, 7, 1, 16, 0, tzinfo=UTC)


def test_a_local_time_that_never_was_is_asked_about(as_guard: Client, luwam: Resident) -> None:
    response = send_in(as_guard, address(luwam), at_day="2026-03-29", at_clock="02:30", note="Dør sto åpen")
    assert response.status_code == 422
    assert "Mente du 01.30 eller 03.30?" in response.text
    assert "Dør sto åpen" in response.text
    assert not Case.objects.exists()


def test_a_local_time_that_came_twice_is_read_as_the_earlier(as_guard: Client, luwam: Resident) -> None:
    send_in(as_guard, address(luwam), at_day="2025-10-26", at_clock="02:30")
    assert noticed(Case.objects.get(resident=luwam)).at == datetime(2025, 10, 26, 0, 30, tzinfo=UTC)


def test_last_seen_in_the_future_is_refused(as_guard: Client, luwam: Resident) -> None:
    ahead = (timezone.now() + timedelta(hours=3)).astimezone(OSLO)
    given = {"last_observed_day": ahead.date().isoformat(), "last_observed_clock": f"{ahead:%H:%M}"}
    response = send_in(as_guard, address(luwam), **given)
    assert response.status_code == 422
    assert "Tidspunktet er ikke kommet ennå" in response.text
    assert 'href="#id_last_observed"' in response.text
    assert not Case.objects.exists()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"at_day": ""}, "Skriv datoen."),
        ({"at_clock": "25:99"}, "Skriv klokkeslettet slik"),
        ({"how": "ferie"}, "Velg et gyldig valg."),
        ({"note": "x" * 4001}, "Teksten er for lang"),
    ],
)
def test_what_cannot_be_read_is_said_in_plain_words(
    as_guard: Client, luwam: Resident, given: dict[str, str], said: str
) -> None:
    response = send_in(as_guard, address(luwam), **given)
    assert response.status_code == 422
    assert said in response.text


def test_a_sheet_sent_twice_is_acted_on_once(as_guard: Client, luwam: Resident) -> None:
    sheet = filled(as_guard, address(luwam))
    first, second = as_guard.post(address(luwam), sheet), as_guard.post(address(luwam), sheet)
    assert first.headers["Location"] == second.headers["Location"]
    case = Case.objects.get(resident=luwam)
    assert sum(isinstance(one, AbsenceNoticed) for one in now_of(case).events) == 1


def test_a_sheet_that_was_refused_may_be_sent_again(as_guard: Client, luwam: Resident) -> None:
    sheet = filled(as_guard, address(luwam))
    assert as_guard.post(address(luwam), sheet | {"how": "ferie"}).status_code == 422
    assert as_guard.post(address(luwam), sheet).status_code == 302


def test_a_sheet_without_its_token_is_not_acted_on(as_guard: Client, luwam: Resident) -> None:
    sheet = filled(as_guard, address(luwam))
    del sheet["token"]
    assert as_guard.post(address(luwam), sheet).status_code == 422
    assert not Case.objects.exists()


def test_nobody_notes_an_absence_at_another_centre(as_olav: Client, luwam: Resident) -> None:
    assert as_olav.post(address(luwam), {}).status_code == 404
    assert not Case.objects.exists()


def test_what_was_looked_into_is_kept(as_guard: Client, guard: Person, luwam: Resident) -> None:
    case = absence.notice(luwam, by=guard, now=timezone.now())
    send_in(as_guard, page(case, "undersokt/"), what="Ringte henne", finding="Telefonen er avslått")
    assert any(isinstance(one, InquiryMade) for one in now_of(case).events)
    assert "Telefonen er avslått" in as_guard.get(page(case)).text


def test_an_explained_absence_leaves_nothing_owed(as_guard: Client, guard: Person, luwam: Resident) -> None:
    case = absence.notice(luwam, by=guard, now=timezone.now())
    response = send_in(as_guard, page(case, "forklart/"), why="Bussen var forsinket. Hun er her nå.")
    assert response.status_code == 302
    assert open_ids(case) == []


def test_belief_before_the_absence_is_refused(as_guard: Client, guard: Person, luwam: Resident) -> None:
    case = absence.notice(luwam, by=guard, now=timezone.now() - timedelta(hours=1))
    response = send_in(as_guard, page(case, "forsvunnet/"), at_day="2026-01-05", at_clock="12:00")
    assert response.status_code == 422
    assert "før fraværet ble oppdaget" in response.text
    assert 'href="#id_at"' in response.text


def test_belief_leads_on_to_the_report(as_guard: Client, guard: Person, luwam: Resident) -> None:
    case = absence.notice(luwam, by=guard, now=timezone.now() - timedelta(hours=1))
    response = send_in(as_guard, page(case, "forsvunnet/"), why="Sekken er borte")
    assert response.headers["Location"] == page(case, "meld/")
    assert {"a-1", "b-4", "d-4"} <= set(open_ids(case))


def test_two_who_believe_at_once_start_one_clock(as_guard: Client, guard: Person, luwam: Resident) -> None:
    case = missing(luwam, guard)
    send_in(as_guard, page(case, "forsvunnet/"))
    believed = [one for one in now_of(case).events if isinstance(one, DisappearanceBelieved)]
    assert len(believed) == 1
