"""Who answers where the circular does not: named, with a number to call, so that nobody is turned away silently."""

from dataclasses import dataclass

from savnet.casework.case_at_hand import CaseAtHand
from savnet.register.resolution import NoRecipient, Resolution
from savnet.register.routing import resolve
from savnet.rules import Refusal
from savnet.rules.time import norwegian_day
from savnet.rules.words import Recipient


@dataclass(frozen=True, slots=True)
class Responsible:
    """A refusal, and the office that answers instead; None where it is the centre itself, or nobody can be named."""

    refusal: Refusal
    office: Resolution | None


def responsible(case: CaseAtHand) -> tuple[Responsible, ...]:
    """Each reason why the circular does not cover the child, with who answers instead."""
    return tuple(Responsible(one, _office(case, one)) for one in case.derivation.refused)


def _office(case: CaseAtHand, refusal: Refusal) -> Resolution | None:
    if refusal.responsible != Recipient.CHILD_WELFARE:
        return None
    try:
        return resolve(Recipient.CHILD_WELFARE, resident=case.resident, on=norwegian_day(case.now))
    except NoRecipient:
        # The refusal itself says that it is child welfare; which office is what nobody knows.
        return None
