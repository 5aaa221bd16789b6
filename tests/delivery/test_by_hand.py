"""What people do themselves: hand over, post, call, tick off. A receipt only where a person is named."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from delivery.conftest import LETTER, NOW
from savnet.delivery.by_hand import hand_over, record_call, tick_off
from savnet.delivery.channels.paper import HandOver, NobodyYet, NotByHand
from savnet.delivery.channels.system_task import Field, NoSuchSystem, SystemTask
from savnet.delivery.channels.telephone import Call, IncompleteCall, to_tap
from savnet.delivery.dispatch import attempt
from savnet.delivery.mistakes import Mistake
from savnet.delivery.models import Message
from savnet.delivery.receipts import ImpossibleInstant, NoName, NothingSent, take_receipt
from savnet.delivery.standing import Standing, standing
from savnet.delivery.words import Progress
from savnet.rules.words import Channel, Recipient

Compose = Callable[..., Message]
HOUR = timedelta(hours=1)


def stands(message: Message) -> Standing:
    return standing(list(message.attempts.all()), list(message.receipts.all()))


def test_a_report_handed_across_the_desk_is_sent_and_received(composed: Compose) -> None:
    message = composed(Channel.IN_PERSON)
    done = HandOver(channel=Channel.IN_PERSON, at=NOW, received_by="Politibetjent Li", reference="1234567")
    hand_over(message.id, done, recorded_by="vakt", now=NOW + HOUR)
    now = stands(message)
    assert (now.progress, now.sent_at) == (Progress.ACCEPTED, NOW)
    assert (now.received_at, now.received_by, now.reference) == (NOW, "Politibetjent Li", "1234567")


def test_a_posted_letter_is_sent_and_not_received(composed: Compose) -> None:
    message = composed(Channel.POST)
    hand_over(message.id, HandOver(channel=Channel.POST, at=NOW, reference="sporing 42"), recorded_by="vakt", now=NOW)
    now = stands(message)
    assert now.progress == Progress.ACCEPTED
    assert not now.received
    assert message.attempts.get().answer == "sporing 42"


def test_a_blank_name_is_no_receipt(composed: Compose) -> None:
    message = composed(Channel.POST)
    hand_over(message.id, HandOver(channel=Channel.POST, at=NOW, received_by="  "), recorded_by="vakt", now=NOW)
    assert not stands(message).received


def test_nobody_has_taken_what_was_just_posted(composed: Compose) -> None:
    composed(Channel.POST)
    with pytest.raises(NobodyYet) as refused:
        HandOver(channel=Channel.POST, at=NOW, received_by="Kari Vakt")
    assert refused.value.field == "received_by"


def test_a_double_tap_is_one_handing_over(composed: Compose) -> None:
    message = composed(Channel.IN_PERSON)
    done = HandOver(channel=Channel.IN_PERSON, at=NOW, received_by="Politibetjent Li")
    first = hand_over(message.id, done, recorded_by="vakt", now=NOW)
    assert hand_over(message.id, done, recorded_by="vakt", now=NOW) == first
    assert (message.attempts.count(), message.receipts.count()) == (1, 1)


def test_a_letter_on_paper_after_all_is_not_sent_by_mail_too(composed: Compose) -> None:
    message = composed(Channel.ENCRYPTED_EMAIL)
    by_hand = hand_over(message.id, HandOver(channel=Channel.POST, at=NOW), recorded_by="vakt", now=NOW)
    assert attempt(message.id, LETTER, NOW + HOUR) == by_hand


def test_handing_over_in_the_future_is_refused_whole(composed: Compose) -> None:
    message = composed(Channel.IN_PERSON)
    done = HandOver(channel=Channel.IN_PERSON, at=NOW + HOUR, received_by="Politibetjent Li")
    with pytest.raises(ImpossibleInstant):
        hand_over(message.id, done, recorded_by="vakt", now=NOW)
    assert (message.attempts.count(), message.receipts.count()) == (0, 0)


@pytest.mark.parametrize("channel", [Channel.PHONE, Channel.EMAIL, Channel.ENCRYPTED_EMAIL, Channel.SYSTEM])
def test_a_phone_call_or_an_email_is_no_handing_over(channel: Channel) -> None:
    with pytest.raises(NotByHand):
        HandOver(channel=channel, at=NOW)


def test_a_call_that_reached_somebody_is_told_and_received_by_that_person(composed: Compose) -> None:
    message = composed(Channel.PHONE)
    call = Call(number="+47 00 00 12 34", at=NOW, reached=True, spoke_with="Verge Mona Lie", knew="none")
    record_call(message.id, call, recorded_by="vakt", now=NOW)
    assert (stands(message).progress, stands(message).received_by) == (Progress.ACCEPTED, "Verge Mona Lie")


def test_a_call_nobody_answered_is_tried_only(composed: Compose) -> None:
    message = composed(Channel.PHONE)
    record_call(message.id, Call(number="+47 00 00 12 34", at=NOW, reached=False), recorded_by="vakt", now=NOW)
    now = stands(message)
    assert (now.progress, now.sent_at, now.received) == (Progress.NOT_REACHED, None, False)


def test_what_they_knew_is_kept_nowhere_in_delivery(composed: Compose) -> None:
    message = composed(Channel.PHONE)
    call = Call(number="+47 00 00 12 34", at=NOW, reached=True, spoke_with="Verge", knew="Kanarifugl på Lillevik")
    record_call(message.id, call, recorded_by="vakt", now=NOW)
    rows = [*message.attempts.values(), *message.receipts.values(), *Message.objects.values()]
    assert "Kanarifugl" not in str(rows)


@pytest.mark.parametrize(("spoke_with", "knew"), [("", "none"), ("Verge", None), ("Verge", " "), (" ", "none")])
def test_a_call_that_reached_somebody_says_whom_and_what_they_knew(spoke_with: str, knew: str | None) -> None:
    with pytest.raises(IncompleteCall):
        Call(number="+47 00 00 12 34", at=NOW, reached=True, spoke_with=spoke_with, knew=knew)


def test_what_cannot_be_right_names_the_field_and_says_so_in_norwegian(composed: Compose) -> None:
    with pytest.raises(Mistake, match="Skriv navnet") as wrong:
        Call(number="+47 00 00 12 34", at=NOW, reached=True, knew="none")
    assert wrong.value.field == "spoke_with"


def test_a_number_to_tap_holds_digits_only() -> None:
    assert to_tap("+47 00 00 12-34") == "tel:+4700001234"


def test_a_system_task_is_ticked_off_and_received_by_nobody(composed: Compose) -> None:
    message = composed(Channel.SYSTEM)
    tick_off(message.id, at=NOW, by="Kari Nattevakt", reference="Sesam 88", now=NOW)
    row = message.attempts.get()
    assert (row.recorded_by, row.answer, stands(message).received) == ("Kari Nattevakt", "Sesam 88", False)


def test_a_system_task_is_the_same_after_writing_and_reading() -> None:
    task = SystemTask(
        system=Recipient.DUF, place="Korrespondanse", fields=(Field("Merknad", "æøå"),), sensitive_document=True
    )
    assert SystemTask.read(task.write()) == task
    assert task.write() == SystemTask.read(task.write()).write()


def test_the_police_are_no_system() -> None:
    with pytest.raises(NoSuchSystem):
        SystemTask(system=Recipient.POLICE_DISTRICT, place="", fields=())


def receipt(message: Message, **terms: object) -> object:
    given = {"by_name": "Ida Vik", "reference": "24/17", "at": NOW, "now": NOW + HOUR, **terms}
    return take_receipt(message.id, channel=Channel.PHONE, recorded_by="vakt", **given)  # type: ignore[arg-type]


@pytest.fixture
def posted(composed: Compose) -> Message:
    message = composed(Channel.POST)
    hand_over(message.id, HandOver(channel=Channel.POST, at=NOW), recorded_by="vakt", now=NOW)
    return message


def test_a_receipt_names_a_person(posted: Message) -> None:
    with pytest.raises(NoName):
        receipt(posted, by_name="  ")


def test_nobody_can_have_what_was_never_sent(composed: Compose) -> None:
    with pytest.raises(NothingSent):
        receipt(composed())


def test_a_receipt_in_the_future_or_before_the_sending_is_refused(posted: Message) -> None:
    for at in (NOW + 2 * HOUR, NOW - timedelta(minutes=1)):
        with pytest.raises(ImpossibleInstant):
            receipt(posted, at=at)


def test_a_receipt_in_the_very_minute_of_sending_is_taken(composed: Compose) -> None:
    message = composed(Channel.POST)
    at = NOW + timedelta(seconds=40)
    hand_over(message.id, HandOver(channel=Channel.POST, at=at), recorded_by="vakt", now=at)
    receipt(message, at=NOW)
    assert stands(message).received


def test_a_name_first_and_a_case_number_later_are_both_kept(posted: Message) -> None:
    receipt(posted, reference="")
    receipt(posted, by_name="Per Moe", at=NOW + HOUR)
    receipt(posted, by_name="Per Moe", at=NOW + HOUR)
    now = stands(posted)
    assert posted.receipts.count() == 2
    assert (now.received_at, now.received_by, now.reference) == (NOW, "Ida Vik", "24/17")
