"""A signature is true for exactly the bytes that were signed, and only from a signer we trust."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email import message_from_bytes

import pytest
from cryptography import x509
from hypothesis import given, settings
from hypothesis import strategies as st

from savnet.delivery.channels.encrypted_email.mail import Signer, sign
from savnet.demo.authority import Identity, issue_for_mail, new_authority
from savnet.demo.signature import BadSignature, verify

NOW = datetime(2026, 3, 2, tzinfo=UTC)
CONTENT = b"Content-Type: text/plain\r\n\r\nKjaere mottaker\r\n"


@pytest.fixture(scope="module")
def authority() -> Identity:
    return new_authority("Prøveutsteder", NOW)


@pytest.fixture(scope="module")
def signed(authority: Identity) -> bytes:
    own = issue_for_mail(authority, "a@b.example", name="Avsender", valid_from=NOW, valid_until=NOW + timedelta(days=1))
    mail = message_from_bytes(sign(CONTENT, Signer(certificate=own.certificate, key=own.key)))
    _, signature = mail.get_payload()
    return bytes(signature.get_payload(decode=True))


def test_the_signers_certificate_is_told(signed: bytes, authority: Identity) -> None:
    certificate = verify(CONTENT, signed, authority=authority.certificate)
    assert certificate.subject.get_attributes_for_oid(x509.NameOID.COMMON_NAME)[0].value == "Avsender"


@given(place=st.integers(0, len(CONTENT) - 1), bit=st.integers(0, 7))
@settings(deadline=None)
def test_a_single_changed_bit_of_the_content_is_seen(place: int, bit: int, signed: bytes, authority: Identity) -> None:
    changed = bytearray(CONTENT)
    changed[place] ^= 1 << bit
    with pytest.raises(BadSignature, match="endret"):
        verify(bytes(changed), signed, authority=authority.certificate)


def test_a_signer_from_an_unknown_issuer_is_not_trusted(signed: bytes) -> None:
    stranger = new_authority("Prøveutsteder", NOW)
    with pytest.raises(BadSignature, match="stole på"):
        verify(CONTENT, signed, authority=stranger.certificate)


@pytest.mark.parametrize("spoil", [lambda raw: b"", lambda raw: raw[:-1], lambda raw: raw[:-5] + b"12345"])
def test_a_spoilt_signature_is_refused(spoil: Callable[[bytes], bytes], signed: bytes, authority: Identity) -> None:
    with pytest.raises(BadSignature):
        verify(CONTENT, spoil(signed), authority=authority.certificate)
