"""Who a child is: registered and put right by the leader, and what a search can follow, by whoever is on duty."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from savnet.access.models import Person
from savnet.access.rights import Role
from savnet.cases import ledger
from savnet.casework import absence, register_keeping
from savnet.register.models import Centre, Photo, Resident
from savnet.rules.events import CircumstancesNoted
from web.keeping import page, picture, reported_missing, sent, today

FRESH = {
    "given_name": "Linh",
    "sex": "female",
    "interpreter": "unknown",
    "asylum_case_at": "decision_unit",
    "registered_in_duf": "on",
    "unaccompanied": "on",
    "born": (timezone.localdate() - timedelta(days=16 * 366)).isoformat(),
}
GOOD_DUF, DOUBTFUL_DUF = "201017238203", "201258697561"


@pytest.fixture
def lena(centre: Centre) -> Person:
    """Lena leads Granheim."""
    return Person.objects.create_user("lena", name="Lena Leder", role=Role.CENTRE_LEADER, centre=centre)


@pytest.fixture
def as_lena(lena: Person) -> Client:
    client = Client()
    client.force_login(lena)
    return client


def as_registered(resident: Resident, **changed: str) -> dict[str, str]:
    """What the sheet sends for the child as she stands, with something changed."""
    return FRESH | {"given_name": "Selam", "family_name": "Tesfay", "born": "2010-03-02", "room": "101"} | changed


def test_the_leader_registers_a_child_who_has_moved_in(as_lena: Client, centre: Centre) -> None:
    response = sent(
        as_lena, "/beboere/ny/", **FRESH, duf_number="2010 1723 8203", original_name="Lĩnh", arrived=today()
    )
    linh = Resident.objects.get(given_name="Linh")
    assert response.headers["Location"] == page(linh)
    assert (linh.centre, linh.duf_number, linh.original_name) == (centre, GOOD_DUF, "Lĩnh")
    assert linh.arrived == timezone.localdate()
    assert "Linh" in as_lena.get("/beboere/").text


def test_shift_staff_neither_register_nor_correct_who_a_child_is(as_nora: Client, selam: Resident) -> None:
    for address in ("/beboere/ny/", "/beboere/import/", page(selam, "rett/"), page(selam, "bilde/slett/")):
        assert as_nora.get(address).status_code == 404
        assert sent(as_nora, address, **as_registered(selam, given_name="Feil")).status_code == 404
    assert "Endre opplysningene" not in as_nora.get(page(selam)).text
    assert "Ny beboer" not in as_nora.get("/beboere/").text
    selam.refresh_from_db()
    assert selam.given_name == "Selam"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"given_name": ""}, "Skriv minst ett navn"),
        ({"duf_number": "20101723820"}, "Dette har 11."),
        ({"duf_number": "209917238203"}, "2099 kan ikke stemme"),
        ({"born": "2126-01-01"}, "Datoen er ikke kommet ennå."),
        ({"born": "31.02.2010"}, "Skriv datoen slik"),
        ({"sex": "boy"}, "Velg et gyldig valg."),
    ],
)
def test_what_cannot_be_right_of_a_child_is_refused(
    as_lena: Client, centre: Centre, given: dict[str, str], said: str
) -> None:
    response = sent(as_lena, "/beboere/ny/", **FRESH | given)
    assert response.status_code == 422
    assert said in response.text
    assert not Resident.objects.filter(centre=centre).exists()


def test_a_name_in_its_own_script_is_enough_to_be_registered(as_lena: Client) -> None:
    assert sent(as_lena, "/beboere/ny/", **FRESH | {"given_name": "", "original_name": "أمينة"}).status_code == 302


def test_check_digits_that_do_not_fit_are_a_doubt_and_no_refusal(as_lena: Client, centre: Centre) -> None:
    doubted = sent(as_lena, "/beboere/ny/", **FRESH, duf_number=DOUBTFUL_DUF)
    assert "Kontrollsifrene i DUF-nummeret stemmer ikke" in doubted.text
    assert not Resident.objects.filter(centre=centre).exists()
    mark = doubted.context["form"].mark
    assert sent(as_lena, "/beboere/ny/", **FRESH, duf_number=DOUBTFUL_DUF, anyway=mark).status_code == 302
    assert Resident.objects.get(centre=centre).duf_number == DOUBTFUL_DUF


def test_a_new_doubt_is_not_waved_through_with_the_answer_to_an_old_one(as_lena: Client, centre: Centre) -> None:
    mark = sent(as_lena, "/beboere/ny/", **FRESH, duf_number=DOUBTFUL_DUF).context["form"].mark
    given = FRESH | {"duf_number": DOUBTFUL_DUF, "born": "2000-01-01", "anyway": mark}
    response = sent(as_lena, "/beboere/ny/", **given)
    assert response.status_code == 422
    assert "Rundskrivet gjelder fra 15 til 18 år" in response.text
    assert not Resident.objects.filter(centre=centre).exists()


def test_a_doubtful_number_that_stands_is_not_doubted_again(as_lena: Client, selam: Resident) -> None:
    Resident.objects.filter(id=selam.id).update(duf_number=DOUBTFUL_DUF)
    response = sent(as_lena, page(selam, "rett/"), **as_registered(selam, duf_number=DOUBTFUL_DUF, room="207"))
    assert response.status_code == 302
    selam.refresh_from_db()
    assert selam.room == "207"


def test_two_residents_cannot_have_one_duf_number(as_lena: Client, selam: Resident) -> None:
    Resident.objects.filter(id=selam.id).update(duf_number=GOOD_DUF)
    response = sent(as_lena, "/beboere/ny/", **FRESH, duf_number=GOOD_DUF)
    assert response.status_code == 422
    assert "En annen beboer på mottaket har dette DUF-nummeret" in response.text


def test_a_child_of_the_same_name_and_birth_is_doubted(as_lena: Client, selam: Resident) -> None:
    given = FRESH | {"given_name": "selam", "family_name": "Tesfay", "born": "2010-03-02"}
    assert "er registrert her fra før" in sent(as_lena, "/beboere/ny/", **given).text


def test_a_child_who_moves_out_leaves_the_list_and_can_be_found_again(as_lena: Client, selam: Resident) -> None:
    given = as_registered(selam, arrived="2026-01-10", left=today())
    assert sent(as_lena, page(selam, "rett/"), **given).status_code == 302
    assert "Selam" not in as_lena.get("/beboere/").text
    assert "Selam Tesfay" in as_lena.get("/beboere/flyttet/").text
    sent(as_lena, page(selam, "rett/"), **as_registered(selam, arrived="2026-01-10", left=""))
    assert "Selam" in as_lena.get("/beboere/").text


def test_nobody_moves_out_before_moving_in_or_ahead_of_time(as_lena: Client, selam: Resident) -> None:
    before = sent(as_lena, page(selam, "rett/"), **as_registered(selam, arrived="2026-01-10", left="2026-01-09"))
    assert "Datoen er før barnet flyttet inn." in before.text
    ahead = (timezone.localdate() + timedelta(days=1)).isoformat()
    assert "Datoen er ikke kommet ennå." in sent(as_lena, page(selam, "rett/"), **as_registered(selam, left=ahead)).text


def test_a_missing_child_is_not_moved_out_without_a_second_look(as_lena: Client, lena: Person, selam: Resident) -> None:
    reported_missing(selam, lena)
    response = sent(as_lena, page(selam, "rett/"), **as_registered(selam, left=today()))
    assert response.status_code == 422
    assert "Barnet er ikke kommet til rette" in response.text
    selam.refresh_from_db()
    assert selam.left is None


def test_what_the_rules_need_reaches_the_case_in_the_same_breath(
    as_lena: Client, lena: Person, selam: Resident
) -> None:
    case = reported_missing(selam, lena)
    sent(as_lena, page(selam, "rett/"), **as_registered(selam, permit="on", asylum_case_at="une"))
    last = ledger.entries(case.id)[-1].event
    assert isinstance(last, CircumstancesNoted)
    assert (last.resident.permit, last.resident.asylum_case_at) == (True, "une")


def test_a_room_is_nothing_the_case_needs_to_hear_of(as_lena: Client, lena: Person, selam: Resident) -> None:
    case = absence.notice(selam, by=lena, now=timezone.now())
    before = len(ledger.entries(case.id))
    sent(as_lena, page(selam, "rett/"), **as_registered(selam, room="207"))
    assert len(ledger.entries(case.id)) == before


def test_two_who_change_different_things_both_keep_theirs(as_lena: Client, lena: Person, selam: Resident) -> None:
    """The leader has had the page open while somebody else wrote that the child now lives in another room."""
    register_keeping.change_resident(selam, {"citizenship": "Eritrea"}, by=lena, now=timezone.now())
    sent(as_lena, page(selam, "rett/"), **as_registered(selam, citizenship="Eritrea", languages="tigrinja"))
    selam.refresh_from_db()
    assert (selam.citizenship, selam.languages) == ("Eritrea", "tigrinja")


@pytest.mark.parametrize(
    ("rest", "given", "shown"),
    [
        ("telefon/", {"number": "+47 00 00 12 34", "note": "ny fra november"}, "ny fra november"),
        ("telefon/", {"imei": "490154203237518"}, "IMEI 490154203237518"),
        ("navn/", {"name": "Salim H."}, "Salim H."),
        ("profil/", {"service": "Snapchat", "handle": "oppdiktet.1"}, "Snapchat: oppdiktet.1"),
        ("nettverk/", {"kind": "friend", "name": "Ibrahim Tenktvenn", "place": "Storfjell"}, "Storfjell"),
    ],
)
def test_the_night_guard_adds_what_a_search_can_follow(
    as_nora: Client, selam: Resident, rest: str, given: dict[str, str], shown: str
) -> None:
    assert sent(as_nora, page(selam, rest), **given).headers["Location"] == page(selam)
    assert shown in as_nora.get(page(selam)).text


@pytest.mark.parametrize(
    ("rest", "given", "said"),
    [
        ("telefon/", {}, "Skriv nummeret eller IMEI."),
        ("telefon/", {"number": "0000"}, "Skriv telefonnummeret med sifre"),
        ("telefon/", {"imei": "12"}, "IMEI er 15 sifre"),
        ("navn/", {"name": " "}, "Skriv navnet."),
        ("profil/", {"service": "x" * 61, "handle": "y"}, "Teksten er for lang. Skriv kortere."),
        ("nettverk/", {"kind": "enemy", "name": "Ibrahim"}, "Velg et gyldig valg."),
    ],
)
def test_a_trace_that_leads_nowhere_is_refused_in_words(
    as_nora: Client, selam: Resident, rest: str, given: dict[str, str], said: str
) -> None:
    response = sent(as_nora, page(selam, rest), **given)
    assert response.status_code == 422
    assert said in response.text


def test_a_wrong_number_is_put_right(as_nora: Client, selam: Resident) -> None:
    phone = selam.telephones.create(number="+47 00 00 12 34")
    sent(as_nora, page(selam, f"telefon/{phone.id}/"), number="+47 00 00 12 35")
    phone.refresh_from_db()
    assert phone.number == "+47 00 00 12 35"


def test_a_trace_of_another_child_is_not_found_under_this_one(
    as_nora: Client, selam: Resident, other_centre: Centre
) -> None:
    amina = Resident.objects.create(centre=other_centre, given_name="Amina")
    foreign = amina.telephones.create(number="+47 00 00 12 34")
    assert as_nora.get(page(selam, f"telefon/{foreign.id}/")).status_code == 404


def test_looks_and_clothes_are_written_down_by_whoever_sees_the_child(as_nora: Client, selam: Resident) -> None:
    sent(as_nora, page(selam, "signalement/"), description="Arr over høyre øye.", clothing="Rød jakke.")
    selam.refresh_from_db()
    assert (selam.description, selam.clothing) == ("Arr over høyre øye.", "Rød jakke.")


def upload(data: bytes, name: str = "bilde.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, content_type="image/png")


def consent() -> dict[str, str]:
    return {"consent_by": "Rita Fiktiv, representant", "consent_on": today()}


def test_a_photograph_is_kept_with_its_consent_and_shown_to_the_centre_alone(
    as_nora: Client, as_olav: Client, selam: Resident
) -> None:
    assert as_nora.get(page(selam, "bilde/fil/")).status_code == 404
    assert sent(as_nora, page(selam, "bilde/"), image=upload(picture()), **consent()).status_code == 302
    kept = Photo.objects.get(resident=selam)
    assert (kept.consent_by, kept.consent_on) == ("Rita Fiktiv, representant", timezone.localdate())
    shown = as_nora.get(page(selam, "bilde/fil/"))
    assert shown.headers["Content-Type"] == "image/jpeg"
    assert shown.headers["Cache-Control"] == "no-store"
    assert shown.content.startswith(b"\xff\xd8")
    assert as_olav.get(page(selam, "bilde/fil/")).status_code == 404


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"image": upload(b"%PDF-1.7")}, "Fila er ikke et bilde"),
        ({"image": upload(picture(), "bilde.svg")}, "Fila er ikke et bilde"),
        ({"image": upload(b"")}, "Fila er tom."),
        ({"image": ""}, "Velg et bilde."),
        ({"consent_by": " "}, "Skriv hvem som har samtykket"),
        ({"consent_on": "2126-01-01"}, "Datoen er ikke kommet ennå."),
    ],
)
def test_no_photograph_without_a_picture_and_a_consent(
    as_nora: Client, selam: Resident, wrong: dict[str, object], said: str
) -> None:
    response = sent(as_nora, page(selam, "bilde/"), **{"image": upload(picture())} | consent() | wrong)
    assert response.status_code == 422
    assert said in response.text
    assert not Photo.objects.exists()


def test_a_consent_withdrawn_takes_the_photograph_away(as_lena: Client, selam: Resident) -> None:
    sent(as_lena, page(selam, "bilde/"), image=upload(picture()), **consent())
    assert as_lena.get(page(selam, "bilde/slett/")).status_code == 200
    assert Photo.objects.exists()
    sent(as_lena, page(selam, "bilde/slett/"))
    assert not Photo.objects.exists()
    assert as_lena.get(page(selam, "bilde/slett/")).status_code == 404


def test_no_page_of_a_child_breaks_where_everything_is_registered(as_lena: Client, selam: Resident) -> None:
    traces = {
        "telefon": selam.telephones.create(number="+47 00 00 12 34", imei="490154203237518", note="gammel"),
        "navn": selam.aliases.create(name="Selam H."),
        "profil": selam.social_accounts.create(service="Snapchat", handle="oppdiktet"),
        "nettverk": selam.network.create(kind="family", name="Onkel", phone="+47 00 00 00 01", relation="onkel"),
    }
    selam.contacts.create(kind="lawyer", name="Arne Påfunn", valid_from=date(2026, 1, 1), valid_to=date(2026, 2, 1))
    sent(as_lena, page(selam, "bilde/"), image=upload(picture()), **consent())
    assert "Advokat Arne Påfunn, til 1. februar 2026" in as_lena.get(page(selam)).text
    for rest in ("", "rett/", "signalement/", "bilde/", *(f"{kind}/{one.id}/" for kind, one in traces.items())):
        assert as_lena.get(page(selam, rest)).status_code == 200
