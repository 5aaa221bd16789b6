"""One child's case as an office may know it: what was sent to it, what it owes, what it has done."""

from typing import Any

from savnet.access.rights import Action, Role
from savnet.cases.models import Case
from savnet.casework.case_at_hand import CaseAtHand, at_hand
from savnet.casework.holding_back import CANCELS
from savnet.casework.office_letters import municipality_name
from savnet.register.resolution import NoRecipient, Resolution
from savnet.register.routing import resolve
from savnet.rules.events import Returned
from savnet.rules.time import norwegian_day
from savnet.rules.words import Actor, CaseState, Recipient
from savnet.web.desk import Desk, desk, find_told
from savnet.web.followup import every_declined, every_question
from savnet.web.fresh import is_fresh
from savnet.web.living import living
from savnet.web.office_duties import AtDesk, at_desk, step
from savnet.web.office_sent import goes_after
from savnet.web.screen import Visit, screen
from savnet.web.wording.words import CASE_STATE

SUMMONS = {Role.KOR_OFFICER: CANCELS["d-1"], Role.BFE_OFFICER: CANCELS["d-2"]}
"""The appointments that are each unit's own."""


@screen(Action.SEE_OFFICE_CASE, "web/office_case.html", of=find_told)
def office_case(visit: Visit, case: Case) -> dict[str, Any]:
    """The case as it stands for this office."""
    mine, now = desk(visit.person), at_hand(case.id, visit.now)
    known = at_desk(now, mine)
    state = state_known(now, mine, known)
    return {
        "place": "office",
        "case": case,
        "desk": mine,
        "living": living(case.resident, visit.now),
        "state": state,
        "state_words": CASE_STATE[state] if state else "",
        "since": now.derivation.missing_since if mine.actor and state is CaseState.MISSING else None,
        "told_only": mine.actor is None,
        "sent": known.sent,
        "owed": [{"shown": one, "step": step(one)} for one in known.owed],
        "unread": [one for one in known.done if goes_after(one)],
        "done": [one for one in known.done if not goes_after(one)],
        "declined": list(every_declined(now, mine.actor)) if mine.actor else [],
        "asked": list(every_question(now, mine.actor)) if mine.actor else [],
        "news": [{"event": one, "where": municipality_name(one.municipality)} for one in known.news],
        "folded": not is_fresh(visit.request, visit.now),
        "summons": _summons(case, mine),
        "rebook": mine.role in SUMMONS and state is CaseState.FOUND,
        "region": mine.actor is Actor.REGION,
        "asa": mine.actor is Actor.ASA,
        "contact": _region_of(now) if mine.actor is Actor.ASA else None,
    }


def state_known(now: CaseAtHand, mine: Desk, known: AtDesk) -> CaseState | None:
    """Where the child is held to stand, by what the office itself has been told; None where it can't know."""
    if mine.actor:
        return now.derivation.state
    told_back = any(isinstance(now.event(one.obligation.because), Returned) for one in known.sent)
    newest = known.sent[0] if known.sent else None
    if newest and told_back and isinstance(now.event(newest.obligation.because), Returned):
        return CaseState.FOUND
    return CaseState.MISSING


def _summons(case: Case, mine: Desk) -> list[Any]:
    kinds = SUMMONS.get(mine.role)
    return list(case.resident.appointments.filter(kind__in=kinds)) if kinds else []


def _region_of(now: CaseAtHand) -> Resolution | None:
    """Whom ASA may contact where there is need (4-11)."""
    try:
        return resolve(Recipient.REGION, resident=now.resident, on=norwegian_day(now.now))
    except NoRecipient:
        return None
