"""Letters that wait to go and no longer say what is true: stopped, and written anew where they are still owed."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.db import IntegrityError, connection

from casework.invented import (
    DAY,
    GRANVIK,
    HOUR,
    LAWYER,
    MINUTE,
    NOW,
    STORFJELL,
    Story,
    appointment,
    contact,
    waiting_jobs,
)
from casework.paper import headers, letter_in, says
from delivery.mail_servers import Mailbox
from savnet.casework import absence, receipt_links
from savnet.casework.corrections import REWRITTEN, correct
from savnet.casework.errors import CaseworkError, NotNow, WrongTime
from savnet.casework.holding_back import NO_LONGER_OWED
from savnet.casework.kept import letter_bytes
from savnet.casework.knowledge import receive_information
from savnet.casework.returning import note_return
from savnet.delivery.models import Message
from savnet.demo.authority import Identity
from savnet.register.models import ContactKind
from savnet.rules.events import Corrected, DisappearanceBelieved, Returned
from savnet.rules.words import CaseState, Channel, InformationKind, ObligationState, Recipient, ReturnedHow

pytestmark = pytest.mark.django_db
wired = pytest.mark.django_db(transaction=True)
Tell = Callable[..., Story]
Post = Callable[..., AbstractContextManager[Mailbox]]


def back(case: Story, how: ReturnedHow = ReturnedHow.TO_CENTRE) -> None:
    note_return(case.id, how=how, by=case.guard, now=case.now)


def address_learnt(case: Story, municipality: str = "9903") -> None:
    receive_information(
        case.id,
        kind=InformationKind.KNOWN_ADDRESS,
        text="Hos tanta i Bakkegata 7",
        source="En venn",
        municipality=municipality,
        by=case.guard,
        now=case.now,
    )


def letters(case: Story, id_: str) -> list[Message]:
    return list(Message.objects.filter(case_id=case.id, obligation=id_).order_by("composed_at"))


# A known address


@wired
def test_an_address_learnt_before_the_report_goes_turns_it_there_and_nowhere_else(
    story: Tell, post: Post, nowhere: None, identities: dict[str, Identity]
) -> None:
    case = story().told()
    with post() as box:
        address_learnt(case.later(MINUTE))
        case.carried()
    to = [str(headers(mail)["To"]) for mail in box.mails]
    assert STORFJELL in to
    assert GRANVIK not in to
    local, elsewhere = letters(case, "b-4")
    assert local.withdrawal.why == NO_LONGER_OWED
    assert (elsewhere.municipality, elsewhere.attempts.count()) == ("9903", 1)
    report = case.the("b-4")
    assert (report.municipality, report.state) == ("9903", ObligationState.DISCHARGED)
    assert case.the("d-5", copy_of="b-4").state is ObligationState.DISCHARGED
    mail = next(one for one in box.mails if headers(one)["To"] == STORFJELL)
    assert says(letter_in(mail, identities[STORFJELL]), "Bakkegata 7")


@wired
def test_an_address_learnt_after_the_report_went_makes_a_new_one_due_there(story: Tell, post: Post) -> None:
    with post() as box:
        case = story().told().carried()
        address_learnt(case.later(HOUR))
        new = case.the("b-8")
        assert (new.municipality, new.state) == ("9903", ObligationState.OPEN)
        assert case.the("b-4").municipality == "9901"
        case.send(only=[new.key])
        case.carried()
    assert STORFJELL in [headers(mail)["To"] for mail in box.mails]
    assert case.the("d-5", copy_of="b-8").state is ObligationState.DISCHARGED


def test_an_address_learnt_before_anything_is_sent_just_changes_the_receiver(story: Tell, nowhere: None) -> None:
    case = story().missing().answered()
    address_learnt(case)
    case.send()
    (letter,) = letters(case, "b-4")
    assert letter.municipality == "9903"


def test_a_report_on_paper_is_left_in_the_hands_of_who_has_it(story: Tell) -> None:
    case = story().told()
    (paper,) = letters(case, "b-4")
    address_learnt(case.later(MINUTE))
    assert not hasattr(Message.objects.get(id=paper.id), "withdrawal")
    case.hand_over(paper)  # it had left already
    assert case.the("b-4").state is ObligationState.OPEN, "the service where the child is has not been told"
    told = {(one.recipient, one.municipality) for one in case.at_hand().derivation.told}
    assert (Recipient.CHILD_WELFARE, "9901") in told


# A return before everything was sent


@wired
def test_a_child_who_is_back_is_not_reported_missing_by_a_machine(story: Tell, post: Post, nowhere: None) -> None:
    child = story().child
    appointment(child, "asylum_interview", NOW + DAY)
    case = Story(child, story(given_name="Annen").guard).told()
    back(case.later(MINUTE))
    with post() as box:
        case.later(MINUTE).carried()
    assert box.mails == []
    stopped = Message.objects.filter(case_id=case.id, withdrawal__isnull=False)
    assert sorted(one.obligation for one in stopped) == ["b-4", "d-2"]
    assert all("tilbake" in one.withdrawal.why for one in stopped)
    assert [case.the(id_).state for id_ in ("a-1", "b-4", "d-2")] == [ObligationState.OPEN] * 3
    assert case.owed("2.2-7") == [], "nobody was told, so nobody is told of the return"


def test_what_was_not_sent_before_the_return_goes_only_when_a_person_decides(story: Tell, nowhere: None) -> None:
    case = story().missing().answered()
    back(case.later(MINUTE))
    (planned,) = case.planned("b-4")
    assert not planned.ready
    assert planned.nobody is not None
    assert "tilbake" in planned.nobody.reason
    assert case.send() == []
    assert [one.obligation for one in case.send(only=[planned.obligation.key], held=True)] == ["b-4"]
    assert len(waiting_jobs()) == 1


def test_a_return_that_was_wrong_lets_everything_be_sent_again(story: Tell, nowhere: None) -> None:
    case = story().told()
    back(case.later(MINUTE))
    (wrong,) = case.recorded(Returned)
    correct(case.id, wrong.number, {"withdrawn": True}, why="Det var en annen gutt.", by=case.guard, now=case.now)
    assert case.at_hand().derivation.state is CaseState.MISSING
    assert "b-4" in [one.obligation for one in case.send()]


def test_an_absent_child_who_comes_in_is_accounted_for_and_nobody_hears_of_it_again(story: Tell) -> None:
    case = story().told()
    case.to_the_police()
    back(case.later(HOUR))
    notices = len(case.owed("2.2-7"))
    case.later(DAY).absent()
    back(case.later(MINUTE), ReturnedHow.FOUND_BY_OTHER)
    assert len(case.owed("2.2-7")) == notices
    assert case.at_hand().derivation.state is not CaseState.ABSENT


# Gone again


def test_a_second_disappearance_has_its_own_duties_letters_and_answers(story: Tell, nowhere: None) -> None:
    case = story().told()
    case.to_the_police(reference="111")
    back(case.later(HOUR))
    case.later(DAY).missing()
    first, second = case.owed("a-1")
    assert (first.state, second.state) == (ObligationState.DISCHARGED, ObligationState.OPEN)
    assert case.planned("a-1")[0].ready
    with pytest.raises(CaseworkError, match="Mangler"):
        case.send()
    case.answered().send()
    new = case.at_hand().current("a-1")
    assert new is not None
    report = Message.objects.get(case_id=case.id, obligation="a-1", because=new.because)
    assert says(letter_bytes(report), "Tidligereforsvinninger")


def test_news_of_the_return_is_not_told_while_the_child_is_missing_again(story: Tell, nowhere: None) -> None:
    case = story().told()
    case.to_the_police()
    back(case.later(HOUR))
    case.later(DAY).missing().answered()
    (notice,) = [one for one in case.planned("2.2-7") if one.obligation.recipient is Recipient.POLICE_DISTRICT]
    assert not notice.ready
    assert notice.nobody is not None
    assert "på nytt" in notice.nobody.reason
    assert "2.2-7" not in [one.obligation for one in case.send()]


def test_a_second_disappearance_cannot_begin_before_the_return(story: Tell) -> None:
    case = story().told()
    back(case.later(HOUR))
    case.later(MINUTE)
    with pytest.raises(WrongTime, match="forrige gang"):
        absence.believe(case.id, by=case.guard, now=case.now, at=case.now - 2 * HOUR)


# A correction


@wired
def test_a_start_moved_earlier_moves_the_limit_and_the_waiting_letters_say_so(
    story: Tell, post: Post, nowhere: None, identities: dict[str, Identity]
) -> None:
    case = story().told()
    (believed,) = case.recorded(DisappearanceBelieved)
    earlier = believed.at - 10 * MINUTE
    case.later(MINUTE)
    correct(case.id, believed.number, {"at": earlier.isoformat()}, why="Klokka var ni.", by=case.guard, now=case.now)
    assert case.the("a-1").latest == earlier + DAY
    old, new = letters(case, "b-4")
    assert old.withdrawal.why == REWRITTEN
    assert receipt_links.to_read_out(old, now=case.now) is None, "nobody has it, so nobody can confirm it"
    assert receipt_links.to_read_out(new, now=case.now)
    with post() as box:
        case.carried()
    mail = next(one for one in box.mails if headers(one)["To"] == GRANVIK)
    assert says(letter_in(mail, identities[GRANVIK]), "kl. 21.55")
    assert not old.attempts.exists()
    assert new.attempts.count() == 1


@wired
def test_a_letter_that_was_tried_keeps_its_bytes_through_a_correction(story: Tell, post: Post) -> None:
    with post() as box:
        case = story().told().carried()
        (believed,) = case.recorded(DisappearanceBelieved)
        change = {"at": (believed.at - 10 * MINUTE).isoformat()}
        correct(case.id, believed.number, change, why="Klokka var ni.", by=case.guard, now=case.later(MINUTE).now)
        case.carried()
    assert len(letters(case, "b-4")) == 1
    assert len(box.mails) == 2


@pytest.mark.parametrize("fields", [{"at": (NOW + 2 * HOUR).isoformat()}, {"withdrawn": True}])
def test_one_person_alone_moves_no_limit_later(story: Tell, fields: dict[str, object]) -> None:
    case = story().missing()
    limit = case.the("a-1").latest
    (believed,) = case.recorded(DisappearanceBelieved)
    case.later(3 * HOUR)
    with pytest.raises(NotNow, match="én person") as refused:
        correct(case.id, believed.number, dict(fields), why="Feil.", by=case.guard, now=case.now)
    assert "noter at det er kommet til rette" in str(refused.value), "what can be done now is said"
    assert case.the("a-1").latest == limit
    assert case.recorded(Corrected) == []


def test_nor_by_undoing_the_correction_that_moved_it_earlier(story: Tell) -> None:
    case = story().missing()
    (believed,) = case.recorded(DisappearanceBelieved)
    earlier = {"at": (believed.at - MINUTE).isoformat()}
    correct(case.id, believed.number, earlier, why="Klokka var ni.", by=case.guard, now=case.now)
    (corrected,) = case.recorded(Corrected)
    with pytest.raises(NotNow, match="én person"):
        correct(case.id, corrected.number, {"withdrawn": True}, why="Angret.", by=case.guard, now=case.now)
    assert case.the("a-1").latest == believed.at - MINUTE + DAY


def test_a_belief_cannot_be_corrected_to_before_the_absence(story: Tell) -> None:
    case = story().missing()
    (believed,) = case.recorded(DisappearanceBelieved)
    before = {"at": (believed.at - 2 * HOUR).isoformat()}
    with pytest.raises(WrongTime, match="før fraværet"):
        correct(case.id, believed.number, before, why="Feil.", by=case.guard, now=case.now)
    assert case.recorded(Corrected) == []


@pytest.mark.parametrize(
    ("fields", "error"),
    [({"at": "i går"}, CaseworkError), ({"hvor": "her"}, CaseworkError), ({"at": "2026-03-09T10:00Z"}, WrongTime)],
)
def test_a_correction_that_cannot_be_is_refused_in_words(
    story: Tell, fields: dict[str, object], error: type[Exception]
) -> None:
    case = story().missing()
    (believed,) = case.recorded(DisappearanceBelieved)
    with pytest.raises(error):
        correct(case.id, believed.number, fields, why="Feil.", by=case.guard, now=case.now)
    assert case.recorded(Corrected) == []


# Appointments


def test_an_appointment_that_is_called_off_stops_its_cancellation(story: Tell, nowhere: None) -> None:
    case = story()
    summons = appointment(case.child, "asylum_interview", NOW + DAY)
    case.missing().answered()
    assert case.planned("d-2")[0].ready
    summons.cancelled = True
    summons.save()
    sent = [one.obligation for one in case.later(MINUTE).send()]
    assert sorted(sent) == ["a-1", "b-4"]
    (planned,) = case.planned("d-2")
    assert planned.nobody is not None
    assert "avlyst" in planned.nobody.reason


def test_a_summons_that_comes_while_the_child_is_missing_is_cancelled_too(story: Tell, nowhere: None) -> None:
    case = story().told()
    appointment(case.child, "arrival_interview", NOW + 3 * DAY)
    assert [one.obligation for one in case.send()] == ["d-1"]


def test_a_lawyer_who_is_appointed_while_the_child_is_missing_is_to_be_called(
    story: Tell,
) -> None:
    case = story(lawyer=False).told()
    assert [one.recipient for one in case.owed("c-1")] == [Recipient.REPRESENTATIVE]
    contact(case.child, ContactKind.LAWYER, "Arne Påfunn", LAWYER)
    case.later(MINUTE).send()
    assert [one.recipient for one in case.owed("c-1")] == [Recipient.REPRESENTATIVE, Recipient.LAWYER]


def test_the_queue_and_the_letters_are_undone_together(story: Tell, nowhere: None) -> None:
    case = story().missing().answered()
    with connection.cursor() as cursor:
        cursor.execute("SAVEPOINT before")
        case.send()
        assert waiting_jobs()
        cursor.execute("ROLLBACK TO SAVEPOINT before")
    assert waiting_jobs() == {}
    assert letters(case, "b-4") == []
    assert Channel.POST not in [one.channel for one in Message.objects.all()]


@pytest.mark.parametrize(
    "change", ["UPDATE delivery_withdrawal SET why = 'noe annet'", "DELETE FROM delivery_withdrawal"]
)
def test_why_a_letter_was_stopped_can_be_neither_changed_nor_removed(story: Tell, nowhere: None, change: str) -> None:
    case = story().told()
    back(case.later(MINUTE))
    with pytest.raises(IntegrityError, match="only ever added to"), connection.cursor() as cursor:
        cursor.execute(change)
