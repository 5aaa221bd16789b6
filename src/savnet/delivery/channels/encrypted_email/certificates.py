"""May this certificate be used to encrypt to this address now? If not, the reason, in words a person can act on."""

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID
from cryptography.x509.verification import ExtensionPolicy, PolicyBuilder, Store, VerificationError

from savnet.delivery.channel import CannotSend
from savnet.delivery.words import Hindrance

SHORTEST_RSA_KEY = 2048
CURVES = (ec.SECP256R1, ec.SECP384R1, ec.SECP521R1)
BROKEN_HASHES = (hashes.MD5, hashes.SHA1)


def usable(
    pem: str | None,
    address: str,
    *,
    at: datetime,
    trusted: list[x509.Certificate],
    revoked: Sequence[x509.CertificateRevocationList] = (),
) -> x509.Certificate:
    """The receiver's certificate if it may be used; CannotSend with the reason if not.

    In the PEM the receiver's own comes first; those after it lead up to an issuer that we trust.
    """
    certificate, *issuers = read(pem, address)
    _require_in_time(certificate, address, at)
    _require_address(certificate, address)
    _require_strength(certificate, address)
    _require_use(certificate, address)
    chain = _require_trust(certificate, issuers, address, at=at, trusted=trusted)
    require_not_revoked(chain, address, revoked=revoked)
    return certificate


def read(pem: str | None, address: str) -> list[x509.Certificate]:
    """The certificate itself, and those that came with it."""
    if not pem:
        raise CannotSend(Hindrance.NO_CERTIFICATE, f"Vi har ikke noe sertifikat for {address}.")
    try:
        return x509.load_pem_x509_certificates(pem.encode("utf-8"))
    except ValueError as error:
        raise CannotSend(
            Hindrance.CERTIFICATE_UNREADABLE, f"Sertifikatet for {address} kan ikke leses: {error}."
        ) from error


def _require_in_time(certificate: x509.Certificate, address: str, at: datetime) -> None:
    """Refuse a certificate before its time and after it; both limits are the certificate's own."""
    if at < certificate.not_valid_before_utc:
        raise CannotSend(
            Hindrance.CERTIFICATE_NOT_YET_VALID,
            f"Sertifikatet for {address} gjelder først fra {certificate.not_valid_before_utc:%d.%m.%Y}.",
        )
    if at > certificate.not_valid_after_utc:
        raise CannotSend(
            Hindrance.CERTIFICATE_EXPIRED,
            f"Sertifikatet for {address} gikk ut {certificate.not_valid_after_utc:%d.%m.%Y}.",
        )


def addresses(certificate: x509.Certificate) -> set[str]:
    """The e-mail addresses that the certificate itself names, in small letters."""
    try:
        names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        return set()
    return {name.lower() for name in names.get_values_for_type(x509.RFC822Name)}


def _require_address(certificate: x509.Certificate, address: str) -> None:
    if address.lower() not in addresses(certificate):
        raise CannotSend(Hindrance.CERTIFICATE_OF_ANOTHER, f"Sertifikatet er ikke utstedt til {address}.")


def _require_strength(certificate: x509.Certificate, address: str) -> None:
    key = certificate.public_key()
    strong = isinstance(key, rsa.RSAPublicKey) and key.key_size >= SHORTEST_RSA_KEY
    if not strong and not (isinstance(key, ec.EllipticCurvePublicKey) and isinstance(key.curve, CURVES)):
        raise CannotSend(
            Hindrance.CERTIFICATE_TOO_WEAK,
            f"Sertifikatet for {address} må ha en RSA-nøkkel på minst 2048 biter, eller en nøkkel på kurven P-256, "
            "P-384 eller P-521.",
        )
    if isinstance(certificate.signature_hash_algorithm, BROKEN_HASHES):
        raise CannotSend(
            Hindrance.CERTIFICATE_TOO_WEAK, f"Sertifikatet for {address} er signert med en foreldet metode."
        )


def _require_use(certificate: x509.Certificate, address: str) -> None:
    """Where the certificate says what it is for, that must include encrypting e-mail: an elliptic key agrees on one."""
    elliptic = isinstance(certificate.public_key(), ec.EllipticCurvePublicKey)
    for extension in certificate.extensions:
        if isinstance(extension.value, x509.KeyUsage) and not (
            extension.value.key_agreement if elliptic else extension.value.key_encipherment
        ):
            break
        if isinstance(extension.value, x509.ExtendedKeyUsage) and not (
            {ExtendedKeyUsageOID.EMAIL_PROTECTION, ExtendedKeyUsageOID.ANY_EXTENDED_KEY_USAGE} & set(extension.value)
        ):
            break
    else:
        return
    raise CannotSend(
        Hindrance.CERTIFICATE_FOR_OTHER_USE, f"Sertifikatet for {address} er ikke ment for kryptert e-post."
    )


def _require_trust(
    certificate: x509.Certificate,
    issuers: list[x509.Certificate],
    address: str,
    *,
    at: datetime,
    trusted: list[x509.Certificate],
) -> list[x509.Certificate]:
    """The path from the certificate to an issuer that we trust."""
    # What the receiver's own certificate must hold is checked above; here only the path to an issuer we trust.
    policy = PolicyBuilder().store(Store(trusted)).time(at)
    policy = policy.extension_policies(
        ca_policy=ExtensionPolicy.webpki_defaults_ca(), ee_policy=ExtensionPolicy.permit_all()
    )
    try:
        return list(policy.build_client_verifier().verify(certificate, issuers).chain)
    except VerificationError as error:
        raise CannotSend(
            Hindrance.CERTIFICATE_NOT_TRUSTED, f"Sertifikatet for {address} er ikke fra en utsteder vi stoler på."
        ) from error


def require_not_revoked(
    chain: list[x509.Certificate], address: str, *, revoked: Sequence[x509.CertificateRevocationList]
) -> None:
    """CannotSend where an issuer of the path has called back what it issued.

    A list counts only with its issuer's own signature. One that is past its next update still holds for what it names:
    a certificate that was called back stays so. That it is old is for `savnet doctor` to say.
    """
    for certificate, issuer in pairwise(chain):
        for one in revoked:
            signed = one.issuer == issuer.subject and one.is_signature_valid(issuer.public_key())  # type: ignore[arg-type]
            if signed and one.get_revoked_certificate_by_serial_number(certificate.serial_number):
                raise CannotSend(Hindrance.CERTIFICATE_REVOKED, f"Sertifikatet for {address} er trukket tilbake.")
