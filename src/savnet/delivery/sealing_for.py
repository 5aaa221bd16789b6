"""Encrypted as KS wants it: CMS with RSA-OAEP and SHA-256 for the key, AES-256 in CBC mode for the content.

The builder in `cryptography` makes only PKCS #1 v1.5 recipients, so the structure is put together here; every
cryptographic operation is still that library's own.
"""

import os

from asn1crypto import algos, cms, core
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.padding import PKCS7
from cryptography.hazmat.primitives.serialization import Encoding

AES_KEY = 32
AES_BLOCK = 16


def encrypt(data: bytes, certificate: x509.Certificate) -> bytes:
    """The data as CMS EnvelopedData in DER, under a fresh key that only the certificate's owner can open."""
    key, start = os.urandom(AES_KEY), os.urandom(AES_BLOCK)
    enveloped = cms.EnvelopedData(
        {
            "version": "v0",
            "recipient_infos": [cms.RecipientInfo(name="ktri", value=_recipient(key, certificate))],
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
    named = asn1_x509.Certificate.load(certificate.public_bytes(Encoding.DER))
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
