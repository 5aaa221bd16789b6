"""The whole on paper: everything the centre still owes, whom to tell, and every letter, also those with blanks."""

from datetime import datetime
from uuid import UUID

from savnet.access.models import Person
from savnet.casework.case_at_hand import CaseAtHand, at_hand
from savnet.casework.draft import receiver, sender
from savnet.casework.plan import Planned, letter_for, planned
from savnet.casework.routes import SYSTEMS
from savnet.casework.writing import is_met_by_letter
from savnet.letters import Letter, Packet, Rendered, Task, render
from savnet.rules.words import Actor, ObligationState


def packet(case_id: UUID, *, by: Person, now: datetime) -> Rendered:
    """The packet of a case as PDF, in bokmål: it is for the centre's own hands.

    What has no receiver stands on the list without one: the duty is there all the same.
    """
    case = at_hand(case_id, now)
    return packet_of(case, by=by, reference=case.id.hex[:8].upper())


def packet_of(case: CaseAtHand, *, by: Person, reference: str, without_child: bool = False) -> Rendered:
    """The packet of a case that is at hand. `without_child`: no letters and no instants, for a day nobody knows yet."""
    owed = [planned(case, one) for one in case.derivation.obligations if one.state is ObligationState.OPEN]
    ours = [one for one in owed if one.obligation.actor is Actor.CENTRE]
    return render(
        Packet(
            sender=sender(case.resident.centre, by),
            written_at=case.now,
            reference=reference,
            tasks=tuple(task(one, undated=without_child) for one in ours),
            letters=() if without_child else tuple(_letter(case, one, by) for one in ours if _has_letter(one)),
            without_child=without_child,
        )
    )


def task(one: Planned, *, undated: bool = False) -> Task:
    """One line of the list."""
    obligation = one.obligation
    return Task(
        duty=obligation.id,
        standard=obligation.standard,
        receiver=receiver(one.resolution) if one.resolution else None,
        channel=one.route.counts_as if one.route else None,
        latest=None if undated else obligation.latest,
    )


def _has_letter(one: Planned) -> bool:
    written = is_met_by_letter(one.obligation) or one.obligation.id == "c-1"
    return written and one.resolution is not None and one.obligation.recipient not in SYSTEMS


def _letter(case: CaseAtHand, one: Planned, by: Person) -> Letter:
    return letter_for(case, one, by=by, message_id=case.id)
