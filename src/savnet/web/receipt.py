"""Note that a named person at the receiver has the notice, and their own reference. Sent alone is not received."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from savnet.access.rights import Action
from savnet.cases.models import Case
from savnet.casework.case_at_hand import at_hand
from savnet.casework.errors import CaseworkError
from savnet.casework.gone_astray import CANNOT_ARRIVE, sent_in_error
from savnet.casework.link_by_mail import mail_address, mail_link
from savnet.casework.plan import planned
from savnet.casework.receipt_links import may_renew, renew, to_read_out
from savnet.casework.receipts import record_receipt_of
from savnet.delivery.words import ReceiptWay
from savnet.register.resolution import Resolution
from savnet.rules.words import Channel
from savnet.web.forms import Sheet, WhenField, choice, shorter
from savnet.web.letters import letter_of
from savnet.web.screen import Answer, Visit, screen
from savnet.web.sheets import fill, send, to_case
from savnet.web.shown import Shown, by_message, find
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


@dataclass(frozen=True, slots=True)
class Around:
    """Where the screen leads: back to the case, and to what else is done about the notice from there."""

    case: str
    here: str
    new_code: str
    send_link: str
    not_theirs: str = ""


@screen(Action.RECORD, "web/receipt.html", of=find_case)
def receipt(visit: Visit, case: Case, message_id: UUID) -> Answer:
    """Record the receipt; of a letter that reached the wrong one there is none to record."""
    noted = sent_in_error(at_hand(case.id, visit.now).happened, letter_of(case, message_id))
    if noted:
        messages.error(visit.request, CANNOT_ARRIVE)
        return redirect("error", case.id, noted.number)
    return note(visit, case, _of_letter(visit, case, message_id), _around(case, message_id))


@screen(Action.RECORD, "web/receipt.html", of=find_case)
def receipt_without_letter(visit: Visit, case: Case, slug: str) -> Answer:
    """Record the receipt of what went without a letter of Savnet's: there is no link or code to give for it."""
    shown = find(at_hand(case.id, visit.now), slug)
    if not shown.obligation.is_notice:
        raise Http404("nobody was told anything")
    if shown.message:
        return redirect("receipt", case.id, shown.message.id)
    here = reverse("receipt-without-letter", args=[case.id, slug])
    return note(visit, case, shown, Around(case=to_case(case), here=here, new_code="", send_link=""))


def note(visit: Visit, case: Case, shown: Shown, around: Around) -> Answer:
    """Record who has a notice, whoever sent it. It may have gone without a letter of Savnet's."""
    form, message = fill(ReceiptSheet, visit), shown.message

    def act(given: Mapping[str, Any]) -> str:
        record_receipt_of(
            case.id,
            shown.obligation.key,
            by_name=given["by_name"],
            reference=given["reference"],
            at=given["at"],
            channel=_way(given["channel"]),
            by=visit.person,
            now=visit.now,
        )
        return around.case

    office = _office(visit, case, shown)
    return send(visit, form, act, said=gettext("Notert som mottatt.")) or {
        "case": case,
        "form": form,
        "shown": shown,
        "to": message.recipient_name if message else office.name if office else "",
        "office": office,
        "mail_to": mail_address(office, case.centre),
        "secret": to_read_out(message, now=visit.now) if message else None,
        "may_renew": message is not None and may_renew(message, now=visit.now),
        "around": around,
    }


@screen(Action.RECORD, "", of=find_case)
def new_code(visit: Visit, case: Case, message_id: UUID) -> Answer:
    """Make a new link and code, to read out on the phone."""
    return make_code(visit, _of_letter(visit, case, message_id), _around(case, message_id))


def make_code(visit: Visit, shown: Shown, around: Around) -> Answer:
    """Make them, where there is a letter that they can be for."""
    if not visit.sent:
        return HttpResponseNotAllowed(["POST"])
    if shown.message:
        renew(shown.message, now=visit.now)
    return redirect(around.here)


@screen(Action.SEND, "", of=find_case)
def send_link(visit: Visit, case: Case, message_id: UUID) -> Answer:
    """Send the link, without the code, to the register's address."""
    return mail(visit, case, _of_letter(visit, case, message_id), _around(case, message_id))


def mail(visit: Visit, case: Case, shown: Shown, around: Around) -> Answer:
    """Send it, and say how that went."""
    if not visit.sent:
        return HttpResponseNotAllowed(["POST"])
    office = _office(visit, case, shown)
    try:
        if shown.message and office and (to := mail_address(office, case.centre)):
            mail_link(shown.message, to, language=office.language, now=visit.now)
            messages.success(visit.request, gettext("Lenken er sendt. Les opp koden på telefon."))
    except CaseworkError as problem:
        messages.error(visit.request, str(problem))
    return redirect(around.here)


def _of_letter(visit: Visit, case: Case, message_id: UUID) -> Shown:
    return by_message(at_hand(case.id, visit.now), letter_of(case, message_id))


def _around(case: Case, message_id: UUID) -> Around:
    here, new, link, other = (
        reverse(name, args=[case.id, message_id]) for name in ("receipt", "new-code", "send-link", "not-theirs")
    )
    return Around(case=to_case(case), here=here, new_code=new, send_link=link, not_theirs=other)


def _office(visit: Visit, case: Case, shown: Shown) -> Resolution | None:
    """Whom to call, by the register."""
    return planned(at_hand(case.id, visit.now), shown.obligation).resolution


def _way(channel: str) -> Channel | ReceiptWay:
    return ReceiptWay.CALLED_BACK if channel == Channel.PHONE.value else Channel(channel)
