"""The letters of a case: as a PDF as it was composed, or as it would be written now."""

from uuid import UUID

from django.http import Http404, HttpResponse

from savnet.access.classes import letter_classes
from savnet.access.rights import Action
from savnet.cases.models import Case
from savnet.casework.case_at_hand import at_hand
from savnet.casework.errors import NothingOwed
from savnet.casework.kept import letter_bytes
from savnet.casework.packet import packet
from savnet.casework.plan import planned
from savnet.casework.sending import preview
from savnet.delivery.models import Message
from savnet.letters import render
from savnet.register.resolution import NoRecipient
from savnet.rules.words import Channel
from savnet.web.said_again import asked_again
from savnet.web.screen import Answer, Visit, screen
from savnet.web.shown import find, sort
from savnet.web.sight import WHY, Hidden, letter_hidden, sight
from savnet.web.subjects import find_case


def letter_of(case: Case, message_id: UUID) -> Message:
    """The message, if it is this case's."""
    found = Message.objects.filter(case_id=case.id, id=message_id).exclude(channel=Channel.SYSTEM).first()
    if found is None:
        raise Http404("no such letter")
    return found


@screen(Action.SEE_CASE, "web/hidden.html", of=find_case)
def letter(visit: Visit, case: Case, message_id: UUID) -> Answer:
    """The very bytes that were composed."""
    message = letter_of(case, message_id)
    if closed := _closed(visit, case, letter_hidden(message, sight(visit, at_hand(case.id, visit.now)), visit)):
        return closed
    return _pdf(letter_bytes(message), f"melding-{message.short_id}.pdf")


@screen(Action.SEE_CASE, "web/no_draft.html", of=find_case)
def draft(visit: Visit, case: Case, slug: str) -> Answer:
    """The letter as it would go now; where something is blank, what."""
    now = at_hand(case.id, visit.now)
    shown = find(now, slug)
    seen = sight(visit, now)
    hidden = next((why for kind in letter_classes(shown.obligation.id) if (why := seen.hides(kind))), None)
    if closed := _closed(visit, case, hidden):
        return closed
    try:
        written = preview(case.id, shown.obligation.key, by=visit.person, now=visit.now)
    except NoRecipient as nobody:
        return {"case": case, "shown": shown, "nobody": nobody}
    except NothingOwed as told_otherwise:
        raise Http404(str(told_otherwise)) from told_otherwise
    if blanks := written.blanks():
        return {"case": case, "shown": shown, "blanks": [blank.in_words() for blank in blanks]}
    resolution = planned(now, shown.obligation).resolution
    return _pdf(render(written, resolution.language if resolution else "nb").pdf, "utkast.pdf")


@screen(Action.SEE_CASE, "web/hidden.html", of=find_case)
def on_paper(visit: Visit, case: Case) -> Answer:
    """Everything the centre still owes, on paper: the list, and every letter, blanks and all."""
    now = at_hand(case.id, visit.now)
    seen = sight(visit, now)
    owed = [one.obligation.id for one in sort(now).owed if one.obligation.is_notice]
    hidden = next((why for id_ in owed for kind in letter_classes(id_) if (why := seen.hides(kind))), None)
    if closed := _closed(visit, case, hidden):
        return closed
    return _pdf(packet(case.id, by=visit.person, now=visit.now).pdf, "varslingspakke.pdf")


def _closed(visit: Visit, case: Case, hidden: Hidden | None) -> Answer | None:
    """The question, or the page that says why; None where what is asked for may be opened."""
    if hidden is Hidden.ASK_AGAIN:
        return asked_again(visit)
    if hidden is None:
        return None
    return {"case": case, "why": WHY[hidden], "closed": True}


def _pdf(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response
