"""A way back in for who has lost telephone or passkey: two colleagues give half a code each.

Neither of the two can get in with their half alone, and nothing changes before the code is used: asking for it harms
nobody. No e-mail is involved, for then whoever reads the mailbox would be let in.
"""

import secrets
from datetime import datetime, timedelta
from uuid import UUID

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.db.models import Q, QuerySet

from savnet.access.models import Person
from savnet.access.rights import Role
from savnet.access.sign_in import factors, sessions
from savnet.access.sign_in.models import KnownDevice, RecoveryPerson, WayBackIn, WhyEnded

LETTERS = "BCDFGHJKLMNPQRSTVWXZ23456789"
HALF = 8
ANSWER_WITHIN = timedelta(hours=12)
USE_WITHIN = timedelta(hours=1)
FIRST_TIME_WITHIN = timedelta(days=7)


class CannotHelp(Exception):
    """This person may not give that person a way back in, or not any more."""


def same_unit(one: Person, other: Person) -> bool:
    """Colleagues: at the same centre, or where neither has a centre, in the same kind of office."""
    if one.centre_id or other.centre_id:
        return one.centre_id == other.centre_id
    return (one.role, one.region, one.office) == (other.role, other.region, other.office)


def may_help(person: Person) -> bool:
    """Leaders may, those they have named may, and everyone in an office without a centre."""
    if person.centre_id is None or person.role == Role.CENTRE_LEADER:
        return True
    return RecoveryPerson.objects.filter(person=person).exists()


def helpers_at(person: Person) -> int:
    """How many at the person's centre may help; fewer than two, and nobody gets back in there."""
    here = Person.objects.filter(is_active=True, centre=person.centre)
    return here.filter(Q(role=Role.CENTRE_LEADER) | Q(may_recover__isnull=False)).count()


def first_way_in(person: Person, now: datetime) -> str:
    """The whole code for somebody new, from who runs the site; the old ways in hold until it is used."""
    first, second = _half(), _half()
    WayBackIn.objects.create(
        person=person,
        asked_at=now,
        approved_at=now,
        first_half=make_password(first),
        second_half=make_password(second),
        valid_until=now + FIRST_TIME_WITHIN,
    )
    return f"{first}-{second}"


def ask(person: Person, reason: str, *, by: Person, now: datetime) -> tuple[WayBackIn, str]:
    """The first of the two; returns their half, which is shown once. Raises CannotHelp."""
    _require(by, person)
    half = _half()
    asked = WayBackIn.objects.create(
        person=person,
        asked_by=by,
        asked_at=now,
        reason=reason,
        first_half=make_password(half),
        valid_until=now + ANSWER_WITHIN,
    )
    return asked, half


def approve(asked_id: UUID, *, by: Person, now: datetime) -> tuple[WayBackIn, str]:
    """The second of the two; returns their half, which is shown once. Raises CannotHelp."""
    with transaction.atomic():
        asked = waiting(by, now).select_for_update(of=("self",)).filter(id=asked_id).first()
        if asked is None or asked.asked_by_id == by.pk:
            raise CannotHelp("Nobody waits for this person's yes.")
        _require(by, asked.person)
        half = _half()
        asked.approved_by, asked.approved_at, asked.second_half = by, now, make_password(half)
        asked.valid_until = now + USE_WITHIN
        asked.save()
    return asked, half


def decline(asked_id: UUID, *, by: Person, now: datetime) -> None:
    """Either of the two may stop it, and so may the person it is about."""
    still = WayBackIn.objects.filter(id=asked_id, used_at__isnull=True, declined_by__isnull=True)
    asked = still.select_related("person").first()
    if asked is None or not (asked.person_id == by.pk or (same_unit(by, asked.person) and may_help(by))):
        raise CannotHelp("There is nothing to stop.")
    still.update(declined_by=by)


def waiting(by: Person, now: datetime) -> QuerySet[WayBackIn]:
    """What colleagues have asked for and nobody has answered."""
    open_ones = WayBackIn.objects.filter(approved_at__isnull=True, declined_by__isnull=True, valid_until__gt=now)
    mine = open_ones.exclude(person=by).select_related("person", "asked_by")
    return mine.filter(person__in=colleagues(by))


def colleagues(by: Person) -> QuerySet[Person]:
    """Whom a person may help."""
    others = Person.objects.filter(is_active=True).exclude(pk=by.pk).order_by("name")
    here = others.filter(centre=by.centre)
    return here if by.centre_id else here.filter(role=by.role, region=by.region, office=by.office)


def use(username: str, code: str, now: datetime) -> Person | None:
    """Let the person in whose code this is, once. What they signed in with before is gone from here on."""
    first, _, second = _tidy(code).partition("-")
    with transaction.atomic():
        good = WayBackIn.objects.select_for_update(of=("self",)).filter(
            person__username=username,
            person__is_active=True,
            approved_at__isnull=False,
            declined_by__isnull=True,
            used_at__isnull=True,
            valid_until__gt=now,
        )
        newest = good.select_related("person").first()
        # Hashed also where there is none: how long the answer takes must not tell who waits for a code.
        kept = (newest.first_half, newest.second_half) if newest else (make_password(_half()),) * 2
        fits = [check_password(typed, half) for typed, half in zip((first, second), kept, strict=True)]
        if newest is None or not all(fits):
            return None
        newest.used_at = now
        newest.save(update_fields=["used_at"])
        _start_afresh(newest.person, now)
    return newest.person


def _start_afresh(person: Person, now: datetime) -> None:
    factors.remove_all(person)
    KnownDevice.objects.filter(person=person).delete()
    person.set_unusable_password()
    person.save(update_fields=["password"])
    sessions.end_all(person, WhyEnded.RESET, now)


def _require(by: Person, person: Person) -> None:
    if by.pk == person.pk or not same_unit(by, person) or not may_help(by) or not person.is_active:
        raise CannotHelp("Two others at the person's own place must do this, and both must be named for it.")


def _half() -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(HALF))


def _tidy(code: str) -> str:
    """Typed with or without the dash, in any case, with any spaces."""
    plain = "".join(sign for sign in code.upper() if sign.isalnum())
    return f"{plain[:HALF]}-{plain[HALF:]}"
