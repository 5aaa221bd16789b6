"""Residents out of another system: which columns are understood, and who a row is about.

A blank cell says nothing: it never erases what is registered. A resident is recognised by DUF number, else by name and
date of birth at this centre.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from copy import copy
from datetime import date
from typing import Any

from django.utils.translation import gettext

from savnet.register.circumstances import current_contact
from savnet.register.duf import check_duf
from savnet.register.imports.cells import CellError, text
from savnet.register.imports.intake import Intake
from savnet.register.imports.resident_columns import CONTACTS, columns
from savnet.register.models import Centre, Contact, ContactKind, Resident, Telephone

NAMES = ("family_name", "given_name", "original_name")


class Residents(Intake[Resident]):
    """The residents of one centre."""

    def __init__(self, centre: Centre, today: date) -> None:
        self.centre = centre
        self.today = today
        self.columns = columns(today)

    def lock(self) -> None:
        Centre.objects.select_for_update().get(pk=self.centre.pk)
        # Evaluated for the locks alone: nobody edits a resident between the comparison and the saving.
        list(Resident.objects.filter(centre=self.centre).select_for_update().values_list("pk", flat=True))

    def load(self) -> None:
        residents = Resident.objects.filter(centre=self.centre).prefetch_related("contacts", "telephones")
        self.by_duf: dict[str, Resident] = {}
        self.by_name: dict[tuple[str, str], list[Resident]] = defaultdict(list)
        for resident in residents:
            self.by_duf[resident.duf_number] = resident
            for field in NAMES:
                self.by_name[field, getattr(resident, field).casefold()].append(resident)

    def find(self, values: Mapping[str, Any]) -> Resident | None:
        duf = values.get("duf_number", "")
        return (self.by_duf.get(duf) if duf else None) or self._by_name(values, duf)

    def _by_name(self, values: Mapping[str, Any], duf: str) -> Resident | None:
        names = {field: values[field].casefold() for field in NAMES if field in values}
        if not names:
            return None
        alike = [
            resident
            for resident in self.by_name.get(next(iter(names.items())), [])
            if all(getattr(resident, field).casefold() == name for field, name in names.items())
            and resident.born == values.get("born", resident.born)
            and not (duf and resident.duf_number)  # one with another DUF number is another person
        ]
        if len(alike) > 1:
            raise CellError(gettext("Flere beboere har dette navnet. Skriv DUF-nummeret i raden."))
        return alike[0] if alike else None

    def check(self, thing: Resident) -> None:
        """As full_clean would, but without a query for each row; the DUF number is checked as it is read."""
        thing.clean_fields(exclude=["centre"])
        if not any(getattr(thing, field) for field in NAMES):
            raise CellError(gettext("Skriv minst ett navn, i latinsk eller original skrift."))

    def key(self, values: Mapping[str, Any]) -> str:
        return values.get("duf_number") or f"{self.label(values).casefold()} {values.get('born')}"

    def label(self, values: Mapping[str, Any]) -> str:
        latin = f"{values.get('given_name', '')} {values.get('family_name', '')}".strip()
        return latin or values.get("original_name", "") or values.get("duf_number", "") or gettext("Uten navn")

    def value(self, found: Resident | None, field: str) -> Any:
        if found is None:
            return None
        if field == "telephones":
            return tuple(sorted(telephone.number for telephone in found.telephones.all() if telephone.number))
        if field in CONTACTS:
            kind, part = CONTACTS[field]
            contact = current_contact(found, kind, self.today)
            return getattr(contact, part.lstrip("_") or "name") if contact else None
        return getattr(found, field)

    def merged(self, found: Resident | None, field: str, given: Any) -> Any:
        if field != "telephones":
            return given
        return tuple(sorted({*(self.value(found, field) or ()), *given}))

    def settled(self, values: dict[str, Any]) -> dict[str, Any]:
        """The one column «Navn» divided in two, where there are no columns for the two."""
        name = values.pop("name", "")
        if name and not values.keys() & {"given_name", "family_name"}:
            values["given_name"], values["family_name"] = _divided(name)
        return values

    def doubts(self, values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        if duf := values.get("duf_number"):
            yield from (("duf_number", doubt) for doubt in check_duf(duf, self.today.year).warnings)
        if (name := values.get("name")) and not values.keys() & {"given_name", "family_name"}:
            given, family = _divided(name)
            yield (
                "name",
                gettext("Delt i fornavn «%(given)s» og etternavn «%(family)s». Se etter at det er riktig.")
                % {"given": given, "family": family},
            )
        if (born := values.get("born")) and not 15 <= _age(born, self.today) < 18:
            yield (
                "born",
                gettext("Registrert alder er %(age)s år. Rundskrivet gjelder fra 15 til 18 år.")
                % {"age": _age(born, self.today)},
            )

    def built(self, found: Resident | None, values: Mapping[str, Any]) -> Resident:
        # A copy: what was loaded must stay as the register has it until the plan has been compared with it.
        resident = copy(found) if found else Resident(centre=self.centre)
        for field in values.keys() - CONTACTS.keys() - {"telephones"}:
            setattr(resident, field, values[field])
        for kind in ContactKind:
            self._contact(resident, kind, values)
        return resident

    def save(self, thing: Resident, values: Mapping[str, Any]) -> None:
        thing.save()
        have = set(thing.telephones.values_list("number", flat=True))
        for number in values.get("telephones", ()):
            if number not in have:
                Telephone.objects.create(resident=thing, number=number)
        for kind in ContactKind:
            if contact := self._contact(thing, kind, values):
                self._end_others(contact)
                contact.save()

    def _contact(self, resident: Resident, kind: ContactKind, values: Mapping[str, Any]) -> Contact | None:
        """The contact as the row would have it, not saved; None where the row says nothing of one."""
        given = {part: values[kind.value + part] for part in ("", "_phone", "_email") if kind.value + part in values}
        if not given:
            return None
        current = None if resident._state.adding else current_contact(resident, kind, self.today)
        name = given.pop("", current.name if current else "")
        if not name:
            raise CellError(
                gettext("Raden har telefon eller e-post til %(label)s, men ikke navnet.")
                % {"label": kind.label.lower()}
            )
        if current is None or current.name != name:
            current = Contact(resident=resident, kind=kind, name=name, valid_from=self.today)
        else:
            current = copy(current)
        for part, value in given.items():
            setattr(current, part.lstrip("_"), value)
        current.clean_fields(exclude=["resident"])
        return current

    def _end_others(self, contact: Contact) -> None:
        """A new one takes over from today; the former is kept with its last day."""
        for former in contact.resident.contacts.filter(kind=contact.kind).exclude(pk=contact.pk):
            if former.holds(self.today):
                former.valid_to = self.today
                former.save()


def _divided(name: str) -> tuple[str, str]:
    """Given and family name, from «Etternavn, Fornavn» or «Fornavn Etternavn»."""
    if "," in name:
        family, _, given = name.partition(",")
        return text(given), text(family)
    given, _, family = name.rpartition(" ")
    return (given, family) if given else (family, "")


def _age(born: date, on: date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
