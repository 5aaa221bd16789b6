"""Letters that wait for a person's hands: printed together, posted, and what has come back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from savnet.access.rights import Action
from savnet.cases.models import Case
from savnet.casework import outbox as waiting
from savnet.casework import returned_mail
from savnet.casework.case_at_hand import at_hand
from savnet.casework.kept import letter_bytes
from savnet.delivery.certificates import expiring
from savnet.delivery.channels.encrypted_email.returns import ReturnKind
from savnet.delivery.models import Message, ReceiverCertificate, ReturnedMail
from savnet.letters.binding import bind
from savnet.web.forms import Sheet
from savnet.web.said_again import asked_again
from savnet.web.screen import Answer, Visit, screen
from savnet.web.sheets import fill, send
from savnet.web.sight import Hidden, letter_hidden, names_place, sight
from savnet.web.subjects import AtCentre, own_centre
from savnet.web.wording.text import Text
from savnet.web.wording.words import RECIPIENT, ROUTE

WARNED = timedelta(days=60)
CAME: Mapping[ReturnKind, Text] = {
    ReturnKind.FAILED: _("Kom i retur"),
    ReturnKind.DELAYED: _("Er forsinket hos e-posttjeneren"),
    ReturnKind.READ: _("Leseren sier at den er vist. Det er ingen bekreftelse"),
    ReturnKind.AUTOMATIC: _("Automatisk svar. Det er ingen bekreftelse"),
    ReturnKind.REPLY: _("Noen har svart. Noter mottatt hvis de bekrefter at de har meldingen"),
    ReturnKind.UNREADABLE: _("Noe kom tilbake som ikke kan leses her. Se i postkassen"),
}


@dataclass(frozen=True, slots=True)
class Waiting:
    """One letter in the list. A receiver whose name tells where the child may be is told by its kind only."""

    message: Message
    case: Case
    to: str
    way: Text
    latest: datetime | None
    now: datetime

    @property
    def late(self) -> bool:
        return self.latest is not None and self.latest < self.now


@dataclass(frozen=True, slots=True)
class Came:
    """Something that came back."""

    mail: ReturnedMail
    case: Case
    said: Text
    text: str


class PostedSheet(Sheet):
    """Which of the letters were put in the post."""

    posted = forms.MultipleChoiceField(
        required=True, error_messages={"required": _("Kryss av for brevene du har lagt i posten.")}
    )

    def __init__(self, *args: Any, letters: Iterable[Message], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["posted"].choices = [(str(one.id), one.short_id) for one in letters]  # type: ignore[attr-defined]


@screen(Action.SEND, "web/outbox.html", of=own_centre)
def outbox(visit: Visit, at: AtCentre) -> Answer:
    """The list; and the note that letters were put in the post."""
    letters = list(waiting.to_carry(at.centre_id))
    to_post = [one for one in letters if one.channel == "post"]
    form = fill(PostedSheet, visit, letters=to_post)

    def act(given: Mapping[str, Any]) -> str:
        waiting.post([one for one in to_post if str(one.id) in given["posted"]], by=visit.person, now=visit.now)
        return reverse("outbox")

    cases = _cases(at)
    return send(visit, form, act, said=_("Notert som postlagt.")) or {
        "place": "outbox",
        "form": form,
        "letters": [_waiting(one, cases, visit.now) for one in letters if one.channel != "post"],
        "to_post": [_waiting(one, cases, visit.now) for one in to_post],
        "came": [_came(one, cases) for one in returned_mail.to_look_at(list(cases))],
        "soon_deleted": [_waiting(one, cases, visit.now) for one in waiting.soon_deleted(at.centre_id, visit.now)],
        "failed": [_waiting(one, cases, visit.now) for one in waiting.failed_after_all(at.centre_id, visit.now)],
        "certificates": certificates(at.centre_id, visit.now),
    }


def _cases(at: AtCentre) -> dict[UUID, Case]:
    return {case.id: case for case in Case.objects.filter(centre_id=at.centre_id).select_related("resident")}


def _waiting(message: Message, cases: Mapping[UUID, Case], now: datetime) -> Waiting:
    to = str(RECIPIENT[message.recipient]) if names_place(message.obligation) else message.recipient_name
    latest = message.__dict__.get("limit")
    return Waiting(message, cases[message.case_id], to, ROUTE[message.channel], latest, now)


def _came(mail: ReturnedMail, cases: Mapping[UUID, Case]) -> Came:
    case = cases[mail.message.case_id] if mail.message else None
    if case is None:
        raise Http404("it is about no letter of ours")
    return Came(mail, case, CAME[ReturnKind(mail.kind)], returned_mail.text_of(mail))


def certificates(centre_id: UUID, now: datetime) -> list[ReceiverCertificate]:
    """Those that run out soon, of receivers that this centre has written to."""
    written_to = Message.objects.filter(case_id__in=Case.objects.filter(centre_id=centre_id).values("id"))
    return expiring(now, WARNED, addresses={one.lower() for one in written_to.values_list("address", flat=True)})


@screen(Action.SEND, "web/outbox.html", of=own_centre)
def outbox_print(visit: Visit, at: AtCentre) -> Answer:
    """Every letter that is to be posted, as one PDF, each with its address in the window's place."""
    letters = list(waiting.to_post(at.centre_id))
    if not letters:
        raise Http404("nothing to print")
    held = [letter_hidden(one, sight(visit, at_hand(one.case_id, visit.now)), visit) for one in letters]
    if Hidden.ASK_AGAIN in held and (question := asked_again(visit)):
        return question
    shown = [one for one, hidden in zip(letters, held, strict=True) if hidden in {None, Hidden.ASK_AGAIN}]
    if not shown:
        raise Http404("nothing that this person may print")
    response = HttpResponse(bind([letter_bytes(one) for one in shown]), content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="brev-til-posten.pdf"'
    return response


@screen(Action.SEND, "web/outbox.html", of=own_centre)
def returned_seen(visit: Visit, at: AtCentre, mail_id: UUID) -> Answer:
    """Somebody has read what came back. It is no receipt."""
    mail = next((one for one in returned_mail.to_look_at(list(_cases(at))) if one.id == mail_id), None)
    if mail is None or not visit.sent:
        raise Http404("nothing to mark")
    form = fill(Sheet, visit)

    def act(_given: Mapping[str, Any]) -> str:
        returned_mail.mark_seen(mail, by=visit.person, now=visit.now)
        return reverse("outbox")

    return send(visit, form, act, said=gettext("Notert som lest.")) or {"form": form, "place": "outbox"}
