"""What `derive` answers: obligations with their basis, refusals, gaps, and who has been told."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from savnet.rules.events import FactRecorded
from savnet.rules.words import (
    Actor,
    Answer,
    CaseState,
    Channel,
    ObligationState,
    Outcome,
    Priority,
    Recipient,
    Standard,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """Where a rule stands: text, point, and the few decisive words.

    `words` is None where the wording of that version could not be had; nobody may invent it.
    """

    text: str = "RS 2015-009"
    point: str
    words: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalBasis:
    """Why this disclosure is lawful: the provision of the circular that says so, and the rule it names."""

    provision: str
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One try to meet an obligation that did not discharge it."""

    at: datetime
    channel: Channel | None
    outcome: Outcome | None
    event: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Obligation:
    """Something owed: by whom, to whom, why, how fast, and where it stands at the instant asked about."""

    id: str
    also: tuple[str, ...] = ()
    actor: Actor
    recipient: Recipient | None
    municipality: str | None = None
    copy_of: str | None = None
    because: int
    standard: Standard
    latest: datetime | None = None
    state: ObligationState = ObligationState.OPEN
    priority: Priority = Priority.NORMAL
    sent_at: datetime | None = None
    received_at: datetime | None = None
    received_by: str | None = None
    reference: str | None = None
    remark: str | None = None
    overdue: bool = False
    basis: Basis
    arisen_at: datetime
    is_notice: bool = False
    superseded_by: str | None = None
    discharged_at: datetime | None = None
    discharged_by: int | None = None
    attempts: tuple[Attempt, ...] = ()
    legal_basis: LegalBasis | None = None
    interpretations: tuple[int, ...] = ()

    @property
    def key(self) -> tuple[str, str | None, str | None, str | None, int]:
        """What tells this obligation from every other in the same case."""
        return (self.id, self.recipient, self.municipality, self.copy_of, self.because)


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """The circular does not cover this; `responsible` says who is, so that nobody is turned away silently."""

    provision: str
    responsible: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A recipient who was told of the disappearance, or whom somebody tried to tell (2.2-7, 4-14)."""

    recipient: Recipient
    municipality: str | None
    first_attempt: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Something missing that the duties need: no lawyer on file, no municipality for an address, lost in transit."""

    name: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Derivation:
    """The whole answer for one case at one instant."""

    at: datetime
    state: CaseState
    version: date
    refused: tuple[Refusal, ...]
    obligations: tuple[Obligation, ...]
    missing_since: datetime | None = None
    returned_at: datetime | None = None
    told: tuple[Told, ...] = ()
    facts: Mapping[str, FactRecorded]
    gaps: tuple[Gap, ...] = ()
    unmatched: tuple[int, ...] = ()

    def answer(self, item: str) -> Answer:
        """The answer given to one of the nine items; `not_asked` where nobody has answered."""
        fact = self.facts.get(item)
        return fact.answer if fact else Answer.NOT_ASKED
