"""What an office has sent out of the house: who has it, by phone or by link and code, and what they did with it."""

from django.http import Http404
from django.urls import reverse

from savnet.access.rights import Action
from savnet.cases.models import Case
from savnet.casework.case_at_hand import at_hand
from savnet.policy.receipts import OF_OFFICES
from savnet.rules.words import Actor
from savnet.web import question
from savnet.web.desk import desk, find_told
from savnet.web.not_theirs import Beyond, note_not_theirs
from savnet.web.office_duties import find_owed
from savnet.web.office_sheets import to_office_case
from savnet.web.receipt import Around, mail, make_code, note
from savnet.web.right_receiver import find_receiver
from savnet.web.screen import Answer, Visit, screen
from savnet.web.shown import Shown


@screen(Action.ACT_FOR_OFFICE, "web/receipt.html", of=find_told)
def office_sent(visit: Visit, case: Case, slug: str) -> Answer:
    """Record the receipt of one of the office's own."""
    shown = _own(visit, case, slug)
    return note(visit, case, shown, _around(case, slug, letter=shown.message is not None))


@screen(Action.ACT_FOR_OFFICE, "", of=find_told)
def office_new_code(visit: Visit, case: Case, slug: str) -> Answer:
    """Make a new link and code, to read out on the phone."""
    return make_code(visit, _own(visit, case, slug), _around(case, slug))


@screen(Action.ACT_FOR_OFFICE, "", of=find_told)
def office_send_link(visit: Visit, case: Case, slug: str) -> Answer:
    """Send the link, without the code, to the register's address."""
    return mail(visit, case, _own(visit, case, slug), _around(case, slug))


@screen(Action.ACT_FOR_OFFICE, "web/not_theirs.html", of=find_told)
def office_not_theirs(visit: Visit, case: Case, slug: str) -> Answer:
    """Told on the phone that one of the office's own is not for them."""
    shown = _own(visit, case, slug)
    if shown.message is None:
        raise Http404("it went without a letter that could be sent on")
    beyond = Beyond(_around(case, slug).here, to_office_case(case), "office-right-receiver")
    return note_not_theirs(visit, case, shown, shown.message, beyond)


@screen(Action.ACT_FOR_OFFICE, "web/right_receiver.html", of=find_told)
def office_right_receiver(visit: Visit, case: Case, number: int) -> Answer:
    """Whose it is, of what the office had sent."""
    return find_receiver(visit, case, number, of=_actor(visit), back=to_office_case(case))


@screen(Action.ACT_FOR_OFFICE, "web/question.html", of=find_told)
def office_question(visit: Visit, case: Case, name: str) -> Answer:
    """What the receiver answers about one of the office's own."""
    return question.note(visit, case, name, of=_actor(visit), back=to_office_case(case))


def goes_after(shown: Shown) -> bool:
    """Whether the office is to see to it that somebody out there has it."""
    return shown.awaits_receipt and shown.obligation.id in OF_OFFICES


def _actor(visit: Visit) -> Actor:
    """Which office it is. Raises Http404 for one that only receives, and so has nobody to ask."""
    actor = desk(visit.person).actor
    if actor is None:
        raise Http404("the office has sent nothing")
    return actor


def _own(visit: Visit, case: Case, slug: str) -> Shown:
    """What the office itself has sent. Raises Http404 for anybody else's, and for what nobody need confirm."""
    shown = find_owed(at_hand(case.id, visit.now), slug, desk(visit.person))
    if shown.obligation.id not in OF_OFFICES:
        raise Http404("nobody is asked to confirm it")
    return shown


def _around(case: Case, slug: str, *, letter: bool = False) -> Around:
    names = ("office-sent", "office-new-code", "office-send-link", "office-not-theirs")
    here, new, link, other = (reverse(name, args=[case.id, slug]) for name in names)
    return Around(
        case=to_office_case(case), here=here, new_code=new, send_link=link, not_theirs=other if letter else ""
    )
