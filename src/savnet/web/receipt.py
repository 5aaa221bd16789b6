"""Note that a named person at the receiver has the notice, and their own reference. Sent alone is not received."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from savnet.access.rights import Action
from savnet.cases.models import Case
from savnet.casework.case_at_hand import at_hand
from savnet.casework.receipts import record_receipt
from savnet.rules.words import Channel
from savnet.web.forms import Sheet, WhenField, choice, shorter
from savnet.web.letters import letter_of
from savnet.web.screen import Answer, Visit, screen
from savnet.web.sheets import fill, send, to_case
from savnet.web.shown import by_message
from savnet.web.subjects import find_case
from savnet.web.wording.text import capital
from savnet.web.wording.words import CHANNEL

WAYS = (Channel.PHONE, Channel.ENCRYPTED_EMAIL, Channel.POST, Channel.IN_PERSON)


class ReceiptSheet(Sheet):
    """Who has it, since when, and how we know."""

    by_name = shorter(_("Hvem har bekreftet?"), required=_("Skriv navnet på den som har bekreftet."))
    reference = shorter(_("Mottakerens referanse"), hint=_("For eksempel politiets saksnummer."))
    channel = choice(
        _("Hvordan fikk dere vite det?"),
        tuple((way.value, capital(CHANNEL[way])) for way in WAYS),
        required=_("Velg hvordan dere fikk vite det."),
        initial=Channel.PHONE,
    )
    at = WhenField(label=_("Når?"))


@screen(Action.RECORD, "web/receipt.html", of=find_case)
def receipt(visit: Visit, case: Case, message_id: UUID) -> Answer:
    """Record the receipt."""
    message = letter_of(case, message_id)
    form = fill(ReceiptSheet, visit)

    def act(given: Mapping[str, Any]) -> str:
        record_receipt(
            message.id,
            by_name=given["by_name"],
            reference=given["reference"],
            at=given["at"],
            channel=Channel(given["channel"]),
            by=visit.person,
            now=visit.now,
        )
        return to_case(case)

    shown = by_message(at_hand(case.id, visit.now), message)
    return send(visit, form, act, said=gettext("Notert som mottatt.")) or {
        "case": case,
        "form": form,
        "message": message,
        "shown": shown,
    }
