"""Enter something in DUF or Sesam: each field ready to copy, then noted as done, with what was entered beside it."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from savnet.access.rights import Action
from savnet.cases.models import Case
from savnet.casework import by_hand, udi, udi_fields
from savnet.casework.case_at_hand import CaseAtHand, at_hand
from savnet.web.desk import desk, find_told
from savnet.web.forms import Sheet, WhenField, shorter
from savnet.web.office_duties import find_owed
from savnet.web.office_sheets import to_office_case
from savnet.web.said_again import asked_again
from savnet.web.screen import Answer, Visit, screen
from savnet.web.sheets import fill, send
from savnet.web.shown import Shown, to_enter
from savnet.web.wording.text import Text

TELLS_WHERE = frozenset({"3-5", "3-7", "3-10", "3-12", "3-14", "4-2"})
"""What is entered says where the child is or has been."""

ASKS = {
    "3-12": (_("Hvilket fengsel førte dere opp som adresse?"), _("Skriv navnet på fengselet.")),
    "3-14": (_("Hvilken adresse førte dere opp?"), _("Skriv den nye adressen.")),
    "4-2": (_("Hvilken adresse førte dere opp?"), _("Skriv den nye adressen.")),
}
"""What only the officer knows, and how to say that it lacks."""


class EnteredSheet(Sheet):
    """When it was entered, and under which reference."""

    at = WhenField(label=_("Når registrerte du det?"))
    reference = shorter(_("Referanse"), hint=_("For eksempel dokumentnummeret i DUF."))


class AddressSheet(EnteredSheet):
    """Also the address that was entered."""

    field_order = ("entered", "at", "reference")

    def __init__(self, *args: Any, question: Text, missing: Text, **options: Any) -> None:
        self.question, self.missing = question, missing
        super().__init__(*args, **options)

    def more_fields(self) -> dict[str, Any]:
        return {"entered": shorter(self.question, required=self.missing)}


@screen(Action.ACT_FOR_OFFICE, "web/office_enter.html", of=find_told)
def office_enter(visit: Visit, case: Case, slug: str) -> Answer:
    """Show what to enter, and record that it was."""
    now = at_hand(case.id, visit.now)
    shown = find_owed(now, slug, desk(visit.person))
    if shown.obligation.id in TELLS_WHERE and (question := asked_again(visit)):
        return question
    task = to_enter(now, shown)
    form = _sheet(visit, now, shown)

    def act(given: Mapping[str, Any]) -> str:
        by_hand.tick_off(
            case.id,
            shown.obligation.key,
            by=visit.person,
            now=visit.now,
            at=given["at"],
            reference=given["reference"],
            note=given.get("entered", ""),
        )
        return to_office_case(case)

    return send(visit, form, act, said=_("Registrert er notert.")) or {
        "case": case,
        "form": form,
        "shown": shown,
        "task": task,
        "police": shown.obligation.id == "4-2",
    }


def _sheet(visit: Visit, now: CaseAtHand, shown: Shown) -> EnteredSheet:
    if shown.obligation.id not in ASKS:
        return fill(EnteredSheet, visit)
    question, missing = ASKS[shown.obligation.id]
    form = fill(AddressSheet, visit, question=question, missing=missing)
    form.fields["entered"].initial = udi_fields.where_to_live(now) if shown.obligation.id == "4-2" else ""
    return form


class WhenSheet(Sheet):
    """When it happened."""

    at = WhenField(label=_("Når?"))


@screen(Action.ACT_FOR_OFFICE, "web/office_police_duf.html", of=find_told)
def office_police_duf(visit: Visit, case: Case) -> Answer:
    """The police have made the changes in DUF already (4-2): that is done by them, and not skipped."""
    form = fill(WhenSheet, visit)

    def act(given: Mapping[str, Any]) -> str:
        udi.police_updated_duf(case.id, by=visit.person, now=visit.now, at=given["at"])
        return to_office_case(case)

    return send(visit, form, act, said=_("Notert at politiet har endret i DUF.")) or {"case": case, "form": form}
