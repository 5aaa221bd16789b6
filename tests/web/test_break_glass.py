"""Break-glass, from the tap to the review: a night guard at another centre, and the leader who is told."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from savnet.access.emergencies import BreakGlass
from savnet.access.models import Person
from savnet.access.rights import Role
from savnet.followup.models import StaffNotice
from savnet.register.models import Centre, Resident

pytestmark = pytest.mark.django_db

REFUSED = "Fant ikke ett barn som passer"


def asked(client: Client, who: str, **more: str) -> object:
    said = {"token": str(uuid4()), "who": who, "centre": "", "reason": "covering", "why": "Jeg er alene på vakt."}
    return client.post("/nodapning/", {**said, **more})


@pytest.fixture
def leader(centre: Centre) -> Person:
    return Person.objects.create_user("berit", name="Berit Leder", role=Role.CENTRE_LEADER, centre=centre)


@pytest.fixture
def as_leader(leader: Person) -> Client:
    client = Client()
    client.force_login(leader)
    return client


def test_two_taps_and_a_reason_open_the_child_and_tell_the_leader(
    as_olav: Client, selam: Resident, leader: Person
) -> None:
    assert as_olav.get(f"/beboere/{selam.id}/").status_code == 404
    opened = asked(as_olav, "selam TESFAY")
    assert opened.status_code == 302  # type: ignore[attr-defined]
    assert as_olav.get(f"/beboere/{selam.id}/").status_code == 200
    (told,) = StaffNotice.objects.all()
    assert (told.person, told.kind) == (leader, "emergency")


def test_the_leader_sees_it_on_her_front_page_and_says_that_it_was_in_order(
    as_olav: Client, as_leader: Client, selam: Resident, leader: Person
) -> None:
    asked(as_olav, "Selam Tesfay")
    (opened,) = BreakGlass.objects.all()
    assert "1 sak er åpnet i nødstilfelle" in as_leader.get("/").text
    page = as_leader.get(f"/nodapninger/{opened.id}/").text
    assert "Olav Øst" in page
    assert "Jeg er alene på vakt." in page
    answer = {"token": str(uuid4()), "verdict": "in_order", "note": ""}
    assert as_leader.post(f"/nodapninger/{opened.id}/", answer).status_code == 302
    opened.refresh_from_db()
    assert (opened.verdict, opened.reviewed_by) == ("in_order", leader)
    assert "åpnet i nødstilfelle" not in as_leader.get("/").text


def test_what_must_be_followed_up_says_what(as_olav: Client, as_leader: Client, selam: Resident) -> None:
    asked(as_olav, "Selam Tesfay")
    (opened,) = BreakGlass.objects.all()
    bare = as_leader.post(f"/nodapninger/{opened.id}/", {"token": str(uuid4()), "verdict": "follow_up", "note": ""})
    assert bare.status_code == 422
    assert "Skriv hva som må følges opp" in bare.text


def test_it_closes_by_itself(as_olav: Client, selam: Resident) -> None:
    asked(as_olav, "Selam Tesfay")
    past = timezone.now() - timedelta(hours=2)
    BreakGlass.objects.update(at=past, until=past + timedelta(hours=1))
    assert as_olav.get(f"/beboere/{selam.id}/").status_code == 404


def test_it_is_closed_by_a_button_and_not_by_a_link(as_olav: Client, selam: Resident) -> None:
    asked(as_olav, "Selam Tesfay")
    (opened,) = BreakGlass.objects.all()
    as_olav.get(f"/nodapning/{opened.id}/lukk/")
    assert as_olav.get(f"/beboere/{selam.id}/").status_code == 200
    as_olav.post(f"/nodapning/{opened.id}/lukk/")
    assert as_olav.get(f"/beboere/{selam.id}/").status_code == 404


def test_an_emergency_opens_one_child_and_no_other(as_olav: Client, selam: Resident, centre: Centre) -> None:
    other = Resident.objects.create(centre=centre, given_name="Yonas", family_name="Haile")
    asked(as_olav, "Selam Tesfay")
    assert as_olav.get(f"/beboere/{other.id}/").status_code == 404


def test_it_gives_no_right_to_keep_the_register_or_to_strike_out(as_olav: Client, selam: Resident) -> None:
    asked(as_olav, "Selam Tesfay")
    assert as_olav.get(f"/beboere/{selam.id}/rett/").status_code == 404


@pytest.mark.parametrize("who", ["Selam", "S T", "Selam Haile", "Ingen Slik", "", "%"])
def test_half_a_name_opens_nothing_where_two_could_be_meant(
    as_olav: Client, selam: Resident, centre: Centre, who: str
) -> None:
    Resident.objects.create(centre=centre, given_name="Selam", family_name="Bekele")
    assert asked(as_olav, who).status_code == 422  # type: ignore[attr-defined]
    assert not BreakGlass.objects.exists()


def test_nobody_learns_whether_a_name_fits_nobody_or_many(as_olav: Client, selam: Resident, centre: Centre) -> None:
    Resident.objects.create(centre=centre, given_name="Selam", family_name="Bekele")
    for who in ("Selam", "Ingen Slik"):
        assert REFUSED in asked(as_olav, who).text  # type: ignore[attr-defined]


def test_without_a_reason_it_stays_closed(as_olav: Client, selam: Resident) -> None:
    assert asked(as_olav, "Selam Tesfay", reason="").status_code == 422  # type: ignore[attr-defined]
    said = asked(as_olav, "Selam Tesfay", reason="other", why=" ")
    assert (said.status_code, "Skriv hvorfor det ikke kan vente." in said.text) == (422, True)  # type: ignore[attr-defined]
    assert not BreakGlass.objects.exists()


def test_a_reason_that_speaks_for_itself_needs_no_words(as_olav: Client, selam: Resident, leader: Person) -> None:
    assert asked(as_olav, "Selam Tesfay", reason="child_here", why="").status_code == 302  # type: ignore[attr-defined]
    assert [(one.reason, one.why) for one in BreakGlass.objects.all()] == [("child_here", "")]


def test_a_second_tap_tells_nobody_anew(as_olav: Client, selam: Resident, leader: Person) -> None:
    for _ in range(2):
        asked(as_olav, "Selam Tesfay")
    assert BreakGlass.objects.count() == StaffNotice.objects.count() == 1


def test_where_the_centre_has_no_leader_the_country_is_told(as_olav: Client, selam: Resident) -> None:
    overseer = Person.objects.create_user("nina", name="Nina Nasjonal", role=Role.NATIONAL_OVERSEER)
    asked(as_olav, "Selam Tesfay")
    assert StaffNotice.objects.get().person == overseer


def test_the_region_breaks_no_glass(selam: Resident) -> None:
    rune = Person.objects.create_user("rune", name="Rune Region", role=Role.REGIONAL_OFFICER, region="fjord")
    client = Client()
    client.force_login(rune)
    assert client.get("/nodapning/").status_code == 404
    assert asked(client, "Selam Tesfay").status_code == 404  # type: ignore[attr-defined]


def test_another_centres_leader_reviews_nothing_here(as_olav: Client, selam: Resident, other_centre: Centre) -> None:
    lise = Person.objects.create_user("lise", name="Lise Leder", role=Role.CENTRE_LEADER, centre=other_centre)
    asked(as_olav, "Selam Tesfay")
    client = Client()
    client.force_login(lise)
    (opened,) = BreakGlass.objects.all()
    answer = {"token": str(uuid4()), "verdict": "in_order", "note": ""}
    assert client.post(f"/nodapninger/{opened.id}/", answer).status_code == 404
    assert "Olav" not in client.get("/nodapninger/").text
