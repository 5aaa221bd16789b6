"""When encrypted e-mail refuses to begin: each flaw is named, so that the letter goes on paper instead."""

import ssl
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ed25519
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding

from delivery.conftest import CWS, NOW, SENDER, Cast
from savnet.delivery.channel import CannotSend, Envelope
from savnet.delivery.channels.encrypted_email.channel import EncryptedEmail
from savnet.delivery.channels.encrypted_email.mail import Signer
from savnet.delivery.channels.encrypted_email.smtp import Server
from savnet.delivery.words import Hindrance
from savnet.demo.authority import Identity, issue_for_server

Connect = Callable[[Server], EncryptedEmail]
DAY = timedelta(days=1)


def pem(identity: Identity) -> str:
    return identity.certificate_pem().decode()


def hindrance(channel: EncryptedEmail, envelope: Envelope) -> Hindrance:
    with pytest.raises(CannotSend) as refusal:
        channel.check(envelope)
    assert refusal.value.reason.endswith(".")
    return refusal.value.hindrance


def test_a_valid_certificate_of_the_receiver_is_good(channel_to: Connect, nowhere: Server, envelope: Envelope) -> None:
    channel_to(nowhere).check(envelope)


def test_the_receivers_address_may_be_written_in_capitals(
    channel_to: Connect, nowhere: Server, envelope: Envelope
) -> None:
    channel_to(nowhere).check(replace(envelope, address=CWS.upper()))


@pytest.mark.parametrize(
    ("certificate", "expected"),
    [
        (None, Hindrance.NO_CERTIFICATE),
        ("", Hindrance.NO_CERTIFICATE),
        ("not a certificate", Hindrance.CERTIFICATE_UNREADABLE),
        ("æøå", Hindrance.CERTIFICATE_UNREADABLE),
    ],
)
def test_no_certificate_or_an_unreadable_one(
    certificate: str | None, expected: Hindrance, channel_to: Connect, nowhere: Server, envelope: Envelope
) -> None:
    assert hindrance(channel_to(nowhere), replace(envelope, certificate=certificate)) == expected


def test_a_certificate_holds_until_its_last_second_and_not_one_longer(
    cast: Cast, channel_to: Connect, nowhere: Server, envelope: Envelope
) -> None:
    short = replace(envelope, certificate=pem(cast.mail(valid_until=NOW)))
    channel_to(nowhere).check(short)
    late = replace(short, at=NOW + timedelta(seconds=1))
    assert hindrance(channel_to(nowhere), late) == Hindrance.CERTIFICATE_EXPIRED


def test_a_certificate_does_not_hold_before_its_first_second(
    cast: Cast, channel_to: Connect, nowhere: Server, envelope: Envelope
) -> None:
    coming = replace(envelope, certificate=pem(cast.mail(valid_from=NOW)))
    channel_to(nowhere).check(coming)
    early = replace(coming, at=NOW - timedelta(seconds=1))
    assert hindrance(channel_to(nowhere), early) == Hindrance.CERTIFICATE_NOT_YET_VALID


def test_another_receivers_certificate_is_refused(
    cast: Cast, channel_to: Connect, nowhere: Server, envelope: Envelope
) -> None:
    other = replace(envelope, certificate=pem(cast.mail("barnevern@granvika.example")))
    assert hindrance(channel_to(nowhere), other) == Hindrance.CERTIFICATE_OF_ANOTHER


def test_a_certificate_that_names_no_address_is_refused(
    cast: Cast, channel_to: Connect, nowhere: Server, envelope: Envelope
) -> None:
    server = issue_for_server(cast.authority, (CWS.partition("@")[2],), valid_from=NOW - DAY, valid_until=NOW + DAY)
    assert (
        hindrance(channel_to(nowhere), replace(envelope, certificate=pem(server))) == Hindrance.CERTIFICATE_OF_ANOTHER
    )


def test_a_key_of_fewer_than_2048_bits_is_refused(
    cast: Cast, channel_to: Connect, nowhere: Server, envelope: Envelope
) -> None:
    weak = replace(envelope, certificate=pem(cast.mail(key_size=1024)))
    assert hindrance(channel_to(nowhere), weak) == Hindrance.CERTIFICATE_TOO_WEAK


def own_certificate(cast: Cast, *extensions: x509.ExtensionType, key: object = None) -> str:
    """A certificate for the receiver's address with just these extensions."""
    builder = x509.CertificateBuilder().subject_name(x509.Name([])).issuer_name(cast.authority.certificate.subject)
    builder = builder.public_key(key or cast.receiver.key.public_key())  # type: ignore[arg-type]
    builder = builder.serial_number(7).not_valid_before(NOW - DAY).not_valid_after(NOW + DAY)
    for extension in (x509.SubjectAlternativeName([x509.RFC822Name(CWS)]), *extensions):
        builder = builder.add_extension(extension, critical=False)
    return builder.sign(cast.authority.key, SHA256()).public_bytes(Encoding.PEM).decode()


def test_a_key_we_cannot_encrypt_to_is_refused(
    cast: Cast, channel_to: Connect, nowhere: Server, envelope: Envelope
) -> None:
    key = ed25519.Ed25519PrivateKey.generate().public_key()
    odd = replace(envelope, certificate=own_certificate(cast, key=key))
    assert hindrance(channel_to(nowhere), odd) == Hindrance.CERTIFICATE_TOO_WEAK


@pytest.mark.parametrize(
    "extension",
    [
        x509.ExtendedKeyUsage([x509.ExtendedKeyUsageOID.SERVER_AUTH]),
        x509.KeyUsage(
            digital_signature=True,
            key_encipherment=False,
            content_commitment=False,
            data_encipherment=False,
            key_agreement=False,
            key_cert_sign=False,
            crl_sign=False,
            encipher_only=False,
            decipher_only=False,
        ),
    ],
    ids=["for servers", "for signing only"],
)
def test_a_certificate_for_something_else_is_refused(
    extension: x509.ExtensionType, cast: Cast, channel_to: Connect, nowhere: Server, envelope: Envelope
) -> None:
    odd = replace(envelope, certificate=own_certificate(cast, extension))
    assert hindrance(channel_to(nowhere), odd) == Hindrance.CERTIFICATE_FOR_OTHER_USE


def test_a_certificate_from_an_unknown_issuer_is_refused(
    cast: Cast, channel_to: Connect, nowhere: Server, envelope: Envelope
) -> None:
    foreign = replace(envelope, certificate=pem(cast.mail(authority=cast.stranger)))
    assert hindrance(channel_to(nowhere), foreign) == Hindrance.CERTIFICATE_NOT_TRUSTED


@pytest.mark.parametrize(
    "address", ["", "barnevern", "barnevern@", "a@b.example\r\nBcc: c@d.example", "bærnevern@granvik.example"]
)
def test_what_is_no_address_is_refused(address: str, channel_to: Connect, nowhere: Server, envelope: Envelope) -> None:
    assert hindrance(channel_to(nowhere), replace(envelope, address=address)) == Hindrance.BAD_ADDRESS


def test_our_own_certificate_that_has_run_out_stops_the_channel(
    cast: Cast, channel_to: Connect, nowhere: Server, envelope: Envelope
) -> None:
    old = cast.mail(SENDER, valid_until=NOW - timedelta(seconds=1))
    channel = replace(channel_to(nowhere), signer=Signer(certificate=old.certificate, key=old.key))
    assert hindrance(channel, envelope) == Hindrance.NOT_SET_UP


def test_our_own_certificate_must_be_the_senders(
    cast: Cast, channel_to: Connect, nowhere: Server, envelope: Envelope
) -> None:
    channel = replace(channel_to(nowhere), sender="noen.andre@mottaket.example")
    assert hindrance(channel, envelope) == Hindrance.NOT_SET_UP


def test_a_refusal_to_begin_touches_no_network(
    channel_to: Connect, nowhere: Server, envelope: Envelope, monkeypatch: pytest.MonkeyPatch
) -> None:
    def touched(*_: object, **__: object) -> None:
        raise AssertionError("the network was touched")

    monkeypatch.setattr(ssl, "create_default_context", touched)
    with pytest.raises(CannotSend):
        channel_to(nowhere).send(replace(envelope, certificate=None), b"letter")
