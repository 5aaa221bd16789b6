"""Going through an open case: five points answered, the next day set, and an event in the ledger."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from savnet.access.models import Person
from savnet.cases import ledger
from savnet.cases.models import Case
from savnet.casework.case_at_hand import at_hand
from savnet.casework.errors import CaseworkError, NotReady
from savnet.followup.models import Watch
from savnet.policy.reviews import POINTS, next_review
from savnet.rules import Derivation
from savnet.rules.events import CaseReviewed
from savnet.rules.time import norwegian_day
from savnet.rules.words import Answer

POINTS_IN_WORDS = {
    "police_inquiries": _("hva politiet har gjort"),
    "alert_valid": _("om etterlysningen fortsatt gjelder"),
    "new_information": _("om det er nye opplysninger"),
    "tracing_abroad": _("om det er lett i utlandet"),
    "other_registers": _("om barnet finnes i andre registre"),
}


def review(case_id: UUID, points: Mapping[str, Answer], *, text: str, by: Person, now: datetime) -> Derivation:
    """Record that the case was gone through, and set when it is gone through next.

    Raises NotReady where a point has no answer: «unknown» is one. Raises CaseworkError for a case that is not open.
    """
    unasked = [point for point in POINTS if points.get(point, Answer.NOT_ASKED) is Answer.NOT_ASKED]
    if unasked:
        raise NotReady(tuple(str(POINTS_IN_WORDS[point]) for point in unasked))
    with ledger.hold(case_id):
        watch = Watch.objects.filter(case_id=case_id).first()
        case = at_hand(case_id, now)
        if watch is None:
            raise CaseworkError(gettext("Saken er ikke åpen, og skal ikke gjennomgås."))
        today = norwegian_day(now)
        watch.reviewed_on, watch.next_review = today, following_review(case.case, watch, last=today)
        watch.save(update_fields=["reviewed_on", "next_review"])
        held = CaseReviewed(
            at=now,
            by=by.name,
            police_inquiries=points["police_inquiries"],
            alert_valid=points["alert_valid"],
            new_information=points["new_information"],
            tracing_abroad=points["tracing_abroad"],
            other_registers=points["other_registers"],
            text=text.strip() or None,
            next_review=watch.next_review,
        )
        return ledger.record(case_id, held, by=by, now=now)


def following_review(case: Case, watch: Watch, *, last: date | None) -> date:
    """When the case is to be gone through next, after it was last; counted from when the child went missing."""
    since = norwegian_day(case.missing_since or watch.since)
    return next_review(since, last=last, born=case.resident.born)
