"""A letter went to the wrong one: who got what, the recall, the answer and the assessment all stand in the ledger."""

from collections.abc import Callable

import pytest

from casework.invented import DAY, HOUR, Story
from casework.paper import says
from savnet.access.models import Person
from savnet.cases import ledger
from savnet.casework import following_up, recall, receipt_links, receiver_page, silence
from savnet.casework.errors import CaseworkError, NothingOwed, NotNow, WrongTime
from savnet.casework.kept import letter_bytes
from savnet.casework.loose_ends import loose_ends
from savnet.casework.receipts import record_receipt
from savnet.casework.receiver_page import Answer as Answered
from savnet.casework.recording import record_all
from savnet.casework.verifying import verify
from savnet.delivery.channels.paper import HandOver
from savnet.delivery.models import Message
from savnet.delivery.words import AttemptOutcome
from savnet.followup.models import Alarm
from savnet.policy.waiting import Waiting
from savnet.rules.events import BreachAssessed, RecallAnswered, RecallSent, Received, SentInError
from savnet.rules.words import Answer, Channel, ObligationState

HOLDER = "Fjordly Rørleggerservice"
STREET = "Kaigata 4\n0000 Solvær"


@pytest.fixture
def astray(story: Callable[..., Story], leader: Person) -> tuple[Story, Message]:
    """The concern report went by post to the wrong office."""
    case = story().missing().answered()
    case.send()
    letter = case.letter("b-4")
    case.hand_over(letter)
    following_up.watch_over(now=case.now)
    return case, letter


def note(case: Story, letter: Message, **more: object) -> int:
    said = {
        "receiver": HOLDER,
        "address": STREET,
        "right_one_has_it": True,
        "what": "Navn og fødselsdato.",
        "why": "Feil konvolutt.",
        "at": case.now,
        "by": case.guard,
        "now": case.now,
    }
    return recall.note_error(letter.id, **{**said, **more})  # type: ignore[arg-type]


def test_who_got_what_in_error_stands_in_the_ledger_and_nothing_more_goes_out(astray: tuple[Story, Message]) -> None:
    case, letter = astray
    number = note(case, letter)
    (noted,) = case.recorded(SentInError)
    assert (noted.number, noted.receiver, noted.message) == (number, HOLDER, str(letter.id))  # type: ignore[attr-defined]
    assert (noted.address, noted.recipient) == (STREET, letter.recipient)  # type: ignore[attr-defined]
    assert Message.objects.get(id=letter.id).withdrawal
    assert note(case, letter) == number
    assert len(case.recorded(SentInError)) == 1


def test_a_letter_that_reached_the_wrong_one_can_neither_be_confirmed_nor_handed_over(
    astray: tuple[Story, Message],
) -> None:
    case, letter = astray
    assert receipt_links.renew(letter, now=case.now)
    note(case, letter)
    letter = Message.objects.get(id=letter.id)
    assert receipt_links.to_read_out(letter, now=case.now) is None
    assert receipt_links.renew(letter, now=case.now) is None
    by = {"by": case.guard, "now": case.now}
    with pytest.raises(NotNow, match="gikk til feil mottaker"):
        record_receipt(letter.id, by_name="Vera Vakt", reference="", at=case.now, **by)  # type: ignore[arg-type]
    with pytest.raises(NotNow, match="gikk til feil mottaker"):
        case.hand_over(letter, Channel.IN_PERSON, received_by="Vera Vakt")
    assert not letter.receipts.exists()
    assert not case.recorded(Received, obligation="b-4")


def test_what_nobody_has_sent_nobody_got(story: Callable[..., Story]) -> None:
    case = story().missing().answered()
    case.send()
    with pytest.raises(CaseworkError, match="ikke sendt"):
        note(case, case.letter("b-4"))


def duty_alarms(case: Story, id_: str) -> set[str]:
    silence.sound(now=case.now)
    return {one.subject for one in Alarm.objects.filter(case_id=case.id, kind=Waiting.DUTY) if id_ in one.subject}


def test_what_the_right_one_has_not_got_is_owed_again_at_once_with_the_limit_it_had(
    astray: tuple[Story, Message],
) -> None:
    case, letter = astray
    secret, before = receipt_links.renew(letter, now=case.now), case.the("b-4")
    assert secret
    assert before.state is ObligationState.DISCHARGED
    assert not duty_alarms(case.later(3 * HOUR), "b-4")
    note(case, letter, right_one_has_it=False)
    owed = case.the("b-4")
    assert (owed.state, owed.key, owed.latest) == (ObligationState.OPEN, before.key, before.latest)
    assert owed.arisen_at == before.arisen_at
    assert duty_alarms(case, "b-4")
    (error,) = recall.errors(case.at_hand().happened)
    assert recall.owed_again(case.at_hand(), error)

    case.send()
    anew = case.letter("b-4")
    assert anew.id != letter.id
    assert Message.objects.get(id=letter.id).attempts.exists(), "what happened to the first one stands"
    case.hand_over(anew)
    assert case.the("b-4").state is ObligationState.DISCHARGED
    assert case.the("b-4").received_at is None
    assert not recall.owed_again(case.at_hand(), error)
    given = Answered(code=secret.code, by_name="Vera Vakt", reference="1")
    assert receiver_page.answer(secret.token, given, source="here", now=case.now) is receiver_page.Outcome.NO


def test_what_the_right_one_has_got_too_stays_done(astray: tuple[Story, Message]) -> None:
    case, letter = astray
    note(case, letter, right_one_has_it=True)
    assert case.the("b-4").state is ObligationState.DISCHARGED
    (error,) = recall.errors(case.at_hand().happened)
    assert not recall.owed_again(case.at_hand(), error)


def test_a_report_handed_to_the_wrong_desk_is_neither_sent_nor_received(story: Callable[..., Story]) -> None:
    case = story().missing().answered()
    case.send()
    letter, limit = case.letter("a-1"), case.the("a-1").latest
    case.to_the_police(received_by="Betjent Feil", reference="POL-1")
    assert case.the("a-1").received_by == "Betjent Feil"
    note(case, letter, right_one_has_it=False)
    owed = case.the("a-1")
    assert (owed.state, owed.latest, owed.received_by, owed.reference) == (ObligationState.OPEN, limit, None, None)
    assert letter.receipts.get().by_name == "Betjent Feil", "what happened to the first one stands"
    case.send()
    case.to_the_police()
    assert case.the("a-1").received_by == "Betjent Vakt"


def test_what_its_channel_tells_later_of_a_letter_to_the_wrong_one_makes_nothing_done(
    astray: tuple[Story, Message],
) -> None:
    case, letter = astray
    note(case, letter, right_one_has_it=False)
    letter.attempts.create(
        number=2,
        channel=Channel.ENCRYPTED_EMAIL,
        address="feil@adresse.example",
        started_at=case.now,
        outcome=AttemptOutcome.ACCEPTED,
        ended_at=case.now,
    )
    record_all(Message.objects.get(id=letter.id), now=case.now)
    assert case.the("b-4").state is ObligationState.OPEN


def test_it_must_be_said_who_got_it_what_they_learnt_and_when_it_was_found_out(astray: tuple[Story, Message]) -> None:
    case, letter = astray
    with pytest.raises(CaseworkError, match="hvem som fikk det"):
        note(case, letter, receiver=" ")
    with pytest.raises(CaseworkError, match="hva de fikk vite"):
        note(case, letter, what=" ")
    with pytest.raises(WrongTime):
        note(case, letter, at=case.now + HOUR)


def test_the_recall_names_no_child_and_its_bytes_stand_in_the_ledger(astray: tuple[Story, Message]) -> None:
    case, letter = astray
    number = note(case, letter)
    sent = HandOver(channel=Channel.POST, at=case.now)
    recall.send_recall(case.id, number, sent, by=case.guard, now=case.now)
    notice = Message.objects.get(case_id=case.id, obligation="recall")
    assert says(letter_bytes(notice), letter.short_id)
    assert not says(letter_bytes(notice), "Selam")
    assert case.recorded(RecallSent, letter=notice.letter_sha256)
    damages: list[object] = []
    verify(damages.append)
    assert not damages
    assert recall.write_recall(case.id, number, by=case.guard, now=case.now).id == notice.id


def test_the_recall_is_addressed_to_whoever_got_the_letter_and_not_to_whose_it_was(
    astray: tuple[Story, Message],
) -> None:
    case, letter = astray
    notice = recall.write_recall(case.id, note(case, letter), by=case.guard, now=case.now)
    assert (notice.recipient_name, notice.address, notice.recipient) == (HOLDER, STREET, letter.recipient)
    for line in (HOLDER, *STREET.splitlines()):
        assert says(letter_bytes(notice), line)
    assert not says(letter_bytes(notice), letter.recipient_name)


def test_where_nobody_knows_the_address_the_recall_bears_the_name_alone(astray: tuple[Story, Message]) -> None:
    case, letter = astray
    notice = recall.write_recall(case.id, note(case, letter, address=" "), by=case.guard, now=case.now)
    assert (notice.recipient_name, notice.address) == (HOLDER, "")


def test_what_was_noted_before_it_was_asked_who_got_it_is_followed_up_all_the_same(
    astray: tuple[Story, Message],
) -> None:
    case, letter = astray
    ledger.record(case.id, SentInError(at=case.now, by="Nora", message=str(letter.id)), by=case.guard, now=case.now)
    (error,) = recall.errors(case.at_hand().happened)
    notice = recall.write_recall(case.id, error.number, by=case.guard, now=case.now)
    assert notice.recipient_name == letter.recipient_name
    draft = recall.draft_report(case.id, error.number, kind="Bekymringsmelding", by=case.guard, now=case.now)
    assert says(draft.pdf, letter.recipient_name)


def test_it_stays_open_until_they_have_answered_and_somebody_has_assessed(astray: tuple[Story, Message]) -> None:
    case, letter = astray
    number = note(case, letter)

    def waits() -> set[str]:
        following_up.watch_over(now=case.now)
        return {one.subject for one in loose_ends(case.now, case_id=case.id) if one.kind is Waiting.ERROR}

    assert waits() == {f"error|{number}", f"recall|{number}"}
    recall.answer_recall(
        case.id,
        number,
        by_name="Vera Vakt",
        deleted=Answer.YES,
        seen_by_others=Answer.NO,
        text="",
        at=case.now,
        by=case.guard,
        now=case.now,
    )
    assert waits() == {f"error|{number}"}
    with pytest.raises(CaseworkError, match="hvorfor"):
        recall.assess(case.id, number, reported=False, reference="", why="", by=case.guard, now=case.now)
    recall.assess(case.id, number, reported=True, reference="DT-1", why="Gjelder et barn.", by=case.guard, now=case.now)
    assert not waits()
    assert case.recorded(RecallAnswered)
    assert case.recorded(BreachAssessed, reported=True)


def test_the_72_hours_run_from_when_it_was_known(astray: tuple[Story, Message]) -> None:
    case, letter = astray
    case.later(DAY)
    note(case, letter, at=case.now - HOUR)
    following_up.watch_over(now=case.now)
    (error,) = [one for one in loose_ends(case.now, case_id=case.id) if one.subject.startswith("error|")]
    assert error.latest == case.now + 71 * HOUR


def test_the_draft_holds_facts_and_no_name(astray: tuple[Story, Message]) -> None:
    case, letter = astray
    number = note(case, letter)
    pdf = recall.draft_report(case.id, number, kind="Bekymringsmelding", by=case.guard, now=case.now).pdf
    for fact in ("Bekymringsmelding", HOLDER, "Feil konvolutt", "Ikke gjort", letter.short_id):
        assert says(pdf, fact)
    assert not says(pdf, "Selam")
    assert not says(pdf, letter.recipient_name)


def test_an_error_that_was_never_noted_cannot_be_assessed(astray: tuple[Story, Message]) -> None:
    case, _ = astray
    with pytest.raises(NothingOwed):
        recall.assess(case.id, 999, reported=True, reference="", why="Ja.", by=case.guard, now=case.now)
