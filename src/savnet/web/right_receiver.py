"""A receiver has said that a notice is not theirs: find whose it is, and it is sent there."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import Http404
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from savnet.access.rights import Action
from savnet.cases.models import Case
from savnet.casework.case_at_hand import at_hand
from savnet.casework.not_theirs import name_right_receiver
from savnet.rules.words import Actor
from savnet.web.followup import every_declined
from savnet.web.forms import Sheet, longer
from savnet.web.municipalities import municipalities
from savnet.web.screen import Answer, Visit, screen
from savnet.web.sheets import fill, send, to_case
from savnet.web.subjects import find_case


class RightReceiverSheet(Sheet):
    """Which municipality it belongs to, and how that is known."""

    municipality = forms.ChoiceField(
        label=_("Hvilken kommune hører meldingen til?"),
        help_text=_("Barnevernstjenesten eller politidistriktet der finner vi i registeret."),
        error_messages={"required": _("Velg en kommune fra listen.")},
    )
    why = longer(_("Hvordan vet dere det?"), rows=2)

    def __init__(self, *args: Any, places: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        municipality = self.fields["municipality"]
        if isinstance(municipality, forms.ChoiceField):
            municipality.choices = [("", _("Velg kommune")), *places]


@screen(Action.SEND, "web/right_receiver.html", of=find_case)
def right_receiver(visit: Visit, case: Case, number: int) -> Answer:
    """Choose, and send."""
    return find_receiver(visit, case, number, of=Actor.CENTRE, back=to_case(case))


def find_receiver(visit: Visit, case: Case, number: int, *, of: Actor, back: str) -> Answer:
    """Whose it is, of what `of` had sent. Raises Http404 for anything else."""
    now = at_hand(case.id, visit.now)
    declined = next((one for one in every_declined(now, of) if one.event.number == number), None)
    if declined is None:
        raise Http404("nothing of that number awaits a receiver")
    form = fill(RightReceiverSheet, visit, places=municipalities(visit))

    def act(given: Mapping[str, Any]) -> str:
        name_right_receiver(case.id, number, given["municipality"], why=given["why"], by=visit.person, now=visit.now)
        return back

    said = gettext("Rett mottaker er notert. Se hva som gjenstår.")
    return send(visit, form, act, said=said) or {"case": case, "form": form, "declined": declined, "back": back}
