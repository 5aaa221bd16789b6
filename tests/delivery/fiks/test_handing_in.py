"""Handing a message in to a portal that checks everything: what it holds then, and how each failure is told."""

import uuid
from dataclasses import replace
from datetime import timedelta

import pytest

from delivery.conftest import LETTER, NOW, Cast
from delivery.fiks.conftest import CANARY, GRANVIK, NOT_THERE, STORVIK, concern_message
from delivery.fiks.portal_peer import Fault, Peer
from savnet.delivery.channel import CannotSend, Envelope, Refused, Unclear
from savnet.delivery.channels.fiks.channel import Fiks
from savnet.delivery.channels.fiks.portal import LONGEST_HANDING_IN, LONGEST_QUESTION
from savnet.delivery.dispatch import LONGEST_ATTEMPT
from savnet.delivery.words import Hindrance

HAND_IN = "/offentlig"


def to(envelope: Envelope, municipality: str, address: str | None = None) -> Envelope:
    return replace(envelope, address=address or municipality, data=concern_message(municipality).data())


def test_the_portal_holds_the_letter_twice_and_the_form_once(fiks: Fiks, peer: Peer, envelope: Envelope) -> None:
    taken = fiks.send(envelope, LETTER)
    (received,) = peer.received
    assert received.packed_pdf == received.printed_pdf == LETTER
    assert str(received.number) in taken.answer
    assert received.form["bydelsnummer"] == "00"
    assert received.form["offentligBarn"][0]["personnavn"] == f"Kanarifugl {CANARY}"


def test_the_form_is_dated_in_norwegian_time_without_a_zone(fiks: Fiks, peer: Peer, envelope: Envelope) -> None:
    fiks.send(envelope, LETTER)
    assert peer.received[0].form["sendingstidspunkt"] == "2026-03-02T21:05:00"


def test_the_receiver_reads_our_reference_and_whether_it_may_be_a_repeat(
    fiks: Fiks, peer: Peer, envelope: Envelope
) -> None:
    fiks.send(envelope, LETTER)
    fiks.send(replace(envelope, repeat=2), LETTER)
    first, second = (one.form["melding"]["melding"] for one in peer.received)
    assert envelope.short_id in first
    assert envelope.short_id in second
    assert "sendt før" not in first
    assert "utsending nummer 2" in second


@pytest.mark.parametrize(("address", "district"), [(STORVIK, "02"), (f"{STORVIK}/01", "01"), (GRANVIK, "00")])
def test_it_goes_to_the_district_asked_for_or_else_to_the_standard_one(
    address: str, district: str, fiks: Fiks, peer: Peer, envelope: Envelope
) -> None:
    fiks.send(to(envelope, address[:4], address), LETTER)
    assert peer.received[0].district == district


def test_a_municipality_that_does_not_take_part_gets_it_another_way(fiks: Fiks, peer: Peer, envelope: Envelope) -> None:
    with pytest.raises(CannotSend, match="ikke imot bekymringsmeldinger") as cannot:
        fiks.send(to(envelope, NOT_THERE), LETTER)
    assert cannot.value.hindrance is Hindrance.RECEIVER_NOT_THERE
    assert not any(method == "POST" and HAND_IN in path for method, path in peer.asked)


def test_a_district_that_is_not_there_is_never_replaced_by_another(fiks: Fiks, peer: Peer, envelope: Envelope) -> None:
    with pytest.raises(CannotSend) as cannot:
        fiks.send(to(envelope, STORVIK, f"{STORVIK}/77"), LETTER)
    assert cannot.value.hindrance is Hindrance.BAD_ADDRESS
    assert not peer.received


def test_no_district_is_guessed_where_none_is_the_standard_one(fiks: Fiks, peer: Peer, envelope: Envelope) -> None:
    for district in peer.municipalities[STORVIK]:
        district |= {"standardMottaker": False}
    with pytest.raises(CannotSend):
        fiks.send(to(envelope, STORVIK), LETTER)


def test_a_token_that_has_run_out_is_replaced_without_anybody_noticing(
    fiks: Fiks, peer: Peer, envelope: Envelope
) -> None:
    fiks.send(envelope, LETTER)
    peer.tokens = dict.fromkeys(peer.tokens, NOW)
    fiks.send(replace(envelope, repeat=2), LETTER)
    assert len(peer.statements) == 2
    assert len(peer.received) == 2


def test_a_portal_that_refuses_every_token_is_asked_twice_and_no_more(
    fiks: Fiks, peer: Peer, envelope: Envelope
) -> None:
    peer.faults = [Fault(HAND_IN, "answer", 401, times=9)]
    with pytest.raises(Refused) as refused:
        fiks.send(envelope, LETTER)
    assert not refused.value.permanent
    assert [path for _, path in peer.asked if HAND_IN in path] == [peer.asked[-1][1]] * 2


@pytest.mark.parametrize(("status", "permanent"), [(400, True), (403, True), (413, True), (429, False), (503, False)])
def test_a_refusal_is_for_good_unless_it_is_about_the_moment(
    status: int, permanent: bool, fiks: Fiks, peer: Peer, envelope: Envelope
) -> None:
    peer.faults = [Fault(HAND_IN, "answer", status)]
    with pytest.raises(Refused) as refused:
        fiks.send(envelope, LETTER)
    assert refused.value.permanent is permanent
    assert not peer.received


@pytest.mark.parametrize("status", [500, 502, 504])
@pytest.mark.parametrize("after", [False, True])
def test_a_portal_that_breaks_down_over_the_message_may_have_kept_it(
    status: int, after: bool, fiks: Fiks, peer: Peer, envelope: Envelope
) -> None:
    peer.faults = [Fault(HAND_IN, "answer", status, after=after)]
    with pytest.raises(Unclear):
        fiks.send(envelope, LETTER)
    assert len(peer.received) == after


@pytest.mark.parametrize("how", ["drop", "hang"])
def test_a_line_that_breaks_after_the_message_leaves_it_unclear(
    how: str, fiks: Fiks, peer: Peer, envelope: Envelope
) -> None:
    peer.faults = [Fault(HAND_IN, how, after=True)]
    with pytest.raises(Unclear):
        fiks.send(envelope, LETTER)
    assert len(peer.received) == 1


def test_a_message_taken_without_a_number_is_unclear(fiks: Fiks, peer: Peer, envelope: Envelope) -> None:
    peer.faults = [Fault(HAND_IN, "answer", 200, after=True, body=b"<html>")]
    with pytest.raises(Unclear, match="uten noe nummer"):
        fiks.send(envelope, LETTER)


@pytest.mark.parametrize("path", ["/token", "/bydeler", "/krypteringsnokler"])
@pytest.mark.parametrize(
    "fault", [Fault("", "drop"), Fault("", "hang"), Fault("", "answer", 503), Fault("", "answer", 200)]
)
def test_whatever_fails_before_the_message_is_under_way_is_a_refusal_for_now(
    path: str, fault: Fault, fiks: Fiks, peer: Peer, envelope: Envelope
) -> None:
    peer.faults = [replace(fault, path=path, times=1)]
    with pytest.raises(Refused) as refused:
        fiks.send(envelope, LETTER)
    assert not refused.value.permanent
    assert not peer.received


@pytest.mark.parametrize("path", ["/bydeler", "/krypteringsnokler", HAND_IN])
def test_a_receiver_the_portal_does_not_know_gets_it_another_way(
    path: str, fiks: Fiks, peer: Peer, envelope: Envelope
) -> None:
    peer.faults = [Fault(path, "answer", 404)]
    with pytest.raises(CannotSend, match="404"):
        fiks.send(envelope, LETTER)
    assert not peer.received


def test_the_slowest_attempt_ends_before_it_is_given_up_for_dead() -> None:
    """Every call is refused for its token once: two questions and one handing in, each twice, and four tokens."""
    slowest = (4 + 4) * LONGEST_QUESTION + 2 * LONGEST_HANDING_IN
    assert timedelta(seconds=slowest) < LONGEST_ATTEMPT


def test_a_message_of_more_than_5_mb_goes_another_way(fiks: Fiks, peer: Peer, envelope: Envelope) -> None:
    with pytest.raises(CannotSend, match="5 MB") as cannot:
        fiks.send(envelope, uuid.uuid4().bytes * 330_000)
    assert cannot.value.hindrance is Hindrance.TOO_LARGE
    assert not peer.received


@pytest.mark.parametrize("status", [400, 403, 500, 503])
def test_what_the_portal_writes_in_its_errors_is_never_passed_on(
    status: int, fiks: Fiks, peer: Peer, envelope: Envelope
) -> None:
    number = uuid.uuid4()
    body = f'{{"message": "{CANARY}", "errorId": "{number}"}}'.encode()
    peer.faults = [Fault(HAND_IN, "answer", status, body=body)]
    with pytest.raises((Refused, Unclear)) as told:
        fiks.send(envelope, LETTER)
    assert CANARY not in str(told.value)
    assert str(number) in str(told.value)
    assert str(status) in str(told.value)


def test_nothing_of_the_case_stands_in_an_address_or_a_representation(
    fiks: Fiks, peer: Peer, envelope: Envelope
) -> None:
    fiks.send(envelope, LETTER)
    assert CANARY not in repr((envelope, fiks, peer.asked))
    assert "ikke-et-ekte-passord" not in repr(fiks)
    assert "token-0" not in repr(fiks)


@pytest.mark.parametrize("address", ["", "1", "00010", "0001/1", "0001/001", "barnevern@granvik.example"])
def test_only_a_municipalitys_number_is_an_address_here(address: str, fiks: Fiks, envelope: Envelope) -> None:
    with pytest.raises(CannotSend) as cannot:
        fiks.check(replace(envelope, address=address))
    assert cannot.value.hindrance is Hindrance.BAD_ADDRESS


@pytest.mark.parametrize("data", [None, b"", b"[]", b"{}", b'{"melding": "tekst"}'])
def test_a_letter_without_a_concern_message_beside_it_goes_another_way(
    data: bytes | None, fiks: Fiks, envelope: Envelope
) -> None:
    with pytest.raises(CannotSend) as cannot:
        fiks.check(replace(envelope, data=data))
    assert cannot.value.hindrance is Hindrance.NO_DATA


def test_a_message_written_to_one_municipality_is_never_sent_to_another(fiks: Fiks, envelope: Envelope) -> None:
    with pytest.raises(CannotSend, match="annen kommune"):
        fiks.check(replace(envelope, address=STORVIK))


def test_our_own_certificate_must_be_valid_when_it_is_used(fiks: Fiks, envelope: Envelope) -> None:
    with pytest.raises(CannotSend) as cannot:
        fiks.check(replace(envelope, at=fiks.organisation.certificate.not_valid_after_utc.replace(year=2030)))
    assert cannot.value.hindrance is Hindrance.NOT_SET_UP


def test_checking_asks_nobody(fiks: Fiks, peer: Peer, envelope: Envelope) -> None:
    fiks.check(envelope)
    assert not peer.asked


@pytest.mark.parametrize("number", ["1", "../..", "00/x", "٠٠"])
def test_a_district_that_is_no_number_is_not_asked_for(number: str, fiks: Fiks, peer: Peer, envelope: Envelope) -> None:
    peer.municipalities[GRANVIK] = [{"bydelsnummer": number, "bydelsnavn": "Granvik", "standardMottaker": True}]
    with pytest.raises(Refused, match="ikke kan lese"):
        fiks.send(envelope, LETTER)
    assert "krypteringsnokler" not in peer.asked[-1][1]


@pytest.mark.parametrize("owner", ["printer", "system"])
def test_a_key_that_has_run_out_is_not_encrypted_to(
    owner: str, fiks: Fiks, peer: Peer, envelope: Envelope, cast: Cast
) -> None:
    old = cast.mail("old@ks.example", valid_until=NOW - timedelta(minutes=1))
    setattr(peer, owner, old)
    with pytest.raises(Refused, match="ikke gjelder nå") as refused:
        fiks.send(envelope, LETTER)
    assert not refused.value.permanent
    assert not peer.received


def test_a_key_that_is_too_weak_is_not_encrypted_to(fiks: Fiks, peer: Peer, envelope: Envelope, cast: Cast) -> None:
    peer.system = cast.mail("weak@ks.example", key_size=1024)
    with pytest.raises(Refused, match="for svak"):
        fiks.send(envelope, LETTER)
    assert not peer.received
