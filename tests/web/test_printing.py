"""A case on paper holds what its reader may see on the screen, all of it unfolded, and says who took it out."""

from django.test import Client

from savnet.access.look_rows import Look
from savnet.access.models import Person
from savnet.register.models import Resident
from web.offices import reported_and_copied
from web.telling import missing, page

WORRY = "Vi er redde for at noen utnytter barnet."


def test_everything_is_there_unfolded(as_guard: Client, guard: Person, luwam: Resident) -> None:
    case = reported_and_copied(as_guard, luwam, guard)
    answer = as_guard.get(page(case, "utskrift/"))
    assert answer.status_code == 200
    shown = answer.context
    assert len(shown["lines"]) == len(shown["timeline"]) + len(shown["timeline_rest"])
    assert len(shown["timeline_rest"]) > 0
    happened = answer.text.split('id="happened"')[1]
    assert "sv-details" not in happened
    assert happened.count("<li") >= len(shown["lines"])


def test_it_says_who_took_it_out_and_when(as_guard: Client, guard: Person, luwam: Resident) -> None:
    answer = as_guard.get(page(missing(luwam, guard), "utskrift/"))
    assert "av Gry Vakt. Taushetsbelagt." in answer.text


def test_what_she_may_not_reread_is_not_on_paper_either(as_guard: Client, guard: Person, luwam: Resident) -> None:
    case = reported_and_copied(as_guard, luwam, guard)
    assert WORRY not in as_guard.get(page(case, "utskrift/")).text


def test_printing_is_a_look_of_its_own(as_guard: Client, guard: Person, luwam: Resident) -> None:
    as_guard.get(page(missing(luwam, guard), "utskrift/"))
    assert Look.objects.filter(person_id=guard.pk, screen="case-print", allowed=True).count() == 1


def test_another_centres_case_is_not_printed(as_guard: Client, guard: Person, luwam: Resident, as_olav: Client) -> None:
    assert as_olav.get(page(missing(luwam, guard), "utskrift/")).status_code == 404
