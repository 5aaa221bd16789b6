"""Telling by web push: a push without content (RFC 8030), signed as ours (VAPID, RFC 8292).

The push service and whoever runs it learn that something waits for some browser, and nothing else: what the browser
then shows is a fixed sentence that it has had since it was set up.
"""

import http.client
import ssl
from base64 import urlsafe_b64encode
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from urllib.parse import urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_private_key
from django.conf import settings
from django.utils import timezone

from savnet.access.models import Person
from savnet.followup.own_devices import PushDevice
from savnet.followup.texts import Words
from savnet.followup.ways import NotReached

KEPT_FOR = timedelta(hours=4)
"""How long the push service keeps it for a telephone that is off. Later, another message has been sent."""
SIGNED_FOR = timedelta(hours=12)
WAIT = 10.0
GONE = frozenset({http.client.NOT_FOUND, http.client.GONE})
TAKEN = range(200, 300)


class NoPushKey(Exception):
    """SAVNET_PUSH_KEY is no private key on P-256 in PEM. Make one: see docs/running/notifications.md."""


class NotAPushService(Exception):
    """The address belongs to none of the push services that we push to: see SAVNET_PUSH_SERVICES."""


def is_push_service(endpoint: str) -> bool:
    """Whether an address that a browser gave leads to a push service that is named, and not into our own network."""
    try:
        parts = urlsplit(endpoint)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return False
    if f"{parts.scheme}://{parts.netloc}" in settings.PUSH_SERVICES:
        return True
    named = any(host == one or host.endswith(f".{one}") for one in settings.PUSH_SERVICES)
    return parts.scheme == "https" and named and port in {None, 443} and not parts.username


def public_key() -> str:
    """The key that a browser ties its permission to, as it wants it."""
    return _base64(_key(settings.PUSH_KEY).public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint))


class ByPush:
    """The way by web push; set up where we have a key to sign with."""

    name = "push"

    @property
    def set_up(self) -> bool:
        """Whether there is a key, and somebody whom a push service can turn to."""
        return bool(settings.PUSH_KEY and settings.PUSH_CONTACT)

    def reaches(self, person: Person) -> bool:
        """Whether the person has a browser that may be pushed to."""
        return self.set_up and PushDevice.objects.filter(person=person, gone_at=None).exists()

    def tell(self, person: Person, words: Words) -> None:
        """Push to each of her browsers. What is to be said stays in the house; one that takes it is enough."""
        answers = [_push(one) for one in PushDevice.objects.filter(person=person, gone_at=None)]
        if not any(answer == "" for answer in answers):
            raise NotReached("push: " + ", ".join(sorted(set(answers))))


def _push(device: PushDevice) -> str:
    """Nothing where it was taken, or why it was not. A browser that wants no more is not asked again."""
    try:
        status = _post(device.endpoint)
    except (OSError, http.client.HTTPException, NotAPushService) as problem:
        return type(problem).__name__
    if status in GONE:
        PushDevice.objects.filter(id=device.id).update(gone_at=timezone.now())
    return "" if status in TAKEN else str(status)


def _post(endpoint: str) -> int:
    """The service's answer. No redirect is followed."""
    if not is_push_service(endpoint):
        raise NotAPushService(urlsplit(endpoint).hostname)
    parts = urlsplit(endpoint)
    line: http.client.HTTPConnection
    if parts.scheme == "https":
        line = http.client.HTTPSConnection(parts.netloc, timeout=WAIT, context=ssl.create_default_context())
    else:
        line = http.client.HTTPConnection(parts.netloc, timeout=WAIT)
    try:
        where = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
        line.request("POST", where, body=b"", headers=_headers(f"{parts.scheme}://{parts.netloc}"))
        return line.getresponse().status
    finally:
        line.close()


def _headers(origin: str) -> dict[str, str]:
    claims = {"aud": origin, "exp": datetime.now(UTC) + SIGNED_FOR, "sub": settings.PUSH_CONTACT}
    token = jwt.encode(claims, _key(settings.PUSH_KEY), algorithm="ES256")
    return {
        "Authorization": f"vapid t={token}, k={public_key()}",
        "TTL": str(int(KEPT_FOR.total_seconds())),
        "Urgency": "high",
        "Topic": "savnet",  # a newer push takes the place of one that still waits
        "Content-Length": "0",
    }


@lru_cache(maxsize=2)
def _key(pem: str) -> EllipticCurvePrivateKey:
    try:
        key = load_pem_private_key(pem.encode(), password=None)
    except (ValueError, TypeError) as problem:
        raise NoPushKey from problem
    if not isinstance(key, EllipticCurvePrivateKey) or not isinstance(key.curve, SECP256R1):
        raise NoPushKey
    return key


def _base64(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()
