"""Tick off something that has neither letter nor register: the child is taken in, the routine is followed."""

from collections.abc import Mapping
from typing import Any

from savnet.access.rights import Action
from savnet.cases.models import Case
from savnet.casework import by_hand
from savnet.casework.case_at_hand import at_hand
from savnet.web.forms import Sheet, WhenField, longer
from savnet.web.screen import Answer, Visit, screen
from savnet.web.sheets import fill, send, to_case
from savnet.web.shown import find
from savnet.web.subjects import find_case


class DoneSheet(Sheet):
    """When it was done."""

    at = WhenField(label="Når ble det gjort?")
    note = longer("Merknad")


@screen(Action.RECORD, "web/mark_done.html", of=find_case)
def mark_done(visit: Visit, case: Case, slug: str) -> Answer:
    """Record that it was done."""
    shown = find(at_hand(case.id, visit.now), slug)
    form = fill(DoneSheet, visit)

    def act(given: Mapping[str, Any]) -> str:
        key = shown.obligation.key
        by_hand.mark_done(case.id, key, by=visit.person, now=visit.now, at=given["at"], note=given["note"])
        return to_case(case)

    return send(visit, form, act, said=f"Notert: {shown.words.done}.") or {"case": case, "form": form, "shown": shown}
