"""The follow-up talk with a child who is back: the four topics of section 4."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from savnet.access.rights import Action
from savnet.cases.models import Case
from savnet.casework.returning import Talk, hold_talk
from savnet.rules.words import FeelsSafe
from savnet.web.forms import Sheet, WhenField, choice, longer
from savnet.web.screen import Answer, Visit, screen
from savnet.web.sheets import fill, send, to_case
from savnet.web.subjects import find_case
from savnet.web.wording.words import FEELS_SAFE


class TalkSheet(Sheet):
    """What the child told, in the child's own words as far as can be."""

    why_left = longer(_("Hvorfor dro barnet?"))
    where_stayed = longer(_("Hvor har barnet vært?"))
    what_done = longer(_("Hva har barnet gjort?"))
    feels_safe = choice(_("Føler barnet seg trygt på mottaket?"), tuple(FEELS_SAFE.items()), required="")
    asylum_relevant = forms.BooleanField(
        label=_("Barnet fortalte noe som kan ha betydning for asylsaken"),
        required=False,
        help_text=_("Det sendes ikke til UDI før barnet, representanten eller vergen har samtykket."),
    )
    at = WhenField(label=_("Når var samtalen?"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["feels_safe"].required = False  # a topic may remain for the next talk

    def clean(self) -> dict[str, Any]:
        """Something must have been talked about."""
        given = super().clean() or {}
        if not any(given.get(topic) for topic in ("why_left", "where_stayed", "what_done", "feels_safe")):
            raise forms.ValidationError(gettext("Skriv noe om minst ett av temaene."))
        return given


@screen(Action.RECORD, "web/talk.html", of=find_case)
def talk(visit: Visit, case: Case) -> Answer:
    """Record the talk."""
    form = fill(TalkSheet, visit)

    def act(given: Mapping[str, Any]) -> str:
        held = Talk(
            why_left=given["why_left"],
            where_stayed=given["where_stayed"],
            what_done=given["what_done"],
            feels_safe=FeelsSafe(given["feels_safe"]) if given["feels_safe"] else None,
            asylum_relevant=given["asylum_relevant"],
        )
        hold_talk(case.id, held, by=visit.person, now=visit.now, at=given["at"])
        return to_case(case)

    return send(visit, form, act, said=gettext("Samtalen er notert.")) or {"case": case, "form": form}
