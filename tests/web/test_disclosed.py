"""Who has been given what of a child and why it was lawful; and what the police get when they ask (§ 84 b)."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from casework.paper import says
from savnet.access.models import Person
from savnet.access.rights import Role
from savnet.casework import knowledge, recall
from savnet.delivery.models import Message
from savnet.register.models import Centre, InformationRequest, Leave, Resident
from savnet.rules.words import ConcernKind, ConcernLevel
from web.offices import at, furnish_units, reported_and_copied
from web.telling import missing, now_of, send_in

POLICE = {
    "asked_by": "police",
    "office": "Fjordkanten politidistrikt",
    "person": "Inspektør Fiktiv",
    "reference": "2026/5",
    "written": "yes",
    "dated": "2026-11-20",
    "purpose": "Utlendingskontroll",
}


@pytest.fixture(autouse=True)
def the_demos_offices(settings: Settings) -> None:
    """The offices here are invented ones."""
    settings.DEMO = True


@pytest.fixture
def leader(granvik: Centre) -> Client:
    person = Person.objects.create_user(
        "leder",
        name="Lise Leder",
        title="Mottaksleder",
        role=Role.CENTRE_LEADER,
        centre=granvik,
        phone="+47 00 11 00 12",
    )
    client = Client()
    client.force_login(person)
    return client


def page_of(child: Resident) -> str:
    return f"/beboere/{child.id}/utlevert/"


def asks(client: Client, child: Resident, **other: Any) -> InformationRequest:
    sent = send_in(client, f"/beboere/{child.id}/begjaering/", **(POLICE | other))
    assert sent.status_code == 302, sent.text
    return InformationRequest.objects.latest("noted_at")


def decided(client: Client, request: InformationRequest, *fields: str, **other: Any) -> InformationRequest:
    given = {"fields_given": list(fields), "why": "De har bedt om det og trenger det", "moved_to": ""} | other
    assert send_in(client, f"/begjaeringer/{request.id}/avgjor/", **given).status_code == 302
    return InformationRequest.objects.get(id=request.id)


def test_the_police_get_the_field_they_need_and_nothing_else(leader: Client, luwam: Resident) -> None:
    Resident.objects.filter(id=luwam.id).update(
        citizenship="Eritrea",
        duf_number="202600000012",
        description="Arr over øyet",
        arrived=date(2026, 1, 2),
        room="7",
    )
    request = decided(leader, asks(leader, luwam), "identity")
    letter = leader.get(f"/begjaeringer/{request.id}/brev/").content
    for held in ("Luwam Oppdiktet", "Eritrea", "§ 84 b", "2026/5", "Lise Leder"):
        assert says(letter, held)
    for left_out in ("202600000012", "Arr over", "2. januar 2026", "Utlendingskontroll", "Rita Fiktiv", "Nytt bosted:"):
        assert not says(letter, left_out)
    assert set(request.given or {}) == {"sender", "written_at", "name", "identity"}


def test_of_a_leave_only_how_long_it_was_is_told(leader: Client, guard: Person, luwam: Resident) -> None:
    now = timezone.now()
    Leave.objects.create(
        resident=luwam, kind="agreed", from_at=now - timedelta(days=3), return_at=now - timedelta(days=1),
        place="Hos tanta i Storfjell", with_whom="Kusine", agreed_by=guard, agreed_at=now,
    )  # fmt: skip
    request = decided(leader, asks(leader, luwam), "away", "stay")
    letter = leader.get(f"/begjaeringer/{request.id}/brev/").content
    assert says(letter, "Permisjoner")
    assert not says(letter, "Storfjell")
    assert not says(letter, "Kusine")


def test_that_a_child_was_away_for_her_health_is_no_leave_to_tell_of(
    leader: Client, guard: Person, luwam: Resident
) -> None:
    now = timezone.now()
    Leave.objects.create(
        resident=luwam, kind="health", from_at=now - timedelta(days=3), return_at=now - timedelta(days=1),
        place="Sykehuset", agreed_by=guard, agreed_at=now,
    )  # fmt: skip
    request = decided(leader, asks(leader, luwam), "away")
    assert (request.given or {})["away"] == []


def test_the_page_says_of_each_of_the_four_whether_it_was_given(leader: Client, luwam: Resident) -> None:
    request = decided(leader, asks(leader, luwam), "identity", "away")
    page = leader.get(f"/begjaeringer/{request.id}/").text
    for said in (
        "Navn, fødselsdato og statsborgerskap: Ja",
        "Når barnet flyttet inn og ut: Nei",
        "Hvor lenge permisjoner har vart: Ja",
        "Nytt bosted: Nei",
    ):
        assert said in page


def test_the_letter_stays_as_it_was_signed_when_the_register_changes(leader: Client, luwam: Resident) -> None:
    request = decided(leader, asks(leader, luwam), "identity")
    before = leader.get(f"/begjaeringer/{request.id}/brev/").content
    Resident.objects.filter(id=luwam.id).update(citizenship="Etiopia", given_name="Annen")
    assert leader.get(f"/begjaeringer/{request.id}/brev/").content == before


@pytest.mark.parametrize(
    ("given", "because"),
    [
        ({"asked_by": "immigration", "office": "UDI"}, "enslige mindreårige"),
        ({"asked_by": "other", "office": "En avis"}, "taushetsplikt"),
        ({"written": "no", "dated": ""}, "skriftlig"),
    ],
)
def test_what_the_law_forbids_is_refused_at_once_and_noted(
    leader: Client, luwam: Resident, given: dict[str, str], because: str
) -> None:
    request = asks(leader, luwam, **given)
    assert request.decision == "refused"
    assert because in request.why
    assert request.legal_basis
    assert leader.get(f"/begjaeringer/{request.id}/avgjor/").status_code == 404
    assert leader.get(f"/begjaeringer/{request.id}/brev/").status_code == 404
    assert "Ingenting skal utleveres" in leader.get(f"/begjaeringer/{request.id}/").text


def test_the_screen_says_that_immigration_authorities_cannot_ask_about_an_unaccompanied_minor(
    leader: Client, luwam: Resident
) -> None:
    address = f"/beboere/{luwam.id}/begjaering/"
    assert "utlendingsmyndighetene ikke kreve" in leader.get(address).text
    Resident.objects.filter(id=luwam.id).update(unaccompanied=False)
    assert "utlendingsmyndighetene ikke kreve" not in leader.get(address).text


def test_those_on_shift_note_a_request_and_the_leader_decides(
    as_guard: Client, leader: Client, luwam: Resident
) -> None:
    request = asks(as_guard, luwam)
    assert not request.decision
    assert as_guard.get(f"/begjaeringer/{request.id}/avgjor/").status_code == 404
    assert "avgjor/" not in as_guard.get(f"/begjaeringer/{request.id}/").text, "no button that leads nowhere"
    assert "avgjor/" in leader.get(f"/begjaeringer/{request.id}/").text
    assert decided(leader, request).decision == "refused", "nothing ticked is a no"


def test_a_request_without_its_date_asks_for_it(leader: Client, luwam: Resident) -> None:
    sent = send_in(leader, f"/beboere/{luwam.id}/begjaering/", **(POLICE | {"dated": ""}))
    assert sent.status_code == 422
    assert "Skriv datoen på brevet." in sent.text


def test_a_decision_stands_whoever_would_change_it(leader: Client, luwam: Resident) -> None:
    request = decided(leader, asks(leader, luwam), "stay")
    changes: tuple[dict[str, Any], ...] = ({"legal_basis": "x"}, {"given": {"name": "x"}}, {"purpose": "x"})
    for change in changes:
        with pytest.raises(DatabaseError), transaction.atomic():
            InformationRequest.objects.filter(id=request.id).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        InformationRequest.objects.filter(id=request.id).delete()


def test_no_answer_to_anybody_but_the_police_can_be_kept(leader: Client, luwam: Resident) -> None:
    request = asks(leader, luwam)
    with pytest.raises(DatabaseError), transaction.atomic():
        InformationRequest.objects.create(
            resident=luwam, asked_by="other", office="x", person="x", written=True, purpose="x",
            noted_at=timezone.now(), noted_by_id=request.noted_by_id, decision="given", legal_basis="x", given={},
            decided_at=timezone.now(), decided_by_id=request.noted_by_id,
        )  # fmt: skip


def test_the_page_lists_every_disclosure_with_its_basis_and_receipt(
    as_guard: Client, leader: Client, guard: Person, luwam: Resident
) -> None:
    furnish_units()
    case = reported_and_copied(as_guard, luwam, guard)
    request = decided(leader, asks(leader, luwam), "identity")
    send_in(leader, f"/begjaeringer/{request.id}/levert/", how="post")
    shown = leader.get(page_of(luwam)).text
    for held in ("Fjordkanten politidistrikt", "§ 13 b nr. 5", "§ 17-6", "§ 84 b", "Barnevernstjenesten i Granvik"):
        assert held in shown, held
    sent = [one for one in now_of(case).derivation.obligations if one.is_notice and one.sent_at]
    assert shown.count("Hjemmel:") == len(sent) + 1


def test_every_notice_that_tells_somebody_has_a_basis_of_its_own(
    as_guard: Client, guard: Person, luwam: Resident
) -> None:
    furnish_units()
    case = reported_and_copied(as_guard, luwam, guard)
    notices = [one for one in now_of(case).derivation.obligations if one.is_notice and one.actor == "centre"]
    assert notices
    assert {one.id for one in notices if one.legal_basis is None} == set()


def test_what_only_was_tried_is_no_disclosure(as_guard: Client, leader: Client, guard: Person, luwam: Resident) -> None:
    missing(luwam, guard)
    assert "Ingen utenfor mottaket har fått noe." in leader.get(page_of(luwam)).text


def test_what_the_police_may_have_is_given_when_the_letter_has_left_and_not_before(
    leader: Client, luwam: Resident
) -> None:
    request = decided(leader, asks(leader, luwam), "identity")
    shown = leader.get(page_of(luwam)).text
    assert "Ingen utenfor mottaket har fått noe." in shown
    assert "Ikke levert ennå" in shown
    send_in(leader, f"/begjaeringer/{request.id}/levert/", how="post")
    shown = leader.get(page_of(luwam)).text
    assert "Svar på politiets skriftlige begjæring" in shown
    assert "hvor barnet kan være" not in shown, "the residence was not among what they were given"


def test_who_got_a_letter_in_error_stands_there_without_a_legal_basis(
    as_guard: Client, leader: Client, guard: Person, luwam: Resident
) -> None:
    furnish_units()
    case = reported_and_copied(as_guard, luwam, guard)
    letter = Message.objects.filter(case_id=case.id, obligation="b-4", attempts__isnull=False).first()
    assert letter
    now = timezone.now()
    told = {"receiver": "Rørlegger Rask", "what": "Navn.", "why": "Feil konvolutt."}
    number = recall.note_error(letter.id, **told, right_one_has_it=True, by=guard, now=now, at=now)
    shown = leader.get(page_of(luwam)).text
    assert "Rørlegger Rask" in shown
    assert f"/saker/{case.id}/feil/{number}/" in shown
    assert "ingen" in shown


def test_another_centre_and_the_region_find_nothing(
    as_guard: Client, as_olav: Client, leader: Client, luwam: Resident
) -> None:
    furnish_units()
    request = asks(leader, luwam)
    for client in (as_olav, at("rune")):
        for address in (page_of(luwam), f"/begjaeringer/{request.id}/", f"/beboere/{luwam.id}/begjaering/"):
            assert client.get(address).status_code == 404


def test_what_awaits_consent_reaches_the_region_on_no_page(as_guard: Client, guard: Person, luwam: Resident) -> None:
    furnish_units()
    region = at("rune")
    case = reported_and_copied(as_guard, luwam, guard)
    send_in(as_guard, f"/saker/{case.id}/tilbake/")
    told = "Truet av onkelen sin i hjemlandet"
    send_in(as_guard, f"/saker/{case.id}/samtale/", why_left=told, where_stayed="Hemmelig loft", asylum_relevant="on")
    knowledge.raise_concern(
        case.id, kind=ConcernKind.OTHER, level=ConcernLevel.REASON_TO_BELIEVE, text="Bare mottakets", by=guard,
        now=timezone.now(),
    )  # fmt: skip
    for address in ("/region/", f"/kontor/{case.id}/"):
        shown = region.get(address).text
        for secret in (told, "Hemmelig loft", "Bare mottakets", "4-20"):
            assert secret not in shown
    disclosed = as_guard.get(page_of(luwam)).text
    assert "4-19" not in disclosed
