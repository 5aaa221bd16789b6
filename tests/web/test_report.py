"""The report on one page: nothing blank goes, what goes to whom is shown first, and one button sends it all."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from savnet.access.models import Person
from savnet.casework import absence
from savnet.casework.facts import ItemAnswer, answered, last_observed
from savnet.casework.sending import preview
from savnet.delivery.models import Message
from savnet.letters import compose
from savnet.register.models import Appointment, Resident
from savnet.rules.words import ITEMS, Answer
from savnet.web.times import OSLO
from savnet.web.wording.items import DANGERS
from web.telling import ALL_UNKNOWN, at_duty, duty, filled, missing, now_of, page, send_in


def test_a_blank_report_sends_nothing_and_names_each_blank(as_guard: Client, guard: Person, luwam: Resident) -> None:
    case = missing(luwam, guard)
    response = send_in(as_guard, page(case, "meld/"), **{"a-5_text": "Sekken er borte"})
    assert response.status_code == 422
    assert response.text.count("Ikke besvart: ") >= 9
    assert "Sekken er borte" in response.text
    assert not Message.objects.exists()


def test_not_knowing_is_an_answer(as_guard: Client, guard: Person, luwam: Resident) -> None:
    case = missing(luwam, guard)
    response = send_in(as_guard, page(case, "meld/"), **ALL_UNKNOWN)
    assert response.headers["Location"] == page(case)
    assert {one.obligation for one in Message.objects.all()} == {"a-1", "b-4"}


def test_yes_without_a_word_is_asked_about(as_guard: Client, guard: Person, luwam: Resident) -> None:
    case = missing(luwam, guard)
    response = send_in(as_guard, page(case, "meld/"), **ALL_UNKNOWN | {"a-6_answer": "yes"})
    assert response.status_code == 422
    assert 'href="#id_a-6_text"' in response.text
    assert not Message.objects.exists()


def test_answers_can_be_kept_without_sending(as_guard: Client, guard: Person, luwam: Resident) -> None:
    case = missing(luwam, guard)
    given = ALL_UNKNOWN | {"a-5_answer": "yes", "a-5_text": "Sekken er borte", "do": "keep"}
    send_in(as_guard, page(case, "meld/"), **given)
    assert not Message.objects.exists()
    assert answered(now_of(case), "a-5").answer is Answer.YES
    assert "Sekken er borte" in as_guard.get(page(case, "meld/")).text


def test_what_the_letters_set_out_apart_is_kept(as_guard: Client, guard: Person, luwam: Resident) -> None:
    case = missing(luwam, guard)
    named = {"a-7_answer": "yes", "resident_1_name": "Tariq", "resident_1_knows": "Så henne ved bussen"}
    danger = {"a-9_answer": "yes", "dangers": ["Trusler eller vold"]}
    where = {"where_answer": "yes", "where_text": "Hos en venn", "cities": "Storfjell, Granvik"}
    seen = {"a-3_answer": "yes", "seen_place": "Spisesalen"}
    send_in(as_guard, page(case, "meld/"), **ALL_UNKNOWN | named | danger | where | seen)
    now = now_of(case)
    assert answered(now, "a-3").details["place"] == "Spisesalen"
    assert answered(now, "a-7").details["residents"][0]["name"] == "Tariq"
    assert answered(now, "a-9").details["dangers"] == ["Trusler eller vold"]
    assert answered(now, "b-5").details["cities"] == ["Storfjell", "Granvik"]
    again = filled(as_guard, page(case, "meld/"))
    assert (again["resident_1_name"], again["cities"]) == ("Tariq", "Storfjell, Granvik")


WITHDRAWN = {
    "a-3_text": "Ble hentet av en hvit bil",
    "seen_by": "Berit på kjøkkenet",
    "a-7_text": "Spør gutten på rom 12",
    "resident_1_name": "Tariq",
    "resident_1_knows": "Så henne ved bussen",
    "a-9_text": "En mann har truet henne",
    "dangers": ["Trusler eller vold"],
    "where_text": "Hos en tante",
    "cities": "Storfjell",
}
"""What was typed under «ja» before the answers were changed."""


@pytest.mark.parametrize("changed_to", ["no", "unknown"])
def test_what_was_typed_under_a_yes_that_was_withdrawn_reaches_nobody(
    as_guard: Client, guard: Person, luwam: Resident, changed_to: str
) -> None:
    case = missing(luwam, guard)
    answers = {f"{item}_answer": changed_to for item in ITEMS} | {"where_answer": changed_to, "do": "keep"}
    send_in(as_guard, page(case, "meld/"), **ALL_UNKNOWN | answers | WITHDRAWN)
    told = [one for text in WITHDRAWN.values() for one in ([text] if isinstance(text, str) else text)]
    for id_ in ("a-1", "b-4"):
        letter = preview(case.id, duty(case, id_).key, by=guard, now=timezone.now())
        written = json.dumps(compose(letter, "nb"), ensure_ascii=False, default=str)
        assert "Luwam" in written
        assert [one for one in told if one in written] == []


def test_a_yes_that_was_kept_and_is_withdrawn_later_is_withdrawn_whole(
    as_guard: Client, guard: Person, luwam: Resident
) -> None:
    case = missing(luwam, guard)
    yes = {"a-7_answer": "yes", "a-9_answer": "yes", "where_answer": "yes", "do": "keep"}
    send_in(as_guard, page(case, "meld/"), **ALL_UNKNOWN | yes | WITHDRAWN)
    send_in(as_guard, page(case, "meld/"), **ALL_UNKNOWN | {"do": "keep"})
    now = now_of(case)
    for item in ("a-7", "a-9"):
        assert answered(now, item) == ItemAnswer(Answer.UNKNOWN)
    assert answered(now, "b-5").details == {"where_answer": "unknown", "where": ""}


def test_what_was_typed_under_a_no_is_still_there_while_the_sheet_is_put_right(
    as_guard: Client, guard: Person, luwam: Resident
) -> None:
    case = missing(luwam, guard)
    given = {"a-9_answer": "no", "a-9_text": "En mann har truet henne", "a-5_answer": ""}
    shown = send_in(as_guard, page(case, "meld/"), **ALL_UNKNOWN | given)
    assert shown.status_code == 422
    assert "En mann har truet henne" in shown.text


def test_what_a_resident_knows_is_not_lost_for_want_of_a_name(as_guard: Client, guard: Person, luwam: Resident) -> None:
    case = missing(luwam, guard)
    given = {"a-7_answer": "yes", "resident_1_knows": "Så henne ved bussen"}
    shown = send_in(as_guard, page(case, "meld/"), **ALL_UNKNOWN | given)
    assert shown.status_code == 422
    assert "Skriv navnet på beboeren." in shown.text


def test_the_worry_is_the_centres_own_and_never_filled_in_or_blank(
    as_guard: Client, guard: Person, luwam: Resident
) -> None:
    case = missing(luwam, guard)
    assert "worries" not in filled(as_guard, page(case, "meld/"))
    shown = send_in(as_guard, page(case, "meld/"), **ALL_UNKNOWN | {"worries": " "})
    assert shown.status_code == 422
    assert "Skriv hva dere er bekymret for" in shown.text
    assert not Message.objects.exists()


def test_what_a_yes_demands_is_not_said_to_be_left_blank_at_will(
    as_guard: Client, guard: Person, luwam: Resident
) -> None:
    shown = as_guard.get(page(missing(luwam, guard), "meld/")).text

    def label(name: str) -> str:
        return shown.split(f'for="id_{name}"')[1].split("</label>")[0]

    assert "kan stå tomt" not in label("a-5_text")
    assert "kan stå tomt" not in label("where_text")
    assert "kan stå tomt" in label("cities")


def test_boxes_to_tick_are_a_group_with_a_name_of_its_own(as_guard: Client, guard: Person, luwam: Resident) -> None:
    shown = as_guard.get(page(missing(luwam, guard), "meld/")).text
    group = shown.split('<fieldset class="ds-fieldset" id="id_dangers"')[1].split("</fieldset>")[0]
    assert "Gjelder noe av dette?</legend>" in group
    assert group.count('type="checkbox"') == len(DANGERS)
    assert group.count("sv-choice") >= len(DANGERS)


def test_lawyer_not_reached_is_not_the_same_as_no(as_guard: Client, guard: Person, luwam: Resident) -> None:
    case = missing(luwam, guard)
    send_in(as_guard, page(case, "meld/"), **ALL_UNKNOWN | {"a-10_answer": "not_obtained"})
    assert answered(now_of(case), "a-10").answer is Answer.NOT_OBTAINED


def test_what_goes_to_whom_and_why_is_shown_before_it_goes(as_guard: Client, guard: Person, luwam: Resident) -> None:
    shown = as_guard.get(page(missing(luwam, guard), "meld/")).text
    for part in (
        "Fjordkanten politidistrikt",
        "Barnevernstjenesten i Granvik",
        "Du leverer den selv, ved frammøte",
        "Mottaket ligger i Granvik kommune (9901).",
        "Hjemmel for å dele opplysningene",
    ):
        assert part in shown


def test_sending_twice_sends_once(as_guard: Client, guard: Person, luwam: Resident) -> None:
    case = missing(luwam, guard)
    sheet = filled(as_guard, page(case, "meld/"), **ALL_UNKNOWN)
    for _ in range(2):
        as_guard.post(page(case, "meld/"), sheet)
    send_in(as_guard, page(case, "meld/"), **ALL_UNKNOWN)
    assert Message.objects.count() == 2


def test_the_summons_can_be_cancelled_at_once_without_the_nine_answers(
    as_guard: Client, guard: Person, luwam: Resident
) -> None:
    Appointment.objects.create(resident=luwam, kind="asylum_interview", at=timezone.now() + timedelta(hours=12))
    case = missing(luwam, guard)
    send_in(as_guard, at_duty(case, "send", "d-2"))
    assert [one.obligation for one in Message.objects.all()] == ["d-2"]


def test_nothing_is_reported_before_anybody_believes_it(as_guard: Client, guard: Person, luwam: Resident) -> None:
    send_in(as_guard, f"/beboere/{luwam.id}/ikke-her/")
    shown = as_guard.get(page(luwam.case, "meld/")).text
    assert "Noter det først" in shown
    assert "Send alt" not in shown


@pytest.mark.parametrize("rest", ["meld/", "", "tilbake/", "opplysning/", "bekymring/", "send/"])
def test_anothers_case_looks_like_none(as_olav: Client, guard: Person, luwam: Resident, rest: str) -> None:
    case = missing(luwam, guard)
    assert as_olav.get(page(case, rest)).status_code == 404
    assert as_olav.post(page(case, rest), ALL_UNKNOWN).status_code == 404


def test_when_the_child_was_last_seen_can_be_told_with_the_report(
    as_guard: Client, guard: Person, luwam: Resident
) -> None:
    case = missing(luwam, guard)
    seen = {"a-3_answer": "yes", "seen_at_day": "2026-07-01", "seen_at_clock": "18:00"}
    send_in(as_guard, page(case, "meld/"), **ALL_UNKNOWN | seen)
    assert last_observed(now_of(case)) == datetime(2026, 7, 1, 16, 0, tzinfo=UTC)
    assert Message.objects.filter(obligation="a-1").exists()


def test_last_seen_is_filled_in_from_the_absence(as_guard: Client, guard: Person, luwam: Resident) -> None:
    then = timezone.now() - timedelta(hours=2)
    case = absence.notice(luwam, by=guard, now=then, last_observed=then - timedelta(hours=1))
    absence.believe(case.id, by=guard, now=then)
    sheet = filled(as_guard, page(case, "meld/"))
    assert sheet["a-3_answer"] == "yes"
    assert sheet["seen_at_clock"] == f"{(then - timedelta(hours=1)).astimezone(OSLO):%H:%M}"
