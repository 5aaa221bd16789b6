"""CMS for those that the builder in `cryptography` has none for: KS's RSA-OAEP with SHA-256, and elliptic keys.

That builder makes only PKCS #1 v1.5 recipients, so the structure is put together here; every cryptographic operation is
still that library's own. The content is under AES-256 in CBC mode.
"""

import os

from asn1crypto import algos, cms, core, keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.ec import ECDH, EllipticCurvePublicKey, generate_private_key
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.x963kdf import X963KDF
from cryptography.hazmat.primitives.keywrap import aes_key_wrap
from cryptography.hazmat.primitives.padding import PKCS7
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

AES_KEY = 32
AES_BLOCK = 16
STANDARD_DH_SHA256 = "1.3.132.1.11.1"
"""dhSinglePass-stdDH-sha256kdf-scheme: a key worked out by both from one's lasting key and the other's fresh one."""


class SharedInfo(core.Sequence):  # type: ignore[misc]
    """What both put into the derivation beside the secret (ECC-CMS-SharedInfo)."""

    _fields = [  # noqa: RUF012 - asn1crypto's own way
        ("key_info", cms.KeyEncryptionAlgorithm),
        ("supp_pub_info", core.OctetString, {"explicit": 2}),
    ]


def encrypt(data: bytes, certificate: x509.Certificate) -> bytes:
    """The data as CMS EnvelopedData in DER, under a fresh key that only the certificate's owner can open."""
    key = os.urandom(AES_KEY)
    return _enveloped(data, key, cms.RecipientInfo(name="ktri", value=_recipient(key, certificate)), version="v0")


def encrypt_by_agreement(data: bytes, certificate: x509.Certificate) -> bytes:
    """The same for an owner with an elliptic key: the key is wrapped by one that both can work out (RFC 5753).

    Ours is made for this one message, and thrown away.
    """
    key = os.urandom(AES_KEY)
    recipient = cms.RecipientInfo(name="kari", value=_agreed(key, certificate))
    return _enveloped(data, key, recipient, version="v2")


def _enveloped(data: bytes, key: bytes, recipient: cms.RecipientInfo, *, version: str) -> bytes:
    start = os.urandom(AES_BLOCK)
    enveloped = cms.EnvelopedData(
        {
            "version": version,
            "recipient_infos": [recipient],
            "encrypted_content_info": {
                "content_type": "data",
                "content_encryption_algorithm": {"algorithm": "aes256_cbc", "parameters": core.OctetString(start)},
                "encrypted_content": _scrambled(data, key, start),
            },
        }
    )
    whole: bytes = cms.ContentInfo({"content_type": "enveloped_data", "content": enveloped}).dump()
    return whole


def _scrambled(data: bytes, key: bytes, start: bytes) -> bytes:
    filler = PKCS7(AES_BLOCK * 8).padder()
    whole = filler.update(data) + filler.finalize()
    cipher = Cipher(algorithms.AES(key), modes.CBC(start)).encryptor()
    return cipher.update(whole) + cipher.finalize()


def _recipient(key: bytes, certificate: x509.Certificate) -> cms.KeyTransRecipientInfo:
    public = certificate.public_key()
    if not isinstance(public, RSAPublicKey):
        raise TypeError("RSA-OAEP needs an RSA certificate. Check the certificate before encrypting to it.")
    oaep = padding.OAEP(padding.MGF1(SHA256()), SHA256(), label=None)
    named = _named(certificate)
    return cms.KeyTransRecipientInfo(
        {
            "version": "v0",
            "rid": cms.RecipientIdentifier(
                name="issuer_and_serial_number",
                value={"issuer": named.issuer, "serial_number": named.serial_number},
            ),
            "key_encryption_algorithm": {"algorithm": "rsaes_oaep", "parameters": _oaep_with_sha256()},
            "encrypted_key": public.encrypt(key, oaep),
        }
    )


def _oaep_with_sha256() -> algos.RSAESOAEPParams:
    sha256 = {"algorithm": "sha256", "parameters": core.Null()}
    return algos.RSAESOAEPParams(
        {
            "hash_algorithm": sha256,
            "mask_gen_algorithm": {"algorithm": "mgf1", "parameters": algos.DigestAlgorithm(sha256)},
        }
    )


def _agreed(key: bytes, certificate: x509.Certificate) -> cms.KeyAgreeRecipientInfo:
    public = certificate.public_key()
    if not isinstance(public, EllipticCurvePublicKey):
        raise TypeError("Agreement needs an elliptic certificate. Check the certificate before encrypting to it.")
    ours = generate_private_key(public.curve)
    wrap = cms.KeyEncryptionAlgorithm({"algorithm": "aes256_wrap"})
    derived = X963KDF(SHA256(), AES_KEY, SharedInfo(_derivation(wrap)).dump()).derive(ours.exchange(ECDH(), public))
    named = _named(certificate)
    issued = {"issuer": named.issuer, "serial_number": named.serial_number}
    ours_in_the_open = ours.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return cms.KeyAgreeRecipientInfo(
        {
            "version": "v3",
            "originator": cms.OriginatorIdentifierOrKey(
                name="originator_key", value=keys.PublicKeyInfo.load(ours_in_the_open)
            ),
            "key_encryption_algorithm": {"algorithm": STANDARD_DH_SHA256, "parameters": wrap},
            "recipient_encrypted_keys": [
                {
                    "rid": cms.KeyAgreementRecipientIdentifier(name="issuer_and_serial_number", value=issued),
                    "encrypted_key": aes_key_wrap(derived, key),
                }
            ],
        }
    )


def _derivation(wrap: cms.KeyEncryptionAlgorithm) -> dict[str, object]:
    return {"key_info": wrap, "supp_pub_info": (AES_KEY * 8).to_bytes(4, "big")}


def _named(certificate: x509.Certificate) -> asn1_x509.Certificate:
    return asn1_x509.Certificate.load(certificate.public_bytes(Encoding.DER))
