"""Send one notice, or all that are owed: whom it goes to is shown first, with the reason and the way."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from savnet.access.rights import Action
from savnet.cases.models import Case
from savnet.casework.case_at_hand import at_hand
from savnet.casework.plan import plan
from savnet.casework.sending import send as send_letters
from savnet.register.resolution import NoRecipient
from savnet.web.forms import Sheet
from savnet.web.planned import Going, going
from savnet.web.said_again import asked_again
from savnet.web.screen import Answer, Visit, screen
from savnet.web.sheets import fill, send, to_case
from savnet.web.shown import find
from savnet.web.subjects import find_case

REPORTED = {"a-1", "b-4"}
"""They wait for the answers of the report, and are sent from there."""
SENT = _("Sendt videre. Se i saken hva som gjenstår, og om noe skal leveres på papir.")


@screen(Action.SEND, "web/send.html", of=find_case)
def send_all(visit: Visit, case: Case) -> Answer:
    """Everything that is owed by letter now."""
    now = at_hand(case.id, visit.now)
    return _send(visit, case, [one for one in going(plan(now)) if one.planned.obligation.id not in REPORTED])


@screen(Action.SEND, "web/send.html", of=find_case)
def send_one(visit: Visit, case: Case, slug: str) -> Answer:
    """One notice alone."""
    now = at_hand(case.id, visit.now)
    shown = find(now, slug)
    chosen = [one for one in going(plan(now, held=True)) if one.slug == slug]
    return _send(visit, case, chosen, held=shown.held)


def _send(visit: Visit, case: Case, chosen: list[Going], *, held: NoRecipient | None = None) -> Answer:
    """`held` says why the notice does not go of itself; sent from here, a person has decided that it goes."""
    if question := asked_again(visit):
        return question
    form = fill(Sheet, visit)
    keys = {one.planned.obligation.key for one in chosen}

    def act(_: Mapping[str, Any]) -> str:
        send_letters(case.id, by=visit.person, now=visit.now, only=keys, held=held is not None)
        return to_case(case)

    ready = any(one.planned.ready for one in chosen)
    return send(visit, form, act, said=SENT) or {
        "case": case,
        "form": form,
        "going": chosen,
        "ready": ready,
        "held": held,
    }
