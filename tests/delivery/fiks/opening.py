"""The receiver's side of the cryptography: opens what was encrypted to it, and takes a container apart."""

import base64
import hashlib
import io
import subprocess
import tempfile
import zipfile
from pathlib import Path
from xml.etree import ElementTree

from asn1crypto import cms
from cryptography.hazmat.primitives.asymmetric.padding import MGF1, OAEP
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.padding import PKCS7

from savnet.demo.authority import Identity

ASIC = "{http://uri.etsi.org/2918/v1.2.1#}"
DSIG = "{http://www.w3.org/2000/09/xmldsig#}"


def opened(sealed: bytes, owner: Identity) -> bytes:
    """What was encrypted to the owner; ValueError where it was not."""
    enveloped = cms.ContentInfo.load(sealed)["content"]
    (recipient,) = enveloped["recipient_infos"]
    key = owner.key.decrypt(recipient.chosen["encrypted_key"].native, OAEP(MGF1(SHA256()), SHA256(), None))
    inner = enveloped["encrypted_content_info"]
    start = inner["content_encryption_algorithm"]["parameters"].native
    cipher = Cipher(algorithms.AES(key), modes.CBC(start)).decryptor()
    whole = cipher.update(inner["encrypted_content"].native) + cipher.finalize()
    unfilled = PKCS7(128).unpadder()
    return unfilled.update(whole) + unfilled.finalize()


def unpacked(container: bytes) -> dict[str, bytes]:
    """The files of a container whose manifest is true to them; AssertionError where anything is not as it says."""
    with zipfile.ZipFile(io.BytesIO(container)) as archive:
        first, *_ = archive.infolist()
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        entries = {name: archive.read(name) for name in archive.namelist()}
    assert entries.pop("mimetype") == b"application/vnd.etsi.asic-e+zip"
    listed = ElementTree.fromstring(entries.pop("META-INF/asicmanifest.xml"))  # noqa: S314 - our own text
    entries.pop(listed.find(f"{ASIC}SigReference").attrib["URI"])  # type: ignore[union-attr]
    digests = {
        one.attrib["URI"]: one.findtext(f"{DSIG}DigestValue") for one in listed.findall(f"{ASIC}DataObjectReference")
    }
    assert digests == {
        name: base64.b64encode(hashlib.sha256(content).digest()).decode() for name, content in entries.items()
    }
    return entries


def signature_holds(container: bytes, authority: Identity) -> bool:
    """Whether the signature over the manifest is by somebody whom the authority vouches for, as OpenSSL sees it."""
    with zipfile.ZipFile(io.BytesIO(container)) as archive, tempfile.TemporaryDirectory() as folder:
        (signature,) = [name for name in archive.namelist() if name.endswith(".p7s")]
        place = Path(folder)
        (place / "signature").write_bytes(archive.read(signature))
        (place / "manifest").write_bytes(archive.read("META-INF/asicmanifest.xml"))
        (place / "ca").write_bytes(authority.certificate_pem())
        command = "openssl cms -verify -binary -inform DER -in signature -content manifest -CAfile ca -purpose any"
        when = ["-attime", str(int(authority.certificate.not_valid_before_utc.timestamp()) + 2 * 24 * 3600)]
        return subprocess.run([*command.split(), *when], cwd=folder, capture_output=True).returncode == 0
