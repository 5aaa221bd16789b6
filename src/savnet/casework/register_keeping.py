"""Keeping the register: what is said of a child is added or put right, and the child's case is told in the same breath.

Nothing about people is taken away: a contact gets a last day, a summons is cancelled. Only a photograph goes, when
whoever agreed to it no longer does.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any, TypeVar

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext

from savnet.access.models import Person
from savnet.cases.models import Case
from savnet.casework.case_at_hand import refresh
from savnet.casework.errors import CaseworkError
from savnet.register import photographs
from savnet.register.imports import Plan, apply
from savnet.register.models import Alias, Centre, NetworkPerson, Photo, Resident, SocialAccount, Telephone

Trace = Alias | Telephone | SocialAccount | NetworkPerson
Thing = TypeVar("Thing", bound=models.Model)


class NotKept(CaseworkError):
    """The register can't hold this; the text says why, and `field` where."""


@contextmanager
def keeping(resident: Resident, *, by: Person, now: datetime) -> Iterator[Resident]:
    """The resident as registered now, with nobody else changing it; when the block ends, the case is told.

    One transaction: where the case can't be told, the register isn't changed either.
    """
    with transaction.atomic():
        # no_key: a case may be opened about the child meanwhile; only other changes to the child wait.
        rows = Resident.objects.select_for_update(of=("self",), no_key=True).select_related("centre")
        held = rows.get(id=resident.id)
        yield held
        _tell_case(held, by=by, now=now)


def _tell_case(resident: Resident, *, by: Person, now: datetime) -> None:
    case = Case.objects.filter(resident=resident).first()
    if case is not None:
        refresh(case.id, resident, by=by, now=now)


def saved(thing: Thing) -> Thing:
    """The thing, saved. Raises NotKept where the register can't hold it."""
    try:
        thing.full_clean()
        with transaction.atomic():
            thing.save()
    except ValidationError as wrong:
        field, faults = next(iter(wrong.error_dict.items()))
        raise NotKept(_said(faults[0]), field=None if field == NON_FIELD_ERRORS else field) from wrong
    except IntegrityError as wrong:
        raise NotKept(gettext("Noen andre lagret noe av det samme akkurat nå. Se over, og prøv igjen.")) from wrong
    return thing


def _said(fault: ValidationError) -> str:
    return gettext("Teksten er for lang. Skriv kortere.") if fault.code == "max_length" else " ".join(fault.messages)


def register_resident(centre: Centre, facts: Mapping[str, Any]) -> Resident:
    """A child who has moved in. `facts` are fields of the resident by name. Raises NotKept."""
    return saved(Resident(centre=centre, **facts))


def change_resident(resident: Resident, facts: Mapping[str, Any], *, by: Person, now: datetime) -> Resident:
    """Put right or fill in what is registered. What `facts` doesn't name stays as it is. Raises NotKept."""
    with keeping(resident, by=by, now=now) as held:
        for field, value in facts.items():
            setattr(held, field, value)
        return saved(held)


def add_trace(resident: Resident, kind: type[Trace], facts: Mapping[str, Any], *, by: Person, now: datetime) -> Trace:
    """Something a search can follow: another name, a telephone, a profile, somebody the child knows."""
    with keeping(resident, by=by, now=now) as held:
        return saved(kind(resident=held, **facts))


def change_trace(trace: Trace, facts: Mapping[str, Any], *, by: Person, now: datetime) -> Trace:
    """Put right what was written of it."""
    with keeping(trace.resident, by=by, now=now):
        for field, value in facts.items():
            setattr(trace, field, value)
        return saved(trace)


def keep_photo(
    resident: Resident, data: bytes, *, consent_by: str, consent_on: date, taken: date | None, by: Person, now: datetime
) -> Photo:
    """A photograph in place of the one before. Raises NotKept where the file is no photograph."""
    with keeping(resident, by=by, now=now) as held:
        try:
            return photographs.keep_photo(held, data, consent_by=consent_by, consent_on=consent_on, taken=taken)
        except photographs.NotAPhotograph as wrong:
            raise NotKept(str(wrong), field="image") from wrong


def remove_photo(resident: Resident, *, by: Person, now: datetime) -> None:
    """The consent is withdrawn: the photograph goes, for good. Letters already sent keep theirs."""
    with keeping(resident, by=by, now=now) as held:
        Photo.objects.filter(resident=held).delete()


def import_residents(plan: Plan, centre: Centre, *, by: Person, now: datetime) -> None:
    """Do what the plan says and tell every case at the centre, or do nothing. Raises HasErrors or ChangedSince."""
    with transaction.atomic():
        apply(plan)
        for case in Case.objects.filter(resident__centre=centre).select_related("resident__centre"):
            refresh(case.id, case.resident, by=by, now=now)
