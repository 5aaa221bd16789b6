"""One child's case: what is owed and why, who has been told, the letters, and all that has happened."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from savnet.access.check import may
from savnet.access.emergencies import BreakGlass
from savnet.access.proposals import ProposalKind
from savnet.access.rights import Action, Relation
from savnet.cases.models import Case
from savnet.casework.break_glass import open_now
from savnet.casework.case_at_hand import CaseAtHand, at_hand
from savnet.casework.closing import may_be_closed
from savnet.casework.facts import began
from savnet.casework.responsible import responsible
from savnet.casework.two_persons import Waiting, waiting_in
from savnet.delivery.models import Message
from savnet.delivery.words import Progress
from savnet.policy.house import ASK_AFTER
from savnet.rules.words import CaseState, Channel
from savnet.web.delay import unexplained
from savnet.web.followup import followup
from savnet.web.letter_rows import row
from savnet.web.living import living
from savnet.web.places import place_of
from savnet.web.screen import Visit, screen
from savnet.web.shown import Shown, Sorted, sort
from savnet.web.sight import sight
from savnet.web.spells import away_since, of_this, outside, spell_began
from savnet.web.steps import step
from savnet.web.subjects import find_case
from savnet.web.timeline import timeline
from savnet.web.told import told

NEWEST = 6
OPEN_LETTERS = 3
"""So many lines of the timeline, and letters, stand open; a phone held at night has no room for a month."""


@screen(Action.SEE_CASE, "web/case.html", of=find_case)
def case(visit: Visit, case: Case) -> dict[str, Any]:
    """The case as it stands at this instant."""
    return as_it_stands(visit, case)


def as_it_stands(visit: Visit, case: Case) -> dict[str, Any]:
    """All that this person may see of it, in the order in which it is read."""
    now = at_hand(case.id, visit.now)
    seen = sight(visit, now)
    acts = may(visit.person, Action.RECORD, place_of(case, visit.person), now=visit.now)
    proposed = waiting_in(case.id, visit.person, visit.now)
    duties = sort(now)
    owed = _with_steps(duties.owed, acts=acts)
    since = spell_began(now)
    done, done_before = of_this(duties.done, since)
    told_now, told_before = of_this((*duties.owed, *duties.done), since)
    udi, udi_before = of_this(duties.udi, since)
    everyone = told(told_now, seen)
    letters = [row(one, seen, visit) for one in _letters(case)]
    written = [one for one in letters if since is None or one.message.composed_at >= since]
    lines = timeline(now.entries, seen=seen, unmatched=now.derivation.unmatched)
    return {
        "case": case,
        "followup": followup(now),
        "acts": acts,
        "unexplained": unexplained(now) if acts else (),
        "proposed": proposed,
        "may_close": _may_close(visit, now, proposed),
        "discloses": may(visit.person, Action.SEE_DISCLOSED, case.centre_id, now=visit.now),
        "emergency": _emergency(visit, case),
        "living": living(case.resident, visit.now),
        "state": now.derivation.state.value,
        "derivation": now.derivation,
        "away_since": away_since(now),
        "ask_since": _ask_since(now),
        "outside": outside(now),
        "responsible": responsible(now),
        "duties": duties,
        "owed": owed,
        "first": next((one for one in owed if one["step"]), None),
        "done": done,
        "report": _to_report(now, duties),
        "notify": [one for one in duties.owed if one.obligation.id == "2.2-7" and not one.message],
        "told": [one for one in everyone if not one.confirmed],
        "confirmed": [one for one in everyone if one.confirmed],
        "letters": written[:OPEN_LETTERS],
        "letters_rest": written[OPEN_LETTERS:],
        "udi": [*udi, *(one for one in udi_before if one.open)],
        "before": {
            "told": told(told_before, seen),
            "done": [*done_before, *(one for one in udi_before if not one.open)],
            "letters": [one for one in letters if since and one.message.composed_at < since],
        },
        "timeline": lines[:NEWEST],
        "timeline_rest": lines[NEWEST:],
        "awaits_sending": any(one.progress in {Progress.COMPOSED, Progress.UNDER_WAY} for one in duties.owed),
    }


def _emergency(visit: Visit, case: Case) -> BreakGlass | None:
    """The opening by which she is here, where that is how she came in."""
    return open_now(visit.person, case.resident_id, visit.now) if Relation.BREAK_GLASS in visit.held else None


def _may_close(visit: Visit, now: CaseAtHand, proposed: Iterable[Waiting]) -> bool:
    """Whether to offer it: closing is what remains, this person may propose it, and nobody has."""
    if not may_be_closed(now) or any(one.proposal.kind == ProposalKind.CLOSING for one in proposed):
        return False
    return may(visit.person, Action.CLOSE_CASE, now.case.centre_id, now=visit.now)


def _letters(case: Case) -> QuerySet[Message]:
    """The letters of all the child's disappearances, the newest first."""
    written = Message.objects.filter(case_id=case.id).exclude(channel__in=[Channel.SYSTEM, Channel.PHONE])
    written = written.defer("sealed_letter").select_related("withdrawal").prefetch_related("reroutings")
    return written.prefetch_related("attempts", "statuses").order_by("-composed_at", "id")


def _ask_since(now: CaseAtHand) -> datetime | None:
    """Since when an absence has stood unexplained, once the house asks whether the child has disappeared."""
    since = began(now)
    if now.derivation.state is not CaseState.ABSENT or since is None or now.now - since < ASK_AFTER:
        return None
    return since


def _with_steps(shown: Iterable[Shown], *, acts: bool) -> list[dict[str, Any]]:
    """Whoever only looks is offered no step."""
    return [{"shown": one, "step": step(one) if acts else None} for one in shown]


def _to_report(now: CaseAtHand, duties: Sorted) -> bool:
    """Whether the report is what comes next: the police or child welfare wait for a letter nobody has composed."""
    missing = now.derivation.state is CaseState.MISSING and not outside(now)
    return missing and any(one.obligation.id in {"a-1", "b-4"} and not one.message for one in duties.owed)
