"""A letter went to the wrong one: who got what, the recall, the answer and the assessment all stand in the ledger."""

from collections.abc import Callable

import pytest

from casework.invented import DAY, HOUR, Story
from casework.paper import says
from savnet.access.models import Person
from savnet.casework import following_up, recall
from savnet.casework.errors import CaseworkError, NothingOwed, WrongTime
from savnet.casework.kept import letter_bytes
from savnet.casework.loose_ends import loose_ends
from savnet.casework.verifying import verify
from savnet.delivery.channels.paper import HandOver
from savnet.delivery.models import Message
from savnet.policy.waiting import Waiting
from savnet.rules.events import BreachAssessed, RecallAnswered, RecallSent, SentInError
from savnet.rules.words import Answer, Channel


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
    said = {"what": "Navn og fødselsdato.", "why": "Feil konvolutt.", "at": case.now, "by": case.guard, "now": case.now}
    return recall.note_error(letter.id, **{**said, **more})  # type: ignore[arg-type]


def test_who_got_what_in_error_stands_in_the_ledger_and_nothing_more_goes_out(astray: tuple[Story, Message]) -> None:
    case, letter = astray
    number = note(case, letter)
    (noted,) = case.recorded(SentInError)
    assert (noted.number, noted.receiver, noted.message) == (number, letter.recipient_name, str(letter.id))  # type: ignore[attr-defined]
    assert Message.objects.get(id=letter.id).withdrawal
    assert note(case, letter) == number
    assert len(case.recorded(SentInError)) == 1


def test_what_nobody_has_sent_nobody_got(story: Callable[..., Story]) -> None:
    case = story().missing().answered()
    case.send()
    with pytest.raises(CaseworkError, match="ikke sendt"):
        note(case, case.letter("b-4"))


def test_it_must_be_said_what_they_learnt_and_when_it_was_found_out(astray: tuple[Story, Message]) -> None:
    case, letter = astray
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
    for fact in ("Bekymringsmelding", letter.recipient_name, "Feil konvolutt", "Ikke gjort", letter.short_id):
        assert says(pdf, fact)
    assert not says(pdf, "Selam")


def test_an_error_that_was_never_noted_cannot_be_assessed(astray: tuple[Story, Message]) -> None:
    case, _ = astray
    with pytest.raises(NothingOwed):
        recall.assess(case.id, 999, reported=True, reference="", why="Ja.", by=case.guard, now=case.now)
