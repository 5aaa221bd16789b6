"""Who acts for a child, and what the child is summoned to: kept by whoever is on duty, and told to the case at once."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from savnet.access.models import Person
from savnet.cases import ledger
from savnet.cases.models import Case, ObligationRow
from savnet.register.models import Appointment, Contact, Resident
from savnet.register.routing import resolve
from savnet.rules.words import Recipient
from web.keeping import page, reported_missing, sent, today

RITA = {"kind": "representative", "name": "Rita Fiktiv", "phone": "+47 00 00 12 34", "valid_from": "2026-01-10"}
ARNE = {"kind": "lawyer", "name": "Arne Påfunn", "phone": "+47 00 00 43 21", "valid_from": "2026-01-10"}


def owed(case: Case, obligation: str, recipient: str) -> int:
    return ObligationRow.objects.filter(case=case, obligation=obligation, recipient=recipient, state="open").count()


def test_the_night_guard_adds_the_representative_whom_the_page_said_was_missing(
    as_nora: Client, selam: Resident
) -> None:
    assert "Verken representant, verge eller advokat er registrert" in as_nora.get(page(selam)).text
    response = sent(as_nora, page(selam, "kontakt/"), **RITA, firm="", email="rita@fiktiv.example")
    assert response.headers["Location"] == page(selam)
    resolution = resolve(Recipient.REPRESENTATIVE, resident=selam, on=timezone.localdate())
    assert (resolution.name, resolution.phone) == ("Rita Fiktiv", "+47 00 00 12 34")
    assert "Rita Fiktiv" in as_nora.get(page(selam)).text


def test_a_new_representative_ends_the_former_who_is_kept(as_nora: Client, selam: Resident) -> None:
    sent(as_nora, page(selam, "kontakt/"), **RITA)
    sent(as_nora, page(selam, "kontakt/"), **RITA | {"name": "Reidar Fiktiv", "valid_from": "2026-02-01"})
    rita, reidar = selam.contacts.order_by("valid_from")
    assert (rita.name, rita.valid_to) == ("Rita Fiktiv", date(2026, 2, 1))
    assert (reidar.name, reidar.valid_to) == ("Reidar Fiktiv", None)
    shown = as_nora.get(page(selam)).text
    assert "Representant Rita Fiktiv, til 1. februar 2026" in shown


def test_a_new_lawyer_does_not_end_the_representative(as_nora: Client, selam: Resident) -> None:
    sent(as_nora, page(selam, "kontakt/"), **RITA)
    sent(as_nora, page(selam, "kontakt/"), **ARNE)
    assert selam.contacts.filter(valid_to=None).count() == 2


def test_one_appointed_and_replaced_the_same_day_is_kept_and_never_held(as_nora: Client, selam: Resident) -> None:
    sent(as_nora, page(selam, "kontakt/"), **RITA)
    sent(as_nora, page(selam, "kontakt/"), **RITA | {"name": "Reidar Fiktiv"})
    rita = selam.contacts.get(name="Rita Fiktiv")
    assert rita.valid_to == rita.valid_from
    assert resolve(Recipient.REPRESENTATIVE, resident=selam, on=timezone.localdate()).name == "Reidar Fiktiv"


def test_the_new_one_cannot_begin_before_the_one_who_is_there(as_nora: Client, selam: Resident) -> None:
    sent(as_nora, page(selam, "kontakt/"), **RITA)
    response = sent(as_nora, page(selam, "kontakt/"), **RITA | {"name": "Reidar Fiktiv", "valid_from": "2026-01-09"})
    assert response.status_code == 422
    assert "Rita Fiktiv er registrert fra 10.1.2026" in response.text
    assert selam.contacts.count() == 1


def test_a_contact_without_a_telephone_number_is_doubted_once_and_then_kept(as_nora: Client, selam: Resident) -> None:
    first = sent(as_nora, page(selam, "kontakt/"), **RITA | {"phone": ""})
    assert first.status_code == 422
    assert "Lagre likevel" in first.text
    assert not selam.contacts.exists()
    mark = first.context["form"].mark
    assert sent(as_nora, page(selam, "kontakt/"), **RITA | {"phone": "", "anyway": mark}).status_code == 302
    assert selam.contacts.get().phone == ""


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"kind": ""}, "Velg hvem det er."),
        ({"name": ""}, "Skriv navnet."),
        ({"phone": "ring Rita"}, "Skriv telefonnummeret med sifre"),
        ({"phone": "+47 22 00 00 00"}, "Dette er demoen."),
        ({"email": "rita"}, "Skriv e-postadressen slik"),
        ({"valid_from": "2126-01-01"}, "Datoen er ikke kommet ennå."),
        ({"valid_from": ""}, "Skriv fra hvilken dag det gjelder."),
    ],
)
def test_what_cannot_be_right_is_said_in_words_and_nothing_is_kept(
    as_nora: Client, selam: Resident, wrong: dict[str, str], said: str
) -> None:
    response = sent(as_nora, page(selam, "kontakt/"), **RITA | wrong)
    assert response.status_code == 422
    assert said in response.text
    assert not selam.contacts.exists()


def test_a_second_tap_adds_nobody_twice(as_nora: Client, selam: Resident) -> None:
    token = str(uuid4())
    for _ in range(2):
        assert sent(as_nora, page(selam, "kontakt/"), **RITA, token=token).status_code == 302
    assert selam.contacts.count() == 1


def test_what_was_written_wrongly_of_a_contact_is_put_right(as_nora: Client, selam: Resident) -> None:
    rita = Contact.objects.create(resident=selam, **RITA, email="rita@fiktiv.example")
    kept = {key: value for key, value in RITA.items() if key != "kind"}
    sent(as_nora, page(selam, f"kontakt/{rita.id}/"), **kept, email="rita@ny.example", firm="Fiktiv AS")
    rita.refresh_from_db()
    assert (rita.firm, rita.email) == ("Fiktiv AS", "rita@ny.example")


def test_ending_is_noted_with_a_day_and_not_before_it_began(as_nora: Client, selam: Resident) -> None:
    rita = Contact.objects.create(resident=selam, **RITA)
    too_early = sent(as_nora, page(selam, f"kontakt/{rita.id}/avslutt/"), on="2026-01-09")
    assert "er registrert fra 10.1.2026" in too_early.text
    assert sent(as_nora, page(selam, f"kontakt/{rita.id}/avslutt/"), on=today()).status_code == 302
    rita.refresh_from_db()
    assert rita.valid_to == timezone.localdate()
    assert as_nora.get(page(selam, f"kontakt/{rita.id}/avslutt/")).status_code == 404


def test_a_contact_of_another_child_is_not_found_under_this_one(
    as_nora: Client, selam: Resident, other_centre: object
) -> None:
    amina = Resident.objects.create(centre_id=other_centre.id, given_name="Amina")  # type: ignore[attr-defined]
    foreign = Contact.objects.create(resident=amina, **RITA)
    assert as_nora.get(page(selam, f"kontakt/{foreign.id}/")).status_code == 404
    assert sent(as_nora, page(selam, f"kontakt/{foreign.id}/avslutt/"), on=today()).status_code == 404
    foreign.refresh_from_db()
    assert foreign.valid_to is None


def test_staff_of_another_centre_can_add_nothing(as_olav: Client, selam: Resident) -> None:
    for rest in ("kontakt/", "innkalling/", "telefon/", "signalement/", "bilde/"):
        assert sent(as_olav, page(selam, rest), **RITA).status_code == 404
    assert not selam.contacts.exists()


def test_a_lawyer_appointed_while_the_child_is_missing_is_to_be_called(
    as_nora: Client, nora: Person, selam: Resident
) -> None:
    case = reported_missing(selam, nora)
    assert owed(case, "c-1", "lawyer") == 0
    response = sent(as_nora, page(selam, "kontakt/"), **ARNE)
    assert response.headers["Location"] == f"/saker/{case.id}/"
    assert owed(case, "c-1", "lawyer") == 1
    assert "Ring advokaten" in as_nora.get(f"/saker/{case.id}/").text


def test_a_number_put_right_makes_no_new_duty(as_nora: Client, nora: Person, selam: Resident) -> None:
    arne = Contact.objects.create(resident=selam, **ARNE)
    case = reported_missing(selam, nora)
    before = len(ledger.entries(case.id))
    kept = {key: value for key, value in ARNE.items() if key != "kind"}
    sent(as_nora, page(selam, f"kontakt/{arne.id}/"), **kept | {"phone": "+47 00 00 55 55"})
    assert len(ledger.entries(case.id)) == before
    assert owed(case, "c-1", "lawyer") == 1


def test_a_summons_that_comes_while_the_child_is_missing_is_to_be_cancelled_with_bfe(
    as_nora: Client, nora: Person, selam: Resident
) -> None:
    case = reported_missing(selam, nora)
    day = (timezone.localdate() + timedelta(days=3)).isoformat()
    given = {"kind": "asylum_interview", "begins_day": day, "begins_clock": "09:00"}
    response = sent(as_nora, page(selam, "innkalling/"), **given)
    assert response.headers["Location"] == f"/saker/{case.id}/"
    assert owed(case, "d-2", "bfe") == 1


def test_two_who_register_the_same_summons_register_one(as_nora: Client, selam: Resident) -> None:
    day = (timezone.localdate() + timedelta(days=3)).isoformat()
    for _ in range(2):
        sent(as_nora, page(selam, "innkalling/"), kind="age_examination", begins_day=day, begins_clock="09:00")
    assert selam.appointments.count() == 1


def test_a_summons_in_the_past_or_years_ahead_is_doubted(as_nora: Client, selam: Resident) -> None:
    for year, doubt in ((2020, "Tidspunktet er passert"), (2090, "mer enn et år")):
        given = {"kind": "age_examination", "begins_day": f"{year}-03-02", "begins_clock": "09:00"}
        response = sent(as_nora, page(selam, "innkalling/"), **given)
        assert response.status_code == 422
        assert doubt in response.text
    assert not selam.appointments.exists()


def test_an_hour_that_the_clock_skips_is_asked_about_for_a_summons_too(as_nora: Client, selam: Resident) -> None:
    given = {"kind": "age_examination", "begins_day": "2027-03-28", "begins_clock": "02:30"}
    response = sent(as_nora, page(selam, "innkalling/"), **given)
    assert "Mente du 01.30 eller 03.30?" in response.text


def test_a_summons_called_off_is_kept_as_such_and_the_case_learns_it(
    as_nora: Client, nora: Person, selam: Resident
) -> None:
    ahead = timezone.now() + timedelta(days=2)
    summons = Appointment.objects.create(resident=selam, kind="asylum_interview", at=ahead)
    case = reported_missing(selam, nora)
    before = len(ledger.entries(case.id))
    assert sent(as_nora, page(selam, f"innkalling/{summons.id}/avlys/")).status_code == 302
    summons.refresh_from_db()
    assert summons.cancelled
    assert len(ledger.entries(case.id)) == before + 1
    assert "Ingen innkallinger er registrert" in as_nora.get(page(selam)).text


def test_where_the_case_cannot_be_told_the_register_is_not_changed_either(
    as_nora: Client, nora: Person, selam: Resident, monkeypatch: pytest.MonkeyPatch
) -> None:
    reported_missing(selam, nora)

    def damaged(*_: object, **__: object) -> None:
        raise ledger.DamagedLedger(uuid4(), 2, "a bit is flipped")

    monkeypatch.setattr("savnet.casework.register_keeping.refresh", damaged)
    with pytest.raises(ledger.DamagedLedger):
        sent(as_nora, page(selam, "kontakt/"), **ARNE)
    assert not selam.contacts.exists()


def test_looking_at_the_pages_changes_nothing(as_nora: Client, selam: Resident) -> None:
    rita = Contact.objects.create(resident=selam, **RITA)
    for rest in ("kontakt/", f"kontakt/{rita.id}/", f"kontakt/{rita.id}/avslutt/", "innkalling/"):
        assert as_nora.get(page(selam, rest)).status_code == 200
    rita.refresh_from_db()
    assert rita.valid_to is None
