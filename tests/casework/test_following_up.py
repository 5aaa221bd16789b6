"""Every open case has one owner and one next review; what receivers are asked stands open until they answer."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from casework.invented import DAY, HOUR, MINUTE, Story
from casework.test_scenarios import back, everyone_told, talk
from savnet.access.models import Person
from savnet.access.proposals import ProposalKind
from savnet.access.rights import Role
from savnet.cases.models import CaseKey
from savnet.casework import (
    absence,
    by_hand,
    corrections,
    following_up,
    knowledge,
    not_theirs,
    owners,
    questions,
    recall,
    returning,
    reviews,
    silence,
    two_persons,
)
from savnet.casework.concern import police_reference
from savnet.casework.contained import NotAllDone
from savnet.casework.errors import CaseworkError, NothingOwed, NotNow, NotReady
from savnet.casework.loose_ends import loose_ends
from savnet.followup.models import Alarm, OpenItem, ReadLedger, StaffNotice, Watch
from savnet.followup.texts import Kind
from savnet.policy.questions import Source
from savnet.policy.questions import questions as ask_by_policy
from savnet.policy.reviews import POINTS
from savnet.policy.waiting import Waiting
from savnet.register.models import Centre
from savnet.rules.events import CaseClosed, CaseReviewed, NotTheirs, OwnerNamed, PoliceCaseOpened, QuestionAnswered
from savnet.rules.words import (
    Answer,
    CaseState,
    ConcernKind,
    ConcernLevel,
    ObligationState,
    Question,
    QuestionAnswer,
    ReturnedHow,
)
from savnet.web.followup import subject_text

ALL = dict.fromkeys(POINTS, Answer.UNKNOWN)


@pytest.fixture
def watched(story: Callable[..., Story], leader: Person) -> Story:
    case = story().missing()
    following_up.watch_over(now=case.now)
    return case


def watch(case: Story) -> Watch:
    return Watch.objects.get(case_id=case.id)


def waiting(case: Story, kind: Waiting) -> list[str]:
    return [one.subject for one in loose_ends(case.now, case_id=case.id) if one.kind is kind]


def ask(case: Story, question: Question, given: QuestionAnswer, **more: str) -> None:
    said = {"municipality": None, "who": "Betjent Vakt", "reference": "", "why": "", **more}
    questions.answer(case.id, question, given, by=case.guard, now=case.now, at=case.now, **said)


def test_an_open_case_is_the_leaders_until_somebody_else_takes_it(watched: Story, leader: Person) -> None:
    assert watch(watched).owner == leader
    (named,) = watched.recorded(OwnerNamed)
    assert named.owner == "Leif Leder"  # type: ignore[attr-defined]
    assert StaffNotice.objects.filter(person=leader, kind=Kind.HANDED_OVER).exists()


def test_a_case_changes_hands_with_a_reason(watched: Story, leader: Person) -> None:
    with pytest.raises(CaseworkError, match="hvorfor"):
        owners.name_owner(watched.id, watched.guard, why="", by=leader, now=watched.now)
    owners.name_owner(watched.id, watched.guard, why="Kjenner barnet best.", by=leader, now=watched.now)
    assert watch(watched).owner == watched.guard
    assert len(watched.recorded(OwnerNamed)) == 2
    owners.name_owner(watched.id, watched.guard, why="", by=leader, now=watched.now)
    assert len(watched.recorded(OwnerNamed)) == 2


def test_nobody_from_another_centre_or_without_access_can_own_a_case(
    watched: Story, other_guard: Person, leader: Person
) -> None:
    gone = Person.objects.create_user(
        "gunn", name="Gunn Gått", role=Role.SHIFT_STAFF, centre=watched.centre, is_active=False
    )
    for person in (other_guard, gone):
        with pytest.raises(CaseworkError, match="arbeider ved mottaket"):
            owners.name_owner(watched.id, person, why="Prøve.", by=leader, now=watched.now)


def test_a_case_is_handed_on_when_its_owner_loses_access(watched: Story, leader: Person) -> None:
    owners.name_owner(watched.id, watched.guard, why="Prøve.", by=leader, now=watched.now)
    Person.objects.filter(pk=watched.guard.pk).update(is_active=False)
    following_up.watch_over(now=watched.now + MINUTE)
    assert watch(watched).owner == leader
    assert "Nora Natt" in str(watched.recorded(OwnerNamed)[-1].why)  # type: ignore[attr-defined]


def test_a_case_that_nobody_can_own_is_an_alarm(watched: Story) -> None:
    Person.objects.update(is_active=False)
    following_up.watch_over(now=watched.now + MINUTE)
    assert watch(watched).owner is None
    watched.later(2 * MINUTE)
    assert waiting(watched, Waiting.UNOWNED)
    following_up.watch_over(now=watched.now)
    assert len(waiting(watched, Waiting.UNOWNED)) == 1


def test_the_case_follows_the_child_to_another_centre(watched: Story, solvaer: Centre, other_guard: Person) -> None:
    boss = Person.objects.create_user("sol", name="Sol Leder", role=Role.CENTRE_LEADER, centre=solvaer)
    watched.child.centre = solvaer
    watched.child.save()
    from savnet.casework.case_at_hand import up_to_date  # what the register's screens do

    up_to_date(watched.id, by=watched.guard, now=watched.now)
    following_up.watch_over(now=watched.now)
    assert (watch(watched).centre, watch(watched).owner) == (solvaer, boss)


@pytest.fixture
def finished(story: Callable[..., Story], leader: Person) -> Story:
    """Everyone told of the disappearance and of the return; nothing is owed any more, and the case is watched over."""
    case = everyone_told(story())
    following_up.watch_over(now=case.now)
    return finish(case)


def finish(case: Story) -> Story:
    """The child comes back, and all that is owed then is done."""
    back(case.later(DAY))
    for letter in case.send():
        case.hand_over(letter)
    talk(case)
    while owed := [one for one in case.at_hand().derivation.obligations if one.state is ObligationState.OPEN]:
        for one in owed:
            by_hand.mark_done(case.id, one.key, by=case.guard, now=case.now, channel=None)
    following_up.watch_over(now=case.now)
    return case


def closed_by_two(case: Story, leader: Person) -> None:
    said = {"source": "Barnet selv"}
    proposal = two_persons.propose(ProposalKind.CLOSING, said, by=case.guard, now=case.now, case_id=case.id)
    two_persons.confirm(proposal.id, by=leader, now=case.now)


def test_the_watch_ends_when_two_have_closed_the_case_and_not_before(finished: Story, leader: Person) -> None:
    assert finished.at_hand().derivation.state is CaseState.CLOSED
    assert watch(finished), "nothing is owed, but nobody has said that it is over"
    closed_by_two(finished, leader)
    following_up.watch_over(now=finished.now)
    assert not Watch.objects.filter(case_id=finished.id).exists()
    finished.later(400 * DAY)
    following_up.watch_over(now=finished.now)
    left = {one.kind for one in loose_ends(finished.now, case_id=finished.id)}
    assert not left & {Waiting.UNOWNED, Waiting.UNREVIEWED}


def test_a_case_that_came_to_its_end_while_no_worker_was_there_is_watched_over_until_two_close_it(
    finished: Story, leader: Person
) -> None:
    Watch.objects.all().delete()
    ReadLedger.objects.all().delete()
    following_up.watch_over(now=finished.now)
    assert watch(finished).owner == leader
    closed_by_two(finished, leader)
    following_up.watch_over(now=finished.now)
    assert not Watch.objects.filter(case_id=finished.id).exists()


def test_a_letter_that_went_astray_alarms_also_where_two_have_closed_the_case(finished: Story, leader: Person) -> None:
    closed_by_two(finished, leader)
    following_up.watch_over(now=finished.now)
    letter = finished.letter("b-4")
    told = {"receiver": "Naboen", "what": "Navn.", "why": "Feil konvolutt."}
    recall.note_error(letter.id, **told, right_one_has_it=True, by=finished.guard, now=finished.now, at=finished.now)
    following_up.watch_over(now=finished.now)
    assert waiting(finished, Waiting.ERROR)
    assert not Watch.objects.filter(case_id=finished.id).exists()


def test_what_went_astray_and_is_owed_again_alarms_also_where_two_have_closed_the_case(
    finished: Story, leader: Person
) -> None:
    closed_by_two(finished, leader)
    following_up.watch_over(now=finished.now)
    told = {"receiver": "Naboen", "what": "Navn.", "why": "Feil konvolutt.", "right_one_has_it": False}
    recall.note_error(finished.letter("b-4").id, **told, by=finished.guard, now=finished.now, at=finished.now)
    (owed,) = [one for one in loose_ends(finished.now, case_id=finished.id) if one.kind is Waiting.DUTY]
    assert owed.subject.startswith("b-4|")


def test_a_ledger_that_has_not_grown_is_not_opened_again(finished: Story, leader: Person) -> None:
    closed_by_two(finished, leader)
    following_up.watch_over(now=finished.now)
    assert list(following_up.to_look_at()) == []


def test_a_case_whose_closing_is_struck_is_watched_over_again_at_once(finished: Story, leader: Person) -> None:
    closed_by_two(finished, leader)
    following_up.watch_over(now=finished.now)
    (over,) = finished.recorded(CaseClosed)
    struck = {"withdrawn": True}
    corrections.correct(finished.id, over.number, struck, why="Feil sak.", by=finished.guard, now=finished.now)
    assert watch(finished).owner == leader


def strike_last_owner(case: Story) -> None:
    number = case.recorded(OwnerNamed)[-1].number
    corrections.correct(case.id, number, {"withdrawn": True}, why="Feil sak.", by=case.guard, now=case.now)


def test_an_owner_named_by_mistake_is_struck_and_the_one_before_has_the_case_again(
    watched: Story, leader: Person
) -> None:
    owners.name_owner(watched.id, watched.guard, why="Tok feil sak.", by=leader, now=watched.now)
    strike_last_owner(watched)
    assert watch(watched).owner == leader
    assert StaffNotice.objects.filter(person=leader, kind=Kind.HANDED_OVER).count() == 2
    following_up.watch_over(now=watched.now)
    assert watch(watched).owner == leader
    assert len(watched.recorded(OwnerNamed)) == 2, "the ledger says so already"


def test_where_the_one_before_has_left_the_leader_gets_the_case(watched: Story, leader: Person) -> None:
    ola = Person.objects.create_user("ola", name="Ola Annen", role=Role.SHIFT_STAFF, centre=watched.centre)
    owners.name_owner(watched.id, ola, why="Kjenner barnet.", by=leader, now=watched.now)
    owners.name_owner(watched.id, watched.guard, why="Tok feil sak.", by=leader, now=watched.now)
    Person.objects.filter(pk=ola.pk).update(is_active=False)
    strike_last_owner(watched)
    assert watch(watched).owner == leader


def test_striking_an_older_naming_moves_nobody(watched: Story, leader: Person) -> None:
    owners.name_owner(watched.id, watched.guard, why="Kjenner barnet best.", by=leader, now=watched.now)
    first = watched.recorded(OwnerNamed)[0]
    corrections.correct(
        watched.id, first.number, {"withdrawn": True}, why="Var aldri min.", by=watched.guard, now=watched.now
    )
    assert watch(watched).owner == watched.guard


def test_an_absence_that_is_explained_needs_no_owner(story: Callable[..., Story], leader: Person) -> None:
    case = story().absent()
    following_up.watch_over(now=case.now)
    assert watch(case).owner == leader
    absence.explain(case.id, by=case.guard, now=case.later(HOUR).now, why="Var på fotball.")
    following_up.watch_over(now=case.now)
    assert not Watch.objects.filter(case_id=case.id).exists()


def test_a_case_that_nobody_can_open_keeps_no_other_from_being_watched_over(
    story: Callable[..., Story], leader: Person
) -> None:
    both = [story().missing(), story().missing()]
    poisoned, well = sorted(both, key=lambda one: one.id)
    CaseKey.objects.filter(case_id=poisoned.id).update(wrapping_key="no such key")
    with pytest.raises(NotAllDone):
        following_up.watch_over(now=well.now)
    assert watch(well).owner == leader
    assert not Watch.objects.filter(case_id=poisoned.id).exists()


def test_a_round_over_a_quiet_case_changes_nothing(watched: Story) -> None:
    before = len(watched.at_hand().events)
    for _ in range(3):
        following_up.watch_over(now=watched.later(HOUR).now)
    assert len(watched.at_hand().events) == before


def test_the_first_review_is_after_a_week_and_it_alarms_when_it_is_due(watched: Story) -> None:
    assert watch(watched).next_review == date(2026, 3, 9)
    watched.later(6 * DAY)
    assert not waiting(watched, Waiting.UNREVIEWED)
    watched.later(DAY)
    assert waiting(watched, Waiting.UNREVIEWED) == ["review|2026-03-09"]


def test_a_review_answers_every_point_and_leaves_an_event(watched: Story) -> None:
    watched.later(7 * DAY)
    with pytest.raises(NotReady, match="etterlysningen"):
        reviews.review(watched.id, {**ALL, "alert_valid": Answer.NOT_ASKED}, text="", by=watched.guard, now=watched.now)
    reviews.review(watched.id, {**ALL, "alert_valid": Answer.YES}, text="Ringte.", by=watched.guard, now=watched.now)
    (held,) = watched.recorded(CaseReviewed)
    assert (held.alert_valid, held.next_review) == (Answer.YES, date(2026, 4, 2))  # type: ignore[attr-defined]
    assert watch(watched).next_review == date(2026, 4, 2)
    assert not waiting(watched, Waiting.UNREVIEWED)


def test_a_child_who_is_soon_18_is_reviewed_before_that(story: Callable[..., Story], leader: Person) -> None:
    case = story(born=date(2008, 3, 20)).missing()
    following_up.watch_over(now=case.now)
    assert watch(case).next_review == date(2026, 3, 6)


# What receivers are asked


@pytest.fixture
def reported(watched: Story, nowhere: None) -> Story:
    watched.answered().send()
    watched.to_the_police()
    following_up.watch_over(now=watched.now)
    return watched


def test_nothing_is_asked_before_the_notice_has_gone(watched: Story) -> None:
    assert questions.asked_in(watched.at_hand()) == ()


def test_what_the_police_have_not_answered_stands_open_with_a_date(reported: Story) -> None:
    asked = {one.question: one for one in questions.asked_in(reported.at_hand())}
    assert set(asked) == {
        Question.CASE_OPENED,
        Question.CASE_NUMBER,
        Question.ALERT_NATIONAL,
        Question.ALERT_SIS,
        Question.ALERT_INTERPOL,
    }
    assert all(one.open for one in asked.values())
    assert asked[Question.CASE_NUMBER].due == reported.now + DAY
    assert OpenItem.objects.filter(case_id=reported.id, kind=Waiting.QUESTION).count() == 5
    assert not waiting(reported, Waiting.QUESTION)
    reported.later(5 * HOUR)
    assert len(waiting(reported, Waiting.QUESTION)) == 1


def test_a_case_number_answers_both_that_there_is_a_case_and_its_number(reported: Story) -> None:
    ask(reported, Question.CASE_NUMBER, QuestionAnswer.CONFIRMED, reference="00012345")
    (opened,) = reported.recorded(PoliceCaseOpened)
    assert opened.reference == "00012345"  # type: ignore[attr-defined]
    still = {one.question for one in questions.asked_in(reported.at_hand()) if one.open}
    assert still == {Question.ALERT_NATIONAL, Question.ALERT_SIS, Question.ALERT_INTERPOL}
    following_up.watch_over(now=reported.now)
    assert OpenItem.objects.filter(case_id=reported.id).count() == 3


def test_the_reference_they_confirmed_under_may_be_initials_and_answers_nothing(watched: Story, nowhere: None) -> None:
    watched.answered().send()
    watched.to_the_police(reference="KN")
    asked = {one.question: one for one in questions.asked_in(watched.at_hand())}
    assert asked[Question.CASE_NUMBER].open
    assert asked[Question.CASE_NUMBER].heard == "KN"
    assert police_reference(watched.at_hand()) == "KN"
    ask(watched, Question.CASE_NUMBER, QuestionAnswer.CONFIRMED, reference="00012345")
    assert police_reference(watched.at_hand()) == "00012345"


def test_a_refusal_and_a_withdrawal_need_their_reason(reported: Story) -> None:
    for given in (QuestionAnswer.REFUSED, QuestionAnswer.WITHDRAWN):
        with pytest.raises(CaseworkError, match="grunnen"):
            ask(reported, Question.ALERT_SIS, given)
    with pytest.raises(CaseworkError, match="saksnummeret"):
        ask(reported, Question.CASE_NUMBER, QuestionAnswer.CONFIRMED)
    with pytest.raises(CaseworkError, match="hvem"):
        ask(reported, Question.ALERT_SIS, QuestionAnswer.CONFIRMED, who=" ")


def test_an_alert_is_confirmed_and_later_withdrawn(reported: Story) -> None:
    ask(reported, Question.ALERT_NATIONAL, QuestionAnswer.CONFIRMED, reference="E-1")
    reported.later(DAY)
    ask(reported, Question.ALERT_NATIONAL, QuestionAnswer.WITHDRAWN, why="Feil person.")
    (alert,) = [one for one in questions.asked_in(reported.at_hand()) if one.question is Question.ALERT_NATIONAL]
    assert (alert.answer, alert.why, alert.open) == (QuestionAnswer.WITHDRAWN, "Feil person.", False)


def test_having_asked_is_no_answer(reported: Story) -> None:
    questions.put(
        reported.id,
        Question.ALERT_SIS,
        municipality=None,
        who="Operasjonssentralen",
        by=reported.guard,
        now=reported.now,
        at=reported.now,
    )
    (sis,) = [one for one in questions.asked_in(reported.at_hand()) if one.question is Question.ALERT_SIS]
    assert sis.open
    assert sis.asked == reported.now


def test_child_welfare_has_a_week_and_three_weeks_by_its_own_rules(reported: Story) -> None:
    reported.hand_over(on_paper(reported))
    asked = {one.question: one for one in questions.asked_in(reported.at_hand()) if one.source is Source.NEIGHBOUR}
    assert asked[Question.REVIEWED].due == reported.now + timedelta(days=7)
    assert asked[Question.FEEDBACK].due == reported.now + timedelta(days=21)
    assert asked[Question.REVIEWED].municipality == "9901"


def on_paper(case: Story):  # type: ignore[no-untyped-def]
    from savnet.casework.paper_instead import carry_yourself  # the letter goes by hand instead

    letter = case.letter("b-4")
    carry_yourself(letter.id, by=case.guard, now=case.now)
    return letter


@pytest.fixture
def both_asked(reported: Story) -> Story:
    """The police and child welfare have each got a report."""
    reported.later(HOUR)
    reported.hand_over(on_paper(reported))
    following_up.watch_over(now=reported.now)
    return reported


def subjects(case: Story, question: Question) -> list[str]:
    items = OpenItem.objects.filter(case_id=case.id, subject__startswith=f"question|{question}|")
    return list(items.values_list("subject", flat=True))


def police_decline(case: Story) -> None:
    not_theirs.record_not_theirs(
        case.letter("a-1"), by_name="Vera Vakt", why="Annet distrikt.", at=case.now, by=case.guard, now=case.now
    )
    following_up.watch_over(now=case.now)


def test_a_question_keeps_its_name_and_its_pause_when_another_is_asked_no_more(both_asked: Story) -> None:
    both_asked.later(8 * DAY)
    following_up.watch_over(now=both_asked.now)
    (subject,) = subjects(both_asked, Question.REVIEWED)
    silence.acknowledge(both_asked.id, subject, pause=HOUR, by=both_asked.guard, now=both_asked.now)
    police_decline(both_asked)
    assert not subjects(both_asked, Question.CASE_OPENED)
    assert subjects(both_asked, Question.REVIEWED) == [subject]
    silence.sound(now=both_asked.now)
    assert not Alarm.objects.filter(case_id=both_asked.id, subject__contains=str(Question.REVIEWED)).exists()


def test_a_question_that_was_named_by_its_place_keeps_that_name(both_asked: Story) -> None:
    (new,) = subjects(both_asked, Question.REVIEWED)
    _, question, minute, _ = new.split("|")
    old = f"question|{question}|6|{minute}"
    OpenItem.objects.filter(subject=new).update(subject=old)
    police_decline(both_asked)
    assert subjects(both_asked, Question.REVIEWED) == [old]


def test_the_same_question_to_two_receivers_in_one_minute_is_two_whichever_is_declined(both_asked: Story) -> None:
    case = both_asked.at_hand()
    report = next(one for one in case.derivation.obligations if one.id == "b-4" and one.sent_at)
    twice = replace(case.derivation, obligations=(*case.derivation.obligations, replace(report, municipality="9902")))
    asked = [one for one in ask_by_policy(twice, case.happened) if one.question is Question.REVIEWED]
    assert [(one.municipality, one.which) for one in asked] == [("9901", 1), ("9902", 2)]
    declined = NotTheirs(
        at=both_asked.now, by="Vera", obligation="b-4", recipient=report.recipient, municipality="9901"
    )
    (left,) = [one for one in ask_by_policy(twice, [*case.happened, declined]) if one.question is Question.REVIEWED]
    assert (left.municipality, left.which) == ("9902", 2)


def comes_back(case: Story) -> None:
    case.later(HOUR)
    returning.note_return(case.id, how=ReturnedHow.TO_CENTRE, by=case.guard, now=case.now)
    following_up.watch_over(now=case.now)


def asked_of(case: Story) -> set[str]:
    """What the police and child welfare are asked and have not answered."""
    return {one.name for one in questions.asked_in(case.at_hand()) if one.open}


def test_what_the_police_have_not_said_is_not_asked_of_a_child_who_is_back(reported: Story) -> None:
    comes_back(reported)
    with pytest.raises(NothingOwed):
        ask(reported, Question.ALERT_SIS, QuestionAnswer.CONFIRMED)
    assert not OpenItem.objects.filter(case_id=reported.id, kind=Waiting.QUESTION).exists()


def test_an_alert_that_was_confirmed_is_asked_about_until_it_is_withdrawn(reported: Story) -> None:
    """One that stands can stop the child at a border."""
    ask(reported, Question.ALERT_SIS, QuestionAnswer.CONFIRMED, reference="S-1")
    ask(reported, Question.ALERT_NATIONAL, QuestionAnswer.CONFIRMED)
    reported.later(HOUR)
    ask(reported, Question.ALERT_NATIONAL, QuestionAnswer.WITHDRAWN, why="Funnet av patruljen.")
    comes_back(reported)
    (sis,) = [one for one in questions.asked_in(reported.at_hand()) if one.open]
    assert (sis.name, sis.due, sis.reference) == ("alert_sis_stands", reported.now + DAY, "S-1")
    (item,) = OpenItem.objects.filter(case_id=reported.id, kind=Waiting.QUESTION)
    assert "trukket tilbake" in subject_text("question", item.subject)
    with pytest.raises(CaseworkError, match="trukket tilbake"):
        ask(reported, Question.ALERT_SIS, QuestionAnswer.CONFIRMED)
    reported.later(DAY)
    silence.sound(now=reported.now)
    assert Alarm.objects.filter(case_id=reported.id, subject=item.subject).exists()
    ask(reported, Question.ALERT_SIS, QuestionAnswer.WITHDRAWN)
    assert not asked_of(reported)
    assert reported.recorded(QuestionAnswered, answer=QuestionAnswer.WITHDRAWN, why=questions.BACK)


def test_no_case_is_over_while_an_alert_stands(story: Callable[..., Story], leader: Person) -> None:
    case = everyone_told(story())
    ask(case, Question.ALERT_SIS, QuestionAnswer.CONFIRMED)
    finish(case)
    with pytest.raises(NotNow, match="etterlysningen"):
        closed_by_two(case, leader)
    ask(case, Question.ALERT_SIS, QuestionAnswer.WITHDRAWN)
    closed_by_two(case, leader)
    assert case.recorded(CaseClosed)


def test_child_welfare_works_by_its_own_dates_also_when_the_child_is_back(both_asked: Story) -> None:
    comes_back(both_asked)
    assert asked_of(both_asked) == {"reviewed", "feedback"}
    both_asked.later(8 * DAY)
    following_up.watch_over(now=both_asked.now)
    assert waiting(both_asked, Waiting.QUESTION)
    ask(both_asked, Question.REVIEWED, QuestionAnswer.CONFIRMED)
    assert asked_of(both_asked) == {"feedback"}


def test_one_answer_is_of_one_report_so_the_newer_to_the_same_office_is_asked_about(both_asked: Story) -> None:
    comes_back(both_asked)
    raised = {"kind": ConcernKind.NEGLECT, "level": ConcernLevel.REASON_TO_BELIEVE, "text": "Redd."}
    knowledge.raise_concern(both_asked.id, **raised, by=both_asked.guard, now=both_asked.now)  # type: ignore[arg-type]
    both_asked.send()
    both_asked.hand_over(both_asked.letter("b-9"))
    asked = [one for one in questions.asked_in(both_asked.at_hand()) if one.question is Question.REVIEWED]
    assert [one.since for one in asked] == [both_asked.the("b-9").sent_at]
