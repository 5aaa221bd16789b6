"""Who acts for a child: add a representative, guardian or lawyer, put the number right, or note that it is over."""

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from savnet.access.rights import Action
from savnet.casework import contact_keeping
from savnet.register.models import Contact, ContactKind, Resident
from savnet.register.models.validity import holding
from savnet.web.doubts import DoubtfulSheet
from savnet.web.forms import DayField, Sheet, choice, longer, shorter
from savnet.web.kept import to_resident, to_what_is_owed
from savnet.web.numbers import email, refuse_real, telephone
from savnet.web.screen import Answer, Visit, screen
from savnet.web.sheets import fill, send
from savnet.web.subjects import resident as find_resident
from savnet.web.times import OSLO

FIELDS = ("name", "firm", "phone", "email", "address", "valid_from")


class ContactSheet(DoubtfulSheet):
    """Name, and how the person is reached."""

    name = shorter(_("Navn"), required=_("Skriv navnet."), autocomplete="off")
    firm = shorter(_("Firma"), hint=_("For en advokat: advokatfirmaet."), autocomplete="off")
    phone = telephone(_("Telefon"), hint=_("Nummeret dere skal ringe når barnet blir borte."))
    email = email(_("E-post"))
    address = longer(_("Postadresse"), rows=2)
    valid_from = DayField(label=_("Gjelder fra"), error_messages={"required": _("Skriv fra hvilken dag det gjelder.")})

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if "valid_from" not in self.initial:
            self.fields["valid_from"].initial = options["now"].astimezone(OSLO).date()

    def clean_phone(self) -> str:
        return _usable(self.cleaned_data["phone"])

    def clean_email(self) -> str:
        return _usable(self.cleaned_data["email"])

    def doubts(self, given: Mapping[str, Any]) -> Iterator[str]:
        if not given["phone"]:
            yield gettext("Telefonnummeret mangler. Uten det kan dere ikke ringe når barnet blir borte.")


class NewContactSheet(ContactSheet):
    """The same, and in what capacity."""

    kind = choice(_("Hvem er det?"), ContactKind.choices, required=_("Velg hvem det er."))
    field_order = ("kind",)


class ContactEndSheet(Sheet):
    """From when it is over."""

    on = DayField(label=_("Fra hvilken dag gjelder det ikke lenger?"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["on"].initial = options["now"].astimezone(OSLO).date()


@screen(Action.ADD_TO_RESIDENT, "web/contact_new.html", of=find_resident)
def contact_new(visit: Visit, resident: Resident) -> Answer:
    """Add somebody who acts for the child."""
    wanted = visit.request.GET.get("rolle", "")
    kind = wanted if wanted in ContactKind.values else None
    form = fill(NewContactSheet, visit, initial={"kind": kind})

    def act(given: Mapping[str, Any]) -> str:
        facts = {name: given[name] for name in ("kind", *FIELDS)}
        contact_keeping.add_contact(resident, facts, by=visit.person, now=visit.now)
        return to_what_is_owed(resident)

    today = visit.now.astimezone(OSLO).date()
    return send(
        visit, form, act, said=gettext("Lagret. Er barnet savnet, ser du i saken om noen nå skal ha beskjed.")
    ) or {
        "form": form,
        "resident": resident,
        "contacts": list(resident.contacts.filter(holding(today))),
    }


@screen(Action.ADD_TO_RESIDENT, "web/contact_edit.html", of=find_resident)
def contact_edit(visit: Visit, resident: Resident, contact_id: UUID) -> Answer:
    """Put right what is registered of the person."""
    contact = get_object_or_404(resident.contacts, id=contact_id)
    form = fill(ContactSheet, visit, initial={name: getattr(contact, name) for name in FIELDS})

    def act(given: Mapping[str, Any]) -> str:
        facts = {name: given[name] for name in FIELDS}
        contact_keeping.change_contact(contact, facts, by=visit.person, now=visit.now)
        return to_resident(resident)

    return send(visit, form, act, said=gettext("Lagret.")) or {"form": form, "resident": resident, "contact": contact}


@screen(Action.ADD_TO_RESIDENT, "web/contact_end.html", of=find_resident)
def contact_end(visit: Visit, resident: Resident, contact_id: UUID) -> Answer:
    """Note that the person no longer acts for the child."""
    today = visit.now.astimezone(OSLO).date()
    contact: Contact = get_object_or_404(resident.contacts.filter(holding(today)), id=contact_id)
    form = fill(ContactEndSheet, visit)

    def act(given: Mapping[str, Any]) -> str:
        contact_keeping.end_contact(contact, given["on"], by=visit.person, now=visit.now)
        return to_resident(resident)

    said = gettext("Notert at %(name)s ikke lenger er %(kind)s.") % {
        "name": contact.name,
        "kind": contact.get_kind_display().lower(),
    }
    return send(visit, form, act, said=said) or {"form": form, "resident": resident, "contact": contact}


def _usable(address: str) -> str:
    refuse_real(address)
    return address
