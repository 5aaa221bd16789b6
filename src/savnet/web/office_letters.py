"""The letters that an office was sent, and those that it wrote itself: the very bytes, and who has taken its own."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils.translation import gettext_lazy as _

from savnet.access.rights import Action
from savnet.cases.models import Case
from savnet.casework import by_hand
from savnet.casework.case_at_hand import at_hand
from savnet.casework.kept import letter_bytes
from savnet.delivery.channels.paper import HandOver
from savnet.delivery.models import Message
from savnet.rules.words import Channel
from savnet.web.desk import Desk, desk, find_told
from savnet.web.hand_over import HandOverSheet
from savnet.web.office_duties import AtDesk, at_desk
from savnet.web.office_sheets import pdf, to_office_case
from savnet.web.said_again import asked_again
from savnet.web.screen import Answer, Visit, screen
from savnet.web.sheets import fill, send
from savnet.web.shown import Shown


@screen(Action.SEE_OFFICE_CASE, "", of=find_told)
def office_letter(visit: Visit, case: Case, message_id: UUID) -> HttpResponse:
    """A letter to the office, or one of its own."""
    if question := asked_again(visit):  # it may say where the child is
        return question
    known = at_desk(at_hand(case.id, visit.now), desk(visit.person))
    message = _letter(known, message_id, also_sent=True)
    return pdf(letter_bytes(message), f"melding-{message.short_id}.pdf")


@screen(Action.ACT_FOR_OFFICE, "web/office_carry.html", of=find_told)
def office_carry(visit: Visit, case: Case, message_id: UUID) -> Answer:
    """One of the office's own letters on paper: printed, and noted when it has left."""
    mine: Desk = desk(visit.person)
    known = at_desk(at_hand(case.id, visit.now), mine)
    message = _letter(known, message_id, also_sent=False)
    form = fill(HandOverSheet, visit, message=message)

    def act(given: Mapping[str, Any]) -> str:
        handed = HandOver(
            channel=Channel(given["channel"]),
            at=given["at"],
            received_by=given["received_by"],
            reference=given["reference"],
        )
        by_hand.hand_over(message.id, handed, by=visit.person, now=visit.now)
        return to_office_case(case)

    return send(visit, form, act, said=_("Levert er notert.")) or {
        "case": case,
        "form": form,
        "message": message,
        "shown": _meeting(known, message),
    }


def _letter(known: AtDesk, message_id: UUID, *, also_sent: bool) -> Message:
    """The letter, if it is the office's to read. Raises Http404 for any other."""
    own = (*known.owed, *known.done)
    for one in (*own, *known.sent) if also_sent else own:
        written = one.message if one.message and one.message.channel != Channel.SYSTEM else None
        if written and written.id == message_id:
            return written
    raise Http404("no such letter")


def _meeting(known: AtDesk, message: Message) -> Shown:
    return next(one for one in (*known.owed, *known.done) if one.message and one.message.id == message.id)
