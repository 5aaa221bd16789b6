"""The centre that told of a disappearance, for whoever is to hear of the return: a child may have moved meanwhile."""

from copy import copy
from uuid import UUID

from savnet.casework.case_at_hand import CaseAtHand
from savnet.register.models import Centre, Resident
from savnet.rules import Obligation

TOLD_AGAIN = "2.2-7"


def as_told(case: CaseAtHand, obligation: Obligation) -> Resident:
    """The resident, as living where receivers of this notice were found when they were first told.

    Found by the centre where the child lives now, word of the return would go to another police district and
    another regional office than the ones that look for the child.
    """
    centre_id = _told_from(case) if obligation.id == TOLD_AGAIN else None
    if centre_id is None or centre_id == case.resident.centre_id:
        return case.resident
    then = copy(case.resident)
    then.centre = Centre.objects.select_related("municipality", "agreed_police_district").get(id=centre_id)
    return then


def _told_from(case: CaseAtHand) -> UUID | None:
    """The centre that had the child when it was believed to have disappeared."""
    since = case.derivation.missing_since
    named = [one for one in case.entries if one.centre_id]
    before = [one for one in named if since is not None and one.recorded_at <= since]
    return before[-1].centre_id if before else next((one.centre_id for one in named), None)
