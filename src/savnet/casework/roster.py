"""Who is told when nobody acts: those on duty first, in their order, then whoever leads, then whoever else is there."""

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext

from savnet.access.models import Person
from savnet.access.rights import Role
from savnet.casework.errors import CaseworkError, WrongTime
from savnet.followup.models import OnDuty
from savnet.register.models import Centre
from savnet.rules.words import Actor

UDI_ROLES = {Actor.REGION: Role.REGIONAL_OFFICER, Actor.ASA: Role.ASA_OFFICER}


def candidates(centre: Centre, actor: Actor, at: datetime) -> list[Person]:
    """Everybody who can be told of what this centre, its region or ASA has left undone, whose turn is first first.

    Beyond them stands whoever oversees the country, so that there is somebody also where an office is empty.
    """
    people = _of_centre(centre) if actor is Actor.CENTRE else _of_udi(centre, actor)
    on_duty = list(
        OnDuty.objects.filter(person__in=people, begins__lte=at, ends__gt=at)
        .order_by("place", "begins")
        .values_list("person_id", flat=True)
    )
    overseers = list(_active().filter(role=Role.NATIONAL_OVERSEER).order_by("username"))
    return [*sorted(people, key=lambda one: _rank(one, on_duty)), *overseers]


def _rank(person: Person, on_duty: list[UUID]) -> tuple[int, int, str]:
    if person.pk in on_duty:
        return (0, on_duty.index(person.pk), "")
    return (1 if person.role == Role.CENTRE_LEADER else 2, 0, person.username)


def _active() -> QuerySet[Person]:
    return Person.objects.filter(is_active=True)


def _of_centre(centre: Centre) -> list[Person]:
    return list(_active().filter(centre=centre, role__in=[Role.SHIFT_STAFF, Role.CENTRE_LEADER]))


def _of_udi(centre: Centre, actor: Actor) -> list[Person]:
    people = _active().filter(role=UDI_ROLES[actor])
    return list(people.filter(region=centre.region) if actor is Actor.REGION else people)


def put_on_duty(person: Person, *, begins: datetime, ends: datetime, place: int, by: Person, now: datetime) -> OnDuty:
    """Write a shift into the roster. Raises WrongTime for one that ends before it begins, or has ended."""
    if ends <= begins:
        raise WrongTime(gettext("Vakten slutter før den begynner."), field="ends")
    if ends <= now:
        raise WrongTime(gettext("Vakten er allerede over."), field="ends")
    if not person.is_active:
        raise CaseworkError(gettext("Denne personen har ikke tilgang lenger."), field="person")
    return OnDuty.objects.create(person=person, begins=begins, ends=ends, place=place, added_by=by, added_at=now)


def end_duty(duty: OnDuty, *, now: datetime) -> None:
    """Take a shift out of the roster; one that has begun ends now."""
    if duty.begins < now:
        duty.ends = min(duty.ends, now)
        duty.save(update_fields=["ends"])
    else:
        duty.delete()


def on_duty(centre: Centre, now: datetime) -> list[OnDuty]:
    """The shifts of this centre that have not ended, the first first."""
    mine = OnDuty.objects.filter(person__centre=centre, ends__gt=now).select_related("person")
    return list(mine.order_by("begins", "place"))
