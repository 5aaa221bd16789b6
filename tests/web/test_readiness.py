"""Readiness: what is lacking for each child and for the centre, the least ready first, each with a way to mend it."""

from datetime import date, time, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings

from savnet.access.models import Person
from savnet.access.rights import Role
from savnet.casework.centre_readiness import ready_centre
from savnet.casework.readiness import dialled, note_test_call, ready_for, there_is_none, with_all
from savnet.delivery.certificates import add_certificate
from savnet.delivery.models import ReceiverCertificate
from savnet.demo.authority import issue_for_mail, new_authority
from savnet.register.models import (
    Centre,
    Contact,
    DailyTime,
    NetworkPerson,
    NumberTest,
    Recipient,
    Resident,
    Telephone,
)
from web.telling import send_in

NOW = timezone.now()
REGION, LAWYER = "rk@udi.example", "advokat@lov.example"


@pytest.fixture
def as_leader(granvik: Centre) -> Client:
    client = Client()
    client.force_login(Person.objects.create_user("leif", name="Leif Leder", role=Role.CENTRE_LEADER, centre=granvik))
    return client


def lacking(child: Resident, now: Any = None) -> set[str]:
    return {one.item for one in ready_for(with_all(child.id), now or timezone.now()).lacking}


def test_a_child_who_has_just_come_lacks_nearly_everything(granvik: Centre) -> None:
    child = Resident.objects.create(centre=granvik, given_name="Ny")
    assert {"representative", "lawyer", "description", "photo", "telephone", "network"} <= lacking(child)
    assert ready_for(with_all(child.id), timezone.now()).score == 0


def test_a_number_counts_only_when_somebody_answered_it(guard: Person, luwam: Resident) -> None:
    assert "lawyer_phone" in lacking(luwam)
    number = luwam.contacts.get(kind="lawyer").phone
    note_test_call(luwam.centre, number, whose="Arne", answered=False, note="", by=guard, now=NOW)
    assert "lawyer_phone" in lacking(luwam)
    note_test_call(luwam.centre, number, whose="Arne", answered=True, note="", by=guard, now=NOW)
    assert "lawyer_phone" not in lacking(luwam)


def test_a_test_grows_old(guard: Person, luwam: Resident) -> None:
    number = luwam.contacts.get(kind="lawyer").phone
    note_test_call(luwam.centre, number, whose="Arne", answered=True, note="", by=guard, now=NOW)
    assert "lawyer_phone" not in lacking(luwam, NOW + timedelta(days=89))
    assert "lawyer_phone" in lacking(luwam, NOW + timedelta(days=91))


def test_a_number_that_is_changed_is_untested_again(guard: Person, luwam: Resident) -> None:
    lawyer = luwam.contacts.get(kind="lawyer")
    note_test_call(luwam.centre, lawyer.phone, whose="Arne", answered=True, note="", by=guard, now=NOW)
    Contact.objects.filter(id=lawyer.id).update(phone="+47 00 00 99 11")
    assert "lawyer_phone" in lacking(luwam)


@pytest.mark.parametrize("written", ["+47 00 00 12 34", "0047 00001234", "00 00 12 34"])
def test_the_same_number_is_one_however_it_is_written(written: str) -> None:
    assert dialled(written) == "00001234"


def test_asked_and_there_is_none_counts_for_a_while(guard: Person, luwam: Resident) -> None:
    there_is_none(luwam, "telephone", "Barnet har ikke telefon.", by=guard, now=NOW)
    assert "telephone" not in lacking(luwam, NOW)
    assert "telephone" in lacking(luwam, NOW + timedelta(days=91))


def test_that_there_is_none_is_not_said_of_what_there_must_be(guard: Person, luwam: Resident) -> None:
    there_is_none(luwam, "description", "Vet ikke.", by=guard, now=NOW)
    assert "description" in lacking(luwam)


def test_everything_in_place_is_a_hundred(guard: Person, luwam: Resident) -> None:
    Resident.objects.filter(id=luwam.id).update(
        description="158 cm", clothing="Blå jakke", duf_number="202790000000", born=date(2010, 1, 4)
    )
    Telephone.objects.create(resident=luwam, number="+47 00 00 00 01")
    NetworkPerson.objects.create(resident=luwam, kind="friend", name="Venn")
    for item in ("photo", "appointments"):
        there_is_none(luwam, item, "Nei.", by=guard, now=NOW)
    for contact in luwam.contacts.all():
        note_test_call(luwam.centre, contact.phone, whose="Kontakten", answered=True, note="", by=guard, now=NOW)
    assert ready_for(with_all(luwam.id), timezone.now()).score == 100


def test_the_centre_lacks_its_on_call_numbers_and_times(granvik: Centre, guard: Person) -> None:
    items = {one.item for one in ready_centre(granvik, timezone.now()).lacking}
    assert {"on_call", "police_on_call", "times"} <= items
    DailyTime.objects.create(centre=granvik, name="Middag", clock=time(17), from_instant=NOW)
    note_test_call(granvik, granvik.on_call_phone, whose="Vakt", answered=True, note="", by=guard, now=NOW)
    assert not {"on_call", "times"} & {one.item for one in ready_centre(granvik, timezone.now()).lacking}


def test_a_centre_without_a_region_says_so(granvik: Centre) -> None:
    Centre.objects.filter(id=granvik.id).update(region="")
    granvik.refresh_from_db()
    points = {one.item: one for one in ready_centre(granvik, timezone.now()).points}
    assert not points["region"].in_place
    assert points["region"].mend == "centre-edit"


def test_the_least_ready_stands_first(as_guard: Client, granvik: Centre, luwam: Resident) -> None:
    Resident.objects.create(centre=granvik, given_name="Ny", family_name="Ankommet")
    text = as_guard.get("/beredskap/").text
    assert text.index("Ny Ankommet") < text.index("Luwam Oppdiktet")


def test_each_lack_has_a_button_that_leads_to_a_page(as_leader: Client, luwam: Resident) -> None:
    page = as_leader.get(f"/beboere/{luwam.id}/beredskap/")
    addresses = [row.address for row in page.context["rows"] if not row.point.in_place]
    assert addresses
    assert all(as_leader.get(address).status_code == 200 for address in addresses)
    centre = as_leader.get("/beredskap/").context["rows"]
    assert all(as_leader.get(row.address).status_code == 200 for row in centre if row.address)


def test_who_cannot_mend_it_is_told_whom_to_ask(as_guard: Client, as_leader: Client, granvik: Centre) -> None:
    Centre.objects.filter(id=granvik.id).update(on_call_phone="")
    ReceiverCertificate.objects.all().delete()
    for office in Recipient.objects.filter(kind="region"):
        office.channels.create(channel="encrypted_email", address=REGION, valid_from="2025-01-01")
    Person.objects.create_user("kari", name="Kari Register", role=Role.REGISTER_KEEPER, phone="+47 00 00 44 00")
    rows = {row.point.item: row for row in as_guard.get("/beredskap/").context["rows"]}
    assert (rows["on_call"].address, rows["on_call"].ask) == ("", "Leif Leder")
    lacking = [row for item, row in rows.items() if item.endswith("_certificate")]
    assert lacking
    assert {row.ask for row in lacking} == {"Kari Register +47 00 00 44 00"}


def test_a_certificate_that_sending_would_refuse_is_lacking_whatever_its_dates(
    as_leader: Client, settings: Settings, luwam: Resident
) -> None:
    for office in Recipient.objects.filter(kind="region"):
        office.channels.create(channel="encrypted_email", address=REGION, valid_from="2025-01-01")
    luwam.contacts.filter(kind="lawyer").update(email=LAWYER.title())
    certified = {"region_certificate", "lawyer_certificate"}
    authority = new_authority("Utsteder", timezone.now())
    for address in (REGION, LAWYER):
        begin, end = timezone.now() - timedelta(days=1), timezone.now() + timedelta(days=90)
        own = issue_for_mail(authority, address, name="Mottaker", valid_from=begin, valid_until=end)
        add_certificate(address, own.certificate_pem().decode(), by="prøve", now=begin)
    settings.SMIME_CA = authority.certificate_pem().decode()
    assert not certified & (lacking_at_centre(as_leader) | lacking(luwam))
    settings.SMIME_CA = new_authority("En annen", timezone.now()).certificate_pem().decode()
    assert certified <= lacking_at_centre(as_leader) | lacking(luwam)


def lacking_at_centre(client: Client) -> set[str]:
    return {row.point.item for row in client.get("/beredskap/").context["rows"] if not row.point.in_place}


def test_everything_lacking_has_a_button_or_somebody_to_ask(
    as_guard: Client, as_leader: Client, luwam: Resident
) -> None:
    Centre.objects.update(on_call_phone="", police_on_call="", region="", agreed_police_district=None)
    Recipient.objects.update(phone="", address="")
    ReceiverCertificate.objects.all().delete()
    for client in (as_guard, as_leader):
        for page in ("/beredskap/", f"/beboere/{luwam.id}/beredskap/"):
            rows = [row for row in client.get(page).context["rows"] if not row.point.in_place]
            assert rows
            assert all(row.address or row.ask for row in rows), page
            assert not any(row.address and row.ask for row in rows)


def test_a_test_call_and_what_there_is_not_are_noted_on_the_screens(as_guard: Client, luwam: Resident) -> None:
    lawyer = luwam.contacts.get(kind="lawyer")
    send_in(as_guard, f"/beboere/{luwam.id}/kontakt/{lawyer.id}/prov/", answered="yes")
    assert NumberTest.objects.get().answered
    send_in(as_guard, f"/beboere/{luwam.id}/beredskap/network/", why="Kjenner ingen i Norge.")
    assert not {"lawyer_phone", "network"} & lacking(luwam)


def test_only_the_leader_changes_what_the_centre_is_reached_by(
    as_guard: Client, as_leader: Client, granvik: Centre
) -> None:
    assert as_guard.get("/mottaket/").status_code == 404
    send_in(as_leader, "/mottaket/", police_on_call="+47 00 00 11 12")
    granvik.refresh_from_db()
    assert granvik.police_on_call == "+47 00 00 11 12"


def test_the_centre_sets_its_own_times(as_leader: Client, granvik: Centre) -> None:
    send_in(as_leader, "/mottaket/tider/", name="Skole", clock="08:15", weekdays=list("12345"))
    school = DailyTime.objects.get()
    assert (school.clock, school.weekdays) == (time(8, 15), "12345")
    send_in(as_leader, f"/mottaket/tider/{school.id}/slutt/")
    school.refresh_from_db()
    assert school.ended_at is not None


def test_a_real_number_is_refused_in_the_demo(as_leader: Client, settings: Any) -> None:
    settings.DEMO = True
    assert send_in(as_leader, "/mottaket/", police_on_call="22 66 90 50").status_code == 422


def test_the_page_asks_no_more_for_more_children(as_guard: Client, granvik: Centre) -> None:
    counts = []
    for number in (2, 12):
        for one in range(number):
            Resident.objects.create(centre=granvik, given_name=f"Barn {number}-{one}")
        with CaptureQueriesContext(connection) as asked:
            as_guard.get("/beredskap/")
        counts.append(len(asked))
    assert counts[0] == counts[1]
