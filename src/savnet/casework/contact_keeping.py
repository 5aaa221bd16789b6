"""Who acts for a child, and what the child is summoned to: begun, put right, ended, and never erased."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext

from savnet.access.models import Person
from savnet.casework.errors import WrongTime
from savnet.casework.register_keeping import keeping, saved
from savnet.register.models import Appointment, AppointmentKind, Contact, Resident
from savnet.register.resolution import norwegian_date


def add_contact(resident: Resident, facts: Mapping[str, Any], *, by: Person, now: datetime) -> Contact:
    """Somebody who acts for the child from `valid_from`. Who did so in the same capacity before, ends that day.

    Raises WrongTime for a day ahead, or before the day the former began; NotKept where something can't be held.
    """
    _refuse_ahead(facts["valid_from"], now, field="valid_from")
    with keeping(resident, by=by, now=now) as held:
        contact = Contact(resident=held, **facts)
        _end_former(contact, facts["valid_from"])
        return saved(contact)


def change_contact(contact: Contact, facts: Mapping[str, Any], *, by: Person, now: datetime) -> Contact:
    """Put right a name, a number or an address of the same person. Another person is a new contact."""
    with keeping(contact.resident, by=by, now=now):
        for field, value in facts.items():
            setattr(contact, field, value)
        _refuse_ahead(contact.valid_from, now, field="valid_from")
        return saved(contact)


def end_contact(contact: Contact, on: date, *, by: Person, now: datetime) -> Contact:
    """From that day this person no longer acts for the child. Raises WrongTime for a day ahead or before the first."""
    _refuse_ahead(on, now, field="on")
    if contact.valid_from and on < contact.valid_from:
        begun = norwegian_date(contact.valid_from)
        raise WrongTime(
            gettext("%(name)s er registrert fra %(begun)s. Skriv den dagen eller en senere.")
            % {"name": contact.name, "begun": begun},
            field="on",
        )
    with keeping(contact.resident, by=by, now=now):
        contact.valid_to = on
        return saved(contact)


def add_appointment(
    resident: Resident, kind: AppointmentKind, at: datetime, *, by: Person, now: datetime
) -> Appointment:
    """The child is summoned. Two who register the same summons register one."""
    with keeping(resident, by=by, now=now) as held:
        known = held.appointments.filter(kind=kind, at=at, cancelled=False).first()
        return known or saved(Appointment(resident=held, kind=kind, at=at))


def cancel_appointment(appointment: Appointment, *, by: Person, now: datetime) -> Appointment:
    """The summons no longer stands. It is kept, so that one can see that it was."""
    with keeping(appointment.resident, by=by, now=now):
        appointment.cancelled = True
        return saved(appointment)


def _end_former(contact: Contact, begins: date) -> None:
    for former in contact.resident.contacts.filter(kind=contact.kind):
        if former.valid_to is not None and former.valid_to <= begins:
            continue
        if former.valid_from is not None and former.valid_from > begins:
            begun = norwegian_date(former.valid_from)
            raise WrongTime(
                gettext("%(name)s er registrert fra %(begun)s. Den nye kan ikke gjelde fra en tidligere dag.")
                % {"name": former.name, "begun": begun},
                field="valid_from",
            )
        former.valid_to = begins
        saved(former)


def _refuse_ahead(day: date | None, now: datetime, *, field: str) -> None:
    if day is not None and day > timezone.localdate(now):
        raise WrongTime(gettext("Datoen er ikke kommet ennå. Legg det inn den dagen det gjelder fra."), field=field)
