"""What is noted about a duty counts for it, or is refused with what to put right; nothing is swallowed."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from casework.invented import DAY, HOUR, MINUTE, Story
from savnet.cases import ledger
from savnet.casework import by_hand, knowledge, returning
from savnet.casework.errors import WrongTime
from savnet.casework.message_events import done
from savnet.delivery.channels.paper import HandOver
from savnet.delivery.channels.telephone import Call
from savnet.delivery.models import Attempt, Message, Receipt
from savnet.rules.events import Done
from savnet.rules.words import Channel, InformationKind, ObligationState, Recipient, ReturnedHow

pytestmark = pytest.mark.django_db
Tell = Callable[..., Story]
OPEN, DISCHARGED = ObligationState.OPEN, ObligationState.DISCHARGED


def handed(case: Story, letter: Message, at: datetime, channel: Channel = Channel.POST) -> None:
    """Note now that the letter was handed over then."""
    made = HandOver(channel=channel, at=at, received_by="" if channel is Channel.POST else "Betjent Vakt")
    by_hand.hand_over(letter.id, made, by=case.guard, now=case.now)


def too_early(case: Story, before: timedelta) -> str:
    """Note that the report to the police was handed over so long ago, and give what the guard is told."""
    with pytest.raises(WrongTime) as refused:
        handed(case, case.letter("a-1"), case.now - before, Channel.IN_PERSON)
    assert refused.value.field == "at"
    return str(refused.value)


def back(case: Story) -> None:
    returning.note_return(case.id, how=ReturnedHow.TO_CENTRE, by=case.guard, now=case.now)


def test_a_report_handed_over_before_the_absence_is_refused_and_says_what_to_put_right(story: Tell) -> None:
    case = story().told()  # not at supper at 21.05, believed missing at 22.05
    said = too_early(case, 2 * HOUR)
    assert said == (
        "Tidspunktet er før fraværet ble oppdaget (kl. 21.05). "
        "Rett tidspunktet her, eller rett når fraværet ble oppdaget."
    )
    assert not case.recorded(Done)
    assert (Attempt.objects.count(), Receipt.objects.count()) == (0, 0)


def test_and_the_second_hand_over_with_the_right_time_counts(story: Tell) -> None:
    case = story().told()
    too_early(case, 2 * HOUR)
    case.to_the_police()
    report = case.the("a-1")
    assert (report.state, report.sent_at, report.received_by) == (DISCHARGED, case.now, "Betjent Vakt")


def test_a_date_mistyped_by_a_day_names_the_day_it_should_follow(story: Tell) -> None:
    assert "(02.03.2026 kl. 21.05)" in too_early(story().told(), DAY)


def test_between_absence_and_belief_the_report_counts(story: Tell) -> None:
    case = story().told()
    handed(case, case.letter("a-1"), case.now - 30 * MINUTE, Channel.IN_PERSON)
    assert case.the("a-1").state is DISCHARGED
    assert case.the("a-1").received_by == "Betjent Vakt"


def test_a_hand_over_that_once_was_recorded_in_vain_hides_no_later_one(story: Tell) -> None:
    """Before this was refused, such records came into ledgers; the duty can be met all the same."""
    case = story().told()
    letter = case.letter("a-1")
    vain = done(letter, at=case.now - 5 * HOUR, by=case.guard, channel=Channel.IN_PERSON)
    derivation = ledger.record(case.id, vain, by=case.guard, now=case.now)
    assert len(derivation.unmatched) == 1
    case.to_the_police()
    assert case.the("a-1").state is DISCHARGED


def told_of_the_return(case: Story) -> Message:
    """Back 40 seconds past the minute; the letter to the police about it lies ready."""
    case.told().to_the_police()
    back(case.later(HOUR + timedelta(seconds=40)))
    case.send()
    return case.letter("2.2-7", recipient=Recipient.POLICE_DISTRICT)


def test_the_minute_in_which_the_child_came_back_is_late_enough(story: Tell) -> None:
    case = story()
    handed(case, told_of_the_return(case), case.now.replace(second=0), Channel.IN_PERSON)
    notice = case.the("2.2-7", recipient=Recipient.POLICE_DISTRICT)
    assert (notice.state, notice.sent_at, notice.received_by) == (DISCHARGED, case.now, "Betjent Vakt")


def test_news_of_the_return_cannot_have_gone_before_the_return(story: Tell) -> None:
    case = story()
    letter = told_of_the_return(case)
    with pytest.raises(WrongTime, match=r"før barnet kom til rette \(kl\. 23\.05\)"):
        handed(case, letter, case.now - 10 * MINUTE)


@pytest.mark.parametrize("reached", [True, False])
def test_a_call_from_before_the_absence_is_refused(story: Tell, reached: bool) -> None:
    case = story().told()
    made = Call(
        number="+47 00 88 00 10",
        at=case.now - 5 * HOUR,
        reached=reached,
        spoke_with="Rita Fiktiv" if reached else "",
        knew="none" if reached else None,
    )
    key = case.the("c-1", recipient=Recipient.REPRESENTATIVE).key
    with pytest.raises(WrongTime, match="før fraværet ble oppdaget"):
        by_hand.call(case.id, key, made, by=case.guard, now=case.now)
    assert Attempt.objects.count() == 0


def test_an_entry_in_sesam_from_before_the_absence_is_refused(story: Tell) -> None:
    case = story().missing()
    with pytest.raises(WrongTime, match="før fraværet ble oppdaget"):
        by_hand.tick_off(case.id, case.the("d-4").key, by=case.guard, now=case.now, at=case.now - 5 * HOUR)
    assert case.the("d-4").state is OPEN


def test_what_is_marked_done_before_the_absence_is_refused(story: Tell) -> None:
    case = story().missing()
    early = {"at": case.now - 5 * HOUR, "channel": Channel.IN_PERSON}
    with pytest.raises(WrongTime, match="før fraværet ble oppdaget"):
        by_hand.mark_done(case.id, case.the("a-1").key, by=case.guard, now=case.now, **early)
    assert not case.recorded(Done)


def test_an_address_that_came_while_the_report_lay_ready_is_owed_the_police_when_they_get_it(story: Tell) -> None:
    case = story().told()
    knowledge.receive_information(
        case.later(MINUTE).id,
        kind=InformationKind.KNOWN_ADDRESS,
        text="Bakkegata 7",
        source="En tante",
        municipality="9903",
        by=case.guard,
        now=case.now,
    )
    assert not case.owed("2.2-7")
    case.later(MINUTE).to_the_police()
    assert case.the("2.2-7", recipient=Recipient.POLICE_DISTRICT).state is OPEN
    case.send()
    assert case.letter("2.2-7", recipient=Recipient.POLICE_DISTRICT)
