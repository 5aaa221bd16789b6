"""What the child looks like and carries, so that it stands ready the night it is needed."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from savnet.access.rights import Action
from savnet.casework import register_keeping
from savnet.register.models import Resident
from savnet.web.forms import Sheet, longer, shorter
from savnet.web.kept import to_resident
from savnet.web.screen import Answer, Visit, screen
from savnet.web.sheets import fill, send
from savnet.web.subjects import resident as find_resident

FIELDS = ("description", "clothing", "bank_card", "travel_documents")


class DescriptionSheet(Sheet):
    """Looks, clothes, card and documents."""

    description = longer(_("Signalement"), hint=_("Høyde, bygning, hår, øyne, arr og annet som skiller seg ut."))
    clothing = longer(_("Vanlige klær"), hint=_("Det barnet som oftest går i, og om det har sekk."))
    bank_card = shorter(_("Bankkort"), hint=_("Hvilken bank, og på hvem. Ikke skriv kortnummer."))
    travel_documents = shorter(_("Reisedokumenter"), hint=_("Hvilke, og hvor de er nå."))


@screen(Action.ADD_TO_RESIDENT, "web/description.html", of=find_resident)
def description_edit(visit: Visit, resident: Resident) -> Answer:
    """Fill in or put right."""
    form = fill(DescriptionSheet, visit, initial={name: getattr(resident, name) for name in FIELDS})

    def act(given: Mapping[str, Any]) -> str:
        facts = {name: given[name] for name in FIELDS}
        register_keeping.change_resident(resident, facts, by=visit.person, now=visit.now)
        return to_resident(resident)

    return send(visit, form, act, said=gettext("Lagret.")) or {"form": form, "resident": resident}
