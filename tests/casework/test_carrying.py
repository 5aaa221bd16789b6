"""A letter's way over the wire, to real mail servers that take it, refuse it, hang, or drop the line."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from django.db import connection
from pytest_django import Settings

from casework.invented import (
    DAY,
    GRANVIK,
    HOUR,
    MINUTE,
    REGION,
    Story,
    carry_all,
    drop_jobs,
    waiting_jobs,
)
from casework.paper import headers, letter_in, says
from casework.staff_mail import staff_mail
from delivery.mail_servers import Answers, DropsAt, HangsAt, Mailbox, TakesThenDrops
from savnet.access.models import Person
from savnet.casework import carrying, following_up
from savnet.casework.by_hand import mark_done
from savnet.casework.corrections import correct
from savnet.casework.kept import letter_bytes
from savnet.casework.pace import limit_of
from savnet.casework.paper_instead import carry_yourself
from savnet.casework.returning import note_return
from savnet.delivery import dispatch
from savnet.delivery.dispatch import attempt
from savnet.delivery.models import Attempt, Message, ReceiverCertificate
from savnet.demo.authority import Identity
from savnet.followup.models import StaffNotice
from savnet.followup.telling import carry_out
from savnet.followup.texts import Kind as StaffKind
from savnet.policy.ways import LONGEST
from savnet.rules.events import Attempted, Done
from savnet.rules.words import Channel, ObligationState, Outcome, Recipient, ReturnedHow

pytestmark = pytest.mark.django_db(transaction=True)
Tell = Callable[..., Story]
Post = Callable[..., AbstractContextManager[Mailbox]]


def failures_told() -> list[str]:
    """Whoever was told that a letter did not get through, by user name; once for each time."""
    told = StaffNotice.objects.filter(kind=StaffKind.ASTRAY)
    return sorted(told.values_list("person__username", flat=True))


def receivers(box: Mailbox) -> list[str]:
    return sorted(str(headers(mail)["To"]) for mail in box.mails)


def test_the_concern_report_goes_and_its_copy_follows_by_itself(
    story: Tell, post: Post, identities: dict[str, Identity]
) -> None:
    with post() as box:
        case = story().told().carried()
    assert receivers(box) == sorted([GRANVIK, REGION])
    report, copy = (case.the("b-4"), case.the("d-5", copy_of="b-4"))
    assert (report.state, copy.state) == (ObligationState.DISCHARGED,) * 2
    assert report.sent_at
    assert not report.received_at
    first = next(mail for mail in box.mails if headers(mail)["To"] == GRANVIK)
    assert says(letter_in(first, identities[GRANVIK]), "Bekymringsmelding")
    second = next(mail for mail in box.mails if headers(mail)["To"] == REGION)
    assert says(letter_in(second, identities[REGION]), case.letter("b-4").short_id)
    assert waiting_jobs() == {}


def test_a_job_that_runs_twice_sends_once_and_records_once(story: Tell, post: Post) -> None:
    with post() as box:
        case = story().told().carried()
        for letter in (case.letter("b-4"), case.letter("d-5")):
            carrying.carry(letter.id, now=case.now + MINUTE)
    assert len(box.mails) == 2
    assert len(case.recorded(Done)) == 2


def test_refused_for_good_it_becomes_paper_that_a_person_carries(story: Tell, post: Post) -> None:
    with post(Answers("RCPT", "550 5.1.1 no such mailbox")):
        case = story().told().carried()
    letter = case.letter("b-4")
    assert letter.channel == Channel.POST
    assert "Granvik" in letter.address
    assert "550" in letter.reroutings.get().why
    assert case.the("b-4").state is ObligationState.OPEN
    assert [one.outcome for one in case.the("b-4").attempts] == [Outcome.REFUSED]
    case.later(HOUR).hand_over(letter)
    assert case.the("b-4").state is ObligationState.DISCHARGED
    assert case.letter("d-5", copy_of="b-4").channel == Channel.ENCRYPTED_EMAIL


def test_what_a_person_must_carry_is_told_to_a_person_and_what_fails_together_is_one_word(
    story: Tell, post: Post, guard: Person, leader: Person, settings: Settings
) -> None:
    with post(Answers("RCPT", "550 5.1.1 no such mailbox")):
        case = story().told()
        following_up.watch_over(now=case.now)
        case.carried()
        case.hand_over(case.letter("b-4"))
        case.carried()
    assert {case.letter("b-4").channel, case.letter("d-5", copy_of="b-4").channel} == {Channel.POST}
    assert failures_told() == ["leif", "nora"]
    Person.objects.update(email="vakt@staff.example")
    with staff_mail(settings) as box:
        carry_out(now=case.now)
    assert len([mail for mail in box.mails if "Et brev er ikke kommet fram" in str(headers(mail)["Subject"])]) == 2
    with post(Answers("RCPT", "550 5.1.1 no such mailbox")):
        story(given_name="Yonas").told().carried()
    assert failures_told() == ["leif", "nora", "nora"], "what fails after that is told anew"


def test_what_goes_on_by_another_wire_or_waits_for_the_next_try_disturbs_nobody(story: Tell, post: Post) -> None:
    with post(Answers("RCPT", "451 4.7.1 greylisted")):
        story().told().carried()
    assert failures_told() == []


def test_what_a_person_chose_to_carry_is_told_to_nobody(story: Tell, nowhere: None, guard: Person) -> None:
    case = story().told().carried()
    carry_yourself(case.letter("b-4").id, by=guard, now=case.now)
    assert case.letter("b-4").channel == Channel.POST
    assert failures_told() == []


def test_a_worker_killed_as_it_changes_the_way_leaves_no_letter_on_paper_that_nobody_was_told_of(
    story: Tell, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with post(Answers("RCPT", "550 5.1.1 no such mailbox")):
        case = story().told()
        with monkeypatch.context() as patch:
            patch.setattr(carrying, "tell_of_failure", killed)
            with pytest.raises(KeyboardInterrupt):
                case.carried()
        assert case.letter("b-4").channel == Channel.ENCRYPTED_EMAIL
        carrying.carry(case.letter("b-4").id, now=case.now)
    assert case.letter("b-4").channel == Channel.POST
    assert failures_told() == ["nora"]


def test_a_busy_server_is_tried_again_after_the_house_s_waits(story: Tell, post: Post) -> None:
    with post(Answers("RCPT", "451 4.7.1 greylisted")):
        case = story().told().carried()
    (due,) = waiting_jobs().values()
    assert due is not None
    assert MINUTE <= due - case.now < 2 * MINUTE
    assert carry_all(case.now) == 0
    with post() as box:
        case.later(2 * MINUTE).carried()
    assert receivers(box) == sorted([GRANVIK, REGION])
    assert [one.outcome for one in case.the("b-4").attempts] == [Outcome.FAILED]
    assert headers(box.mails[0])["X-Savnet-Repeat"] is None


def test_what_does_not_get_through_for_hours_is_given_to_a_person(story: Tell, post: Post) -> None:
    with post(Answers("RCPT", "451 busy")):
        case = story().told().carried()
        for _ in range(40):
            case.later(timedelta(minutes=5)).carried()
    letter = case.letter("b-4")
    assert letter.channel == Channel.POST
    assert "i tide" in letter.reroutings.get().why
    assert letter.attempts.count() < 10
    assert letter.attempts.last().started_at - letter.attempts.first().started_at <= LONGEST[Channel.ENCRYPTED_EMAIL]
    assert waiting_jobs() == {}


def test_a_server_that_hangs_before_the_letter_is_tried_again(story: Tell, post: Post) -> None:
    with post(HangsAt("RCPT")) as box:
        case = story().told().carried()
    assert box.mails == []
    assert [one.outcome for one in case.the("b-4").attempts] == [Outcome.FAILED]
    assert len(waiting_jobs()) == 1


def test_a_line_that_breaks_before_the_letter_is_tried_again(story: Tell, post: Post) -> None:
    with post(DropsAt("MAIL")):
        case = story().told().carried()
    assert [one.outcome for one in case.the("b-4").attempts] == [Outcome.FAILED]


def test_taken_and_then_dropped_it_is_repeated_under_the_same_id_and_marked(story: Tell, post: Post) -> None:
    with post(TakesThenDrops()) as box:
        case = story().told().carried()
        assert [one.outcome for one in case.the("b-4").attempts] == [Outcome.UNKNOWN]
        assert case.the("b-4").state is ObligationState.OPEN
        case.later(2 * MINUTE).carried()
    first, again, *_ = (headers(mail) for mail in box.mails)
    assert first["Message-ID"] == again["Message-ID"]
    assert again["X-Savnet-Repeat"] == "2"
    assert case.the("b-4").state is ObligationState.DISCHARGED


def test_whoever_may_have_got_it_is_told_of_the_return(story: Tell, post: Post, guard: Person) -> None:
    with post(TakesThenDrops()) as box:
        case = story().told().carried()
    assert len(box.mails) == 1
    case.later(MINUTE)
    note_return(case.id, how=ReturnedHow.TO_CENTRE, by=guard, now=case.now)
    assert case.the("2.2-7", recipient=Recipient.CHILD_WELFARE).state is ObligationState.OPEN
    with post() as later:
        case.later(5 * MINUTE).carried()
    assert later.mails == [], "a machine must not say that a child who is back is missing"
    assert case.the("b-4").state is ObligationState.OPEN


def test_without_a_certificate_it_is_a_paper_task_from_the_start(story: Tell, post: Post) -> None:
    ReceiverCertificate.objects.filter(address=GRANVIK).delete()
    with post() as box:
        case = story().told()
        (planned,) = (one for one in case.planned("b-4"))
        case.carried()
    assert box.mails == []
    assert case.letter("b-4").channel == Channel.POST
    assert planned.route is not None
    assert "sertifikat" in planned.route.hindrance


def test_a_certificate_that_goes_before_the_worker_comes_makes_it_paper(story: Tell, post: Post) -> None:
    with post() as box:
        case = story().told()
        ReceiverCertificate.objects.filter(address=GRANVIK).update(withdrawn_at=case.now, withdrawn_by="prøve")
        case.carried()
    assert box.mails == []
    letter = case.letter("b-4")
    assert letter.channel == Channel.POST
    assert "sertifikat" in letter.reroutings.get().why
    assert not letter.attempts.exists()
    assert case.at_hand().derivation.told == ()


def test_killed_between_acceptance_and_ledger_it_is_recorded_and_not_sent_again(story: Tell, post: Post) -> None:
    with post() as box:
        case = story().told()
        letter = case.letter("b-4")
        attempt(letter.id, letter_bytes(Message.objects.get(id=letter.id)), case.now)
        assert case.the("b-4").state is ObligationState.OPEN
        drop_jobs()  # the job died with its worker
        case.later(MINUTE)
        carrying.take_up_again(now=case.now)
        case.carried()
    assert receivers(box) == sorted([GRANVIK, REGION])
    assert case.the("b-4").state is ObligationState.DISCHARGED
    assert len(case.recorded(Done, obligation="b-4")) == 1


def test_killed_while_sending_the_attempt_is_in_the_ledger_though_nobody_owes_it_any_more(
    story: Tell, post: Post, nowhere: None, guard: Person
) -> None:
    case = story().told()
    letter = case.letter("b-4")
    with post() as box:
        letter.attempts.create(number=1, channel=letter.channel, address=letter.address, started_at=case.now)
        case.later(MINUTE).carried()
        assert box.mails == [], "another worker may still be at it"
        case.later(dispatch.LONGEST_ATTEMPT)
        other_way = case.planned("b-4")[0].obligation
        mark_done(case.id, other_way.key, by=guard, now=case.now, channel=Channel.POST)
        carrying.take_up_again(now=case.now)
        case.carried()
    assert receivers(box) == []
    (tried,) = case.recorded(Attempted, obligation="b-4")
    assert isinstance(tried, Attempted)
    assert tried.outcome is Outcome.UNKNOWN
    assert [one.recipient for one in case.at_hand().derivation.told] == [Recipient.CHILD_WELFARE]


def test_taking_up_again_leaves_alone_what_is_done_and_asks_for_the_rest_once(story: Tell, post: Post) -> None:
    with post():
        case = story().told().carried()
    carrying.take_up_again(now=case.now)
    assert waiting_jobs() == {}
    with post(Answers("RCPT", "451 busy")):
        other = story(given_name="Yonas").told().carried()
    before = waiting_jobs()
    assert len(before) == 1
    for _ in range(3):
        carrying.take_up_again(now=other.now)
    assert waiting_jobs() == before


def test_taking_up_again_asks_the_database_the_same_few_questions_however_many_cases(
    story: Tell, nowhere: None, django_assert_num_queries: Callable[[int], AbstractContextManager[object]]
) -> None:
    for name in ("Yonas", "Selam", "Omid"):
        story(given_name=name).told()
    drop_jobs()
    carrying.take_up_again(now=story(given_name="Rut").now)
    assert len(waiting_jobs()) == 3
    with django_assert_num_queries(3):
        assert [limit_of(one) for one in carrying.unfinished()] == [None] * 3


def test_what_is_done_another_way_in_the_meantime_is_not_sent_too(story: Tell, post: Post, nowhere: None) -> None:
    case = story().told()
    case.hand_over(case.letter("b-4"))
    with post() as box:
        case.carried()
    assert receivers(box) == [REGION]


def test_when_the_sender_has_left_her_leader_answers_for_what_follows(
    story: Tell, post: Post, nowhere: None, guard: Person, leader: Person, identities: dict[str, Identity]
) -> None:
    case = story().told()
    guard.is_active = False
    guard.save()
    with post() as box:
        case.carried()
    sent = case.recorded(Done, obligation="b-4")
    assert [one.by for one in sent] == ["Nora Natt"], "she sent it"
    recorder = next(one for one in case.at_hand().entries if one.event.number == sent[0].number)
    assert recorder.recorded_by_id == leader.pk
    copy = next(mail for mail in box.mails if headers(mail)["To"] == REGION)
    assert says(letter_in(copy, identities[REGION]), "Leif Leder")


def test_a_letter_that_is_not_the_one_in_the_ledger_is_stopped_and_a_person_sees_it(
    story: Tell, post: Post, nowhere: None
) -> None:
    case = story().told()
    letter = case.letter("b-4")
    with connection.cursor() as cursor:  # as somebody would who has the database, and not the code
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("UPDATE delivery_message SET letter_sha256 = %s WHERE id = %s", ["0" * 64, letter.id])
        cursor.execute("SET session_replication_role = DEFAULT")
    with post() as box:
        case.carried()
        assert box.mails == []
        assert Message.objects.get(id=letter.id).withdrawal.why == carrying.DAMAGED
        assert failures_told() == ["nora"]
        (planned,) = case.planned("b-4")
        assert planned.ready, "it can be sent anew"
        case.send(only=[planned.obligation.key])
        case.carried()
    assert receivers(box) == sorted([GRANVIK, REGION])


def test_a_letter_whose_seal_is_broken_is_stopped_and_a_person_sees_it(story: Tell, post: Post, nowhere: None) -> None:
    case = story().told()
    letter = case.letter("b-4")
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("UPDATE delivery_message SET sealed_letter = %s WHERE id = %s", [b"x" * 100, letter.id])
        cursor.execute("SET session_replication_role = DEFAULT")
    with post() as box:
        case.carried()
    assert box.mails == []
    assert Message.objects.get(id=letter.id).withdrawal.why == carrying.DAMAGED
    assert waiting_jobs() == {}


def test_a_sending_that_is_struck_out_is_not_recorded_again_by_the_worker(
    story: Tell, post: Post, guard: Person
) -> None:
    with post() as box:
        case = story().told().carried()
        (sent,) = case.recorded(Done, obligation="b-4")
        correct(case.id, sent.number, {"withdrawn": True}, why="De fikk den aldri.", by=guard, now=case.now)
        carrying.carry(case.letter("b-4").id, now=case.later(MINUTE).now)
    assert case.the("b-4").state is ObligationState.OPEN
    assert len(box.mails) == 2
    case.hand_over(case.letter("b-4"))
    assert case.the("b-4").state is ObligationState.DISCHARGED


def test_no_address_of_a_real_receiver_is_ever_tried_in_the_demo(story: Tell, post: Post, nowhere: None) -> None:
    case = story().told()
    letter = case.letter("b-4")
    Message.objects.filter(id=letter.id).update(address="post@barnevern.no")
    with post() as box:
        case.carried()
    assert "post@barnevern.no" not in receivers(box)
    moved = case.letter("b-4").reroutings.get()
    assert (moved.why, moved.to_address) == (carrying.DEMO_ONLY, GRANVIK), "it goes where the register says"


def test_everything_waits_in_vain_and_nothing_is_lost(story: Tell, nowhere: None) -> None:
    """No server for three days: every letter has come to a person, and each try is in the ledger."""
    case = story().told()
    for _ in range(10):
        case.later(10 * MINUTE).carried()
    case.later(3 * DAY).carried()
    assert {one.channel for one in Message.objects.all()} == {Channel.IN_PERSON, Channel.POST}
    tried = Attempt.objects.filter(message=case.letter("b-4")).count()
    assert len(case.recorded(Attempted, obligation="b-4")) == tried
