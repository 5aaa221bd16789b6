"""The container KS wants: ASiC-E, a zip of the files, a manifest with their digests, and our signature over it."""

import base64
import hashlib
import io
import uuid
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import quoteattr

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.hazmat.primitives.serialization.pkcs7 import PKCS7Options, PKCS7SignatureBuilder

from savnet.delivery.maskinporten import Organisation

MIMETYPE = "application/vnd.etsi.asic-e+zip"
MANIFEST = "META-INF/asicmanifest.xml"
ASIC = "http://uri.etsi.org/2918/v1.2.1#"
XMLDSIG = "http://www.w3.org/2000/09/xmldsig#"
SHA256_URI = "http://www.w3.org/2001/04/xmlenc#sha256"
KINDS = {".json": "application/json", ".pdf": "application/pdf"}
BEGINNING_OF_TIME = (1980, 1, 1, 0, 0, 0)
"""What a zip knows of time. The container's own would tell nobody anything."""


def pack(files: Mapping[str, bytes], organisation: Organisation) -> bytes:
    """The files in this order, signed by the organisation. The type comes first and unpacked, as the standard says."""
    signature = f"META-INF/signature-{uuid.uuid4()}.p7s"
    listed = manifest(files, signature)
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as container:
        _add(container, "mimetype", MIMETYPE.encode("ascii"), zipfile.ZIP_STORED)
        for name, content in (*files.items(), (MANIFEST, listed), (signature, sign(listed, organisation))):
            _add(container, name, content, zipfile.ZIP_DEFLATED)
    return whole.getvalue()


def _add(container: zipfile.ZipFile, name: str, content: bytes, how: int) -> None:
    entry = zipfile.ZipInfo(name, BEGINNING_OF_TIME)
    entry.compress_type = how
    container.writestr(entry, content)


def manifest(files: Mapping[str, bytes], signature: str) -> bytes:
    """Each file with its digest, and where the signature over this list is."""
    listed = "".join(_listed(name, content) for name, content in files.items())
    text = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<ASiCManifest xmlns="{ASIC}" xmlns:ds="{XMLDSIG}">'
        f'<SigReference URI={quoteattr(signature)} MimeType="application/x-pkcs7-signature"/>'
        f"{listed}</ASiCManifest>"
    )
    return text.encode("utf-8")


def _listed(name: str, content: bytes) -> str:
    digest = base64.b64encode(hashlib.sha256(content).digest()).decode("ascii")
    kind = KINDS[name[name.rindex(".") :]]
    return (
        f"<DataObjectReference URI={quoteattr(name)} MimeType={quoteattr(kind)}>"
        f'<ds:DigestMethod Algorithm="{SHA256_URI}"/><ds:DigestValue>{digest}</ds:DigestValue>'
        "</DataObjectReference>"
    )


def sign(listed: bytes, organisation: Organisation) -> bytes:
    """A detached signature over the manifest, with our certificate in it."""
    builder = PKCS7SignatureBuilder().set_data(listed)
    builder = builder.add_signer(organisation.certificate, organisation.key, SHA256())
    return builder.sign(
        Encoding.DER, [PKCS7Options.DetachedSignature, PKCS7Options.Binary, PKCS7Options.NoCapabilities]
    )
