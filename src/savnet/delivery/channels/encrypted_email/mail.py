"""The e-mail itself: a neutral envelope anyone may read, and inside it the letter, signed and then encrypted."""

from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.ciphers.algorithms import AES256
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.hazmat.primitives.serialization.pkcs7 import (
    PKCS7EnvelopeBuilder,
    PKCS7Options,
    PKCS7SignatureBuilder,
)

from savnet.delivery.channel import Envelope
from savnet.delivery.sealing_for import encrypt_by_agreement

BODY = """\
Vedlagt ligger en melding til dere.

Referanse: {reference}

Vi ber den som tar imot meldingen, bekrefte det med navn og deres referanse.
"""
REPEATED = """
Meldingen er sendt før med samme referanse, men det er usikkert om den kom fram. Dette er utsending nummer {repeat}.
Har dere allerede tatt imot den, er det ikke en ny melding.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """With whose certificate and key the letters are signed, and the certificates that lead up to its issuer."""

    certificate: x509.Certificate
    key: RSAPrivateKey | EllipticCurvePrivateKey
    issuers: tuple[x509.Certificate, ...] = ()


def compose(
    envelope: Envelope,
    letter: bytes,
    *,
    sender: str,
    signer: Signer,
    certificate: x509.Certificate,
    body: str = BODY,
) -> EmailMessage:
    """The whole e-mail. In clear stand addresses, date, message id and a neutral subject, and nothing of the case."""
    mail = EmailMessage(policy=SMTP)
    mail["From"] = sender
    mail["To"] = envelope.address
    mail["Subject"] = f"Melding fra Savnet, ref. {envelope.short_id}"
    mail["Date"] = format_datetime(envelope.at)
    mail["Message-ID"] = message_header(envelope, sender)
    if envelope.repeat > 1:
        mail["X-Savnet-Repeat"] = str(envelope.repeat)
    sealed = encrypt(sign(content(envelope, letter, body), signer), certificate)
    mail.set_content(
        sealed, maintype="application", subtype="pkcs7-mime", disposition="attachment", filename="smime.p7m"
    )
    mail.set_param("smime-type", "enveloped-data")
    mail.set_param("name", "smime.p7m")
    return mail


def message_header(envelope: Envelope, sender: str) -> str:
    """The Message-ID: the same for every attempt of a message, so that a repeat is seen as one (I4)."""
    return f"<{envelope.message_id}@{sender.rpartition('@')[2]}>"


def content(envelope: Envelope, letter: bytes, body: str = BODY) -> bytes:
    """What the receiver reads after decryption: a short text, and the letter as a file with a neutral name."""
    inner = EmailMessage(policy=SMTP)
    text = body.format(reference=envelope.short_id)
    if envelope.repeat > 1:
        text += REPEATED.format(repeat=envelope.repeat)
    inner.set_content(text)
    name = f"melding-{envelope.short_id.lower()}.pdf"
    inner.add_attachment(letter, maintype="application", subtype="pdf", filename=name)
    return inner.as_bytes()


def sign(data: bytes, signer: Signer) -> bytes:
    """The content with a detached signature beside it, as a multipart/signed part."""
    builder = PKCS7SignatureBuilder().set_data(data).add_signer(signer.certificate, signer.key, SHA256())
    for issuer in signer.issuers:
        builder = builder.add_certificate(issuer)
    return builder.sign(Encoding.SMIME, [PKCS7Options.DetachedSignature])


def encrypt(data: bytes, certificate: x509.Certificate) -> bytes:
    """The data under a fresh AES-256 key that only the receiver's key opens."""
    if isinstance(certificate.public_key(), EllipticCurvePublicKey):
        return encrypt_by_agreement(data, certificate)
    builder = PKCS7EnvelopeBuilder().set_data(data).add_recipient(certificate)
    return builder.set_content_encryption_algorithm(AES256).encrypt(Encoding.DER, [PKCS7Options.Binary])
