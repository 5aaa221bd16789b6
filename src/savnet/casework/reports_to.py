"""Whom a centre reports to: the agreed police district, how it is delivered there, and UDI's regional office.

One word here sends every report elsewhere, so it is changed by two, like an office in the register.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from savnet.access.models import Person
from savnet.casework import centre_keeping
from savnet.casework.errors import CaseworkError
from savnet.casework.recipient_keeping import ChangedMeanwhile, refuse_unsaid
from savnet.register.models import Centre

FIELDS = ("agreed_police_district_id", "police_agreement", "region")

Content = Mapping[str, Any]


def as_it_is(centre: Centre) -> dict[str, Any]:
    """Whom the centre reports to now, as a proposal says it."""
    return {field: getattr(centre, field) for field in FIELDS}


def centres(content: Content) -> list[UUID | None]:
    """The centre that it is about."""
    return [UUID(content["centre_id"])]


def refuse_wrong(content: Content) -> None:
    """Raise CaseworkError where the register can't hold it, nothing is changed, or nobody says why."""
    if content["before"] == content["after"]:
        raise CaseworkError(_("Ingenting er endret."))
    refuse_unsaid(content)
    centre = Centre.objects.get(id=content["centre_id"])
    for field in FIELDS:
        setattr(centre, field, content["after"][field])
    try:
        centre.clean_fields(exclude={one.name for one in Centre._meta.fields if one.attname not in FIELDS})
    except ValidationError as wrong:
        field, faults = next(iter(wrong.error_dict.items()))
        raise CaseworkError(" ".join(faults[0].messages), field=field) from wrong


def change(content: Content, *, by: Person, now: datetime) -> Centre:
    """Make it so, and tell the cases. For `two_persons` alone. Raises ChangedMeanwhile where it stands otherwise."""
    centre = Centre.objects.select_for_update(of=("self",), no_key=True).get(id=content["centre_id"])
    if as_it_is(centre) != content["before"]:
        raise ChangedMeanwhile(_("Mottaket er endret siden dette ble foreslått. Se på det, og foreslå på nytt."))
    return centre_keeping.change_centre(centre, content["after"], by=by, now=now)
