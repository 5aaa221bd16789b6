"""Call the representative, guardian or lawyer: the number to tap, whether anybody answered, and what they knew."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from savnet.access.rights import Action
from savnet.cases.models import Case
from savnet.casework import by_hand
from savnet.casework.case_at_hand import at_hand
from savnet.casework.plan import planned
from savnet.delivery.channels.telephone import Call
from savnet.web.forms import Sheet, WhenField, choice, longer, shorter
from savnet.web.screen import Answer, Visit, screen
from savnet.web.sheets import fill, send, to_case
from savnet.web.shown import find
from savnet.web.subjects import find_case

REACHED = (("yes", _("Ja, fikk gitt beskjed")), ("no", _("Nei, fikk ikke svar")))
KNEW = (
    ("something", _("Ja, de opplyste noe")),
    ("none", _("Nei, de visste ingenting")),
    ("not_obtained", _("Fikk ikke spurt, eller de ville ikke svare")),
)


class CallSheet(Sheet):
    """How the call went."""

    reached = choice(_("Fikk du kontakt?"), REACHED, required=_("Velg om du fikk kontakt."))
    spoke_with = shorter(_("Hvem snakket du med?"))
    knew = choice(_("Visste de noe som kan hjelpe politiet, barnevernet eller UDI?"), KNEW, required="")
    told = longer(_("Hva opplyste de?"))
    at = WhenField(label=_("Når ringte du?"))

    def __init__(self, *args: Any, name: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["knew"].required = False  # only a call that reached somebody has an answer
        self.fields["spoke_with"].initial = name

    def clean(self) -> dict[str, Any]:
        """A call that reached somebody says whom, and what they knew."""
        given = super().clean() or {}
        if given.get("reached") == "yes":
            if not given.get("spoke_with", "").strip():
                self.add_error("spoke_with", gettext("Skriv hvem du snakket med."))
            if not given.get("knew"):
                self.add_error("knew", gettext("Velg om de visste noe."))
        if given.get("knew") == "something" and not given.get("told", "").strip():
            self.add_error("told", gettext("Skriv hva de opplyste."))
        return given

    def call(self, number: str) -> Call:
        """The call as the use case takes it."""
        given = self.cleaned_data
        reached = given["reached"] == "yes"
        knew = given["told"].strip() if given["knew"] == "something" else given["knew"]
        return Call(
            number=number,
            at=given["at"],
            reached=reached,
            spoke_with=given["spoke_with"].strip() if reached else "",
            knew=knew if reached else None,
        )


@screen(Action.RECORD, "web/call.html", of=find_case)
def call(visit: Visit, case: Case, slug: str) -> Answer:
    """Show whom to call, and record how it went."""
    now = at_hand(case.id, visit.now)
    shown = find(now, slug)
    one = planned(now, shown.obligation)
    name = one.resolution.name if one.resolution else ""
    number = one.resolution.phone if one.resolution else ""
    form = fill(CallSheet, visit, name=name)
    key = shown.obligation.key

    def act(given: Mapping[str, Any]) -> str:
        by_hand.call(case.id, key, form.call(number), by=visit.person, now=visit.now)
        return to_case(case)

    return send(visit, form, act, said=gettext("Samtalen er notert.")) or {
        "case": case,
        "form": form,
        "shown": shown,
        "resolution": one.resolution,
        "nobody": one.nobody,
    }
