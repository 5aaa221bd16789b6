"""The issuers we take sign-ins from, as the settings file tells; without the file there are none.

docs/running/sign-in.md explains each line of it.
"""

import tomllib
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, RSAKey

SUBJECTS = ("pid", "sub")
ALGORITHMS = ("RS256", "PS256", "ES256")


@dataclass(frozen=True, slots=True, kw_only=True)
class Issuer:
    """One issuer, and what it must say of a person before we believe that it is one of ours.

    `organisations` gives for each organisation number the numbers of the centres, or the roles, whose people may come
    from there. Empty only where `no_organisation` tells why this issuer can't say it.
    """

    slug: str
    name: str
    issuer: str
    client_id: str
    key: RSAKey | ECKey = field(repr=False)
    key_id: str
    signs_with: str
    acr: tuple[str, ...]
    subject: str
    scope: str
    organisation_claim: str
    organisations: dict[str, tuple[str, ...]]
    no_organisation: str
    algorithms: tuple[str, ...]
    ca: str | None
    more: dict[str, str]


def issuers() -> tuple[Issuer, ...]:
    """All of them, in the order of the file."""
    return _read(settings.OUTSIDE_SIGN_IN)


def issuer(slug: str) -> Issuer | None:
    return next((one for one in issuers() if one.slug == slug), None)


@cache
def _read(text: str) -> tuple[Issuer, ...]:
    """Raises ImproperlyConfigured, and says what is wrong with which issuer."""
    try:
        tables = tomllib.loads(text).get("issuer", [])
    except tomllib.TOMLDecodeError as broken:
        raise ImproperlyConfigured(f"SAVNET_OUTSIDE_SIGN_IN is not TOML: {broken}.") from broken
    made = tuple(_issuer(dict(table)) for table in tables)
    if len({one.slug for one in made}) < len(made):
        raise ImproperlyConfigured("SAVNET_OUTSIDE_SIGN_IN: two issuers have the same slug.")
    return made


def _issuer(table: dict[str, Any]) -> Issuer:
    signs_with = table.pop("signs_with", "RS256")
    try:
        made = Issuer(
            slug=table.pop("slug"),
            name=table.pop("name"),
            issuer=table.pop("issuer"),
            client_id=table.pop("client_id"),
            key=_key(table.pop("key"), signs_with),
            key_id=table.pop("key_id", ""),
            signs_with=signs_with,
            acr=tuple(table.pop("acr")),
            subject=table.pop("subject", "sub"),
            scope=table.pop("scope", "openid profile"),
            organisation_claim=table.pop("organisation_claim", ""),
            organisations={number: tuple(ours) for number, ours in table.pop("organisations", {}).items()},
            no_organisation=table.pop("no_organisation", ""),
            algorithms=tuple(table.pop("algorithms", ALGORITHMS)),
            ca=table.pop("ca", None),
            more=dict(table.pop("more", {})),
        )
    except KeyError as missing:
        raise _wrong(table, f"{missing.args[0]} is missing") from missing
    if problem := _problem(made, table):
        raise _wrong({"slug": made.slug}, problem)
    return made


def _problem(made: Issuer, rest: dict[str, Any]) -> str | None:
    """What would make it unsafe or of no use."""
    organised = bool(made.organisation_claim and made.organisations)
    checks = {
        f"{', '.join(rest)} is not a setting of an issuer": bool(rest),
        "issuer must begin with https://": urlsplit(made.issuer).scheme != "https",
        "acr must name at least one level": not made.acr,
        "subject must be pid or sub": made.subject not in SUBJECTS,
        f"algorithms must be among {', '.join(ALGORITHMS)}": not set(made.algorithms) <= set(ALGORITHMS),
        f"signs_with must be among {', '.join(ALGORITHMS)}": made.signs_with not in ALGORITHMS,
        "give organisation_claim and organisations, or say in no_organisation why there is none": organised
        == bool(made.no_organisation),
    }
    return next((problem for problem, holds in checks.items() if holds), None)


def _key(pem: str, signs_with: str) -> RSAKey | ECKey:
    try:
        key = (ECKey if signs_with == "ES256" else RSAKey).import_key(pem)
    except (JoseError, ValueError, TypeError) as unreadable:
        raise ImproperlyConfigured(f"SAVNET_OUTSIDE_SIGN_IN: a key is not PEM for {signs_with}.") from unreadable
    if not key.is_private:
        raise ImproperlyConfigured("SAVNET_OUTSIDE_SIGN_IN: a key must be a private one.")
    return key


def _wrong(table: dict[str, Any], what: str) -> ImproperlyConfigured:
    return ImproperlyConfigured(f"SAVNET_OUTSIDE_SIGN_IN, {table.get('slug', 'an issuer')}: {what}.")
