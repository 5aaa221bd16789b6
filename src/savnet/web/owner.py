"""Give a case to somebody: one person follows it up, and is told that she does."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from savnet.access.models import Person
from savnet.access.rights import Action
from savnet.cases.models import Case
from savnet.casework.owners import can_take_over, name_owner
from savnet.followup.models import Watch
from savnet.web.forms import Sheet, choice, longer
from savnet.web.screen import Answer, Visit, screen
from savnet.web.sheets import fill, send, to_case
from savnet.web.subjects import find_case


class OwnerSheet(Sheet):
    """Who, and why."""

    owner = choice(_("Hvem skal følge opp saken?"), (), required=_("Velg hvem som skal følge opp saken."))
    why = longer(_("Hvorfor?"), hint=_("For eksempel ferie, ny jobb eller bytte av vakt."), rows=2)

    def __init__(self, *args: Any, people: list[Person], **options: Any) -> None:
        super().__init__(*args, **options)
        owner = self.fields["owner"]
        if isinstance(owner, forms.ChoiceField):
            owner.choices = [(str(one.pk), one.name) for one in people]


@screen(Action.RECORD, "web/owner.html", of=find_case)
def owner(visit: Visit, case: Case) -> Answer:
    """Choose among those who work at the centre that has the child."""
    people = can_take_over(case)
    form = fill(OwnerSheet, visit, people=people)

    def act(given: Mapping[str, Any]) -> str:
        chosen = next(one for one in people if str(one.pk) == given["owner"])
        name_owner(case.id, chosen, why=given["why"], by=visit.person, now=visit.now)
        return to_case(case)

    watch = Watch.objects.select_related("owner").filter(case_id=case.id).first()
    return send(visit, form, act, said=gettext("Saken har fått en ny ansvarlig.")) or {
        "case": case,
        "form": form,
        "watch": watch,
    }
