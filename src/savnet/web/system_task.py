"""Enter something in Sesam or in the personal file: each field ready to copy, then ticked off."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from savnet.access.rights import Action
from savnet.cases.models import Case
from savnet.casework import by_hand
from savnet.casework.case_at_hand import at_hand
from savnet.web.forms import Sheet, WhenField, shorter
from savnet.web.said_again import asked_again
from savnet.web.screen import Answer, Visit, screen
from savnet.web.sheets import fill, send, to_case
from savnet.web.shown import find, to_enter
from savnet.web.subjects import find_case

TELLS_WHERE = frozenset({"4-17"})
"""Whose fields say where the child has been: asked again before they are shown."""


class EnteredSheet(Sheet):
    """When it was entered."""

    at = WhenField(label=_("Når registrerte du det?"))
    reference = shorter(_("Referanse"))


@screen(Action.RECORD, "web/system_task.html", of=find_case)
def system_task(visit: Visit, case: Case, slug: str) -> Answer:
    """Show what to enter, and record that it was."""
    now = at_hand(case.id, visit.now)
    shown = find(now, slug)
    if shown.obligation.id in TELLS_WHERE and (question := asked_again(visit)):
        return question
    task = to_enter(now, shown)
    form = fill(EnteredSheet, visit)

    def act(given: Mapping[str, Any]) -> str:
        key = shown.obligation.key
        by_hand.tick_off(case.id, key, by=visit.person, now=visit.now, at=given["at"], reference=given["reference"])
        return to_case(case)

    return send(visit, form, act, said=gettext("Registrert er notert.")) or {
        "case": case,
        "form": form,
        "shown": shown,
        "task": task,
    }
