"""What goes wrong between us and the integrasjonspunkt; what was really sent on is the judge."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from time import monotonic

import pytest

from delivery.conftest import LETTER, NOW, Cast
from delivery.eformidling.conftest import STRANGER, THEIRS, repeated
from delivery.eformidling.peer import ORDINARY, Integrasjonspunkt
from savnet.delivery.channel import CannotSend, Envelope, Refused, Silent, Taken, Unclear
from savnet.delivery.channels.eformidling.channel import EFormidling
from savnet.delivery.web_call import Line
from savnet.delivery.words import Hindrance

BEFORE_IT_GOES = ("capabilities", "create", "upload")
Change = Callable[..., EFormidling]


def times_sent(point: Integrasjonspunkt, envelope: Envelope) -> int:
    return sum(message_id == str(envelope.message_id) for message_id, _ in point.sent)


@pytest.fixture
def changed(channel: EFormidling) -> Change:
    """The same channel, with something else about our integrasjonspunkt."""
    return lambda **more: replace(channel, access_point=replace(channel.access_point, **more))


@pytest.mark.parametrize("at", BEFORE_IT_GOES)
@pytest.mark.parametrize("how", ["500", "503", "429", "hang", "drip", "drop", "drop after"])
def test_before_the_last_call_a_fault_is_a_refusal_for_now_and_the_next_try_goes_through_once(
    at: str, how: str, channel: EFormidling, point: Integrasjonspunkt, envelope: Envelope
) -> None:
    point.fails(at, how)
    with pytest.raises(Refused) as refused:
        channel.send(envelope, LETTER)
    assert not refused.value.permanent
    assert times_sent(point, envelope) == 0
    assert isinstance(channel.send(replace(envelope, at=NOW + timedelta(minutes=1)), LETTER), Taken)
    assert times_sent(point, envelope) == 1
    assert point.sent[0][1].files["melding.pdf"] == LETTER


def test_a_fault_at_the_second_file_leaves_the_first_and_the_next_try_adds_the_rest(
    channel: EFormidling, point: Integrasjonspunkt, envelope: Envelope
) -> None:
    point.fails("upload", "503", skip=1)
    with pytest.raises(Refused):
        channel.send(envelope, LETTER)
    channel.send(envelope, LETTER)
    assert list(point.sent[0][1].files) == ["arkivmelding.xml", "melding.pdf"]


@pytest.mark.parametrize("how", ["500", "502", "hang", "drip", "drop", "drop after"])
def test_a_fault_at_the_last_call_is_unclear(
    how: str, channel: EFormidling, point: Integrasjonspunkt, envelope: Envelope
) -> None:
    point.fails("send", how)
    with pytest.raises(Unclear):
        channel.send(envelope, LETTER)
    assert times_sent(point, envelope) == (1 if how == "drop after" else 0)


@pytest.mark.parametrize("how", ["500", "drop", "drop after"])
def test_after_an_unclear_try_the_integrasjonspunkt_is_asked_and_the_letter_goes_once(
    how: str, channel: EFormidling, point: Integrasjonspunkt, envelope: Envelope
) -> None:
    point.fails("send", how)
    with pytest.raises(Unclear):
        channel.send(envelope, LETTER)
    assert isinstance(channel.send(repeated(envelope), LETTER), Taken)
    assert times_sent(point, envelope) == 1


def test_a_letter_still_in_their_queue_may_go_twice_but_never_under_another_id(
    channel: EFormidling, point: Integrasjonspunkt, envelope: Envelope
) -> None:
    point.keeps_queued = True
    point.fails("send", "drop after")
    with pytest.raises(Unclear):
        channel.send(envelope, LETTER)
    channel.send(repeated(envelope), LETTER)
    assert [message_id for message_id, _ in point.sent] == [str(envelope.message_id)] * 2


def test_a_message_that_goes_while_we_add_to_it_has_gone(
    channel: EFormidling, point: Integrasjonspunkt, envelope: Envelope, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = point._send

    def another_worker_first(message_id: str) -> object:
        real(message_id)
        return real(message_id)

    monkeypatch.setattr(point, "_send", another_worker_first)
    assert isinstance(channel.send(envelope, LETTER), Taken)
    assert times_sent(point, envelope) == 1


def test_a_message_that_the_integrasjonspunkt_lost_is_refused_for_now(
    channel: EFormidling, point: Integrasjonspunkt, envelope: Envelope
) -> None:
    point.fails("send", "404")
    with pytest.raises(Refused) as refused:
        channel.send(envelope, LETTER)
    assert not refused.value.permanent


def test_a_message_whose_time_ran_out_while_we_tried_is_refused_for_good(
    channel: EFormidling, point: Integrasjonspunkt, envelope: Envelope
) -> None:
    point.fails("send", "500")
    with pytest.raises(Unclear):
        channel.send(envelope, LETTER)
    point.now = NOW + timedelta(hours=2)
    with pytest.raises(Refused, match="TimeToLiveException") as refused:
        channel.send(repeated(envelope), LETTER)
    assert refused.value.permanent
    assert point.sent == []


def test_a_message_given_up_by_the_integrasjonspunkt_is_not_sent_again(
    channel: EFormidling, point: Integrasjonspunkt, envelope: Envelope
) -> None:
    channel.send(envelope, LETTER)
    point.tell(envelope.message_id, "FEIL", after=timedelta(minutes=2))
    assert isinstance(channel.send(repeated(envelope), LETTER), Taken)
    assert times_sent(point, envelope) == 1


@pytest.mark.parametrize("known", [True, False])
def test_a_receiver_that_takes_nothing_confidential_must_be_reached_another_way(
    known: bool, channel: EFormidling, point: Integrasjonspunkt, envelope: Envelope
) -> None:
    if known:
        point.receiver(STRANGER, ORDINARY)
    with pytest.raises(CannotSend) as cannot:
        channel.send(replace(envelope, address=STRANGER), LETTER)
    assert cannot.value.hindrance is Hindrance.RECEIVER_NOT_THERE
    assert [one.method for one in point.asked] == ["GET"]


def test_the_confidential_process_without_archive_messages_is_not_enough(
    channel: EFormidling, point: Integrasjonspunkt, envelope: Envelope
) -> None:
    point.capabilities[THEIRS][0]["documentTypes"] = [{"type": "avtalt", "standard": "urn:no:difi:avtalt:xsd::avtalt"}]
    with pytest.raises(CannotSend):
        channel.send(envelope, LETTER)


def test_an_ordinary_process_is_not_enough_also_where_the_answer_offers_it_unasked(
    channel: EFormidling, point: Integrasjonspunkt, envelope: Envelope, monkeypatch: pytest.MonkeyPatch
) -> None:
    point.receiver(THEIRS, ORDINARY)
    monkeypatch.setattr(point, "_capabilities", lambda number, _: {"capabilities": point.capabilities[number]})
    with pytest.raises(CannotSend):
        channel.send(envelope, LETTER)


def test_a_wrong_password_is_refused_for_good_and_not_told(
    changed: Change, point: Integrasjonspunkt, envelope: Envelope
) -> None:
    with pytest.raises(Refused) as refused:
        changed(password="hemmelig").send(envelope, LETTER)
    assert refused.value.permanent
    assert "hemmelig" not in refused.value.answer
    assert "hemmelig" not in repr(changed(password="hemmelig"))


def test_what_the_error_says_in_free_words_is_not_repeated(
    channel: EFormidling, point: Integrasjonspunkt, envelope: Envelope
) -> None:
    point.fails("create", "400")
    with pytest.raises(Refused) as refused:
        channel.send(envelope, LETTER)
    assert refused.value.permanent
    assert refused.value.answer.endswith("400 NextMoveRuntimeException")


def test_an_integrasjonspunkt_that_is_down_has_taken_nothing(
    changed: Change, point: Integrasjonspunkt, envelope: Envelope
) -> None:
    with pytest.raises(Refused) as refused:
        changed(url="https://localhost:1").send(envelope, LETTER)
    assert not refused.value.permanent


def test_an_integrasjonspunkt_that_nobody_vouches_for_is_told_nothing(
    changed: Change, point: Integrasjonspunkt, envelope: Envelope, cast: Cast
) -> None:
    stranger = Line(ca=cast.stranger.certificate_pem().decode(), wait=0.5, longest=2)
    with pytest.raises(Refused):
        changed(line=stranger).send(envelope, LETTER)
    assert point.asked == []


def test_one_that_drips_for_ever_is_cut_off(channel: EFormidling, point: Integrasjonspunkt, envelope: Envelope) -> None:
    point.fails("capabilities", "drip")
    began = monotonic()
    with pytest.raises(Refused):
        channel.send(envelope, LETTER)
    assert monotonic() - began < 5


@pytest.mark.parametrize("how", ["500", "401", "hang", "drop", "nonsense"])
def test_no_answer_about_status_is_silence(
    how: str, channel: EFormidling, point: Integrasjonspunkt, envelope: Envelope
) -> None:
    point.fails("statuses", how)
    with pytest.raises(Silent):
        channel.statuses(envelope)


@pytest.mark.parametrize(
    "wrong", [{"lastUpdate": "i går"}, {"lastUpdate": "2026-03-02T20:05:00"}, {"lastUpdate": None}, {"status": ...}]
)
def test_a_status_that_can_not_be_read_is_silence(
    wrong: dict[str, object], channel: EFormidling, point: Integrasjonspunkt, envelope: Envelope
) -> None:
    point.tell(envelope.message_id, "LEVERT")
    told = point.statuses[str(envelope.message_id)][0]
    told.update(wrong)
    for name in [name for name, value in wrong.items() if value is ...]:
        del told[name]
    with pytest.raises(Silent):
        channel.statuses(envelope)


@pytest.mark.parametrize("address", ["", "310 073 903", "310073904", "31007390", "politi@granvik.example", "٣١٠٠٧٣٩٠٣"])
def test_only_an_organisation_number_is_an_address(address: str, channel: EFormidling, envelope: Envelope) -> None:
    with pytest.raises(CannotSend) as cannot:
        channel.check(replace(envelope, address=address))
    assert cannot.value.hindrance is Hindrance.BAD_ADDRESS


def test_a_letter_without_what_the_archive_needs_is_not_sent(channel: EFormidling, envelope: Envelope) -> None:
    for data in (None, b"", b"{}"):
        with pytest.raises(CannotSend) as cannot:
            channel.check(replace(envelope, data=data))
        assert cannot.value.hindrance is Hindrance.NO_DATA
