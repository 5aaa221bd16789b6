"""Note what a receiver says on the phone: the notice is not theirs. Whose it is, is found on the next screen."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from savnet.access.rights import Action
from savnet.cases.models import Case
from savnet.casework.case_at_hand import at_hand
from savnet.casework.errors import NotNow
from savnet.casework.not_theirs import awaiting, record_not_theirs
from savnet.delivery.models import Message
from savnet.policy.receipts import SENT_ON
from savnet.web.forms import Sheet, WhenField, longer, shorter
from savnet.web.letters import letter_of
from savnet.web.screen import Answer, Visit, screen
from savnet.web.sheets import fill, send, to_case
from savnet.web.shown import Shown, by_message
from savnet.web.subjects import find_case


class NotTheirsSheet(Sheet):
    """Who says so, and why. Whoever rings may be anybody: it counts when we have called the number that we know."""

    by_name = shorter(_("Hvem sier at meldingen ikke er deres?"), required=_("Skriv navnet på den du snakket med."))
    why = longer(_("Hvorfor er den ikke deres?"), rows=2)
    called_back = forms.BooleanField(
        label=_("Vi har selv ringt tilbake på nummeret i registeret"),
        error_messages={"required": _("Ring tilbake på nummeret i registeret før du noterer.")},
        widget=forms.CheckboxInput(attrs={"class": "ds-input"}),
    )
    at = WhenField(label=_("Når?"))


@dataclass(frozen=True, slots=True)
class Beyond:
    """Where the screen leads: back, to the case, and by its name to the one that asks whose it is."""

    back: str
    case: str
    next: str


@screen(Action.RECORD, "web/not_theirs.html", of=find_case)
def not_theirs(visit: Visit, case: Case, message_id: UUID) -> Answer:
    """Record it."""
    message = letter_of(case, message_id)
    shown = by_message(at_hand(case.id, visit.now), message)
    return note_not_theirs(visit, case, shown, message, _around(case, message_id))


def _around(case: Case, message_id: UUID) -> Beyond:
    return Beyond(back=reverse("receipt", args=[case.id, message_id]), case=to_case(case), next="right-receiver")


def note_not_theirs(visit: Visit, case: Case, shown: Shown, message: Message, beyond: Beyond) -> Answer:
    """Record it, whoever sent it. Where the notice is to go on to somebody else, the next screen asks to whom."""
    form = fill(NotTheirsSheet, visit)

    def act(given: Mapping[str, Any]) -> str:
        if not shown.awaits_receipt:
            raise NotNow(gettext("Meldingen venter ikke på svar. Last inn saken på nytt og se hva som er notert."))
        number = record_not_theirs(
            message, by_name=given["by_name"], why=given["why"], at=given["at"], by=visit.person, now=visit.now
        )
        waits = any(one.number == number for one in awaiting(at_hand(case.id, visit.now).happened))
        return reverse(beyond.next, args=[case.id, number]) if waits else beyond.case

    said = gettext("Notert at meldingen ikke er deres.")
    return send(visit, form, act, said=said) or {
        "case": case,
        "form": form,
        "message": message,
        "back": beyond.back,
        "shown": shown,
        "goes_on": message.obligation in SENT_ON,
    }
