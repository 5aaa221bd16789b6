"""The screens by which a case is followed up: owner, review, questions, errors, alarms and the roster."""

import hashlib
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from pytest_django import Settings

from casework.invented import DAY, Story, drop_jobs
from casework.test_scenarios import back, everyone_told, talk
from savnet.access.look_rows import Look
from savnet.access.models import Person
from savnet.access.proposals import ProposalKind
from savnet.access.rights import Role
from savnet.casework import by_hand, following_up, recall, silence, two_persons
from savnet.casework.case_at_hand import at_hand
from savnet.casework.loose_ends import loose_ends
from savnet.followup.models import Acknowledgement, Alarm, OnDuty, Watch
from savnet.policy.ladders_shown import LADDERS_SHOWN
from savnet.register.models import Centre, Resident
from savnet.rules.events import BreachDrafted, CaseReviewed, PoliceCaseOpened, QuestionPut
from savnet.rules.words import Channel, ObligationState
from savnet.web import fresh
from savnet.web.shown import slug
from web.telling import filled


@pytest.fixture
def boss(granvik: Centre) -> Person:
    return Person.objects.create_user("boss", name="Berit Sjef", role=Role.CENTRE_LEADER, centre=granvik)


@pytest.fixture
def reference() -> str:
    """What the police gave when they took the report."""
    return ""


@pytest.fixture
def told(luwam: Resident, guard: Person, boss: Person, settings: Settings, tmp_path: object, reference: str) -> Story:
    settings.KEY_FILE = tmp_path / "keys" / "wrapping.json"  # type: ignore[operator]
    drop_jobs()
    case = Story(luwam, guard, timezone.now() - timedelta(hours=8)).missing().answered()
    case.send()
    case.hand_over(case.letter("b-4"))
    case.to_the_police(reference=reference)
    following_up.watch_over(now=timezone.now())
    return case


def send(client: Client, name: str, *where: object, **given: object):  # type: ignore[no-untyped-def]
    address = reverse(name, args=where)
    return client.post(address, filled(client, address, **given))


def at(when: timedelta = timedelta(0), name: str = "at") -> dict[str, str]:
    local = timezone.localtime(timezone.now() + when)
    return {f"{name}_day": f"{local:%Y-%m-%d}", f"{name}_clock": f"{local:%H:%M}", f"{name}_exact": ""}


def test_the_case_shows_its_owner_its_review_and_what_nobody_has_answered(told: Story, as_guard: Client) -> None:
    page = as_guard.get(f"/saker/{told.id}/").text
    for text in ("Berit Sjef", "Neste gjennomgang", "Har politiet opprettet sak?", "barnevernets egne regler"):
        assert text in page


def test_an_owner_is_chosen(told: Story, as_guard: Client, guard: Person) -> None:
    assert send(as_guard, "owner", told.id, owner=guard.pk, why="Ferie.").status_code == 302
    assert Watch.objects.get(case_id=told.id).owner == guard


def test_an_answer_is_noted_and_the_question_is_no_longer_open(told: Story, as_guard: Client) -> None:
    response = send(
        as_guard,
        "question",
        told.id,
        "case-number-2",
        answer="confirmed",
        who="Betjent Vakt",
        reference="00099",
    )
    assert response.status_code == 302, response.text
    now = at_hand(told.id, timezone.now())
    assert [one.reference for one in now.happened if isinstance(one, PoliceCaseOpened)] == ["00099"]
    assert "Besvart (2)" in as_guard.get(f"/saker/{told.id}/").text


@pytest.mark.parametrize("reference", ["TL"])
def test_what_the_police_gave_at_the_receipt_is_shown_and_not_filled_in_as_the_case_number(
    told: Story, as_guard: Client
) -> None:
    """Whoever is tired would leave it."""
    page = as_guard.get(reverse("question", args=[told.id, "case-number-2"]))
    assert "De oppga «TL»" in page.text
    response = send(as_guard, "question", told.id, "case-number-2", answer="confirmed", who="Betjent Vakt")
    assert response.status_code == 422
    assert "Skriv saksnummeret." in response.text


def test_each_question_has_the_answers_there_can_be_to_it(told: Story, as_guard: Client) -> None:
    case = as_guard.get(f"/saker/{told.id}/").text
    asked = {where.split("/")[-2][:-2]: where for where in case.split('"') if "/sporsmal/" in where}
    answers = {name: _answers(as_guard, where) for name, where in asked.items()}
    assert answers["case-number"] == {"confirmed", "refused", "not_yet"}
    assert answers["reviewed"] == answers["feedback"] == {"confirmed", "refused", "not_yet"}
    assert answers["alert-sis"] == answers["case-opened"] == {"confirmed", "refused", "withdrawn", "not_yet"}


def _answers(client: Client, where: str) -> set[str]:
    return {value for value, _label in client.get(where).context["form"].fields["answer"].choices}


def test_a_no_without_its_reason_is_sent_back(told: Story, as_guard: Client) -> None:
    given = {"answer": "refused", "who": "Betjent Vakt"}
    response = send(as_guard, "question", told.id, "alert-sis-4", **given)
    assert response.status_code == 422
    assert "grunnen" in response.text


def test_having_asked_is_noted(told: Story, as_guard: Client) -> None:
    given = {"answer": "not_yet", "who": "Sentralen"}
    assert send(as_guard, "question", told.id, "alert-sis-4", **given).status_code == 302
    assert any(isinstance(one, QuestionPut) for one in at_hand(told.id, timezone.now()).happened)


def test_a_question_that_is_not_there_is_not_found(told: Story, as_guard: Client) -> None:
    assert as_guard.get(reverse("question", args=[told.id, "feedback-99"])).status_code == 404


def test_a_review_needs_every_point(told: Story, as_guard: Client) -> None:
    points = ("police_inquiries", "alert_valid", "new_information", "tracing_abroad", "other_registers")
    missing = dict.fromkeys(points[1:], "unknown")
    assert send(as_guard, "review", told.id, **missing).status_code == 422
    assert send(as_guard, "review", told.id, **dict.fromkeys(points, "unknown")).status_code == 302
    assert any(isinstance(one, CaseReviewed) for one in at_hand(told.id, timezone.now()).happened)


def test_a_receipt_by_phone_counts_when_we_have_called_back(told: Story, as_guard: Client) -> None:
    letter = told.letter("b-4")
    given = {"by_name": "Vera Vakt", "channel": "phone"}
    refused = send(as_guard, "receipt", told.id, letter.id, **given)
    assert refused.status_code == 422
    assert "Ring tilbake" in refused.text
    assert send(as_guard, "receipt", told.id, letter.id, called_back="on", **given).status_code == 302
    assert letter.receipts.get().channel == "called_back"


def test_what_went_without_a_letter_of_ours_is_asked_about_and_its_receipt_has_a_screen(
    luwam: Resident, guard: Person, as_guard: Client, settings: Settings, tmp_path: object
) -> None:
    settings.KEY_FILE = tmp_path / "keys" / "wrapping.json"  # type: ignore[operator]
    drop_jobs()
    case = Story(luwam, guard, timezone.now() - timedelta(hours=8)).missing().answered()
    (owed,) = [one for one in case.at_hand().derivation.obligations if one.id == "b-4"]
    by_hand.mark_done(case.id, owed.key, by=guard, now=case.now, channel=Channel.POST)

    def waits() -> bool:
        return any(one.subject.startswith("receipt|b-4") for one in loose_ends(timezone.now(), case_id=case.id))

    assert waits()
    where = case.id, slug(owed)
    assert reverse("receipt-without-letter", args=where) in as_guard.get(f"/saker/{case.id}/").text
    shown = as_guard.get(reverse("receipt-without-letter", args=where)).text
    assert "ny lenke og kode" not in shown
    said = {"by_name": "Marit Saksvik", "reference": "26/114", "called_back": "on", **at()}
    assert send(as_guard, "receipt-without-letter", *where, **said).status_code == 302
    assert not waits()
    assert "av Marit Saksvik" in as_guard.get(f"/saker/{case.id}/").text


def test_where_there_is_a_letter_its_own_receipt_page_is_shown(told: Story, as_guard: Client) -> None:
    letter = told.letter("b-4")
    (owed,) = [one for one in told.at_hand().derivation.obligations if one.id == "b-4"]
    answer = as_guard.get(reverse("receipt-without-letter", args=[told.id, slug(owed)]))
    assert answer.headers["Location"] == reverse("receipt", args=[told.id, letter.id])


def test_looking_at_the_receipt_page_makes_no_link_and_the_button_does(told: Story, as_guard: Client) -> None:
    from savnet.followup.models import ReceiptLink  # only counted here

    letter = told.letter("b-4")
    ReceiptLink.objects.filter(message_id=letter.id).update(void_at=timezone.now())
    before = ReceiptLink.objects.count()
    assert "ny lenke og kode" in as_guard.get(reverse("receipt", args=[told.id, letter.id])).text
    assert ReceiptLink.objects.count() == before
    as_guard.post(reverse("new-code", args=[told.id, letter.id]))
    assert ReceiptLink.objects.count() == before + 1
    assert "Kode" in as_guard.get(reverse("receipt", args=[told.id, letter.id])).text


def test_the_link_is_mailed_without_the_code(told: Story, as_guard: Client, settings: Settings) -> None:
    from casework.staff_mail import staff_mail  # a real server, needed here only
    from savnet.casework.receipt_links import to_read_out
    from savnet.register.models import Recipient, RecipientChannel

    settings.ADDRESS = "https://savnet.example"
    office = Recipient.objects.get(number="9901")
    RecipientChannel.objects.create(recipient=office, channel="email", address="bv@granvik.example")
    letter = told.letter("b-4")
    secret = to_read_out(letter, now=timezone.now())
    assert secret
    with staff_mail(settings) as box:
        assert "uten koden" in as_guard.get(reverse("receipt", args=[told.id, letter.id])).text
        as_guard.post(reverse("send-link", args=[told.id, letter.id]))
    (mail,) = box.mails
    assert secret.token.encode() in mail
    assert secret.code.encode() not in mail
    assert secret.spoken.encode() not in mail
    assert b"Luwam" not in mail


def test_who_got_a_letter_in_error_is_folded_where_whereabouts_are(told: Story, as_guard: Client) -> None:
    gone = {"receiver": "Rørlegger Rask", "what": "Navn.", "why": "Feil konvolutt."}
    now, guard = timezone.now(), told.guard
    number = recall.note_error(told.letter("b-4").id, **gone, right_one_has_it=True, at=now, by=guard, now=now)
    recall.write_recall(told.id, number, by=guard, now=now)
    assert "Rørlegger Rask" in as_guard.get(f"/saker/{told.id}/").text
    session = as_guard.session
    del session[fresh.IN_SESSION]
    session.save()
    assert "Rørlegger Rask" not in as_guard.get(f"/saker/{told.id}/").text


def test_a_letter_that_went_astray_is_followed_to_its_end(told: Story, as_guard: Client) -> None:
    letter = told.letter("b-4")
    who = as_guard.get(reverse("astray", args=[told.id, letter.id])).context["form"]["receiver"]
    assert who.value() is None, "the name of whose it was would be left standing"
    gone = {"what": "Navn.", "why": "Feil konvolutt.", "address": "Kaigata 4\r\n0000 Solvær", "right_one_has_it": "no"}
    nobody = send(as_guard, "astray", told.id, letter.id, receiver="", **gone)
    assert (nobody.status_code, "Skriv hvem som fikk det." in nobody.text) == (422, True)
    assert send(as_guard, "astray", told.id, letter.id, receiver="Rørlegger Rask", **gone).status_code == 302
    (error,) = recall.errors(at_hand(told.id, timezone.now()).happened)
    shown = as_guard.get(f"/saker/{told.id}/").text
    assert "Meldingen gikk til feil mottaker og skal ikke sendes igjen." in shown
    assert "Stanset før den gikk" not in shown
    who = as_guard.get(reverse("error", args=[told.id, error.number])).text
    assert "Rørlegger Rask" in who
    assert "Kaigata 4<br>" in who
    assert "Send til rett mottaker" in who
    receipt = as_guard.get(reverse("receipt", args=[told.id, letter.id]), follow=True)
    assert receipt.redirect_chain == [(reverse("error", args=[told.id, error.number]), 302)]
    assert "kan verken leveres eller bekreftes mottatt" in receipt.text
    page = as_guard.post(reverse("recall-letter", args=[told.id, error.number]), follow=True)
    assert page["Content-Type"] == "application/pdf"
    looked = as_guard.get(reverse("breach-draft", args=[told.id, error.number]))
    assert looked["Location"] == reverse("error", args=[told.id, error.number])
    assert not told.recorded(BreachDrafted)
    draft = as_guard.post(reverse("breach-draft", args=[told.id, error.number]))
    assert draft["Content-Type"] == "application/pdf"
    assert told.recorded(BreachDrafted, letter=hashlib.sha256(draft.content).hexdigest())
    assert "Sist laget" in as_guard.get(reverse("error", args=[told.id, error.number])).text
    assert "Laget utkast til melding til Datatilsynet" in as_guard.get(f"/saker/{told.id}/").text
    named = send(as_guard, "recall-sent", told.id, error.number, channel="post", received_by="Vera Vakt")
    assert named.status_code == 422
    assert "har ingen bekreftet ennå" in named.text
    assert send(as_guard, "recall-sent", told.id, error.number, channel="post").status_code == 302
    said = {"by_name": "Vera Vakt", "deleted": "yes", "seen_by_others": "no"}
    assert send(as_guard, "recall-answer", told.id, error.number, **said).status_code == 302
    given = {"reported": "yes", "why": "Gjelder et barn."}
    assert send(as_guard, "breach-assessed", told.id, error.number, **given).status_code == 302
    (error,) = recall.errors(at_hand(told.id, timezone.now()).happened)
    assert error.recalled
    assert error.answered
    assert error.assessed
    assert as_guard.get(f"/saker/{told.id}/").status_code == 200


def test_whoever_takes_a_matter_on_keeps_it_still(told: Story, as_guard: Client, guard: Person) -> None:
    now = timezone.now()
    silence.sound(now=now)
    page = as_guard.get(reverse("waiting", args=[told.id]))
    assert "Jeg tar det" in page.text
    end = next(one for one in loose_ends(now, case_id=told.id) if one.due(now))
    address = f"{reverse('acknowledge', args=[told.id])}?sak={end.subject}"
    response = as_guard.post(address, filled(as_guard, address, pause="60"))
    assert response.status_code == 302
    assert Acknowledgement.objects.get().person == guard
    assert "har tatt det" in as_guard.get(reverse("waiting", args=[told.id])).text


def test_where_it_says_who_is_told_it_says_when_of_each_kind_of_matter(told: Story, as_guard: Client) -> None:
    for address in (reverse("waiting", args=[told.id]), reverse("alarms"), reverse("roster")):
        page = as_guard.get(address).text
        assert all(escape(one.says) in page for one in LADDERS_SHOWN)


def alarms_of(person: Person) -> str:
    client = Client()
    client.force_login(person)
    page = client.get(reverse("alarms"))
    assert page.status_code == 200
    return page.text


def test_an_alarm_says_whom_it_is_about_to_who_may_see_the_case(told: Story, boss: Person) -> None:
    silence.sound(now=timezone.now())
    page = alarms_of(boss)
    assert "Åpne saken" in page
    assert told.child.name in page
    look = Look.objects.filter(person_id=boss.pk, screen="alarms", subject_centre=boss.centre_id).last()
    assert look, "a list that names children is a look, as the front page is"
    assert "identity" in look.classes


def test_an_alarm_of_the_overseers_says_which_case_it_is_and_no_name(told: Story, boss: Person) -> None:
    silence.sound(now=timezone.now())
    nina = Person.objects.create_user("nina", name="Nina Landås", role=Role.NATIONAL_OVERSEER)
    Alarm.objects.update(person=nina)
    page = alarms_of(nina)
    assert f"Sak {told.id.hex[:8].upper()}" in page
    assert "Luwam" not in page


def test_what_no_longer_waits_leads_back_to_what_does(told: Story, as_guard: Client) -> None:
    answered = as_guard.get(f"{reverse('acknowledge', args=[told.id])}?sak=borte", follow=True)
    assert answered.status_code == 200
    assert "Dette venter ikke lenger" in answered.text
    assert "Det som venter, og hvem som er varslet" in answered.text


def test_a_shift_is_written_into_the_roster_and_ended(told: Story, as_guard: Client, guard: Person) -> None:
    given = {"person": guard.pk, "place": "0", **at(name="begins"), **at(timedelta(hours=8), "ends")}
    response = send(as_guard, "shift-new", **given)
    assert response.status_code == 302, response.text
    assert guard.name in as_guard.get(reverse("roster")).text
    duty = OnDuty.objects.get()
    assert send(as_guard, "shift-end", duty.pk).status_code == 302


def test_another_centres_shift_cannot_be_ended(told: Story, as_olav: Client, guard: Person, boss: Person) -> None:
    now = timezone.now()
    duty = OnDuty.objects.create(person=guard, begins=now, ends=now + timedelta(hours=8), added_by=boss, added_at=now)
    assert as_olav.get(reverse("shift-end", args=[duty.pk])).status_code == 404
    assert as_olav.get(reverse("waiting", args=[told.id])).status_code == 404


@pytest.fixture
def over(luwam: Resident, guard: Person, boss: Person, settings: Settings, tmp_path: object) -> Story:
    """Nothing is owed any more, and nobody has said that the case is over."""
    settings.KEY_FILE = tmp_path / "keys" / "wrapping.json"  # type: ignore[operator]
    drop_jobs()
    case = everyone_told(Story(luwam, guard, timezone.now() - 3 * DAY))
    back(case.later(DAY))
    for letter in case.send():
        case.hand_over(letter)
    talk(case)
    while owed := [one for one in case.at_hand().derivation.obligations if one.state is ObligationState.OPEN]:
        for one in owed:
            by_hand.mark_done(case.id, one.key, by=case.guard, now=case.now, channel=None)
    return case


def test_to_close_a_case_is_offered_until_somebody_has_proposed_it(over: Story, as_guard: Client, boss: Person) -> None:
    address, way = f"/saker/{over.id}/", f'href="/saker/{over.id}/avslutt/"'
    assert way in as_guard.get(address).text
    said = {"source": "Barnet selv"}
    now = timezone.now()
    proposal = two_persons.propose(ProposalKind.CLOSING, said, by=over.guard, now=now, case_id=over.id)
    page = as_guard.get(address).text
    assert way not in page
    assert "Venter på en til:" in page
    two_persons.decline(proposal.id, note="Samtalen er ikke holdt.", by=boss, now=now)
    assert way in as_guard.get(address).text
