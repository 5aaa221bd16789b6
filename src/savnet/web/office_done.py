"""Note what an office has decided or done: where the child is to live, what was refunded, whom it was settled with."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from savnet.access.rights import Action
from savnet.cases.models import Case
from savnet.casework import by_hand
from savnet.casework.case_at_hand import CaseAtHand, at_hand
from savnet.casework.plan import planned
from savnet.register.resolution import NoRecipient, Resolution
from savnet.rules import Obligation
from savnet.rules.words import Channel
from savnet.web.desk import desk, find_told
from savnet.web.forms import Sheet
from savnet.web.office_decisions import DECISIONS, Decision, OtherWaySheet
from savnet.web.office_duties import find_owed
from savnet.web.office_sheets import to_office_case
from savnet.web.screen import Answer, Visit, screen
from savnet.web.sheets import fill, send


@screen(Action.ACT_FOR_OFFICE, "web/office_done.html", of=find_told)
def office_done(visit: Visit, case: Case, slug: str) -> Answer:
    """Record that it was done."""
    now = at_hand(case.id, visit.now)
    shown = find_owed(now, slug, desk(visit.person))
    form = _sheet(visit, shown.obligation)

    def act(given: Mapping[str, Any]) -> str:
        with override("nb"):  # what is kept is in one language, whoever writes it
            note = form.told() if isinstance(form, Decision) else given["note"]
        by_hand.mark_done(
            case.id,
            shown.obligation.key,
            by=visit.person,
            now=visit.now,
            at=given["at"],
            channel=Channel(given["channel"]) if "channel" in given else None,
            reference=given.get("reference", ""),
            note=note,
            more_information_needed=form.more_information_needed if isinstance(form, Decision) else None,
        )
        return to_office_case(case)

    return send(visit, form, act, said=_("Notert.")) or {
        "case": case,
        "form": form,
        "shown": shown,
        "office": _office(now, shown.obligation),
    }


def _sheet(visit: Visit, owed: Obligation) -> Sheet:
    if kind := DECISIONS.get(owed.id):
        return fill(kind, visit)
    return fill(OtherWaySheet, visit, ways=by_hand.ways_to_meet(owed))


def _office(now: CaseAtHand, owed: Obligation) -> Resolution | None:
    """Whom to call about it, as the register has them."""
    if not owed.is_notice:
        return None
    try:
        return planned(now, owed).resolution
    except NoRecipient:
        return None
