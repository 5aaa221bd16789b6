"""What an office has left undone is told of to its own people, and whoever takes it on keeps it still a while."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from savnet.access.models import Person
from savnet.access.rights import Role
from savnet.cases.models import Case, ObligationRow
from savnet.casework import following_up, silence
from savnet.casework.loose_ends import LooseEnd, loose_ends
from savnet.followup.models import Acknowledgement, Alarm
from savnet.register.models import Resident
from savnet.rules.words import Actor
from savnet.web.alarms import taking
from savnet.web.shown import slug
from savnet.web.wording.duties import duty
from web.offices import at, reported_and_copied, told
from web.telling import filled, now_of, page, send_in

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def the_demos_offices(settings: Settings, tmp_path: Any) -> None:
    settings.DEMO = True
    settings.KEY_FILE = tmp_path / "keys" / "wrapping.json"


@pytest.fixture
def case(as_guard: Client, guard: Person, luwam: Resident, region: Client, settings: Settings) -> Case:
    """Copied to the region, which has had two days for what is its own."""
    made = reported_and_copied(as_guard, luwam, guard)
    following_up.watch_over(now=timezone.now())
    silence.sound(now=timezone.now() + 2 * DAY)
    return made


def of_region(case: Case, duty: str = "3-2") -> LooseEnd:
    ends = loose_ends(timezone.now(), case_id=case.id)
    return next(one for one in ends if one.actor is Actor.REGION and one.subject.startswith(f"{duty}|"))


def test_the_regions_alarm_is_taken_on_from_its_own_page(region: Client, case: Case) -> None:
    end = of_region(case)
    assert Alarm.objects.get(subject=end.subject).person == Person.objects.get(username="rune")
    address = taking("office-acknowledge", end)
    shown = region.get("/varsler/").text
    assert address in shown
    assert region.get(address).status_code == 200
    taken = region.post(address, filled(region, address, pause="120"))
    assert taken.headers["Location"] == told(case, "venter/")
    pause = Acknowledgement.objects.get(case_id=case.id, subject=end.subject)
    assert pause.person.username == "rune"
    assert timedelta(hours=1) < pause.until - pause.at <= timedelta(hours=2)
    shown = region.get("/varsler/").text
    assert "Rune Kontor har tatt det." in shown
    assert address not in shown


def test_taking_it_on_stops_the_ladder_and_never_the_clock(region: Client, case: Case) -> None:
    end, latest = of_region(case), {one.key: one.latest for one in now_of(case).derivation.obligations}
    address = taking("office-acknowledge", end)
    region.post(address, filled(region, address, pause="60"))
    assert of_region(case).limit == end.limit
    assert {one.key: one.latest for one in now_of(case).derivation.obligations} == latest
    before = Alarm.objects.filter(subject=end.subject).count()
    silence.sound(now=timezone.now() + timedelta(minutes=30))
    assert Alarm.objects.filter(subject=end.subject).count() == before
    silence.sound(now=timezone.now() + 4 * DAY)
    assert Alarm.objects.filter(subject=end.subject).count() == before + 1


def test_a_colleague_at_the_office_may_take_it_on(region: Client, case: Case) -> None:
    Person.objects.create_user("rita", name="Rita Region", role=Role.REGIONAL_OFFICER, region="fjord")
    rita = Client()
    rita.force_login(Person.objects.get(username="rita"))
    address = taking("office-acknowledge", of_region(case))
    assert rita.post(address, filled(rita, address, pause="30")).status_code == 302
    assert Acknowledgement.objects.get().person.username == "rita"


def test_what_waits_at_the_office_is_listed_with_who_was_told(region: Client, case: Case) -> None:
    rows = ObligationRow.objects.filter(case_id=case.id, state="open")
    rows.update(arisen_at=timezone.now() - 2 * DAY)  # the page's clock is the wall's: what is due must be old
    assert f'href="{told(case, "venter/")}"' in region.get(told(case)).text
    shown = region.get(told(case, "venter/")).text
    assert str(duty("3-2", "duf", None).title) in shown
    assert "Rune Kontor" in shown
    assert str(duty("d-4", "sesam", None).title) not in shown, "what waits for the centre is the centre's"


def test_nobody_takes_on_what_is_anothers(region: Client, as_guard: Client, case: Case) -> None:
    ends = list(loose_ends(timezone.now(), case_id=case.id))
    of_centre = next(one for one in ends if one.actor is Actor.CENTRE)
    theirs = region.post(taking("office-acknowledge", of_centre), {"pause": "60"})
    assert theirs.headers["Location"] == told(case, "venter/"), "nothing of the kind waits there"
    theirs = as_guard.post(taking("acknowledge", of_region(case)), {"pause": "60"})
    assert theirs.headers["Location"] == page(case, "venter/")
    assert not Acknowledgement.objects.exists()
    answered = as_guard.get(taking("acknowledge", of_region(case)), follow=True)
    assert "Dette venter ikke lenger" in answered.text


@pytest.mark.parametrize("who", ["frida", "kari", "berit", "unni"])
def test_another_office_gets_the_answer_of_what_is_not_there(case: Case, who: str) -> None:
    other = at(who)
    foreign = other.get(taking("office-acknowledge", of_region(case)))
    nowhere = other.get("/kontor/00000000-0000-4000-8000-000000000000/venter/ta/?sak=3-2")
    assert foreign.status_code == nowhere.status_code == 404
    assert foreign.content == nowhere.content
    assert other.get(told(case, "venter/")).status_code == 404


def test_who_oversees_the_country_is_told_and_cannot_take_it_on_for_others(case: Case) -> None:
    nina = Person.objects.create_user("nina", name="Nina Nasjonal", role=Role.NATIONAL_OVERSEER)
    Alarm.objects.update(person=nina)
    client = Client()
    client.force_login(nina)
    assert "Jeg tar det" not in client.get("/varsler/").text
    assert client.get(taking("office-acknowledge", of_region(case))).status_code == 404


def test_what_is_done_is_no_longer_there_to_take_on(region: Client, case: Case) -> None:
    address = taking("office-acknowledge", of_region(case))
    one = next(one for one in now_of(case).derivation.obligations if one.id == "3-2")
    send_in(region, told(case, f"registrer/{slug(one)}/"), reference="1")
    assert address not in region.get("/varsler/").text
    answered = region.get(address, follow=True)
    assert "Dette venter ikke lenger" in answered.text


def test_the_centres_alarms_can_be_taken_on_from_its_page_too(as_guard: Client, guard: Person, case: Case) -> None:
    end = next(one for one in loose_ends(timezone.now(), case_id=case.id) if one.subject.startswith("d-4|"))
    assert Alarm.objects.filter(person=guard, subject=end.subject).exists()
    assert taking("acknowledge", end) in as_guard.get("/varsler/").text


def test_the_centre_sees_what_waits_for_the_region_and_cannot_take_it_on(as_guard: Client, case: Case) -> None:
    ObligationRow.objects.filter(case_id=case.id, state="open").update(arisen_at=timezone.now() - 2 * DAY)
    shown = as_guard.get(page(case, "venter/")).text
    assert str(duty("3-2", "duf", None).title) in shown
    assert taking("acknowledge", of_region(case)) not in shown
