"""What a search can follow: telephones, profiles, other names, and people the child knows."""

from collections.abc import Mapping
from typing import Any, cast
from uuid import UUID

from django import forms
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from savnet.access.rights import Action
from savnet.casework import register_keeping
from savnet.casework.register_keeping import Trace
from savnet.register.models import Alias, NetworkKind, NetworkPerson, Resident, SocialAccount, Telephone
from savnet.web.forms import Sheet, choice, shorter
from savnet.web.kept import to_resident
from savnet.web.numbers import telephone
from savnet.web.screen import Answer, View, Visit, screen
from savnet.web.sheets import fill, send
from savnet.web.subjects import resident as find_resident
from savnet.web.wording.text import Text


class TelephoneSheet(Sheet):
    """A telephone: the number, the IMEI, or both."""

    number = telephone(_("Nummer"))
    imei = forms.RegexField(
        label=_("IMEI"),
        regex=r"^\d{14,16}$",
        required=False,
        help_text=_("Telefonens eget nummer, 15 sifre. Det står på esken, eller vises når man taster *#06#."),
        error_messages={"invalid": _("IMEI er 15 sifre uten mellomrom.")},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    note = shorter(_("Merknad"), hint=_("For eksempel «ny fra november», eller «ikke i bruk lenger»."))

    def clean(self) -> dict[str, Any]:
        """One of the two must be known."""
        given = super().clean() or {}
        if not self.errors and not given["number"] and not given["imei"]:
            self.add_error("number", gettext("Skriv nummeret eller IMEI."))
        return given


class AliasSheet(Sheet):
    """Another name."""

    name = shorter(_("Navn"), required=_("Skriv navnet."), autocomplete="off", dir="auto")


class ProfileSheet(Sheet):
    """A profile on a social medium."""

    service = shorter(_("Tjeneste"), required=_("Skriv hvilken tjeneste det er."), hint=_("For eksempel Snapchat."))
    handle = shorter(_("Brukernavn"), required=_("Skriv brukernavnet."), autocomplete="off", autocapitalize="none")


class NetworkSheet(Sheet):
    """Somebody the child knows."""

    kind = choice(
        _("Hvordan kjenner de hverandre?"), NetworkKind.choices, required=_("Velg hvordan de kjenner hverandre.")
    )
    name = shorter(
        _("Navn"), required=_("Skriv navnet, eller det dere vet, for eksempel «onkel i Bergen»."), dir="auto"
    )
    relation = shorter(_("Nærmere om relasjonen"), hint=_("For eksempel «venn fra forrige mottak»."))
    phone = telephone(_("Telefon"))
    place = shorter(_("Sted"), hint=_("Der personen holder til, så nøyaktig dere vet."))


def _screens(kind: type[Trace], sheet: type[Sheet], template: str, *, said: Text) -> tuple[View, View]:
    """The two screens of one kind of trace: add one, and put one right."""
    names = tuple(name for name in sheet.base_fields if name != "token")

    @screen(Action.ADD_TO_RESIDENT, template, of=find_resident)
    def add(visit: Visit, resident: Resident) -> Answer:
        form = fill(sheet, visit)

        def act(given: Mapping[str, Any]) -> str:
            facts = {name: given[name] for name in names}
            register_keeping.add_trace(resident, kind, facts, by=visit.person, now=visit.now)
            return to_resident(resident)

        return send(visit, form, act, said=said) or {"form": form, "resident": resident}

    @screen(Action.ADD_TO_RESIDENT, template, of=find_resident)
    def change(visit: Visit, resident: Resident, trace_id: UUID) -> Answer:
        trace = cast(Trace, get_object_or_404(kind, resident=resident, id=trace_id))
        form = fill(sheet, visit, initial={name: getattr(trace, name) for name in names})

        def act(given: Mapping[str, Any]) -> str:
            facts = {name: given[name] for name in names}
            register_keeping.change_trace(trace, facts, by=visit.person, now=visit.now)
            return to_resident(resident)

        return send(visit, form, act, said=said) or {"form": form, "resident": resident, "trace": trace}

    return add, change


telephone_new, telephone_edit = _screens(
    Telephone, TelephoneSheet, "web/telephone.html", said=_("Telefonen er lagret.")
)
alias_new, alias_edit = _screens(Alias, AliasSheet, "web/alias.html", said=_("Navnet er lagret."))
profile_new, profile_edit = _screens(SocialAccount, ProfileSheet, "web/profile.html", said=_("Profilen er lagret."))
network_new, network_edit = _screens(NetworkPerson, NetworkSheet, "web/network.html", said=_("Personen er lagret."))
