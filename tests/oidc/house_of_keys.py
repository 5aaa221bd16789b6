"""Keys and certificates for the tests' provider, made anew each time."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

Key = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


@dataclass(frozen=True, slots=True)
class Certified:
    """A server's key and certificate, and the authority that vouches for it; all PEM."""

    key: str
    certificate: str
    authority: str


def pem(key: Key) -> str:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def localhost() -> Certified:
    """A certificate for localhost from an authority of our own."""
    authority_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    us = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Tests' authority")])
    it = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    authority = _signed(us, us, authority_key, by=authority_key, extension=x509.BasicConstraints(True, 0))
    names = x509.SubjectAlternativeName([x509.DNSName("localhost")])
    certificate = _signed(it, us, key, by=authority_key, extension=names)
    return Certified(pem(key), _text(certificate), _text(authority))


def _signed(
    subject: x509.Name, issuer: x509.Name, key: Key, *, by: ec.EllipticCurvePrivateKey, extension: x509.ExtensionType
) -> x509.Certificate:
    now = datetime.now(UTC)
    made = x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(key.public_key())
    made = made.serial_number(x509.random_serial_number()).not_valid_before(now - timedelta(hours=1))
    made = made.not_valid_after(now + timedelta(days=1)).add_extension(extension, critical=True)
    identifier = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
    made = made.add_extension(identifier, critical=False)
    vouched = x509.AuthorityKeyIdentifier.from_issuer_public_key(by.public_key())
    return made.add_extension(vouched, critical=False).sign(by, SHA256())


def _text(certificate: x509.Certificate) -> str:
    return certificate.public_bytes(Encoding.PEM).decode()
