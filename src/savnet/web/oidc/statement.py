"""Who we are, said to an issuer with our own key: there is no shared secret."""

import uuid
from datetime import datetime, timedelta

from joserfc import jwt

from savnet.web.oidc.issuers import Issuer

ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
LASTS = timedelta(seconds=60)


def who_we_are(issuer: Issuer, now: datetime) -> dict[str, str]:
    """What a call to the issuer says of who makes it, beside what it asks."""
    return {
        "client_id": issuer.client_id,
        "client_assertion_type": ASSERTION,
        "client_assertion": statement(issuer, now),
    }


def statement(issuer: Issuer, now: datetime) -> str:
    """Who we are, signed, for this issuer, for a minute, once."""
    issued = int(now.timestamp())
    header = {"alg": issuer.signs_with, "typ": "JWT"} | ({"kid": issuer.key_id} if issuer.key_id else {})
    claims = {
        "iss": issuer.client_id,
        "sub": issuer.client_id,
        "aud": issuer.issuer,
        "iat": issued,
        "exp": issued + int(LASTS.total_seconds()),
        "jti": str(uuid.uuid4()),
    }
    return jwt.encode(header, claims, issuer.key, algorithms=[header["alg"]])
