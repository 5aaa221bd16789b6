"""Certificates as receivers have them: elliptic keys, issuers between, and those that were called back."""

import subprocess
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from delivery.conftest import CWS, NOW, Cast
from savnet.delivery.channel import CannotSend
from savnet.delivery.channels.encrypted_email.certificates import usable
from savnet.delivery.channels.encrypted_email.channel import revocation_lists
from savnet.delivery.channels.encrypted_email.mail import encrypt
from savnet.delivery.words import Hindrance
from savnet.demo.authority import Identity

DAY = timedelta(days=1)
CURVES = {"P-256": ec.SECP256R1(), "P-384": ec.SECP384R1(), "P-521": ec.SECP521R1()}


def name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, text)])


def issued(
    issuer: Identity, key: Any, *, agrees: bool = True, ca: bool = False, called: str = "Mottaker"
) -> x509.Certificate:
    """A certificate for the child-welfare service, or for an issuer between."""
    usage = {
        "digital_signature": not ca, "key_encipherment": False, "key_agreement": agrees and not ca,
        "key_cert_sign": ca, "crl_sign": ca, "content_commitment": False, "data_encipherment": False,
        "encipher_only": False, "decipher_only": False,
    }  # fmt: skip
    own = key.public_key()
    builder = x509.CertificateBuilder().subject_name(name(called)).issuer_name(issuer.certificate.subject)
    builder = builder.public_key(own).serial_number(x509.random_serial_number())
    builder = builder.not_valid_before(NOW - DAY).not_valid_after(NOW + 30 * DAY)
    builder = builder.add_extension(x509.KeyUsage(**usage), critical=True)
    authority = x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.key.public_key())
    builder = builder.add_extension(authority, critical=False)
    builder = builder.add_extension(x509.SubjectKeyIdentifier.from_public_key(own), critical=False)
    if ca:
        builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    else:
        builder = builder.add_extension(x509.SubjectAlternativeName([x509.RFC822Name(CWS)]), critical=False)
    return builder.sign(issuer.key, SHA256())


def pem(*certificates: x509.Certificate) -> str:
    return "".join(one.public_bytes(Encoding.PEM).decode() for one in certificates)


def crl(issuer: Identity, *serials: int, by: Identity | None = None, next_update: timedelta = DAY) -> Any:
    builder = x509.CertificateRevocationListBuilder().issuer_name(issuer.certificate.subject)
    builder = builder.last_update(NOW - 2 * DAY).next_update(NOW + next_update)
    for serial in serials:
        revoked = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(NOW - 2 * DAY).build()
        builder = builder.add_revoked_certificate(revoked)
    return builder.sign((by or issuer).key, SHA256())


@pytest.mark.parametrize("curve", CURVES)
def test_openssl_opens_what_was_encrypted_to_an_elliptic_key(curve: str, cast: Cast, tmp_path: Path) -> None:
    key = ec.generate_private_key(CURVES[curve])
    certificate = usable(pem(issued(cast.authority, key)), CWS, at=NOW, trusted=[cast.authority.certificate])
    (tmp_path / "sealed").write_bytes(encrypt(b"Kanarifugl Zzyzx", certificate))
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (tmp_path / "own").write_bytes(certificate.public_bytes(Encoding.PEM) + secret)
    command = "openssl cms -decrypt -inform DER -in sealed -recip own"
    opened = subprocess.run(command.split(), cwd=tmp_path, capture_output=True)
    assert opened.stdout == b"Kanarifugl Zzyzx", opened.stderr
    assert b"Zzyzx" not in (tmp_path / "sealed").read_bytes()


def test_an_elliptic_key_that_is_only_for_signing_is_refused(cast: Cast) -> None:
    certificate = issued(cast.authority, ec.generate_private_key(ec.SECP256R1()), agrees=False)
    with pytest.raises(CannotSend) as refusal:
        usable(pem(certificate), CWS, at=NOW, trusted=[cast.authority.certificate])
    assert refusal.value.hindrance is Hindrance.CERTIFICATE_FOR_OTHER_USE


def test_an_unusual_curve_is_refused(cast: Cast) -> None:
    certificate = issued(cast.authority, ec.generate_private_key(ec.SECP256K1()))
    with pytest.raises(CannotSend) as refusal:
        usable(pem(certificate), CWS, at=NOW, trusted=[cast.authority.certificate])
    assert refusal.value.hindrance is Hindrance.CERTIFICATE_TOO_WEAK


def test_issuers_between_that_came_with_it_lead_up_to_one_we_trust(cast: Cast, db: None) -> None:
    root = replace(cast.authority)
    root_key = ec.generate_private_key(ec.SECP256R1())
    # The demo's authority issues no issuers, so the one at the top is made here.
    top = _self_signed("Øverst", root_key)
    between_key, own_key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    between = issued(Identity(top, root_key), between_key, ca=True, called="Mellom")  # type: ignore[arg-type]
    own = issued(Identity(between, between_key), own_key)  # type: ignore[arg-type]
    assert usable(pem(own, between), CWS, at=NOW, trusted=[top]) == own
    for alone in (pem(own), pem(own, root.certificate)):
        with pytest.raises(CannotSend) as refusal:
            usable(alone, CWS, at=NOW, trusted=[top])
        assert refusal.value.hindrance is Hindrance.CERTIFICATE_NOT_TRUSTED


def _self_signed(called: str, key: Any) -> x509.Certificate:
    own = key.public_key()
    builder = x509.CertificateBuilder().subject_name(name(called)).issuer_name(name(called)).public_key(own)
    builder = builder.serial_number(x509.random_serial_number())
    builder = builder.not_valid_before(NOW - DAY).not_valid_after(NOW + 90 * DAY)
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=1), critical=True)
    builder = builder.add_extension(x509.SubjectKeyIdentifier.from_public_key(own), critical=False)
    authority = x509.AuthorityKeyIdentifier.from_issuer_public_key(own)
    builder = builder.add_extension(authority, critical=False)
    usage = dict.fromkeys(
        ("digital_signature", "key_encipherment", "key_agreement", "content_commitment", "data_encipherment",
         "encipher_only", "decipher_only"), False,
    )  # fmt: skip
    return builder.add_extension(x509.KeyUsage(key_cert_sign=True, crl_sign=True, **usage), critical=True).sign(
        key, SHA256()
    )


@pytest.mark.parametrize("next_update", [DAY, -DAY], ids=["fresh", "past its next update"])
def test_a_certificate_that_its_issuer_called_back_is_refused(cast: Cast, next_update: timedelta) -> None:
    serial = cast.receiver.certificate.serial_number
    listed = crl(cast.authority, 17, serial, next_update=next_update)
    with pytest.raises(CannotSend) as refusal:
        usable(pem(cast.receiver.certificate), CWS, at=NOW, trusted=[cast.authority.certificate], revoked=[listed])
    assert refusal.value.hindrance is Hindrance.CERTIFICATE_REVOKED


def test_a_list_that_somebody_else_signed_or_that_names_others_changes_nothing(cast: Cast) -> None:
    serial = cast.receiver.certificate.serial_number
    lists = [crl(cast.authority, serial, by=cast.stranger), crl(cast.stranger, serial), crl(cast.authority, 17)]
    own = cast.receiver.certificate
    assert usable(pem(own), CWS, at=NOW, trusted=[cast.authority.certificate], revoked=lists) == own


def test_lists_are_read_one_after_the_other(cast: Cast) -> None:
    texts = [
        crl(cast.authority, 17).public_bytes(Encoding.PEM).decode(),
        crl(cast.stranger).public_bytes(Encoding.PEM).decode(),
    ]
    assert [one.issuer for one in revocation_lists("\n".join(texts))] == [
        cast.authority.certificate.subject, cast.stranger.certificate.subject,
    ]  # fmt: skip
    assert revocation_lists("") == ()
