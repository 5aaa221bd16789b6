"""A letter on paper: print it, hand it over or post it, and note who took it."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from savnet.access.rights import Action
from savnet.cases.models import Case
from savnet.casework import by_hand
from savnet.casework.case_at_hand import at_hand
from savnet.delivery.channels.paper import HandOver
from savnet.delivery.models import Message
from savnet.rules.words import Channel
from savnet.web.forms import Sheet, WhenField, choice, shorter
from savnet.web.letters import letter_of
from savnet.web.screen import Answer, Visit, screen
from savnet.web.sheets import fill, send, to_case
from savnet.web.shown import by_message
from savnet.web.subjects import find_case

WAYS = {
    Channel.IN_PERSON: _("Jeg leverte den selv"),
    Channel.AGREED_CHANNEL: _("Slik det er avtalt med politiet"),
    Channel.POST: _("Jeg la den i posten"),
}


class HandOverSheet(Sheet):
    """How, when and to whom."""

    channel = choice(_("Hvordan?"), (), required=_("Velg hvordan brevet ble levert."))
    at = WhenField(label=_("Når?"))
    received_by = shorter(_("Hvem tok imot?"), hint=_("Navnet på personen."))
    reference = shorter(_("Mottakerens referanse"), hint=_("For eksempel politiets saksnummer."))

    def __init__(self, *args: Any, message: Message, **options: Any) -> None:
        super().__init__(*args, **options)
        first = Channel(message.channel)
        ways = [first, *(way for way in WAYS if way is not first and _fits(way, message))]
        channel = self.fields["channel"]
        channel.choices = [(way.value, WAYS[way]) for way in ways]  # type: ignore[attr-defined]  # a ChoiceField
        channel.initial = first.value
        if Channel.POST in ways:
            self.fields["received_by"].help_text += gettext(" La feltet stå tomt hvis du la brevet i posten.")


def _fits(way: Channel, message: Message) -> bool:
    """The police take their report across the desk or as agreed; all others can't have agreed with the police."""
    return way is not (Channel.POST if _to_police(message) else Channel.AGREED_CHANNEL)


def _to_police(message: Message) -> bool:
    """The report itself: no postal address stands with it, so that nobody puts it in the post."""
    return message.obligation == "a-1"


@screen(Action.RECORD, "web/hand_over.html", of=find_case)
def hand_over(visit: Visit, case: Case, message_id: UUID) -> Answer:
    """Note that the letter has left the house, and in whose hands it is."""
    message = letter_of(case, message_id)
    form = fill(HandOverSheet, visit, message=message)

    def act(given: Mapping[str, Any]) -> str:
        handed = HandOver(
            channel=Channel(given["channel"]),
            at=given["at"],
            received_by=given["received_by"],
            reference=given["reference"],
        )
        by_hand.hand_over(message.id, handed, by=visit.person, now=visit.now)
        return to_case(case)

    shown = by_message(at_hand(case.id, visit.now), message)
    return send(visit, form, act, said=gettext("Levert er notert.")) or {
        "case": case,
        "form": form,
        "message": message,
        "address": "" if _to_police(message) else message.address,
        "shown": shown,
    }
