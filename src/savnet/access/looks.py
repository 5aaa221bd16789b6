"""The access log: who looked at what of a child, when, why, and whether allowed; written before it is shown (I8).

Each person has a chain of her own, so that nobody waits for another's look to be written: see
`docs/decisions` on the access log. Where it can't be written, nothing is shown.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from savnet.access.look_rows import Look
from savnet.access.models import Person
from savnet.access.pseudonyms import key_path, make_key, pseudonym
from savnet.access.rights import Action, FieldClass
from savnet.access.row_security import house
from savnet.sealing import binding

NOBODY = UUID(int=0)
ALONE = "SELECT pg_advisory_xact_lock(hashtextextended('savnet look ' || %s, 0))"


@dataclass(frozen=True, slots=True, kw_only=True)
class Looking:
    """What somebody is about to see, or was refused. `subject` is the child's id or, refused, what was asked for."""

    at: datetime
    screen: str
    action: Action
    why: str
    allowed: bool
    subject: UUID | None = None
    subject_centre: UUID | None = None
    classes: Iterable[FieldClass] = ()


def write(person: Person, looking: Looking) -> Look:
    """Add a look to the person's chain. Call it in a transaction that is committed before anything is shown."""
    with connection.cursor() as cursor:
        cursor.execute(ALONE, [str(person.pk)])
    last = Look.objects.filter(person_id=person.pk).order_by("-number").first()
    look = Look(
        person_id=person.pk,
        number=last.number + 1 if last else 1,
        at=looking.at,
        role=person.role,
        person_centre=person.centre_id,
        screen=looking.screen,
        action=looking.action.value,
        subject=_pseudonym(looking.subject) if looking.subject else "",
        subject_centre=looking.subject_centre,
        classes=" ".join(sorted(looking.classes)),
        why=looking.why,
        allowed=looking.allowed,
        previous=bytes(last.hash) if last else first_link(person.pk),
    )
    look.hash = link(look)
    look.save(force_insert=True)
    return look


def first_link(person_id: UUID) -> bytes:
    """What a person's first look follows: the person, so that no chain can be moved to another."""
    return hashlib.sha256(binding("access.person", person_id)).digest()


def link(look: Look) -> bytes:
    """The look's hash: over all that it says and the hash before it."""
    parts = (
        look.person_id,
        look.number,
        look.at,
        look.role,
        look.person_centre or NOBODY,
        look.screen,
        look.action,
        look.subject,
        look.subject_centre or NOBODY,
        look.classes,
        look.why,
        int(look.allowed),
        bytes(look.previous),
    )
    return hashlib.sha256(binding("access.look", *parts)).digest()


def _pseudonym(of: UUID) -> str:
    """The key is made with the very first look, never where looks already exist that another key must open."""
    if not key_path().exists():
        with house("whether there are looks under a key that is gone"):
            first = not Look.objects.exclude(subject="").exists()
        if first:
            make_key()
    return pseudonym(of)
