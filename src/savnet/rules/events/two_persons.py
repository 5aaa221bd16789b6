"""What takes two persons, when the second has answered; and the end of a case, which is one of these."""

from dataclasses import dataclass
from typing import ClassVar

from savnet.rules.events.base import Event
from savnet.rules.words import Proposed, ReturnedHow


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalAnswered(Event):
    """A second person (`by`) has confirmed or declined what another proposed, with the reason that was given."""

    type: ClassVar[str] = "proposal_answered"
    what: Proposed
    confirmed: bool
    proposed_by: str
    why: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseClosed(Event):
    """The case is over: with its outcome, and who says so. It sets off nothing; a new absence begins anew."""

    type: ClassVar[str] = "case_closed"
    outcome: ReturnedHow
    source: str
    proposed_by: str
