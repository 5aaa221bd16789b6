"""Is this detached S/MIME signature true, and whose is it? What a receiver's mail reader would ask.

The structures are those of CMS (RFC 5652), as far as one signer with SHA-256, RSA and signed attributes needs them.
"""

from typing import Annotated

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat import asn1
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.constant_time import bytes_eq
from cryptography.hazmat.primitives.hashes import SHA256, Hash
from cryptography.x509 import ObjectIdentifier

MESSAGE_DIGEST = ObjectIdentifier("1.2.840.113549.1.9.4")
SHA_256 = ObjectIdentifier("2.16.840.1.101.3.4.2.1")


class BadSignature(Exception):
    """The signature does not hold: the content was changed, or the signer is not one we trust. Don't rely on it."""


@asn1.sequence
class Algorithm:
    name: ObjectIdentifier
    parameters: asn1.Null | None


@asn1.sequence
class Attribute:
    name: ObjectIdentifier
    values: asn1.SetOf[asn1.TLV]


@asn1.sequence
class Signer:
    version: int
    who: asn1.TLV
    digest: Algorithm
    attributes: Annotated[asn1.SetOf[Attribute], asn1.Implicit(0)]
    algorithm: Algorithm
    signature: bytes


@asn1.sequence
class Detached:
    content_type: ObjectIdentifier


@asn1.sequence
class SignedData:
    version: int
    digests: asn1.SetOf[Algorithm]
    content: Detached
    certificates: Annotated[asn1.SetOf[x509.Certificate], asn1.Implicit(0)]
    signers: asn1.SetOf[Signer]


@asn1.sequence
class ContentInfo:
    content_type: ObjectIdentifier
    content: Annotated[SignedData, asn1.Explicit(0)]


def verify(content: bytes, signature: bytes, *, authority: x509.Certificate) -> x509.Certificate:
    """The certificate of who signed exactly this content, issued by this authority; BadSignature if that fails."""
    try:
        signed = asn1.decode_der(ContentInfo, signature).content
        (signer,) = signed.signers.as_list()
        certificate = _signed_by(signer, signed.certificates.as_list())
        certificate.verify_directly_issued_by(authority)
    except (ValueError, InvalidSignature) as error:
        raise BadSignature("Signaturen kan ikke leses, eller avsenderens sertifikat er ikke å stole på.") from error
    if signer.digest.name != SHA_256 or not bytes_eq(_digest(content), _digest_in(signer)):
        raise BadSignature("Innholdet er endret etter at det ble signert.")
    return certificate


def _signed_by(signer: Signer, certificates: list[x509.Certificate]) -> x509.Certificate:
    """The certificate whose key made the signature over the attributes; ValueError where none did."""
    for certificate in certificates:
        key = certificate.public_key()
        if isinstance(key, rsa.RSAPublicKey):
            try:
                key.verify(signer.signature, asn1.encode_der(signer.attributes), padding.PKCS1v15(), SHA256())
            except InvalidSignature:
                continue
            return certificate
    raise ValueError("none of the certificates made this signature")


def _digest_in(signer: Signer) -> bytes:
    """The hash of the content that the signer vouched for."""
    for attribute in signer.attributes.as_list():
        if attribute.name == MESSAGE_DIGEST:
            (value,) = attribute.values.as_list()
            return bytes(value.data)
    return b""


def _digest(content: bytes) -> bytes:
    digest = Hash(SHA256())
    digest.update(content)
    return digest.finalize()
