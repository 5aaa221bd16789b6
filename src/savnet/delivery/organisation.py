"""Our own organisation towards other public bodies, as the settings describe it: its certificate, and Maskinporten."""

from collections.abc import Mapping
from functools import lru_cache

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from savnet.delivery.bearer import Bearer
from savnet.delivery.channel import CannotSend
from savnet.delivery.maskinporten import Client, Organisation, Tokens
from savnet.delivery.web_call import Line
from savnet.delivery.words import Hindrance

NEEDED = (
    "MASKINPORTEN_CLIENT",
    "MASKINPORTEN_ISSUER",
    "MASKINPORTEN_TOKENS",
    "ORGANISATION_CERTIFICATE",
    "ORGANISATION_KEY",
)
tokens = Tokens()
"""Those that this process holds, for every channel."""


def bearer(
    scope: str,
    *,
    ca: str,
    wait: float,
    longest: float,
    headers: Mapping[str, str] | None = None,
    exchange: str = "",
) -> Bearer:
    """Calls with tokens of this scope; CannotSend, naming what is missing, where Maskinporten is not set up."""
    if missing := [f"SAVNET_{name}" for name in NEEDED if not getattr(settings, name)]:
        raise CannotSend(Hindrance.NOT_SET_UP, f"Maskinporten er ikke satt opp. Mangler: {', '.join(missing)}.")
    line = Line(ca=ca or None, wait=wait, longest=longest)
    client = Client(
        client_id=settings.MASKINPORTEN_CLIENT,
        issuer=settings.MASKINPORTEN_ISSUER,
        endpoint=settings.MASKINPORTEN_TOKENS,
        organisation=organisation(
            settings.ORGANISATION_CERTIFICATE, settings.ORGANISATION_KEY, settings.MASKINPORTEN_KEY_ID
        ),
        line=line,
    )
    return Bearer(client=client, tokens=tokens, scope=scope, line=line, headers=dict(headers or {}), exchange=exchange)


# Reading a private key checks it, which takes long enough to be felt on a page that shows nine notices.
@lru_cache(maxsize=4)
def organisation(certificate_pem: str, key_pem: str, key_id: str) -> Organisation:
    """Our certificate with its key. Raises ImproperlyConfigured where they don't belong together."""
    certificate = x509.load_pem_x509_certificate(certificate_pem.encode("ascii"))
    key = load_pem_private_key(key_pem.encode("ascii"), password=None)
    if not isinstance(key, RSAPrivateKey) or key.public_key() != certificate.public_key():
        raise ImproperlyConfigured(
            "SAVNET_ORGANISATION_KEY is not the RSA key of SAVNET_ORGANISATION_CERTIFICATE. Set both anew."
        )
    return Organisation(certificate=certificate, key=key, key_id=key_id)
