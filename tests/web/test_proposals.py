"""Two persons on the screens: one proposes, another finds it on the front page and answers."""

from datetime import timedelta
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from django.test import Client
from django.utils import timezone

from savnet.access.models import Person
from savnet.access.proposals import Proposal
from savnet.access.rights import Role
from savnet.cases.models import Case
from savnet.casework import absence
from savnet.delivery.certificates import add_certificate
from savnet.delivery.models import ReceiverCertificate
from savnet.demo.authority import issue_for_mail, new_authority
from savnet.register.models import Centre, PoliceDistrict, Recipient, RegisterChange, Resident
from savnet.web.times import OSLO
from web.telling import send_in

pytestmark = pytest.mark.django_db


def client_of(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def second(granvik: Centre) -> Client:
    return client_of(Person.objects.create_user("ola", name="Ola Annen", role=Role.SHIFT_STAFF, centre=granvik))


@pytest.fixture
def missing(luwam: Resident, guard: Person) -> Case:
    now = timezone.now()
    case = absence.notice(luwam, by=guard, now=now)
    absence.believe(case.id, by=guard, now=now)
    return Case.objects.get(id=case.id)


def found_elsewhere(client: Client, case: Case, **more: str) -> object:
    now = timezone.now().astimezone(OSLO)
    said = {
        "token": str(uuid4()),
        "how": "found_by_other",
        "at_day": f"{now:%Y-%m-%d}",
        "at_clock": f"{now:%H:%M}",
        "at_exact": now.isoformat(),
        "source": "Operasjonssentralen",
        "note": "",
    }
    return client.post(f"/saker/{case.id}/tilbake/", {**said, **more})


def answer(client: Client, proposal: Proposal, do: str, note: str = "") -> object:
    return client.post(f"/venter/{proposal.id}/", {"token": str(uuid4()), "do": do, "note": note})


def test_a_child_found_elsewhere_stays_missing_until_another_on_duty_says_so(
    as_guard: Client, second: Client, missing: Case
) -> None:
    assert found_elsewhere(as_guard, missing).status_code == 302  # type: ignore[attr-defined]
    missing.refresh_from_db()
    assert missing.state == "missing"
    assert "1 forslag venter på at du svarer" in second.get("/").text
    (proposal,) = Proposal.objects.all()
    assert "Operasjonssentralen" in second.get(f"/venter/{proposal.id}/").text
    assert answer(second, proposal, "confirm").status_code == 302  # type: ignore[attr-defined]
    missing.refresh_from_db()
    assert missing.state != "missing"
    assert answer(second, proposal, "confirm").status_code in {404, 422}  # type: ignore[attr-defined]


def test_who_proposed_is_offered_no_answer_and_gets_none(as_guard: Client, missing: Case) -> None:
    found_elsewhere(as_guard, missing)
    (proposal,) = Proposal.objects.all()
    page = as_guard.get(f"/venter/{proposal.id}/").text
    assert 'value="confirm"' not in page
    assert answer(as_guard, proposal, "confirm").status_code == 422  # type: ignore[attr-defined]
    missing.refresh_from_db()
    assert missing.state == "missing"


def test_a_child_who_stands_at_the_door_takes_nobodys_word_but_ones_own(as_guard: Client, missing: Case) -> None:
    found_elsewhere(as_guard, missing, how="to_centre", source="")
    missing.refresh_from_db()
    assert missing.state != "missing"
    assert not Proposal.objects.exists()


def test_somebody_must_say_that_it_is_found(as_guard: Client, missing: Case) -> None:
    blank = found_elsewhere(as_guard, missing, source="")
    assert "Skriv hvem som sier at barnet er funnet" in blank.text  # type: ignore[attr-defined]


def test_to_strike_the_start_of_the_limit_becomes_a_proposal(as_guard: Client, second: Client, missing: Case) -> None:
    number = missing.head_sequence
    struck = {"token": str(uuid4()), "why": "Feil barn."}
    assert as_guard.post(f"/saker/{missing.id}/stryk/{number}/", struck).status_code == 302
    missing.refresh_from_db()
    assert missing.state == "missing"
    (proposal,) = Proposal.objects.all()
    answer(second, proposal, "confirm")
    missing.refresh_from_db()
    assert missing.state == "absent"


def test_another_centres_people_find_no_such_proposal(as_guard: Client, missing: Case) -> None:
    found_elsewhere(as_guard, missing)
    (proposal,) = Proposal.objects.all()
    elsewhere = Centre.objects.get(name="Solvær transittmottak")
    siv = client_of(Person.objects.create_user("siv", name="Siv", role=Role.SHIFT_STAFF, centre=elsewhere))
    assert siv.get(f"/venter/{proposal.id}/").status_code == 404
    assert answer(siv, proposal, "confirm").status_code == 404  # type: ignore[attr-defined]
    assert answer(siv, proposal, "decline", "Nei").status_code == 404  # type: ignore[attr-defined]
    assert "Luwam" not in siv.get("/venter/").text


def test_a_case_with_something_owed_is_not_closed(as_guard: Client, missing: Case) -> None:
    closed = as_guard.post(f"/saker/{missing.id}/avslutt/", {"token": str(uuid4()), "source": "Barnet selv"})
    assert closed.status_code == 422
    assert "kan ikke avsluttes før" in closed.text


def test_a_case_says_what_waits_for_a_second_person_and_who_may_answer(
    as_guard: Client, second: Client, missing: Case
) -> None:
    found_elsewhere(as_guard, missing)
    (proposal,) = Proposal.objects.all()
    own, others = (client.get(f"/saker/{missing.id}/").text for client in (as_guard, second))
    assert "Venter på en til:" in own
    assert "Se forslaget ditt" in own
    assert "Svar på forslaget" in others
    assert f'href="/venter/{proposal.id}/"' in others
    answer(second, proposal, "decline", "Det var et annet barn.")
    assert "Venter på en til:" not in as_guard.get(f"/saker/{missing.id}/").text


def test_a_leader_proposes_a_colleague_and_another_leader_confirms(granvik: Centre) -> None:
    first, other = (
        client_of(Person.objects.create_user(name, name=name.title(), role=Role.CENTRE_LEADER, centre=granvik))
        for name in ("leif", "lise")
    )
    said = {"token": str(uuid4()), "name": "Ny Natt", "username": "ny.natt", "role": "shift_staff"}
    assert first.post("/ansatte/ny/", said).status_code == 302
    assert not Person.objects.filter(username="ny.natt").exists()
    (proposal,) = Proposal.objects.all()
    answer(other, proposal, "confirm")
    assert Person.objects.get(username="ny.natt").centre == granvik
    assert "Ny Natt" in first.get("/ansatte/").text


def leader(granvik: Centre, name: str) -> Client:
    return client_of(Person.objects.create_user(name, name=name.title(), role=Role.CENTRE_LEADER, centre=granvik))


def another_district(key: str = "fjellvidda") -> PoliceDistrict:
    return PoliceDistrict.objects.create(key=key, name="Fjellvidda politidistrikt")


def test_the_agreed_police_district_is_changed_by_two_and_the_rest_by_one(granvik: Centre) -> None:
    first, other, was = leader(granvik, "leif"), leader(granvik, "lise"), granvik.agreed_police_district_id
    wanted = {"agreed_police_district": another_district().key, "phone": "+47 00 00 11 12", "why": "Ringt av politiet"}
    assert send_in(first, "/mottaket/", **wanted).status_code == 302
    granvik.refresh_from_db()
    assert (granvik.agreed_police_district_id, granvik.phone) == (was, "+47 00 00 11 12")
    (proposal,) = Proposal.objects.all()
    assert "Fjellvidda politidistrikt" in other.get(f"/venter/{proposal.id}/").text
    assert answer(first, proposal, "confirm").status_code == 422  # type: ignore[attr-defined]
    answer(other, proposal, "confirm")
    granvik.refresh_from_db()
    assert granvik.agreed_police_district_id == "fjellvidda"
    change = RegisterChange.objects.filter(after__agreed_police_district_id="fjellvidda").get()
    assert (change.with_id, change.why) == (proposal.proposed_by_id, "Ringt av politiet")


def test_the_region_may_be_the_second_where_a_centre_has_one_leader(granvik: Centre) -> None:
    send_in(leader(granvik, "leif"), "/mottaket/", agreed_police_district=another_district().key, why="Avtalt i møte")
    (proposal,) = Proposal.objects.all()
    region, elsewhere = (
        client_of(Person.objects.create_user(name, name=name, role=Role.REGIONAL_OFFICER, region=number))
        for name, number in (("rita", granvik.region), ("rolf", "fjell"))
    )
    assert answer(elsewhere, proposal, "confirm").status_code == 404  # type: ignore[attr-defined]
    assert answer(region, proposal, "confirm").status_code == 302  # type: ignore[attr-defined]


def test_a_new_district_says_where_it_comes_from_or_nothing_is_saved(granvik: Centre) -> None:
    response = send_in(
        leader(granvik, "leif"), "/mottaket/", agreed_police_district=another_district().key, phone="+47 00 00 11 12"
    )
    assert "Skriv hvor du har endringen fra." in response.text
    granvik.refresh_from_db()
    assert granvik.phone != "+47 00 00 11 12"
    assert not Proposal.objects.exists()


def test_a_district_changed_meanwhile_is_not_changed_by_an_old_proposal(granvik: Centre) -> None:
    first, other = leader(granvik, "leif"), leader(granvik, "lise")
    send_in(first, "/mottaket/", agreed_police_district=another_district().key, why="Ringt av politiet")
    (proposal,) = Proposal.objects.all()
    Centre.objects.filter(id=granvik.id).update(police_agreement="Kryptert e-post")
    assert "endret siden" in answer(other, proposal, "confirm").text  # type: ignore[attr-defined]


def test_a_leader_is_offered_no_role_outside_the_centre(granvik: Centre) -> None:
    leif = client_of(Person.objects.create_user("leif", name="Leif", role=Role.CENTRE_LEADER, centre=granvik))
    assert "national_overseer" not in leif.get("/ansatte/ny/").text
    said = {"token": str(uuid4()), "name": "Ny", "username": "ny", "role": "national_overseer"}
    assert leif.post("/ansatte/ny/", said).status_code == 422


def test_access_is_withdrawn_with_one_button(guard: Person, as_guard: Client, granvik: Centre) -> None:
    leif = client_of(Person.objects.create_user("leif", name="Leif", role=Role.CENTRE_LEADER, centre=granvik))
    assert leif.post(f"/ansatte/{guard.pk}/fjern/", {"token": str(uuid4())}).status_code == 302
    assert as_guard.get("/").status_code in {302, 404}


def test_a_keeper_proposes_a_new_telephone_for_an_office(granvik: Centre) -> None:
    kari, knut = (
        client_of(Person.objects.create_user(name, name=name, role=Role.REGISTER_KEEPER)) for name in ("kari", "knut")
    )
    police = Recipient.objects.filter(kind="police_district", invented=True).first()
    assert police
    page = kari.get(f"/mottakere/{police.id}/")
    given = {name: page.context["form"][name].value() or "" for name in page.context["form"].fields}
    changed = {**given, "phone": "+47 00 00 12 34", "why": "Ringte sentralbordet."}
    assert kari.post(f"/mottakere/{police.id}/", changed).status_code == 302
    (proposal,) = Proposal.objects.all()
    assert "+47 00 00 12 34" in knut.get(f"/venter/{proposal.id}/").text
    answer(knut, proposal, "confirm")
    police.refresh_from_db()
    assert police.phone == "+47 00 00 12 34"


@pytest.fixture
def keepers(granvik: Centre) -> tuple[Client, Client]:
    made = (Person.objects.create_user(name, name=name.title(), role=Role.REGISTER_KEEPER) for name in ("kari", "knut"))
    kari, knut = (client_of(one) for one in made)
    return kari, knut


@pytest.fixture
def police(granvik: Centre) -> Recipient:
    """A police district that is reached by encrypted e-mail, and has no certificate."""
    office = Recipient.objects.filter(kind="police_district", invented=True).first()
    assert office
    office.channels.all().delete()
    office.channels.create(channel="encrypted_email", address="vakt@politi.example", valid_from="2025-01-01")
    ReceiverCertificate.objects.all().delete()
    return office


def certificate_for(address: str) -> str:
    begin = timezone.now() - timedelta(days=1)
    authority = new_authority("Prøveutsteder", begin)
    made = issue_for_mail(authority, address, name="Prøve", valid_from=begin, valid_until=begin + timedelta(days=90))
    return made.certificate.public_bytes(Encoding.PEM).decode()


def test_a_certificate_is_taken_into_use_by_two_who_can_check_its_fingerprint(
    keepers: tuple[Client, Client], police: Recipient
) -> None:
    kari, knut = keepers
    address = police.channels.get(channel="encrypted_email").address
    assert "Mangler sertifikat" in kari.get("/mottakere/").text
    sent = send_in(kari, f"/mottakere/{police.id}/", certificate=certificate_for(address), why="Fikk det på møte")
    assert sent.status_code == 302
    assert not ReceiverCertificate.objects.exists()
    (proposal,) = Proposal.objects.all()
    shown = knut.get(f"/venter/{proposal.id}/").text
    assert "Fingeravtrykk (SHA-256)" in shown
    assert address in shown
    answer(knut, proposal, "confirm")
    (kept,) = ReceiverCertificate.objects.all()
    assert (kept.address, kept.added_by) == (address, "Knut")
    assert "gjelder til" in kari.get(f"/mottakere/{police.id}/").text


def test_one_stops_the_use_of_a_certificate_at_once(keepers: tuple[Client, Client], police: Recipient) -> None:
    address = police.channels.get(channel="encrypted_email").address
    add_certificate(address, certificate_for(address), by="prøve", now=timezone.now())
    kari, _ = keepers
    assert send_in(kari, f"/mottakere/{police.id}/", do="stop", why="Nøkkelen er stjålet").status_code == 302
    assert ReceiverCertificate.objects.get().withdrawn_by == "Kari"
    assert not Proposal.objects.exists()


@pytest.mark.parametrize("wrong", ["ikke et sertifikat", "another"])
def test_a_certificate_that_is_none_or_somebody_elses_is_not_proposed(
    keepers: tuple[Client, Client], police: Recipient, wrong: str
) -> None:
    pem = certificate_for("en.annen@kommune.example") if wrong == "another" else wrong
    said = send_in(keepers[0], f"/mottakere/{police.id}/", certificate=pem, why="Fikk det på møte")
    assert said.status_code == 422
    assert ("ikke utstedt til" if wrong == "another" else "ikke et sertifikat") in said.text
    assert not Proposal.objects.exists()


@pytest.mark.parametrize("address", ["/mottakere/", "/mottakere/sertifikater/", "/ansatte/", "/nodapninger/"])
def test_night_staff_change_neither_receivers_nor_roles_and_review_nothing(as_guard: Client, address: str) -> None:
    assert as_guard.get(address).status_code == 404
