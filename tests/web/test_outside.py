"""A child whom the circular does not cover: whoever answers is named, and nothing is said to have gone that has not."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from savnet.access.models import Person
from savnet.casework import absence
from savnet.casework.facts import answered
from savnet.casework.returning import note_return
from savnet.delivery.models import Message
from savnet.register.models import Resident
from savnet.rules.events import InquiryMade
from savnet.rules.words import Answer, ReturnedHow
from web.telling import ALL_UNKNOWN, filled, missing, now_of, page, send_in

AGES = {"fourteen": 14, "eighteen": 18}


@pytest.fixture(params=AGES)
def uncovered(request: pytest.FixtureRequest, luwam: Resident) -> Resident:
    luwam.born = timezone.now().date() - timedelta(days=AGES[request.param] * 365 + 30)
    luwam.save()
    return luwam


@pytest.fixture
def fourteen(luwam: Resident) -> Resident:
    luwam.born = timezone.now().date() - timedelta(days=14 * 365 + 30)
    luwam.save()
    return luwam


def test_the_belief_leads_to_who_answers_and_not_to_the_report(
    as_guard: Client, guard: Person, uncovered: Resident
) -> None:
    case = absence.notice(uncovered, by=guard, now=timezone.now())
    response = as_guard.post(
        page(case, "forsvunnet/"), filled(as_guard, page(case, "forsvunnet/"), why="Borte"), follow=True
    )
    assert response.redirect_chain == [(page(case), 302)]
    assert "RS 2015-009 gjelder ikke for dette barnet" in response.text
    assert "Nå skal politiet, barnevernet" not in response.text
    assert "ingenting ugjort" not in response.text


def test_the_report_says_what_to_do_and_sends_nothing(as_guard: Client, guard: Person, uncovered: Resident) -> None:
    case = missing(uncovered, guard)
    shown = as_guard.get(page(case, "meld/"))
    assert "Rundskrivet gjelder ikke her" in shown.text
    assert "Alle brevene er alt laget" not in shown.text
    assert "Send alt" not in shown.text
    sent = as_guard.post(page(case, "meld/"), ALL_UNKNOWN)
    assert "Meldingene er laget" not in sent.text
    assert not Message.objects.exists()
    assert answered(now_of(case), "a-4").answer is Answer.NOT_ASKED


def test_the_front_page_names_who_answers(as_guard: Client, guard: Person, fourteen: Resident) -> None:
    missing(fourteen, guard)
    shown = as_guard.get("/").text
    assert "Ring Barnevernstjenesten i Granvik." in shown
    assert 'href="tel:+4700009999">+47 00 00 99 99</a>' in shown
    assert "ingenting ugjort" not in shown


def test_one_who_came_of_age_since_the_last_time_is_not_said_to_be_done_with(
    as_guard: Client, guard: Person, luwam: Resident
) -> None:
    case = missing(luwam, guard, since=timedelta(days=6))
    note_return(case.id, how=ReturnedHow.TO_CENTRE, by=guard, now=timezone.now())
    luwam.born = timezone.now().date() - timedelta(days=18 * 365 + 30)
    luwam.save()
    absence.notice(luwam, by=guard, now=timezone.now())
    absence.believe(case.id, by=guard, now=timezone.now())
    shown = as_guard.get(page(case)).text
    assert "Rundskrivet gjelder ikke her" in shown
    assert "Rundskrivet gjelder ikke her" in as_guard.get(page(case, "meld/")).text


def test_the_call_to_child_welfare_can_be_noted(as_guard: Client, guard: Person, fourteen: Resident) -> None:
    case = missing(fourteen, guard)
    address = page(case, "undersokt/?ringte=1")
    assert f'href="{address}"' in as_guard.get(page(case)).text
    send_in(as_guard, address, finding="Anne tok imot og sender noen i kveld.")
    noted = [one for one in now_of(case).happened if isinstance(one, InquiryMade)]
    assert [one.what for one in noted] == ["Ringte barnevernstjenesten."]


def test_a_covered_child_goes_on_to_the_report(as_guard: Client, guard: Person, luwam: Resident) -> None:
    case = absence.notice(luwam, by=guard, now=timezone.now())
    response = send_in(as_guard, page(case, "forsvunnet/"), why="Sekken er borte")
    assert response.headers["Location"] == page(case, "meld/")
