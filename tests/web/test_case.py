"""The case: what is owed and why, law apart from house policy, UDI's duties apart from ours, and what happened."""

from datetime import timedelta

from django.test import Client
from django.utils import timezone

from savnet.access.models import Person
from savnet.cases.models import Case
from savnet.casework import absence
from savnet.delivery.composing import reroute
from savnet.delivery.models import Message
from savnet.register.models import Contact, Resident
from savnet.rules.words import Channel
from web.telling import ALL_UNKNOWN, at_duty, duty, missing, open_ids, page, send_in


def test_every_duty_shows_its_provision_in_number_and_words(as_guard: Client, guard: Person, luwam: Resident) -> None:
    shown = as_guard.get(page(missing(luwam, guard))).text
    assert "RS 2015-009 punkt 2.3 a" in shown
    assert "straks og senest innen 24 timer" in shown
    assert "Uten ugrunnet opphold" in shown
    assert "Snarest" in shown
    assert "Ingen frist i rundskrivet" in shown


def test_the_time_left_is_in_the_page_itself(as_guard: Client, guard: Person, luwam: Resident) -> None:
    shown = as_guard.get(page(missing(luwam, guard, since=timedelta(hours=4, minutes=30)))).text
    assert "om 19 t 2" in shown  # and some minutes
    late = as_guard.get(page(missing(luwam, guard)), follow=True)
    assert late.status_code == 200


def test_what_is_late_says_so(as_guard: Client, guard: Person, luwam: Resident) -> None:
    case = missing(luwam, guard, since=timedelta(hours=26))
    assert "2 t over fristen" in as_guard.get(page(case)).text
    assert "2 frister er gått ut" in as_guard.get("/").text


def test_house_policy_is_never_shown_as_law(as_guard: Client, guard: Person, luwam: Resident) -> None:
    case = absence.notice(luwam, by=guard, now=timezone.now())
    assert "Vår egen rutine, ikke rundskrivet:" in as_guard.get(page(case)).text


def test_a_child_without_a_lawyer_is_shown_as_a_gap(as_guard: Client, guard: Person, luwam: Resident) -> None:
    Contact.objects.filter(resident=luwam, kind="lawyer").delete()
    assert "Ingen advokat er registrert." in as_guard.get(page(missing(luwam, guard))).text


def test_a_child_of_fourteen_is_followed_and_not_turned_away(as_guard: Client, guard: Person, luwam: Resident) -> None:
    luwam.born = timezone.now().date() - timedelta(days=14 * 365 + 30)
    luwam.save()
    shown = as_guard.get(page(missing(luwam, guard))).text
    assert "Rundskrivet gjelder ikke her" in shown
    assert "child_welfare" not in shown
    assert "Ring <strong>Barnevernstjenesten i " in shown
    assert 'href="tel:' in shown


def test_how_an_unclear_sentence_is_read_is_shown_as_a_reading(
    as_guard: Client, guard: Person, luwam: Resident
) -> None:
    shown = as_guard.get(page(missing(luwam, guard))).text
    assert "Når begynner de 24 timene å løpe?" in shown
    assert "Savnets tolkning nr. 1, ikke en del av rundskrivet" in shown


def test_udis_duties_are_shown_as_theirs_and_without_a_button(as_guard: Client, guard: Person, luwam: Resident) -> None:
    case = told(as_guard, luwam, guard)
    theirs = as_guard.get(page(case)).text.split("UDIs oppgaver")[1].split("</details>")[0]
    assert "Registrere kopien av savnetmeldingen i DUF" in theirs
    assert "ds-button" not in theirs


def test_by_which_channel_a_letter_goes_instead_is_shown_and_whether_it_is_sealed(
    as_guard: Client, guard: Person, luwam: Resident
) -> None:
    case = missing(luwam, guard)
    send_in(as_guard, page(case, "meld/"), **ALL_UNKNOWN)
    letter = Message.objects.get(obligation="b-4")
    unsealed = "Altinn får brevet uten at det er kryptert til mottakeren."
    for channel, says in (
        (Channel.EFORMIDLING, "Går gjennom eFormidling i stedet: Den er full."),
        (Channel.ALTINN, f"Går gjennom Altinn i stedet: Den er full. {unsealed}"),
        (Channel.POST, "Går på papir i stedet: Den er full."),
    ):
        assert says not in (shown := as_guard.get(page(case)).text)
        assert (unsealed in shown) == (channel is Channel.POST)
        now = timezone.now()
        reroute(letter.id, channel, address="310073903", why="Den er full.", by=str(guard.pk), now=now)
        assert says in as_guard.get(page(case)).text


def test_what_is_sent_is_not_shown_as_received(as_guard: Client, guard: Person, luwam: Resident) -> None:
    case = missing(luwam, guard)
    send_in(as_guard, page(case, "meld/"), **ALL_UNKNOWN)
    letter = Message.objects.get(obligation="b-4")
    send_in(as_guard, page(case, f"brev/{letter.id}/levert/"), channel="post")
    assert "Ikke bekreftet mottatt" in as_guard.get(page(case)).text
    send_in(
        as_guard,
        page(case, f"brev/{letter.id}/mottatt/"),
        by_name="Marit Saksvik",
        reference="26/114",
        called_back="on",
    )
    shown = as_guard.get(page(case)).text
    assert "av Marit Saksvik" in shown
    assert "referanse 26/114" in shown


def test_a_receipt_names_a_person(as_guard: Client, guard: Person, luwam: Resident) -> None:
    case = told(as_guard, luwam, guard)
    letter = Message.objects.get(obligation="b-4")
    response = send_in(as_guard, page(case, f"brev/{letter.id}/mottatt/"), by_name="  ", called_back="on")
    assert response.status_code == 422
    assert "Skriv navnet på den som har bekreftet." in response.text


def test_the_police_report_is_not_put_in_the_post(as_guard: Client, guard: Person, luwam: Resident) -> None:
    case = missing(luwam, guard)
    send_in(as_guard, page(case, "meld/"), **ALL_UNKNOWN)
    letter = Message.objects.get(obligation="a-1")
    response = send_in(as_guard, page(case, f"brev/{letter.id}/levert/"), channel="post")
    assert response.status_code == 422
    assert "a-1" in open_ids(case)


def test_a_letter_is_the_pdf_that_was_composed(as_guard: Client, guard: Person, luwam: Resident) -> None:
    case = missing(luwam, guard)
    send_in(as_guard, page(case, "meld/"), **ALL_UNKNOWN)
    letter = Message.objects.get(obligation="a-1")
    response = as_guard.get(page(case, f"brev/{letter.id}/"))
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.content.startswith(b"%PDF")
    assert "Luwam" not in response.headers["Content-Disposition"]


def test_a_letter_is_found_in_its_own_case_only(as_guard: Client, guard: Person, luwam: Resident) -> None:
    case = missing(luwam, guard)
    send_in(as_guard, page(case, "meld/"), **ALL_UNKNOWN)
    sister = Resident.objects.create(centre=luwam.centre, given_name="Rahel", born=luwam.born)
    letter = Message.objects.get(obligation="a-1")
    assert as_guard.get(page(missing(sister, guard), f"brev/{letter.id}/")).status_code == 404


def test_a_draft_with_blanks_says_what_is_missing(as_guard: Client, guard: Person, luwam: Resident) -> None:
    case = missing(luwam, guard)
    shown = as_guard.get(at_duty(case, "utkast", "a-1")).text
    assert "Brevet er ikke klart ennå" in shown
    assert "om eiendelene er tatt med" in shown


def test_what_was_noted_wrongly_is_struck_and_stays_readable(as_guard: Client, guard: Person, luwam: Resident) -> None:
    case = absence.notice(luwam, by=guard, now=timezone.now())
    absence.inquire(case.id, by=guard, now=timezone.now(), what="Ringte feil barn", finding="Ingenting")
    number = 3
    assert send_in(as_guard, page(case, f"stryk/{number}/"), why="").status_code == 422
    send_in(as_guard, page(case, f"stryk/{number}/"), why="Det gjaldt en annen")
    shown = as_guard.get(page(case)).text
    assert "Ringte feil barn" in shown
    assert "strøket" in shown
    assert "2.2-1" in open_ids(case)


def test_what_the_post_did_is_not_struck(as_guard: Client, guard: Person, luwam: Resident) -> None:
    case = told(as_guard, luwam, guard)
    sent = duty(case, "b-4").discharged_by
    assert as_guard.get(page(case, f"stryk/{sent}/")).status_code == 404


def told(client: Client, resident: Resident, by: Person) -> Case:
    """The case of a child who has been reported; the letters and their copies have left the house."""
    case = missing(resident, by)
    send_in(client, page(case, "meld/"), **ALL_UNKNOWN)
    for id_, channel in (("a-1", "in_person"), ("b-4", "post"), ("d-5", "post")):
        for letter in Message.objects.filter(obligation=id_):
            send_in(client, page(case, f"brev/{letter.id}/levert/"), channel=channel)
    return case


def test_an_hour_of_absence_makes_the_house_ask(as_guard: Client, guard: Person, luwam: Resident) -> None:
    case = absence.notice(luwam, by=guard, now=timezone.now() - timedelta(minutes=59))
    assert "Fraværet har vart i" not in as_guard.get(page(case)).text
    sister = Resident.objects.create(centre=luwam.centre, given_name="Rahel", born=luwam.born)
    longer = absence.notice(sister, by=guard, now=timezone.now() - timedelta(minutes=61))
    assert "Fraværet har vart i" in as_guard.get(page(longer)).text


def test_a_gap_leads_to_where_it_is_filled(as_guard: Client, guard: Person, luwam: Resident) -> None:
    Contact.objects.filter(resident=luwam, kind="lawyer").delete()
    assert f'href="/beboere/{luwam.id}/kontakt/"' in as_guard.get(page(missing(luwam, guard))).text
