"""Would we be ready? The centre and each child, the least ready first, with a way to mend what is lacking."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from savnet.access.check import may
from savnet.access.models import Person
from savnet.access.rights import Action, Role
from savnet.casework import readiness as casework
from savnet.casework.centre_readiness import number_of, ready_centre
from savnet.casework.readiness import Point, Readiness, everyone, ready_for, with_all
from savnet.register.models import Centre, Contact, Resident
from savnet.web.forms import Sheet, choice, shorter
from savnet.web.screen import Answer, Visit, screen
from savnet.web.sheets import fill, send
from savnet.web.subjects import AtCentre, own_centre
from savnet.web.subjects import resident as find_resident

LEADERS = {"centre-edit": Action.KEEP_CENTRE, "daily-times": Action.KEEP_CENTRE, "resident-edit": Action.KEEP_RESIDENTS}
"""Screens that not everybody may open, and what it takes."""
ON_DUTY = _("de som er på vakt")


@dataclass(frozen=True, slots=True)
class Row:
    """A point as the page shows it, with the address that mends it; empty where this person can't, who then can ask."""

    point: Point
    address: str
    ask: str = ""


class NumberTestSheet(Sheet):
    """How the call went."""

    answered = choice(
        _("Svarte riktig person eller vakt?"), (("yes", _("Ja")), ("no", _("Nei"))), required=_("Svar ja eller nei.")
    )
    note = shorter(_("Merknad"), autocomplete="off")


class NoneSheet(Sheet):
    """What was found out."""

    why = shorter(_("Hva fikk dere vite?"), required=_("Skriv hva dere fikk vite."), autocomplete="off")


@screen(Action.SEE_CENTRE, "web/readiness.html", of=own_centre)
def readiness(visit: Visit, at: AtCentre) -> Answer:
    """The whole centre."""
    found = everyone(at.centre, visit.now)
    centre = ready_centre(at.centre, visit.now)
    return {
        "place": "readiness",
        "centre": at.centre,
        "ready": centre,
        "rows": _rows(visit, at.centre, centre),
        "residents": found,
        "whole": sum(one.score == 100 for _resident, one in found),
        "keeps": may(visit.person, Action.KEEP_CENTRE, at.centre_id),
    }


@screen(Action.SEE_CENTRE, "web/resident_readiness.html", of=find_resident)
def resident_readiness(visit: Visit, resident: Resident) -> Answer:
    """One child."""
    found = ready_for(with_all(resident.id), visit.now)
    return {"resident": resident, "ready": found, "rows": _rows(visit, resident.centre, found)}


def _rows(visit: Visit, centre: Centre, found: Readiness) -> list[Row]:
    addresses = [(one, _address(visit, centre, one)) for one in found.points]
    asked = {whom for one, address in addresses if (whom := _kept_by(one)) and not address and not one.in_place}
    names = {whom: _who(whom, centre) for whom in asked}
    return [Row(one, address, names.get(_kept_by(one), "") if not address else "") for one, address in addresses]


def _kept_by(point: Point) -> Role:
    """Who can mend it: the office that keeps it, the leader, or whoever is on duty."""
    if point.kept_by:
        return point.kept_by
    return Role.CENTRE_LEADER if point.mend in LEADERS else Role.SHIFT_STAFF


def _who(role: Role, centre: Centre) -> str:
    """Those to ask, by name where they are few: the centre's own, or for what is kept outside it, everyone's."""
    people = Person.objects.filter(role=role, is_active=True)
    if role is not Role.REGISTER_KEEPER:
        people = people.filter(centre=centre)
    if role is Role.SHIFT_STAFF:
        return str(ON_DUTY)
    called = [f"{one.name} {one.phone}".strip() for one in people.order_by("name")[:3]]
    return ", ".join(called) or str(role.label)


def _address(visit: Visit, centre: Centre, point: Point) -> str:
    if not point.mend or point.in_place:
        return ""
    needed = LEADERS.get(point.mend, Action.ADD_TO_RESIDENT)
    if not may(visit.person, needed, centre.id):
        return ""
    return reverse(point.mend, args=[*point.mend_with]) + point.mend_query


@screen(Action.ADD_TO_RESIDENT, "web/number_test.html", of=find_resident)
def contact_test(visit: Visit, resident: Resident, contact_id: UUID) -> Answer:
    """Note how a test call to one who acts for the child went."""
    contact: Contact = get_object_or_404(resident.contacts.exclude(phone=""), id=contact_id)
    back = reverse("resident-readiness", args=[resident.id])
    return _test(visit, resident.centre, contact.phone, whose=contact.name, back=back)


@screen(Action.ADD_TO_RESIDENT, "web/number_test.html", of=own_centre)
def centre_test(visit: Visit, at: AtCentre, item: str) -> Answer:
    """Note how a test call to one of the centre's own numbers went."""
    whose, number = number_of(at.centre, item)
    if not number:
        raise Http404("no such number")
    return _test(visit, at.centre, number, whose=str(whose), back=reverse("readiness"))


def _test(visit: Visit, centre: Centre, number: str, *, whose: str, back: str) -> Answer:
    form = fill(NumberTestSheet, visit)

    def act(given: Mapping[str, Any]) -> str:
        how = {"answered": given["answered"] == "yes", "note": given["note"]}
        casework.note_test_call(centre, number, whose=whose, by=visit.person, now=visit.now, **how)
        return back

    said = _("Notert. Svarte ikke riktig person, må nummeret rettes.")
    return send(visit, form, act, said=said) or {"form": form, "number": number, "whose": whose, "back": back}


@screen(Action.ADD_TO_RESIDENT, "web/there_is_none.html", of=find_resident)
def there_is_none(visit: Visit, resident: Resident, item: str) -> Answer:
    """Note that staff have asked, and that there is none."""
    points = ready_for(with_all(resident.id), visit.now).lacking
    point = next((one for one in points if one.item == item and one.may_be_none), None)
    form = fill(NoneSheet, visit)
    back = reverse("resident-readiness", args=[resident.id])
    if point is None and not visit.sent:
        raise Http404("nothing is lacking there")

    def act(given: Mapping[str, Any]) -> str:
        if point:
            casework.there_is_none(resident, item, given["why"], by=visit.person, now=visit.now)
        return back

    said = _("Notert. Vi spør igjen om 90 dager.")
    return send(visit, form, act, said=said) or {"form": form, "resident": resident, "point": point, "back": back}
