"""Two who report the same child: both answers are kept, and whoever came too late for the letters is told so."""

from collections.abc import Callable

import pytest

from casework.invented import ANSWERS, HOUR, MINUTE, Story
from casework.test_twice import at_once
from savnet.access.models import Person
from savnet.casework import returning
from savnet.casework.errors import NotReady
from savnet.casework.facts import ItemAnswer
from savnet.casework.reporting import Reported, keep, report
from savnet.delivery.models import Message
from savnet.rules.events import FactRecorded
from savnet.rules.words import CONCERN_ITEM, Answer, ReturnedHow

pytestmark = pytest.mark.django_db
Tell = Callable[..., Story]
NETWORK = {"a-6": ItemAnswer(Answer.YES, "En fetter i en annen by.")}
NEXT_TIME = "Svarene dine er lagret, men står ikke i brevene. Er de viktige, send dem som nye opplysninger."


def reported(case: Story, by: Person, **answers: ItemAnswer) -> Reported:
    given = {**ANSWERS, **{item.replace("_", "-"): one for item, one in answers.items()}}
    return report(case.id, given, by=by, now=case.now)


def test_the_first_who_reports_sends_her_answers(story: Tell, guard: Person) -> None:
    sent = reported(story().missing(), guard)
    assert {one.obligation for one in sent.messages} == {"a-1", "b-4"}
    assert sent.too_late == ""


def test_whoever_comes_second_is_told_that_her_answers_are_in_no_letter(
    story: Tell, guard: Person, leader: Person
) -> None:
    case = story().missing()
    reported(case, guard)
    second = reported(case.later(2 * MINUTE), leader, a_6=NETWORK["a-6"])
    assert second.messages == ()
    assert second.too_late == f"Nora Natt sendte meldingene kl. 22.05. {NEXT_TIME}"
    (kept,) = case.recorded(FactRecorded, text="En fetter i en annen by.")
    assert kept.by == "Leif Leder"


def test_who_answers_the_same_has_nothing_left_out(story: Tell, guard: Person, leader: Person) -> None:
    case = story().missing()
    reported(case, guard)
    assert reported(case.later(MINUTE), leader) == Reported()


def test_who_changes_her_own_answers_afterwards_is_told_too(story: Tell, guard: Person) -> None:
    case = story().missing()
    reported(case, guard)
    late = keep(case.later(25 * HOUR).id, NETWORK, by=guard, now=case.now)
    assert late.too_late == f"Du sendte meldingene 02.03.2026 kl. 22.05. {NEXT_TIME}"


def test_answers_kept_before_anything_is_sent_are_in_time(story: Tell, guard: Person, leader: Person) -> None:
    case = story().missing()
    assert keep(case.id, NETWORK, by=leader, now=case.now) == Reported()
    assert reported(case.later(MINUTE), guard, a_6=NETWORK["a-6"]).too_late == ""


def test_an_answer_to_child_welfare_is_in_time_while_only_the_police_letter_is_made(story: Tell, guard: Person) -> None:
    case = story().missing().answered()
    case.send(only=[case.the("a-1").key])
    worries = {CONCERN_ITEM: ItemAnswer(Answer.YES, "Barnet er redd.", {"where_answer": "unknown"})}
    assert keep(case.id, worries, by=guard, now=case.now).too_late == ""
    assert keep(case.id, NETWORK, by=guard, now=case.now).too_late


def test_the_letters_of_an_earlier_disappearance_are_no_hindrance(story: Tell, guard: Person) -> None:
    case = story().told()
    returning.note_return(case.later(HOUR).id, how=ReturnedHow.TO_CENTRE, by=guard, now=case.now)
    case.later(HOUR).missing()
    assert reported(case, guard, a_6=NETWORK["a-6"]).too_late == ""


def test_a_blank_keeps_and_sends_nothing(story: Tell, guard: Person) -> None:
    case = story().missing()
    with pytest.raises(NotReady):
        report(case.id, NETWORK, by=guard, now=case.now)
    assert not case.recorded(FactRecorded)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_press_send_at_once_one_is_told_whose_letters_went(
    story: Tell, nowhere: None, guard: Person, leader: Person
) -> None:
    case = story().missing()
    people = iter(((guard, "Hos tante."), (leader, "Hos en fetter.")))
    came = at_once(lambda: _press(case, *next(people)), 2)
    late = [one for one in came if one.too_late]
    assert [bool(one.messages) for one in late] == [False]
    assert Message.objects.filter(obligation="a-1").count() == 1
    assert len(case.recorded(FactRecorded, item="a-6")) == 2


def _press(case: Story, who: Person, network: str) -> Reported:
    return reported(case, who, a_6=ItemAnswer(Answer.YES, network))
