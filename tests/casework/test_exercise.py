"""An exercise is like the real thing in all but one: nothing leaves the house, and no real child is in it."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from io import BytesIO
from uuid import UUID

import pytest
from django.db import DatabaseError, transaction
from pypdf import PdfReader

from casework.invented import ANSWERS, HOUR, MINUTE, NOW, POLICE, Story, carry_all
from delivery.mail_servers import Mailbox
from savnet.access.models import Person
from savnet.cases.models import Case
from savnet.casework import absence, by_hand, exercises, facts, recall, returning, sending, transfers
from savnet.casework.case_at_hand import at_hand
from savnet.casework.errors import NotNow
from savnet.casework.exercise_summary import Summary, summary
from savnet.casework.kept import letter_bytes
from savnet.casework.loose_ends import loose_ends
from savnet.casework.plan import messages_by_key
from savnet.delivery.channels.paper import HandOver
from savnet.delivery.channels.tray.channel import ANSWER
from savnet.delivery.composing import About, Receiver, compose
from savnet.delivery.dispatch import attempt
from savnet.delivery.models import Attempt, Message
from savnet.delivery.words import AttemptOutcome
from savnet.register.addresses import EXERCISE_ADDRESS, EXERCISE_STREET
from savnet.register.models import Centre, Exercise, PresenceQuestion, Recipient, Resident
from savnet.rules.words import Channel, ReturnedHow

Server = Callable[..., AbstractContextManager[Mailbox]]
committed = pytest.mark.django_db(transaction=True)


def text_of(pdf: bytes) -> str:
    """The letter's words, a form feed after each page."""
    return "".join(f"{page.extract_text()}\f" for page in PdfReader(BytesIO(pdf)).pages)


def case_of(exercise: Exercise) -> UUID:
    return Case.objects.get(resident=exercise.child_id).id


def believed_and_sent(exercise: Exercise, by: Person) -> list[Message]:
    case_id = case_of(exercise)
    absence.believe(case_id, by=by, now=NOW + 10 * MINUTE)
    facts.record_answers(case_id, ANSWERS, by=by, now=NOW + 12 * MINUTE)
    return sending.send(case_id, by=by, now=NOW + 13 * MINUTE)


def agreed_on_mail(centre: Centre) -> None:
    """So that also the report to the police goes by wire."""
    Centre.objects.filter(id=centre.id).update(police_agreement="Kryptert e-post.")
    centre.refresh_from_db()


def test_an_exercise_begins_with_an_invented_child_who_was_missed(granvik: Centre, leader: Person) -> None:
    held = exercises.begin(granvik, by=leader, now=NOW)
    assert held.place.exercise_of == granvik
    assert PresenceQuestion.objects.get().resident == held.child
    assert not Resident.objects.filter(centre=granvik).exists()


def test_one_exercise_at_a_time(granvik: Centre, leader: Person) -> None:
    held = exercises.begin(granvik, by=leader, now=NOW)
    with pytest.raises(NotNow, match="pågår"):
        exercises.begin(granvik, by=leader, now=NOW)
    with pytest.raises(NotNow):
        exercises.begin(held.place, by=leader, now=NOW)
    exercises.end(held, by=leader, now=NOW + HOUR)
    assert exercises.begin(granvik, by=leader, now=NOW + 2 * HOUR) != held


@committed
def test_nothing_of_an_exercise_reaches_a_mail_server_though_a_worker_carries_it(
    granvik: Centre, leader: Person, post: Server, story: Callable[..., Story]
) -> None:
    """The same worker, the same minute, the same server: the real child's letters arrive, the invented one's don't."""
    agreed_on_mail(granvik)
    with post() as box:
        held = exercises.begin(granvik, by=leader, now=NOW)
        practised = believed_and_sent(held, leader)
        assert any(one.channel == Channel.ENCRYPTED_EMAIL for one in practised)
        carry_all(NOW + 20 * MINUTE)
        assert box.mails == []
        tried = Attempt.objects.filter(message__in=practised)
        assert {(one.outcome, one.answer) for one in tried} == {(AttemptOutcome.ACCEPTED, ANSWER)}
        real = story(given_name="Ekte").told()
        carry_all(real.now)
        assert box.mails


@committed
def test_not_even_a_message_with_a_real_address_leaves(granvik: Centre, leader: Person, post: Server) -> None:
    held = exercises.begin(granvik, by=leader, now=NOW)
    letter = b"%PDF-1.7 not for sending"
    with post() as box:
        message = compose(
            case_of(held),
            About(obligation="a-1", recipient="police_district", because=1),
            receiver=Receiver(name="Politiet", address=POLICE, channel=Channel.ENCRYPTED_EMAIL),
            purpose="a-1",
            legal_basis=None,
            letter=letter,
            sealed_letter=letter,
            by=str(leader.pk),
            now=NOW,
            exercise=True,
        )
        assert attempt(message.id, letter, NOW).answer == ANSWER
        assert box.mails == []


def test_no_letter_of_an_exercise_holds_an_address_or_a_number_that_is_somebodys(
    granvik: Centre, leader: Person, certified: None
) -> None:
    agreed_on_mail(granvik)
    for one in believed_and_sent(exercises.begin(granvik, by=leader, now=NOW), leader):
        assert one.exercise
        assert one.address in {EXERCISE_ADDRESS, one.address if "@" not in one.address else ""}


def test_every_page_of_a_letter_says_that_it_is_an_exercise(granvik: Centre, leader: Person) -> None:
    for one in believed_and_sent(exercises.begin(granvik, by=leader, now=NOW), leader):
        pages = text_of(letter_bytes(one)).split("\f")
        assert all("ikke send" in page for page in pages if page.strip())


def test_no_page_of_an_exercise_holds_the_address_of_an_office_or_of_the_centre(
    granvik: Centre, leader: Person
) -> None:
    """A practice letter that is put in an envelope all the same reaches nobody."""
    Recipient.objects.update(address="Torget 4\n9901 Granvik")
    Centre.objects.filter(id=granvik.id).update(address="Fjordveien 7", postal_code="9901", postal_place="Granvik")
    granvik.refresh_from_db()
    streets = ("Torget 4", "Fjordveien 7", "9901")
    letters = believed_and_sent(exercises.begin(granvik, by=leader, now=NOW), leader)
    for one in letters:
        text = text_of(letter_bytes(one))
        assert not [street for street in streets if street in text]
        assert EXERCISE_STREET in text


def test_the_recall_and_the_draft_report_of_an_exercise_say_so_too(granvik: Centre, leader: Person) -> None:
    letters = believed_and_sent(exercises.begin(granvik, by=leader, now=NOW), leader)
    letter = next(one for one in letters if one.obligation == "b-4")
    later = NOW + HOUR
    by_hand.hand_over(letter.id, HandOver(channel=Channel.POST, at=later), by=leader, now=later)
    known = {"receiver": "Naboen", "address": "Kaigata 4", "what": "Navnet.", "why": ""}
    number = recall.note_error(letter.id, **known, right_one_has_it=True, at=later, by=leader, now=later)
    notice = recall.write_recall(letter.case_id, number, by=leader, now=later)
    assert notice.exercise
    assert "Kaigata" not in notice.address + text_of(letter_bytes(notice))
    draft = recall.draft_report(letter.case_id, number, kind="Bekymringsmelding", by=leader, now=later)
    for pdf in (letter_bytes(notice), draft.pdf):
        assert all("ikke send" in page for page in text_of(pdf).split("\f") if page.strip())


def test_a_real_letter_says_nothing_of_exercises(story: Callable[..., Story]) -> None:
    letter = story().told().letter("a-1")
    assert "øvelse" not in text_of(letter_bytes(letter)).lower()


def test_the_database_keeps_invented_children_and_real_ones_apart(
    granvik: Centre, leader: Person, child: Callable[..., Resident]
) -> None:
    held = exercises.begin(granvik, by=leader, now=NOW)
    for one, to in ((held.child, granvik), (child(), held.place)):
        with pytest.raises(DatabaseError, match="refused a move"), transaction.atomic():
            Resident.objects.filter(id=one.id).update(centre=to)
    with pytest.raises(DatabaseError, match="stays one"), transaction.atomic():
        Centre.objects.filter(id=held.place_id).update(exercise_of=None)
    message = believed_and_sent(held, leader)[0]
    with pytest.raises(DatabaseError, match="refused a change"), transaction.atomic():
        Message.objects.filter(id=message.id).update(exercise=False)


def test_nobody_is_moved_in_or_out_of_an_exercise(granvik: Centre, leader: Person) -> None:
    held = exercises.begin(granvik, by=leader, now=NOW)
    assert transfers.destinations(held.place) == []
    assert held.place not in transfers.destinations(granvik)


def test_nobody_is_woken_for_what_an_exercise_leaves_undone(granvik: Centre, leader: Person) -> None:
    held = exercises.begin(granvik, by=leader, now=NOW)
    absence.believe(case_of(held), by=leader, now=NOW + MINUTE)
    assert list(loose_ends(NOW + 30 * HOUR)) == []


def test_the_region_is_told_in_the_exercise_and_sees_nothing_of_it(granvik: Centre, leader: Person) -> None:
    held = exercises.begin(granvik, by=leader, now=NOW)
    assert held.place.region == ""
    believed_and_sent(held, leader)
    case_id = case_of(held)
    letter = next(one for one in messages_by_key(at_hand(case_id, NOW + HOUR)).values() if one.obligation == "a-1")
    given = HandOver(channel=Channel.IN_PERSON, at=NOW + 14 * MINUTE, received_by="Betjent Øvelse")
    by_hand.hand_over(letter.id, given, by=leader, now=NOW + 15 * MINUTE)
    copies = [one for one in Message.objects.filter(case_id=case_id) if one.obligation == "d-5"]
    assert all(one.recipient_name == "UDI Regionkontor Fjord" for one in copies)


# How it went


def how_it_went(granvik: Centre, leader: Person) -> Summary:
    held = exercises.begin(granvik, by=leader, now=NOW)
    believed_and_sent(held, leader)
    letter = Message.objects.get(obligation="a-1")
    given = HandOver(channel=Channel.IN_PERSON, at=NOW + 25 * MINUTE, received_by="Betjent Øvelse")
    by_hand.hand_over(letter.id, given, by=leader, now=NOW + 25 * MINUTE)
    return summary(exercises.end(held, by=leader, now=NOW + HOUR), NOW + 50 * HOUR)


def test_the_summary_says_how_long_each_notice_took_from_the_belief(granvik: Centre, leader: Person) -> None:
    found = how_it_went(granvik, leader)
    assert found.believed == 10 * MINUTE
    took = {one.obligation.id: one.took for one in found.met}
    assert took["a-1"] == 15 * MINUTE
    assert all(one.took is not None and one.took >= 0 * MINUTE for one in found.met)


def test_the_summary_names_what_was_forgotten_as_it_stood_when_it_ended(granvik: Centre, leader: Person) -> None:
    found = how_it_went(granvik, leader)
    forgotten = {one.obligation.id for one in found.forgotten}
    assert {"c-1", "d-4"} <= forgotten
    assert "a-1" not in forgotten
    assert not any(one.late for one in found.duties)  # ended within the hour; that a day has passed since is no lapse


def test_one_who_comes_back_in_the_exercise_is_part_of_it(granvik: Centre, leader: Person) -> None:
    held = exercises.begin(granvik, by=leader, now=NOW)
    believed_and_sent(held, leader)
    returning.note_return(case_of(held), how=ReturnedHow.TO_CENTRE, by=leader, now=NOW + 30 * MINUTE)
    assert summary(held, NOW + HOUR).back
