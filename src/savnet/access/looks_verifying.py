"""Read the access log again: every chain from its first look, each hash anew, and what was kept elsewhere beside it."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from uuid import UUID

from django.db import connection

from savnet.access.looks import first_link, link
from savnet.access.models import Look

ENDS = """
    SELECT DISTINCT ON (person_id) person_id, number, encode(hash, 'hex'), at
    FROM access_look ORDER BY person_id, number DESC
"""
THEN = """
    SELECT h.person_id, h.number, h.hash, encode(l.hash, 'hex'),
           (SELECT coalesce(max(number), 0) FROM access_look WHERE person_id = h.person_id)
    FROM unnest(%s::uuid[], %s::bigint[], %s::text[]) AS h (person_id, number, hash)
    LEFT JOIN access_look l ON l.person_id = h.person_id AND l.number = h.number
    ORDER BY 1
"""


@dataclass(frozen=True, slots=True)
class LookDamage:
    """What is wrong with one person's chain, and from which look on."""

    person_id: UUID
    number: int
    what: str

    def __str__(self) -> str:
        return f"looks of {self.person_id}, no. {self.number}: {self.what}"


@dataclass(frozen=True, slots=True)
class LookEnd:
    """The last look of a person: its number, its hash, and when it was."""

    person_id: UUID
    number: int
    hash: str
    at: datetime


@dataclass(frozen=True, slots=True)
class VerifiedLooks:
    """How much was read, and how many chains are damaged."""

    people: int
    looks: int
    damaged: int


def verify_looks(report: Callable[[LookDamage], None], *, people_ids: Collection[UUID] | None = None) -> VerifiedLooks:
    """Read every look, or those of some people, and report the first that is wrong in each chain.

    What follows a broken link proves nothing.
    """
    people = looks = damaged = 0
    for person_id, chain in groupby(_in_order(people_ids), key=attrgetter("person_id")):
        read, damage = _follow(person_id, chain)
        people, looks, damaged = people + 1, looks + read, damaged + (damage is not None)
        if damage:
            report(damage)
    return VerifiedLooks(people, looks, damaged)


def ends() -> tuple[LookEnd, ...]:
    """Where every person's chain ends now."""
    with connection.cursor() as cursor:
        cursor.execute(ENDS)
        return tuple(LookEnd(*row) for row in cursor.fetchall())


def compare_looks(then: Iterable[LookEnd]) -> Iterator[LookDamage]:
    """Every chain that is shorter than it was then, or was another."""
    was = tuple(then)
    columns = [[getattr(one, name) for one in was] for name in ("person_id", "number", "hash")]
    with connection.cursor() as cursor:
        cursor.execute(THEN, columns)
        for person_id, number, before, now, last in cursor.fetchall():
            if now is None:
                yield LookDamage(person_id, min(last + 1, number), f"is gone: the log went on to no. {number}")
            elif now != before:
                yield LookDamage(person_id, number, "is not the look that stood here when the heads were written")


def _in_order(people_ids: Collection[UUID] | None) -> Iterable[Look]:
    looks = Look.objects.all() if people_ids is None else Look.objects.filter(person_id__in=people_ids)
    return looks.order_by("person_id", "number").iterator(chunk_size=2000)


def _follow(person_id: UUID, chain: Iterable[Look]) -> tuple[int, LookDamage | None]:
    previous, damage, number = first_link(person_id), None, 0
    for number, look in enumerate(chain, start=1):
        damage = damage or _damage(look, number, previous)
        previous = bytes(look.hash)
    return number, damage


def _damage(look: Look, number: int, previous: bytes) -> LookDamage | None:
    if look.number != number:
        return LookDamage(look.person_id, number, "the look is gone")
    if bytes(look.previous) != previous:
        return LookDamage(look.person_id, number, "does not follow the look before it")
    if bytes(look.hash) != link(look):
        return LookDamage(look.person_id, number, "was changed after it was written")
    return None
