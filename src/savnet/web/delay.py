"""Say why something was late: a sentence that stands in the case for whoever asks."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.utils.translation import gettext_lazy as _

from savnet.access.check import may
from savnet.access.rights import Action
from savnet.cases.models import Case
from savnet.casework.case_at_hand import CaseAtHand, at_hand
from savnet.casework.lateness import Delay, delays, explain_delay
from savnet.rules import Obligation
from savnet.web.forms import Sheet, longer
from savnet.web.screen import Answer, Visit, screen
from savnet.web.sheets import fill, send, to_case
from savnet.web.shown import slug as slug_of
from savnet.web.spells import spell_began
from savnet.web.subjects import find_case
from savnet.web.wording.duties import duty
from savnet.web.wording.duty import Duty


class DelaySheet(Sheet):
    """The reason."""

    why = longer(_("Hvorfor ble det sent?"), required=_("Skriv hvorfor det ble sent."), rows=4)


@screen(Action.RECORD, "web/delay.html", of=find_case)
def delay(visit: Visit, case: Case, slug: str) -> Answer:
    """Record the reason."""
    late = _late(case, visit, slug)
    form = fill(DelaySheet, visit)

    def act(given: Mapping[str, Any]) -> str:
        explain_delay(case.id, late.obligation.key, why=given["why"], by=visit.person, now=visit.now)
        return to_case(case)

    owed = late.obligation
    return send(visit, form, act, said=_("Grunnen er notert.")) or {
        "case": case,
        "form": form,
        "late": late,
        "words": _words(owed),
        "leads": may(visit.person, Action.LEAD_CENTRE, case.centre_id),
    }


@dataclass(frozen=True, slots=True)
class Unexplained:
    """Something that was done late, and of which nobody has said why."""

    delay: Delay
    words: Duty
    slug: str


def unexplained(now: CaseAtHand) -> tuple[Unexplained, ...]:
    """What was done late in the disappearance that the case is about, without a reason.

    What is not done yet is first to be done.
    """
    since = max(filter(None, (now.derivation.missing_since, spell_began(now))), default=None)
    done = (one for one in delays(now) if not one.open and not one.reason)
    late = [one for one in done if since and one.obligation.arisen_at >= since]
    return tuple(Unexplained(one, _words(one.obligation), slug_of(one.obligation)) for one in late)


def _words(owed: Obligation) -> Duty:
    return duty(owed.id, owed.recipient, owed.copy_of)


def _late(case: Case, visit: Visit, wanted: str) -> Delay:
    for one in delays(at_hand(case.id, visit.now)):
        if slug_of(one.obligation) == wanted:
            return one
    raise Http404("nothing late by that name")
