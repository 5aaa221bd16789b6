"""The channel as the rest of delivery sees it: check first, then send."""

import re
from dataclasses import dataclass
from functools import lru_cache

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.validators import validate_email

from savnet.delivery.channel import CannotSend, Envelope
from savnet.delivery.channels.encrypted_email import mail, smtp
from savnet.delivery.channels.encrypted_email.certificates import addresses, usable
from savnet.delivery.words import Hindrance

CRL = re.compile("-----BEGIN X509 CRL-----.*?-----END X509 CRL-----", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class EncryptedEmail:
    """Signed and encrypted e-mail. Refuses without a valid certificate; never sends in clear."""

    server: smtp.Server
    sender: str
    signer: mail.Signer
    trusted: list[x509.Certificate]
    revoked: tuple[x509.CertificateRevocationList, ...] = ()

    def check(self, envelope: Envelope) -> None:
        """CannotSend where the address, the receiver's certificate or our own can't be used."""
        self._certificate(envelope)

    def send(self, envelope: Envelope, letter: bytes) -> str:
        """Send it, and return the mail server's answer, which is no receipt."""
        return self.carry(envelope, self.compose(envelope, letter))

    def compose(self, envelope: Envelope, letter: bytes, *, body: str = mail.BODY) -> bytes:
        """The e-mail as it would be carried; raise CannotSend where nobody could open it."""
        composed = mail.compose(
            envelope,
            letter,
            sender=self.sender,
            signer=self.signer,
            certificate=self._certificate(envelope),
            body=body,
        )
        return composed.as_bytes()

    def carry(self, envelope: Envelope, composed: bytes) -> str:
        """Hand a composed e-mail to the mail server, and return its answer."""
        return smtp.carry(
            composed,
            sender=self.sender,
            receiver=envelope.address,
            server=self.server,
            name=str(envelope.message_id),
        )

    def _certificate(self, envelope: Envelope) -> x509.Certificate:
        try:
            validate_email(envelope.address)
            envelope.address.encode("ascii")
        except (ValidationError, UnicodeEncodeError) as error:
            raise CannotSend(Hindrance.BAD_ADDRESS, f"«{envelope.address}» er ikke en gyldig e-postadresse.") from error
        self._require_own(envelope)
        return usable(
            envelope.certificate, envelope.address, at=envelope.at, trusted=self.trusted, revoked=self.revoked
        )

    def _require_own(self, envelope: Envelope) -> None:
        own = self.signer.certificate
        if not own.not_valid_before_utc <= envelope.at <= own.not_valid_after_utc:
            raise CannotSend(
                Hindrance.NOT_SET_UP, f"Vårt eget sertifikat gjaldt bare til {own.not_valid_after_utc:%d.%m.%Y}."
            )
        if self.sender.lower() not in addresses(own):
            raise CannotSend(Hindrance.NOT_SET_UP, f"Vårt eget sertifikat er ikke utstedt til {self.sender}.")


def from_settings() -> EncryptedEmail:
    """The channel as the settings describe it; CannotSend, naming what is missing, where they don't."""
    needed = ("SMTP_HOST", "MAIL_FROM", "SIGNING_CERTIFICATE", "SIGNING_KEY", "SMIME_CA")
    if missing := [f"SAVNET_{name}" for name in needed if not getattr(settings, name)]:
        raise CannotSend(Hindrance.NOT_SET_UP, f"Kryptert e-post er ikke satt opp. Mangler: {', '.join(missing)}.")
    return EncryptedEmail(
        server=_server(),
        sender=settings.MAIL_FROM,
        signer=_signer(settings.SIGNING_CERTIFICATE, settings.SIGNING_KEY),
        trusted=x509.load_pem_x509_certificates(settings.SMIME_CA.encode("ascii")),
        revoked=revocation_lists(settings.SMIME_CRL),
    )


@lru_cache(maxsize=2)
def revocation_lists(pem: str) -> tuple[x509.CertificateRevocationList, ...]:
    """The lists of what issuers have called back, one after the other; none where none are given."""
    return tuple(x509.load_pem_x509_crl(one.encode("ascii")) for one in CRL.findall(pem))


def _server() -> smtp.Server:
    return smtp.Server(
        host=settings.SMTP_HOST,
        port=settings.SMTP_PORT,
        implicit_tls=settings.SMTP_TLS == "tls",
        ca=settings.SMTP_CA or None,
        user=settings.SMTP_USER,
        password=settings.SMTP_PASSWORD,
        wait=settings.SMTP_WAIT,
    )


# Reading a private key checks it, which takes long enough to be felt on a page that shows nine notices.
@lru_cache(maxsize=4)
def _signer(certificate_pem: str, key_pem: str) -> mail.Signer:
    certificate, *issuers = x509.load_pem_x509_certificates(certificate_pem.encode("ascii"))
    key = load_pem_private_key(key_pem.encode("ascii"), password=None)
    if not isinstance(key, RSAPrivateKey | EllipticCurvePrivateKey) or key.public_key() != certificate.public_key():
        raise ImproperlyConfigured("SAVNET_SIGNING_KEY is not the key of SAVNET_SIGNING_CERTIFICATE. Set both anew.")
    return mail.Signer(certificate=certificate, key=key, issuers=tuple(issuers))
