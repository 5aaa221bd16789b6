"""What is encrypted to somebody is opened by them alone, also with another's tools; what is packed is signed by us."""

import io
import os
import subprocess
import zipfile
from pathlib import Path

import pytest
from asn1crypto import cms
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from hypothesis import given, settings
from hypothesis import strategies as st

from delivery.conftest import NOW, Cast
from delivery.fiks.opening import opened, signature_holds, unpacked
from savnet.delivery.channels.fiks.container import pack
from savnet.delivery.maskinporten import Organisation
from savnet.delivery.sealing_for import encrypt
from savnet.demo.authority import Identity

Owners = dict[str, Identity]
FILES = {"bekymringsmelding.json": b'{"a": 1}', "bekymringsmelding.pdf": b"%PDF-1.7"}


@given(data=st.binary(max_size=500))
@settings(max_examples=25, deadline=None)
def test_the_owner_opens_what_was_encrypted(owners: Owners, data: bytes) -> None:
    assert opened(encrypt(data, owners["printer"].certificate), owners["printer"]) == data


def test_nobody_else_opens_it(owners: Owners) -> None:
    with pytest.raises(ValueError, match=r"[Dd]ecryption"):
        opened(encrypt(b"letter", owners["printer"].certificate), owners["system"])


@pytest.mark.parametrize("size", [0, 1, 15, 16, 17, 1_000_000])
def test_openssl_opens_it_too(size: int, owners: Owners, tmp_path: Path) -> None:
    owner, data = owners["printer"], os.urandom(size)
    (tmp_path / "sealed").write_bytes(encrypt(data, owner.certificate))
    (tmp_path / "certificate").write_bytes(owner.certificate_pem())
    (tmp_path / "key").write_bytes(owner.key_pem())
    command = "openssl cms -decrypt -binary -inform DER -in sealed -recip certificate -inkey key -out opened"
    subprocess.run(command.split(), cwd=tmp_path, check=True, capture_output=True)
    assert (tmp_path / "opened").read_bytes() == data


def test_it_is_wrapped_as_ks_wants_it(owners: Owners) -> None:
    enveloped = cms.ContentInfo.load(encrypt(b"letter", owners["printer"].certificate))["content"]
    (recipient,) = enveloped["recipient_infos"]
    how = recipient.chosen["key_encryption_algorithm"]
    assert how["algorithm"].native == "rsaes_oaep"
    assert how["parameters"]["hash_algorithm"]["algorithm"].native == "sha256"
    assert how["parameters"]["mask_gen_algorithm"]["algorithm"].native == "mgf1"
    assert how["parameters"]["mask_gen_algorithm"]["parameters"]["algorithm"].native == "sha256"
    inner = enveloped["encrypted_content_info"]["content_encryption_algorithm"]["algorithm"]
    assert inner.native == "aes256_cbc"


def test_the_same_letter_is_never_the_same_twice(owners: Owners) -> None:
    sealed = {encrypt(b"letter", owners["printer"].certificate) for _ in range(3)}
    assert len(sealed) == 3


def test_a_certificate_that_is_not_rsa_is_refused() -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "EC")])
    builder = x509.CertificateBuilder(name, name, key.public_key(), 1, NOW, NOW.replace(year=2030))
    with pytest.raises(TypeError, match="RSA"):
        encrypt(b"letter", builder.sign(key, SHA256()))


def test_the_container_holds_the_files_as_they_are_and_names_them(organisation: Organisation) -> None:
    assert unpacked(pack(FILES, organisation)) == FILES


def test_the_containers_signature_is_ours(organisation: Organisation, cast: Cast) -> None:
    container = pack(FILES, organisation)
    assert signature_holds(container, cast.authority)
    assert not signature_holds(container, cast.stranger)


def test_a_container_that_somebody_has_changed_is_seen(organisation: Organisation, cast: Cast) -> None:
    container = pack(FILES, organisation)
    with_another_letter = changed(container, "bekymringsmelding.pdf")
    with pytest.raises(AssertionError):
        unpacked(with_another_letter)
    assert not signature_holds(changed(container, "META-INF/asicmanifest.xml"), cast.authority)


def changed(container: bytes, name: str) -> bytes:
    """The container with one byte more in a file."""
    copy = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(container)) as old, zipfile.ZipFile(copy, "w") as new:
        for entry in old.infolist():
            new.writestr(entry, old.read(entry) + (b" " if entry.filename == name else b""))
    return copy.getvalue()
