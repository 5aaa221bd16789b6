"""A receiver without an account confirms by link and code; whoever fetches, guesses or tries again gets nowhere."""

import re
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings

from casework.invented import Story, drop_jobs
from savnet.access.models import Person
from savnet.casework import knowledge, recall, receipt_links, receiver_page, returning
from savnet.casework.contained import NotAllDone
from savnet.casework.errors import CaseworkError
from savnet.casework.following_up import watch_over
from savnet.casework.gone_astray import STOPPED
from savnet.casework.loose_ends import LooseEnd, loose_ends
from savnet.casework.not_theirs import awaiting, name_right_receiver, record_not_theirs
from savnet.casework.plan import messages_by_key
from savnet.casework.questions import asked_in
from savnet.casework.receipt_links import Secret
from savnet.casework.receipts import record_receipt
from savnet.casework.receiver_page import Answer, Outcome, answer
from savnet.delivery.models import Message, Receipt
from savnet.delivery.withdrawing import withdraw
from savnet.followup.models import ReceiptLink, ReceiverAnswer, StaffNotice, WrongTry
from savnet.policy.receipts import LINK_HOLDS, WRONG_IN_ALL, WRONG_PER_LINK, WRONG_WITHIN
from savnet.policy.waiting import Waiting
from savnet.register.models import MunicipalityPoliceDistrict, PoliceDistrict, Resident
from savnet.rules.events import NotTheirs, Received, RightReceiverNamed
from savnet.rules.words import Channel, ConcernKind, ConcernLevel, ReturnedHow
from savnet.rules.words import Recipient as Kind

HERE = "here"
SAID = {"by_name": "Vera Vakt", "reference": "BV-77", "whose": "ours", "municipality": "", "why": ""}


@pytest.fixture(autouse=True)
def at_home(settings: Settings, tmp_path: object) -> None:
    settings.ADDRESS = "https://savnet.example"
    settings.KEY_FILE = tmp_path / "keys" / "wrapping.json"  # type: ignore[operator]


@pytest.fixture
def told(luwam: Resident, guard: Person) -> Story:
    """Reported to the police across the desk, and to child welfare by post; nobody has confirmed."""
    drop_jobs()
    case = Story(luwam, guard, timezone.now() - timedelta(hours=3)).missing().answered()
    case.send()
    case.hand_over(case.letter("b-4"))
    return case


@pytest.fixture
def report(told: Story) -> Message:
    return told.letter("b-4")


@pytest.fixture
def secret(report: Message) -> Secret:
    found = receipt_links.renew(report, now=timezone.now())
    assert found
    return found


def send(client: Client, token: str, code: str, **more: str):  # type: ignore[no-untyped-def]
    return client.post(f"/k/{token}/", {**SAID, "code": code, **more})


def test_the_letter_on_paper_holds_the_code_and_no_link(told: Story) -> None:
    link = ReceiptLink.objects.get(message_id=told.letter("b-4").id)
    assert not link.printed


def test_neither_link_nor_code_lies_open_in_the_database(report: Message, secret: Secret) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT followup_receiptlink::text FROM followup_receiptlink")
        rows = " ".join(row[0] for row in cursor.fetchall())
    assert secret.token not in rows
    assert secret.code not in rows


def test_a_named_person_confirms_with_her_own_reference(
    told: Story, report: Message, secret: Secret, client: Client
) -> None:
    response = send(client, secret.token, secret.spoken)
    assert response.status_code == 200
    assert "notert at dere har mottatt" in response.text
    receipt = Receipt.objects.get(message=report)
    assert (receipt.by_name, receipt.reference, receipt.channel) == ("Vera Vakt", "BV-77", "receipt_page")
    (received,) = told.later(timedelta(hours=3)).recorded(Received, obligation="b-4")
    assert received.by == "Vera Vakt"
    assert told.the("b-4").received_by == "Vera Vakt"


def test_received_takes_a_reference_of_their_own_and_not_theirs_takes_none(secret: Secret, client: Client) -> None:
    label = client.get(f"/k/{secret.token}/").text.partition("Deres referanse")[2][:80]
    assert "kan stå tomt" not in label
    page = send(client, secret.token, secret.code, reference=" ")
    assert (page.status_code, "Skriv saksnummeret hos dere, eller initialene dine." in page.text) == (422, True)
    assert not ReceiverAnswer.objects.exists()
    assert send(client, secret.token, secret.code, reference="", whose="not_ours").status_code == 200


def test_a_wrong_code_need_not_cost_what_else_was_typed(secret: Secret, client: Client) -> None:
    page = send(client, secret.token, "00000000").text
    assert 'value="Vera Vakt"' in page
    assert 'value="BV-77"' in page
    assert "00000000" not in page


def test_whoever_fetches_the_page_and_runs_what_is_there_confirms_nothing(secret: Secret, client: Client) -> None:
    before = list(ReceiptLink.objects.order_by("pk").values())
    for _ in range(50):
        page = client.get(f"/k/{secret.token}/")
        client.head(f"/k/{secret.token}/")
    assert page.status_code == 200
    for address in re.findall(r'(?:href|src|action)="(/k/[^"]*|\?[^"]*)"', page.text):
        client.get(f"/k/{secret.token}/" + address if address.startswith("?") else address)
    assert list(ReceiptLink.objects.order_by("pk").values()) == before
    assert not ReceiverAnswer.objects.exists()
    assert not Receipt.objects.filter(message__obligation="b-4").exists()


def test_a_scanner_that_sends_the_form_as_it_stands_confirms_nothing(secret: Secret, client: Client) -> None:
    for given in ({}, {"whose": "ours"}, {**SAID, "code": ""}, {**SAID, "code": "12345678"}):
        assert client.post(f"/k/{secret.token}/", given).status_code == 422
    assert not ReceiverAnswer.objects.exists()


def test_the_page_says_nothing_of_the_case(told: Story, secret: Secret, client: Client) -> None:
    page = client.get(f"/k/{secret.token}/").text + send(client, secret.token, "00000000").text
    for fact in ("Luwam", told.centre.name, str(told.id), "barnet er", "savnet siden"):
        assert fact not in page
    assert "Set-Cookie" not in client.get(f"/k/{secret.token}/").headers


def test_used_once_it_says_so_to_who_has_the_code_and_to_nobody_else(secret: Secret, client: Client) -> None:
    send(client, secret.token, secret.code)
    again = send(client, secret.token, secret.code, by_name="En Annen")
    assert "allerede besvart" in again.text
    assert ReceiverAnswer.objects.get().by_name == "Vera Vakt"
    assert send(client, secret.token, "00000000").status_code == 422


def refusals(told: Story, report: Message, secret: Secret) -> dict[str, tuple[str, str]]:
    """Ways in which it does not open: what each is called, the token and the code."""
    wrong = "00000000" if secret.code != "00000000" else "11111111"
    used = receipt_links.new_secret()
    link = receipt_links.keep(told.letter("a-1"), used, wired=False, now=timezone.now())
    ReceiptLink.objects.filter(pk=link.pk).update(used_at=timezone.now())
    old = receipt_links.new_secret()
    link = receipt_links.keep(told.letter("a-1"), old, wired=False, now=timezone.now() - 2 * LINK_HOLDS)
    ReceiptLink.objects.filter(pk=link.pk).update(void_at=None)
    return {
        "no such link": (uuid4().hex[:22], secret.code),
        "wrong code": (secret.token, wrong),
        "used, wrong code": (used.token, wrong),
        "expired": (old.token, old.code),
    }


def test_whatever_does_not_open_looks_the_same_to_the_byte_and_costs_the_same_questions(
    told: Story, report: Message, secret: Secret, client: Client
) -> None:
    seen = {}
    for name, (token, code) in refusals(told, report, secret).items():
        with CaptureQueriesContext(
            connection,
        ) as asked:
            response = send(client, token, code)
        headers = {key: value for key, value in response.headers.items() if key != "Date"}
        seen[name] = (response.status_code, response.content, headers, len(asked))
    assert len({str(one) for one in seen.values()}) == 1, {name: one[3] for name, one in seen.items()}
    pages = {client.get(f"/k/{token}/").content for token, _ in refusals(told, report, secret).values()}
    assert len(pages) == 1


def test_whoever_got_a_letter_in_error_cannot_confirm_it_and_learns_nothing_by_trying(
    told: Story, report: Message, secret: Secret, client: Client
) -> None:
    gone = {"receiver": "Naboen", "what": "Navn.", "why": "Feil konvolutt."}
    now = timezone.now()
    recall.note_error(report.id, **gone, right_one_has_it=False, at=now, by=told.guard, now=now)
    seen = []
    for token in (secret.token, uuid4().hex[:22]):
        with CaptureQueriesContext(connection) as asked:
            response = send(client, token, secret.code)
        seen.append((response.status_code, response.content, len(asked)))
    assert seen[0] == seen[1]
    assert not ReceiverAnswer.objects.exists()
    assert not Receipt.objects.filter(message=report).exists()


def test_the_link_of_a_letter_noted_before_links_were_made_void_is_dead_too(
    told: Story, report: Message, secret: Secret
) -> None:
    withdraw(report.id, why=STOPPED, by=str(told.guard.pk), now=timezone.now())
    assert ReceiptLink.objects.filter(message_id=report.id, void_at=None).exists()
    given = Answer(code=secret.code, by_name="Vera Vakt")
    assert answer(secret.token, given, source=HERE, now=timezone.now()) is Outcome.NO


def test_a_letter_withdrawn_for_another_reason_may_have_arrived_and_is_confirmed(
    told: Story, report: Message, secret: Secret
) -> None:
    withdraw(report.id, why="Barnet kom tilbake.", by=str(told.guard.pk), now=timezone.now())
    given = Answer(code=secret.code, by_name="Vera Vakt", reference="BV-77")
    assert answer(secret.token, given, source=HERE, now=timezone.now()) is Outcome.TAKEN
    assert Receipt.objects.filter(message=report).exists()


def test_guessing_comes_to_rest_and_then_to_an_end(secret: Secret) -> None:
    now = timezone.now()
    wrong, right = Answer(code="99999999", by_name="Gjetter"), Answer(code=secret.code, by_name="Vera Vakt")
    for _ in range(WRONG_PER_LINK):
        assert answer(secret.token, wrong, source=HERE, now=now) is Outcome.NO
    assert answer(secret.token, right, source="elsewhere", now=now) is Outcome.NO
    later = now + WRONG_WITHIN + timedelta(minutes=1)
    for turn in range(WRONG_IN_ALL):
        later += WRONG_WITHIN
        answer(secret.token, wrong, source=f"{turn}", now=later)
    assert answer(secret.token, right, source="elsewhere", now=later + timedelta(days=1)) is Outcome.NO
    assert not ReceiverAnswer.objects.exists()


def test_a_link_guessed_at_too_often_is_replaced_and_the_new_one_opens(report: Message, secret: Secret) -> None:
    now = timezone.now()
    for turn in range(WRONG_IN_ALL):
        assert receipt_links.to_read_out(report, now=now) == secret, "it is read out for as long as it opens"
        now += WRONG_WITHIN
        answer(secret.token, Answer(code="99999999", by_name="Gjetter"), source=f"{turn}", now=now)
    assert receipt_links.to_read_out(report, now=now) is None, "nobody is read a code that opens nothing"
    assert receipt_links.may_renew(report, now=now)
    new = receipt_links.renew(report, now=now)
    assert new
    assert new != secret
    assert answer(new.token, Answer(code=new.code, by_name="Vera Vakt"), source=HERE, now=now) is Outcome.TAKEN


def test_after_a_rest_the_right_code_opens(secret: Secret) -> None:
    now = timezone.now()
    for _ in range(WRONG_PER_LINK):
        answer(secret.token, Answer(code="99999999", by_name="Gjetter"), source=HERE, now=now)
    right = Answer(code=secret.code, by_name="Vera Vakt")
    assert answer(secret.token, right, source=HERE, now=now + WRONG_WITHIN) is Outcome.TAKEN


def test_a_link_holds_for_its_time_and_no_longer(secret: Secret) -> None:
    right = Answer(code=secret.code, by_name="Vera Vakt")
    late = timezone.now() + LINK_HOLDS + timedelta(minutes=1)
    assert answer(secret.token, right, source=HERE, now=late) is Outcome.NO


def test_a_letter_written_for_the_wire_that_goes_on_paper_voids_the_link_in_it(report: Message, secret: Secret) -> None:
    ReceiptLink.objects.update(printed=True)
    right = Answer(code=secret.code, by_name="Vera Vakt")
    assert answer(secret.token, right, source=HERE, now=timezone.now()) is Outcome.NO
    assert receipt_links.to_read_out(report, now=timezone.now()) is None
    other = receipt_links.renew(report, now=timezone.now())
    assert other
    assert (other.token, other.code) != (secret.token, secret.code)
    assert answer(other.token, Answer(code=other.code, by_name="V"), source=HERE, now=timezone.now()) is Outcome.TAKEN


def test_not_theirs_goes_at_once_to_whom_they_name_and_the_sender_is_told(
    told: Story, secret: Secret, client: Client, guard: Person
) -> None:
    response = send(client, secret.token, secret.code, whose="not_ours", municipality="9903", why="Flyttet.")
    assert "Avsenderen har fått beskjed" in response.text
    told.now = timezone.now()
    assert told.recorded(NotTheirs)
    assert told.recorded(RightReceiverNamed, municipality="9903")
    letter = told.letter("b-4", municipality="9903")
    assert "Storfjell" in letter.recipient_name
    (new,) = [one for one in told.planned("b-4") if one.obligation.municipality == "9903"]
    assert "kjent adresse" not in new.receiver.reason, "nobody knows an address there"
    assert told.the("b-4", municipality="9901").received_at is None
    assert StaffNotice.objects.filter(person=guard, kind="receiver").exists()
    assert not Receipt.objects.filter(message__obligation="b-4").exists()


def test_not_theirs_and_nobody_knows_whose_stands_open_until_a_person_finds_out(
    told: Story, secret: Secret, client: Client, guard: Person
) -> None:
    from savnet.casework.case_at_hand import at_hand  # what the case's screen reads
    from savnet.casework.errors import CaseworkError
    from savnet.casework.not_theirs import awaiting, name_right_receiver

    send(client, secret.token, secret.code, whose="not_ours")
    now: datetime = timezone.now()
    (waits,) = awaiting(at_hand(told.id, now).happened)
    with pytest.raises(CaseworkError, match="Velg en annen"):
        name_right_receiver(told.id, waits.number, "9901", why="", by=guard, now=now)
    (sent,) = name_right_receiver(told.id, waits.number, "9903", why="Ringte.", by=guard, now=now)
    assert "Storfjell" in sent.recipient_name
    assert not list(awaiting(at_hand(told.id, now).happened))


def test_not_theirs_but_their_own_municipality_is_told_all_the_same_and_left_to_a_person(
    told: Story, secret: Secret, client: Client, guard: Person
) -> None:
    send(client, secret.token, secret.code, whose="not_ours", municipality="9901")
    told.now = timezone.now()
    assert told.recorded(NotTheirs)
    assert not told.recorded(RightReceiverNamed)
    assert StaffNotice.objects.filter(person=guard, kind="receiver").exists()


def confirms(case: Story, message: Message, client: Client, **more: str) -> str:
    """What the receiver of this letter is shown after answering on the page."""
    case.now = timezone.now()
    secret = receipt_links.renew(message, now=case.now)
    assert secret
    return send(client, secret.token, secret.code, **more).text


def test_what_was_not_theirs_is_not_waited_for_any_more_but_the_new_one_is(
    told: Story, report: Message, client: Client
) -> None:
    assert {one.subject.split("|")[1] for one in receipts_awaited(told)} == {"b-4"}
    confirms(told, report, client, whose="not_ours", municipality="9903")
    told.now = timezone.now()
    assert not receipts_awaited(told)
    told.hand_over(told.letter("b-4", municipality="9903"))
    (waits,) = [one for one in receipts_awaited(told) if "b-4" in one.subject]
    assert waits.subject.split("|")[4] == str(told.the("b-4", municipality="9903").because)
    asked = {one.municipality for one in asked_in(told.at_hand()) if one.recipient is Kind.CHILD_WELFARE}
    assert asked == {"9903"}, "nothing is asked of who says that it isn't theirs"


def test_nor_is_what_they_said_on_the_phone_was_not_theirs(told: Story, report: Message, guard: Person) -> None:
    told.now = timezone.now()
    number = record_not_theirs(report, by_name="Vera Vakt", why="", at=told.now, by=guard, now=told.now)
    watch_over(now=told.now)
    assert not receipts_awaited(told)
    name_right_receiver(told.id, number, "9903", why="Ringte.", by=guard, now=told.now)
    watch_over(now=told.now)
    assert not receipts_awaited(told), "that the right one is found makes them no less wrong"
    record_receipt(report.id, by_name="Vera Vakt", reference="7", at=told.now, by=guard, now=told.now)
    told.hand_over(told.letter("b-4", municipality="9903"))
    assert len(receipts_awaited(told)) == 1


def receipts_awaited(case: Story) -> list[LooseEnd]:
    found = loose_ends(timezone.now() + timedelta(hours=1), case_id=case.id)
    return [one for one in found if one.kind is Waiting.RECEIPT]


def test_a_municipality_of_the_same_police_district_is_the_same_office_and_is_left_to_a_person(
    told: Story, client: Client
) -> None:
    told.to_the_police(received_by="")
    confirms(told, told.letter("a-1"), client, whose="not_ours", municipality="9903")
    told.now = timezone.now()
    assert told.recorded(NotTheirs, obligation="a-1")
    assert not told.recorded(RightReceiverNamed)
    assert len(list(awaiting(told.at_hand().happened))) == 1
    assert "Velg en annen" in ReceiverAnswer.objects.get().problem


def test_two_that_each_name_the_other_leave_the_report_to_a_person(
    told: Story, report: Message, client: Client, guard: Person
) -> None:
    """Else it is sent to nobody, and nobody hears of it."""
    confirms(told, report, client, whose="not_ours", municipality="9903")
    told.now = timezone.now()
    there = told.letter("b-4", municipality="9903")
    told.hand_over(there)
    confirms(told, there, client, whose="not_ours", municipality="9901")
    told.now = timezone.now()
    (waits,) = awaiting(told.at_hand().happened)
    assert waits.municipality == "9903"
    assert "Ring begge" in ReceiverAnswer.objects.get(link__message_id=there.id).problem
    with pytest.raises(CaseworkError, match="Ring begge"):
        name_right_receiver(told.id, waits.number, "9901", why="", by=guard, now=told.now)
    record_receipt(report.id, by_name="Vera Vakt", reference="7", at=told.now, by=guard, now=told.now)
    assert name_right_receiver(told.id, waits.number, "9901", why="De har den.", by=guard, now=told.now) == []
    assert not list(awaiting(told.at_hand().happened))


def test_two_police_districts_that_each_name_the_other_leave_the_report_to_a_person(
    told: Story, client: Client, guard: Person
) -> None:
    other = PoliceDistrict.objects.create(key="fjellvidda", name="Fjellvidda politidistrikt")
    MunicipalityPoliceDistrict.objects.filter(municipality_id="9903").update(district=other)
    told.to_the_police(received_by="")
    confirms(told, told.letter("a-1"), client, whose="not_ours", municipality="9903")
    told.now = timezone.now()
    there = told.letter("a-1", municipality="9903")
    told.hand_over(there, Channel.IN_PERSON)
    confirms(told, there, client, whose="not_ours", municipality="9901")
    told.now = timezone.now()
    (waits,) = awaiting(told.at_hand().happened)
    assert waits.municipality == "9903"


@pytest.fixture
def back(told: Story) -> Story:
    """She came back an hour ago, and there is reason to fear for her; child welfare has both letters by post."""
    told.now += timedelta(hours=2)
    returning.note_return(told.id, how=ReturnedHow.TO_CENTRE, at=told.now, note="", by=told.guard, now=told.now)
    knowledge.raise_concern(
        told.id,
        kind=ConcernKind.NEGLECT,
        level=ConcernLevel.REASON_TO_BELIEVE,
        text="Hun er redd.",
        by=told.guard,
        now=told.now,
    )
    told.send()
    for duty in ("2.2-7", "b-9"):
        told.hand_over(told.letter(duty, recipient=Kind.CHILD_WELFARE))
    return told


def test_word_of_the_return_that_is_not_theirs_is_no_receipt_and_goes_no_further(
    back: Story, client: Client, guard: Person
) -> None:
    word = back.letter("2.2-7", recipient=Kind.CHILD_WELFARE)
    shown = confirms(back, word, client, whose="not_ours", municipality="9903")
    assert "Avsenderen har fått beskjed" in shown
    back.now = timezone.now()
    assert not Receipt.objects.filter(message=word).exists()
    assert back.the("2.2-7", recipient=Kind.CHILD_WELFARE).received_at is None
    assert back.recorded(NotTheirs, obligation="2.2-7")
    assert StaffNotice.objects.filter(person=guard, kind="receiver").exists()
    assert not back.recorded(RightReceiverNamed)
    assert not list(awaiting(back.at_hand().happened)), "only those who were told she was missing are told she is back"


def test_a_new_report_that_is_not_theirs_goes_to_whom_they_name(back: Story, client: Client) -> None:
    report = back.letter("b-9")
    confirms(back, report, client, whose="not_ours", municipality="9903")
    back.now = timezone.now()
    assert not Receipt.objects.filter(message=report).exists()
    (other,) = [one for one in back.owed("b-9") if one.municipality == "9903"]
    assert other.because == report.because
    assert "Storfjell" in messages_by_key(back.at_hand())[other.key].recipient_name


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_the_page_comes_in_three_languages(language: str, client: Client, db: None) -> None:
    assert f'<html lang="{language}"' in client.get(f"/k/abc/?sprak={language}").text


def test_what_cannot_be_taken_into_the_ledger_is_kept_and_tried_again(
    told: Story, secret: Secret, monkeypatch: pytest.MonkeyPatch
) -> None:
    from savnet.casework.errors import WrongTime

    def refuse(*_: object, **__: object) -> None:
        raise WrongTime("Klokka går feil.")

    with monkeypatch.context() as broken:
        broken.setattr(receiver_page, "record_receipt", refuse)
        given = Answer(code=secret.code, by_name="Vera Vakt")
        assert answer(secret.token, given, source=HERE, now=timezone.now()) is Outcome.TAKEN
    kept = ReceiverAnswer.objects.get()
    assert (kept.taken_in_at, kept.problem) == (None, "Klokka går feil.")
    receiver_page.take_in_all(now=timezone.now())
    assert ReceiverAnswer.objects.get().taken_in_at
    assert Receipt.objects.filter(by_name="Vera Vakt").exists()


def test_an_answer_that_falls_over_keeps_no_other_from_the_ledger(
    told: Story, secret: Secret, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = timezone.now()
    nowhere = ReceiptLink.objects.create(
        message_id=told.id, case_id=told.id, token_hash="a", code_hash="b", sealed=b"", made_at=now, expires_at=now
    )
    poisoned = ReceiverAnswer.objects.create(link=nowhere, theirs=True, by_name="Per", at=now)
    with monkeypatch.context() as later:
        later.setattr(receiver_page, "take_in", lambda *_, **__: False)
        answer(secret.token, Answer(code=secret.code, by_name="Vera Vakt"), source=HERE, now=now)
    with pytest.raises(NotAllDone):
        receiver_page.take_in_all(now=timezone.now())
    assert list(ReceiverAnswer.objects.filter(taken_in_at=None)) == [poisoned], "which the doctor tells of"
    assert Receipt.objects.filter(by_name="Vera Vakt").exists()


def test_from_where_wrong_tries_came_is_forgotten_after_a_day(secret: Secret) -> None:
    now = timezone.now()
    answer(secret.token, Answer(code="99999999", by_name="Gjetter"), source=HERE, now=now)
    answer("nowhere", Answer(code="99999999", by_name="Gjetter"), source=HERE, now=now)
    receiver_page.forget_tries(now=now + timedelta(days=2))
    assert [one.source for one in WrongTry.objects.all()] == [""]
