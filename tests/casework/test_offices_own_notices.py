"""What an office sends out of the house is followed up like the centre's: who has it, and what they did with it."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from casework.invented import DAY, HOUR, MINUTE, Story, furnish_units
from casework.test_scenarios import back
from savnet.access.models import Person
from savnet.access.rights import Role
from savnet.casework import by_hand, following_up, knowledge, questions, returning, sending, silence
from savnet.casework.errors import NothingOwed
from savnet.casework.loose_ends import LooseEnd, loose_ends
from savnet.casework.receipts import record_receipt, record_receipt_of
from savnet.delivery.channels.paper import HandOver
from savnet.delivery.models import Message
from savnet.delivery.words import ReceiptWay
from savnet.followup.models import Alarm
from savnet.policy.questions import OpenQuestion
from savnet.policy.waiting import Waiting
from savnet.register.models import Centre
from savnet.rules.words import (
    Actor,
    Channel,
    ConcernKind,
    ConcernLevel,
    InformationKind,
    Question,
    QuestionAnswer,
    ReturnedHow,
)


@pytest.fixture
def rune(granvik: Centre) -> Person:
    furnish_units()
    return Person.objects.create_user(
        "rune", name="Rune Region", title="Rådgiver", role=Role.REGIONAL_OFFICER, region="fjord"
    )


@pytest.fixture
def known(story: Callable[..., Story], rune: Person, leader: Person) -> Story:
    """An address in Storfjell has become known: the centre has told the service there, and the region is to."""
    case = story().told()
    case.to_the_police()
    case.hand_over(case.letter("b-4"))
    for copy in Message.objects.filter(case_id=case.id, obligation="d-5"):
        case.hand_over(copy)
    case.later(HOUR)
    knowledge.receive_information(
        case.id,
        kind=InformationKind.KNOWN_ADDRESS,
        text="Hos tanta",
        source="Tanta",
        municipality="9903",
        by=case.guard,
        now=case.now,
    )
    return case.later(MINUTE)


def reported(case: Story, by: Person) -> Message:
    """The region's own report, posted."""
    (letter,) = sending.send(
        case.id, by=by, now=case.now, only={case.the("3-8").key}, actor=Actor.REGION, said="Bor hos ukjente."
    )
    by_hand.hand_over(letter.id, HandOver(channel=Channel.POST, at=case.now), by=by, now=case.now)
    return letter


def unread(case: Story, id_: str = "3-8") -> list[LooseEnd]:
    ends = loose_ends(case.now, case_id=case.id)
    return [one for one in ends if one.kind is Waiting.RECEIPT and one.subject.startswith(f"receipt|{id_}|")]


def asked(case: Story, actor: Actor) -> dict[Question, OpenQuestion]:
    return {
        one.question: one
        for one in questions.asked_in(case.at_hand())
        if one.actor is actor and one.municipality == "9903"
    }


def round_at(case: Story) -> None:
    following_up.watch_over(now=case.now)
    silence.sound(now=case.now)


# Received is not sent


def test_the_regions_report_that_nobody_has_opened_is_told_of_at_the_region(known: Story, rune: Person) -> None:
    reported(known, rune)
    (end,) = unread(known)
    assert end.actor is Actor.REGION
    round_at(known.later(41 * MINUTE))
    (alarm,) = Alarm.objects.filter(subject=end.subject)
    assert alarm.person == rune


def test_where_the_region_is_empty_who_oversees_the_country_is_told(known: Story, rune: Person) -> None:
    reported(known, rune)
    nina = Person.objects.create_user("nina", name="Nina Nasjonal", role=Role.NATIONAL_OVERSEER)
    Person.objects.filter(pk=rune.pk).update(is_active=False)
    round_at(known.later(41 * MINUTE))
    assert Alarm.objects.get(subject=unread(known)[0].subject).person == nina


def test_a_named_person_at_the_service_ends_it(known: Story, rune: Person) -> None:
    letter = reported(known, rune)
    record_receipt(
        letter.id,
        by_name="Vera Vakt",
        reference="2026/5",
        at=known.now,
        by=rune,
        now=known.now,
        channel=ReceiptWay.CALLED_BACK,
    )
    assert unread(known) == []
    assert (known.the("3-8").received_by, known.the("3-8").reference) == ("Vera Vakt", "2026/5")


def test_what_went_without_a_letter_of_ours_is_gone_after_and_can_be_confirmed(known: Story, rune: Person) -> None:
    key = known.the("3-8").key
    told = {"by_name": "Vera Vakt", "reference": "", "by": rune, "channel": ReceiptWay.CALLED_BACK}
    with pytest.raises(NothingOwed):
        record_receipt_of(known.id, key, at=known.now, now=known.now, **told)  # type: ignore[arg-type]
    by_hand.mark_done(known.id, key, by=rune, now=known.now, channel=Channel.POST)
    assert unread(known)
    known.later(MINUTE)
    record_receipt_of(known.id, key, at=known.now, now=known.now, **told)  # type: ignore[arg-type]
    assert unread(known) == []
    assert known.the("3-8").received_by == "Vera Vakt"


def test_what_was_settled_by_talking_lies_unread_nowhere(known: Story, rune: Person) -> None:
    returning.note_return(known.id, how=ReturnedHow.FOUND_BY_OTHER, municipality="9903", by=known.guard, now=known.now)
    known.later(MINUTE)
    by_hand.mark_done(known.id, known.the("4-8").key, by=rune, now=known.now, channel=Channel.PHONE)
    assert known.the("4-8").sent_at
    assert unread(known, "4-8") == []


# Reviewed within seven days, answered within twenty-one


def test_child_welfare_answers_the_region_too_for_what_the_region_reported(known: Story, rune: Person) -> None:
    assert asked(known, Actor.REGION) == {}
    reported(known, rune)
    mine = asked(known, Actor.REGION)
    assert mine[Question.REVIEWED].due == known.now + timedelta(days=7)
    assert mine[Question.FEEDBACK].due == known.now + timedelta(days=21)


def test_an_answer_late_is_told_of_at_the_region_and_not_at_the_centre(known: Story, rune: Person) -> None:
    reported(known, rune)
    round_at(known.later(7 * DAY + HOUR))
    alarms = Alarm.objects.filter(kind=Waiting.QUESTION, actor=Actor.REGION)
    assert {one.person for one in alarms} == {rune}
    assert [one.subject.split("|")[1] for one in alarms] == ["reviewed"]


def test_what_the_service_tells_the_region_answers_nothing_that_the_centre_asks(known: Story, rune: Person) -> None:
    for letter in known.send():
        if letter.obligation == "b-8":
            known.hand_over(letter)
    reported(known, rune)
    known.later(DAY)
    questions.answer(
        known.id,
        Question.REVIEWED,
        QuestionAnswer.CONFIRMED,
        municipality="9903",
        who="Vera Vakt",
        reference="",
        why="",
        by=rune,
        now=known.now,
        at=known.now,
        actor=Actor.REGION,
    )
    assert not asked(known, Actor.REGION)[Question.REVIEWED].open
    assert asked(known, Actor.CENTRE)[Question.REVIEWED].open
    following_up.watch_over(now=known.now)
    left = [one.actor for one in loose_ends(known.now + 8 * DAY, case_id=known.id) if "|reviewed|" in one.subject]
    assert Actor.CENTRE in left
    assert Actor.REGION not in left


def test_nobody_can_answer_for_an_office_that_has_not_reported(known: Story, rune: Person) -> None:
    with pytest.raises(NothingOwed):
        questions.put(
            known.id,
            Question.REVIEWED,
            municipality="9903",
            who="Vera",
            by=rune,
            now=known.now,
            at=known.now,
            actor=Actor.REGION,
        )


@pytest.mark.parametrize(
    ("level", "reports"),
    [(ConcernLevel.REASON_TO_BELIEVE, ["b-9"]), (ConcernLevel.JUSTIFIED_SUSPICION, ["b-9", "4-18"])],
)
def test_a_new_report_once_the_child_is_back_is_asked_about_once(
    known: Story, level: ConcernLevel, reports: list[str]
) -> None:
    back(known)
    known.later(HOUR)
    assert {str(one.recipient) for one in questions.asked_in(known.at_hand())} == {"child_welfare"}
    knowledge.raise_concern(
        known.id, kind=ConcernKind.NEGLECT, level=level, text="Blåmerker.", by=known.guard, now=known.now
    )
    for letter in known.send():
        if letter.obligation in reports and letter.recipient == "child_welfare":
            known.hand_over(letter)
    now = questions.asked_in(known.at_hand())
    assert [(one.question, one.actor) for one in now] == [
        (Question.REVIEWED, Actor.CENTRE),
        (Question.FEEDBACK, Actor.CENTRE),
    ]
    assert now[0].due == known.now + timedelta(days=7)
