"""Who changed what in the registers of offices, centres and places, and when; the database keeps the list itself."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from savnet.access.models import Person
from savnet.access.rights import Action
from savnet.register.models import (
    Centre,
    CentreKind,
    OperatorKind,
    Recipient,
    RecipientChannel,
    RecipientKind,
    RegisterChange,
    SendingChannel,
)
from savnet.register.models.recipient import LetterLanguage
from savnet.web.paging import page_of
from savnet.web.screen import Visit, screen
from savnet.web.subjects import Nowhere, nowhere
from savnet.web.wording.text import Text

AT_A_TIME = 50
KINDS: Mapping[str, Text] = {
    "register_centre": _("Mottak"),
    "register_county": _("Fylke"),
    "register_municipality": _("Kommune"),
    "register_municipalitypolicedistrict": _("Kommunens politidistrikt"),
    "register_policedistrict": _("Politidistrikt"),
    "register_recipient": _("Mottaker"),
    "register_recipientchannel": _("Kanal til mottaker"),
}
FIELDS: Mapping[str, Text] = {
    "name": _("Navn"),
    "number": _("Nummer"),
    "kind": _("Type"),
    "phone": _("Telefon"),
    "out_of_hours_phone": _("Telefon utenom kontortid"),
    "police_on_call": _("Politiets vakttelefon"),
    "police_agreement": _("Avtale med politiet"),
    "on_call_phone": _("Vakttelefon"),
    "address": _("Adresse"),
    "postal_code": _("Postnummer"),
    "postal_place": _("Poststed"),
    "email": _("E-post"),
    "language": _("Målform"),
    "note": _("Merknad"),
    "source": _("Kilde"),
    "confirmed": _("Bekreftet"),
    "channel": _("Kanal"),
    "order": _("Rekkefølge"),
    "valid_from": _("Gjelder fra"),
    "valid_to": _("Opphørte"),
    "operator": _("Drift"),
    "operator_name": _("Driftsoperatør"),
    "region": _("UDIs regionkontor"),
    "capacity": _("Plasser"),
    "grace_minutes": _("Minutter før vi spør"),
    "agreed_police_district_id": _("Avtalt politidistrikt"),
    "municipality_id": _("Kommune"),
    "district_id": _("Politidistrikt"),
    "county_id": _("Fylke"),
}
CODES: Mapping[str, Mapping[str, Text]] = {
    "kind": {**dict(RecipientKind.choices), **dict(CentreKind.choices)},
    "channel": dict(SendingChannel.choices),
    "language": dict(LetterLanguage.choices),
    "operator": dict(OperatorKind.choices),
}
"""What stands as a code in the register, in words."""
UNSAID = frozenset({"id", "recipient_id", "key", "invented", "exercise_of_id"})
"""Keys, which tell a reader nothing."""


@dataclass(frozen=True, slots=True)
class Line:
    """One change in words. `by` is empty where no person stood behind it."""

    change: RegisterChange
    kind: Text
    name: str
    by: str
    proposed_by: str
    fields: tuple[tuple[Text, str, str], ...]


@screen(Action.SEE_REGISTER_CHANGES, "web/register_changes.html", of=nowhere)
def register_changes(visit: Visit, at: Nowhere) -> dict[str, Any]:
    """The newest first, fifty at a time."""
    page = page_of(visit, RegisterChange.objects.order_by("-at", "-id"), AT_A_TIME)
    return {"place": "register-changes", "lines": lines(list(page.object_list)), "page": page}


def lines(changes: Iterable[RegisterChange]) -> list[Line]:
    """In words; as few questions as there are kinds of things."""
    found = list(changes)
    people = Person.objects.in_bulk({one for each in found for one in (each.by_id, each.with_id) if one})
    names = _names(found)
    return [
        Line(
            one,
            KINDS[one.kind],
            names.get(one.row_id, "") or str((one.after or one.before or {}).get("name") or ""),
            people[one.by_id].name if one.by_id in people else "",
            people[one.with_id].name if one.with_id in people else "",
            _fields(one),
        )
        for one in found
    ]


def _names(changes: list[RegisterChange]) -> dict[str, str]:
    """What the changed rows are called now, by their ids; a way is called as its office."""
    ids = {kind: {one.row_id for one in changes if one.kind == kind} for kind in KINDS}
    offices = Recipient.objects.filter(id__in=ids["register_recipient"]).values_list("id", "name")
    centres = Centre.objects.filter(id__in=ids["register_centre"]).values_list("id", "name")
    ways = RecipientChannel.objects.filter(id__in=ids["register_recipientchannel"])
    every = (*offices, *centres, *ways.values_list("id", "recipient__name"))
    return {str(id_): name for id_, name in every}


def _fields(change: RegisterChange) -> tuple[tuple[Text, str, str], ...]:
    before, after = change.before or {}, change.after or {}
    changed = [name for name in {**before, **after} if name not in UNSAID]
    return tuple(
        (FIELDS.get(name, name), _said(name, before.get(name)), _said(name, after.get(name))) for name in changed
    )


def _said(field: str, value: object) -> str:
    if isinstance(value, bool):
        return gettext("ja") if value else gettext("nei")
    if value is None:
        return ""
    return str(CODES.get(field, {}).get(str(value), value)).replace("\n", ", ")
