"""Who works where and as what. A role is given or changed by two; access is withdrawn by one, at once."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext as _

from savnet.access.check import require
from savnet.access.models import Person
from savnet.access.rights import Action, Role
from savnet.casework.errors import CaseworkError

FIELDS = ("username", "name", "title", "phone", "email", "role", "region", "office")
"""What a grant says of a person, beside the centre."""

AT_A_CENTRE = (Role.SHIFT_STAFF.value, Role.CENTRE_LEADER.value)

Content = Mapping[str, Any]


def centres(content: Content) -> list[UUID | None]:
    """Where the person is to work, and where she works now; None is no centre. Of what is no grant: no centre."""
    to = UUID(content["centre_id"]) if content.get("centre_id") and content["role"] in AT_A_CENTRE else None
    person_id = content.get("person_id")
    return [to, Person.objects.values_list("centre_id", flat=True).get(id=person_id)] if person_id else [to]


def refuse_wrong(content: Content) -> None:
    """Raise CaseworkError where such a person can't be."""
    person = _as_granted(content)
    try:
        person.full_clean(exclude=["password"])
    except ValidationError as wrong:
        field, faults = next(iter(wrong.error_dict.items()))
        raise CaseworkError(" ".join(faults[0].messages), field=None if field == NON_FIELD_ERRORS else field) from wrong


def _as_granted(content: Content) -> Person:
    """The person as she will be: one who is here already, or a new one who can't sign in before she has her factors."""
    person_id = content.get("person_id")
    person = Person.objects.get(id=person_id) if person_id else Person()
    for field in FIELDS:
        setattr(person, field, content.get(field) or "")
    person.centre_id = centres({**content, "person_id": None})[0]
    person.is_active = True
    return person


def grant(content: Content, *, by: Person) -> Person:
    """Give the role. For `two_persons` alone: whoever calls it has two. Nobody is the second for themselves."""
    if content.get("person_id") == str(by.pk):
        raise CaseworkError(_("Du kan ikke bekrefte din egen rolle. En annen må gjøre det."))
    refuse_wrong(content)
    person = _as_granted(content)
    if not content.get("person_id"):
        person.set_unusable_password()
    person.save()
    return person


def withdraw_access(person: Person, *, by: Person) -> None:
    """Nobody signs in as this person any more, from the next request on. One is enough: it can be given back by two."""
    require(by, Action.GRANT_ROLE, person.centre_id)
    if person.pk == by.pk:
        raise CaseworkError(_("Du kan ikke ta fra deg selv tilgangen. Be en annen om det."))
    Person.objects.filter(pk=person.pk).update(is_active=False)
