"""What people sign in with, for tests: the codes of an authenticator app, and a passkey in software."""

import json
import re
import secrets
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from allauth.mfa.totp.internal import auth as totp
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from django.test import Client
from django.utils import timezone
from fido2.cose import ES256
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

from savnet.access.models import Person
from savnet.access.sign_in import factors

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


def code_of(secret: str, *, later: int = 0) -> str:
    """What an app shows for this secret, so many half minutes from now."""
    counter = int(timezone.now().timestamp()) // 30 + later
    return totp.format_hotp_value(totp.hotp_value(secret, counter))


def with_codes(person: Person) -> str:
    """Give the person an app, used a minute ago; returns its secret."""
    secret = factors.new_secret()
    assert factors.take_up_codes(person, secret, code_of(secret, later=-1))
    return secret


def secret_shown(page: str) -> str:
    """The secret that a page shows to be copied."""
    found = re.search(r'sv-secret">([A-Z2-7 ]+)<', page)
    assert found, "no secret on the page"
    return found[1].replace(" ", "")


def first_step(client: Client) -> Any:
    """Nora's name and password."""
    return client.post("/logg-inn/", {"username": "nora", "password": "nattevakt"})


@dataclass(slots=True)
class Passkey:
    """A device that holds one key for one site, and answers as a browser would hand it on."""

    origin: str = "https://testserver"
    verifies: bool = True
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    id: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    holder: bytes = b""

    def made(self, asked: dict[str, Any]) -> str:
        """The answer to being asked to make a key."""
        self.holder = websafe_decode(asked["publicKey"]["user"]["id"])
        public = ES256.from_cryptography_key(self.key.public_key())
        attested = AttestedCredentialData.create(b"\0" * 16, self.id, public)
        data = AuthenticatorData.create(self._site(), self._flags() | ATTESTED, 0, attested)
        statement = AttestationObject.create("none", data, {})
        told = {"attestationObject": websafe_encode(bytes(statement)), **self._client("webauthn.create", asked)}
        return self._answer(told)

    def shown(self, asked: dict[str, Any]) -> str:
        """The answer to being asked to show it."""
        data = AuthenticatorData.create(self._site(), self._flags(), 1)
        client = self._client("webauthn.get", asked)
        signed = bytes(data) + sha256(websafe_decode(client["clientDataJSON"])).digest()
        signature = self.key.sign(signed, ec.ECDSA(SHA256()))
        told = {
            "authenticatorData": websafe_encode(bytes(data)),
            "signature": websafe_encode(signature),
            "userHandle": websafe_encode(self.holder),
            **client,
        }
        return self._answer(told)

    def _flags(self) -> int:
        return PRESENT | (VERIFIED if self.verifies else 0)

    def _site(self) -> bytes:
        return sha256(self.origin.removeprefix("https://").partition(":")[0].encode()).digest()

    def _client(self, kind: str, asked: dict[str, Any]) -> dict[str, str]:
        challenge = websafe_decode(asked["publicKey"]["challenge"])
        data = CollectedClientData.create(kind, challenge, self.origin)
        return {"clientDataJSON": websafe_encode(bytes(data))}

    def _answer(self, told: dict[str, str]) -> str:
        plain = websafe_encode(self.id)
        extensions = {"credProps": {"rk": True}}
        answer = {"id": plain, "rawId": plain, "type": "public-key", "response": told}
        return json.dumps(answer | {"clientExtensionResults": extensions})


def with_passkey(client: Client, person: Person, **kind: Any) -> Passkey:
    """Let the person make a passkey by way of the account page; `client` is signed in as them."""
    passkey = Passkey(**kind)
    asked = client.post("/konto/nokkel/valg/").json()
    answer = client.post("/konto/nokkel/", {"said_again": "1", "credential": passkey.made(asked), "name": "Telefonen"})
    assert answer.status_code == 302, answer.content
    return passkey
