"""Agreed absence: agreed, changed, ended. A new return time is a new agreement in place of the old; both are kept."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from savnet.access.models import Person
from savnet.casework.errors import NotNow, WrongTime
from savnet.casework.register_keeping import saved
from savnet.register.models import Leave, MarkedAs, Resident, RollMark


def agree(resident: Resident, facts: Mapping[str, Any], *, by: Person, now: datetime) -> Leave:
    """Agree that the child is away from `from_at` to `return_at`. Raises WrongTime for a return that has passed."""
    _refuse_passed(facts["return_at"], now)
    with transaction.atomic():
        held = _held(resident)
        _refuse_overlap(held, facts["from_at"], facts["return_at"])
        return saved(Leave(resident=held, agreed_by=by, agreed_at=now, **facts))


def change(leave: Leave, facts: Mapping[str, Any], *, by: Person, now: datetime) -> Leave:
    """Another agreement takes the place of this one. Raises NotNow where it is over already."""
    _refuse_passed(facts["return_at"], now)
    with transaction.atomic():
        resident = _held(leave.resident)
        old = _standing(leave)
        old.ended_at, old.ended_by = now, by
        saved(old)
        _refuse_overlap(resident, facts["from_at"], facts["return_at"])
        return saved(Leave(resident=resident, agreed_by=by, agreed_at=now, replaces=old, **facts))


def cancel(leave: Leave, *, by: Person, now: datetime) -> Leave:
    """The agreement no longer holds: the child never went, or is back. That it was made is kept."""
    with transaction.atomic():
        resident = _held(leave.resident)
        old = _standing(leave)
        if old.from_at <= now:
            RollMark.objects.create(resident=resident, marked_as=MarkedAs.HERE, at=now, by=by)
        old.ended_at, old.ended_by = now, by
        return saved(old)


def _held(resident: Resident) -> Resident:
    return Resident.objects.select_for_update(of=("self",), no_key=True).get(id=resident.id)


def _standing(leave: Leave) -> Leave:
    held = Leave.objects.select_for_update(of=("self",)).get(id=leave.id)
    if held.ended_at or held.looked_at:
        raise NotNow(_("Avtalen er avsluttet, eller tiden er gått ut. Gå tilbake og se hva som gjelder nå."))
    return held


def _refuse_passed(return_at: datetime, now: datetime) -> None:
    if return_at <= now:
        raise WrongTime(_("Tidspunktet for retur er passert. Skriv når barnet skal være tilbake."), field="return_at")


def _refuse_overlap(resident: Resident, from_at: datetime, return_at: datetime) -> None:
    standing = Leave.objects.filter(resident=resident, ended_at=None, looked_at=None)
    if standing.filter(from_at__lt=return_at, return_at__gt=from_at).exists():
        raise NotNow(_("Det er allerede avtalt fravær i den tiden. Endre den avtalen i stedet."))
