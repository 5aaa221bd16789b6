"""Which of our people somebody is, and whether they come from where that person works. Denied unless both fit.

Nobody gets an account because an issuer knows them: the person was made beforehand, and so was the tie to the issuer.
"""

import re
from collections.abc import Iterator
from typing import Any

from savnet.access.models import Person
from savnet.access.sign_in.models import Identity
from savnet.access.sign_in.secrets_at_rest import keyed_hash
from savnet.web.oidc.exchange import Refused
from savnet.web.oidc.id_token import Claims
from savnet.web.oidc.issuers import Issuer

NUMBER = re.compile(r"(?:0192:)?(\d{9})\Z")
"""A Norwegian organisation number, alone or as ISO 6523 writes it."""


def subject_hash(issuer: Issuer, subject: str) -> str:
    """How a subject is kept: it may be a national identity number."""
    return keyed_hash("outside subject", f"{issuer.slug}\n{issuer.subject}\n{subject}")


def person_of(claims: Claims, issuer: Issuer) -> Person:
    """Our own person. Raises Refused."""
    told = claims.get(issuer.subject)
    if not isinstance(told, str) or not told:
        raise Refused(f"{issuer.subject} is missing.")
    tie = Identity.objects.filter(issuer=issuer.slug, subject=subject_hash(issuer, told)).select_related(
        "person__centre"
    )
    known = tie.first()
    if known is None or not known.person.is_active:
        raise Refused("Nobody of ours is tied to this subject.")
    if not issuer.no_organisation and not _works_there(known.person, claims, issuer):
        raise Refused("The organisation is missing, or is not where the person works.")
    return known.person


def _works_there(person: Person, claims: Claims, issuer: Issuer) -> bool:
    """Whether an organisation that the claim names is mapped to the person's centre, or for offices, to their role."""
    place = person.centre.number if person.centre else person.role
    named = organisations(claims.get(issuer.organisation_claim))
    return bool(place) and any(place in issuer.organisations.get(number, ()) for number in named)


def organisations(told: Any) -> Iterator[str]:
    """Every organisation number in a claim: a text, or somewhere inside lists and objects, as Ansattporten has it."""
    if isinstance(told, str) and (found := NUMBER.match(told)):
        yield found[1]
    elif isinstance(told, dict):
        for inner in told.values():
            yield from organisations(inner)
    elif isinstance(told, list):
        for inner in told:
            yield from organisations(inner)
