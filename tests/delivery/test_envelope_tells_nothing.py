"""Nothing of the case stands where a mail server, or anybody who looks over its shoulder, can read it."""

import base64
import email
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from delivery.conftest import CWS, NOW, SENDER, Cast
from savnet.delivery.channel import Envelope
from savnet.delivery.channels.encrypted_email.mail import Signer, compose

HEADERS = {
    "from", "to", "subject", "date", "message-id", "mime-version",
    "content-type", "content-transfer-encoding", "content-disposition",
}  # fmt: skip


def composed(cast: Cast, letter: bytes, **terms: object) -> bytes:
    envelope = Envelope(**{"message_id": UUID(int=7), "address": CWS, "at": NOW, **terms})  # type: ignore[arg-type]
    signer = Signer(certificate=cast.sender.certificate, key=cast.sender.key)
    mail = compose(envelope, letter, sender=SENDER, signer=signer, certificate=cast.receiver.certificate)
    return mail.as_bytes()


@given(canary=st.binary(min_size=8, max_size=200), repeat=st.integers(1, 3))
@settings(max_examples=25, deadline=None)
def test_no_part_of_the_letter_is_readable_in_the_raw_mail(cast: Cast, canary: bytes, repeat: int) -> None:
    raw = composed(cast, canary, repeat=repeat)
    body = email.message_from_bytes(raw).get_payload(decode=True)
    for wire in (raw, body):
        assert canary not in wire
        assert base64.b64encode(canary) not in wire
    assert b"Vedlagt" not in raw + body
    assert b"melding-" not in raw + body


def test_the_headers_are_these_and_say_nothing(cast: Cast) -> None:
    mail = email.message_from_bytes(composed(cast, b"letter"))
    assert {name.lower() for name in mail} == HEADERS
    assert mail["Subject"] == "Melding fra Savnet, ref. 00000000"
    assert mail.get_filename() == "smime.p7m"


def test_two_mails_of_the_same_letter_share_no_key(cast: Cast) -> None:
    bodies = [email.message_from_bytes(composed(cast, b"letter")).get_payload(decode=True) for _ in range(2)]
    assert bodies[0] != bodies[1]


def test_a_repeat_shows_outside_as_a_number_only(cast: Cast) -> None:
    mail = email.message_from_bytes(composed(cast, b"letter", repeat=3))
    assert mail["X-Savnet-Repeat"] == "3"
    assert "sendt før" not in mail.as_string()
