"""Note what was done without a letter of ours: the child is taken in, or it is settled with the receiver."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from savnet.access.rights import Action
from savnet.cases.models import Case
from savnet.casework import by_hand
from savnet.casework.case_at_hand import at_hand
from savnet.rules.words import Channel
from savnet.web.forms import Sheet, WhenField, longer
from savnet.web.screen import Answer, Visit, screen
from savnet.web.sheets import fill, send, to_case
from savnet.web.shown import find
from savnet.web.subjects import find_case
from savnet.web.wording import words


class DoneSheet(Sheet):
    """When it was done."""

    at = WhenField(label=_("Når ble det gjort?"))
    note = longer(_("Merknad"))


class ToldSheet(DoneSheet):
    """When somebody was told, and how. `ways` are those that meet the duty: no others can be chosen."""

    def __init__(self, *args: Any, ways: tuple[Channel, ...], **options: Any) -> None:
        self.ways = ways
        super().__init__(*args, **options)

    def more_fields(self) -> dict[str, forms.Field]:
        return {
            "channel": forms.ChoiceField(
                label=gettext("Hvordan ble det gjort?"),
                choices=[(one.value, words.word("channel", one)) for one in self.ways],
                widget=forms.RadioSelect,
                error_messages={"required": gettext("Velg hvordan det ble gjort.")},
            )
        }


@screen(Action.RECORD, "web/mark_done.html", of=find_case)
def mark_done(visit: Visit, case: Case, slug: str) -> Answer:
    """Record that it was done."""
    shown = find(at_hand(case.id, visit.now), slug)
    ways = by_hand.ways_to_meet(shown.obligation)
    form: DoneSheet = fill(ToldSheet, visit, ways=ways) if ways else fill(DoneSheet, visit)

    def act(given: Mapping[str, Any]) -> str:
        by_hand.mark_done(
            case.id,
            shown.obligation.key,
            by=visit.person,
            now=visit.now,
            at=given["at"],
            note=given["note"],
            channel=Channel(given["channel"]) if ways else None,
        )
        return to_case(case)

    return send(visit, form, act, said=gettext("Notert: %(done)s.") % {"done": shown.words.done}) or {
        "case": case,
        "form": form,
        "shown": shown,
    }
