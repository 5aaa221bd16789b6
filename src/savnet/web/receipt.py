"""Note that a named person at the receiver has the notice, and their own reference. Sent alone is not received."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponseNotAllowed
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from savnet.access.rights import Action
from savnet.cases.models import Case
from savnet.casework.case_at_hand import at_hand
from savnet.casework.errors import CaseworkError
from savnet.casework.link_by_mail import mail_address, mail_link
from savnet.casework.plan import planned
from savnet.casework.receipt_links import may_renew, renew, to_read_out
from savnet.casework.receipts import record_receipt
from savnet.delivery.words import ReceiptWay
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
    called_back = forms.BooleanField(
        label=_("Vi har selv ringt tilbake på nummeret i registeret"),
        required=False,
        widget=forms.CheckboxInput(attrs={"class": "ds-input"}),
    )
    at = WhenField(label=_("Når?"))

    def clean(self) -> dict[str, Any]:
        """Whoever rings may be anybody: by phone it counts when we have called the number that we know."""
        given = super().clean() or {}
        if given.get("channel") == Channel.PHONE.value and not given.get("called_back"):
            text = _("Ring tilbake på nummeret i registeret før du noterer. Den som ringer, kan være hvem som helst.")
            self.add_error("called_back", text)
        return given


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
            channel=_way(given["channel"]),
            by=visit.person,
            now=visit.now,
        )
        return to_case(case)

    now = at_hand(case.id, visit.now)
    shown = by_message(now, message)
    office = planned(now, shown.obligation).resolution
    return send(visit, form, act, said=gettext("Notert som mottatt.")) or {
        "case": case,
        "form": form,
        "message": message,
        "shown": shown,
        "office": office,
        "mail_to": mail_address(office, case.centre),
        "secret": to_read_out(message, now=visit.now),
        "may_renew": may_renew(message, now=visit.now),
    }


@screen(Action.RECORD, "", of=find_case)
def new_code(visit: Visit, case: Case, message_id: UUID) -> Answer:
    """Make a new link and code, to read out on the phone."""
    message = letter_of(case, message_id)
    if not visit.sent:
        return HttpResponseNotAllowed(["POST"])
    renew(message, now=visit.now)
    return redirect("receipt", case.id, message.id)


@screen(Action.SEND, "", of=find_case)
def send_link(visit: Visit, case: Case, message_id: UUID) -> Answer:
    """Send the link, without the code, to the register's address."""
    message = letter_of(case, message_id)
    if not visit.sent:
        return HttpResponseNotAllowed(["POST"])
    now = at_hand(case.id, visit.now)
    office = planned(now, by_message(now, message).obligation).resolution
    try:
        if office and (to := mail_address(office, case.centre)):
            mail_link(message, to, language=office.language, now=visit.now)
            messages.success(visit.request, gettext("Lenken er sendt. Les opp koden på telefon."))
    except CaseworkError as problem:
        messages.error(visit.request, str(problem))
    return redirect("receipt", case.id, message.id)


def _way(channel: str) -> Channel | ReceiptWay:
    return ReceiptWay.CALLED_BACK if channel == Channel.PHONE.value else Channel(channel)
