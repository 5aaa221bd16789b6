"""An obligation while the course of events is followed: what it is, and what has been done about it so far."""

from dataclasses import dataclass, field, replace
from datetime import datetime

from savnet.rules.events import Act, Attempted, Done, Event, Received
from savnet.rules.moment import Disappearance, Owed
from savnet.rules.obligation import Attempt, Obligation
from savnet.rules.rs_2015_009.section_2_3d import priority
from savnet.rules.words import ObligationState, Recipient

_SAME = {Recipient.GUARDIAN: Recipient.REPRESENTATIVE}
"""A guardian stands in the representative's place once there is a permit; an act may name either."""


CONCERN_REPORT = ("b-4", "b-8")
"""The names that the report to child welfare goes by while the child is missing."""


@dataclass(slots=True)
class Standing:
    """One obligation and its progress."""

    owed: Owed
    disappearance: Disappearance | None
    discharged: Event | None = None
    superseded_by: str | None = None
    received: Received | None = None
    attempts: list[Attempt] = field(default_factory=list)

    @property
    def obligation(self) -> Obligation:
        """What it is, apart from its progress."""
        return self.owed.obligation

    @property
    def open(self) -> bool:
        """Neither discharged nor superseded; it may still be withheld."""
        return self.discharged is None and self.superseded_by is None

    @property
    def withheld(self) -> bool:
        """The law forbids it for now: no consent stands."""
        return self.owed.needs_consent and not (self.disappearance and self.disappearance.consented)

    @property
    def state(self) -> ObligationState:
        """Where it stands."""
        if self.discharged:
            return ObligationState.DISCHARGED
        if self.superseded_by:
            return ObligationState.SUPERSEDED
        return ObligationState.WITHHELD if self.withheld else ObligationState.OPEN

    def is_meant_by(self, act: Act | Received, *, widely: bool = False) -> bool:
        """Whether the act names this obligation, by its id or one it carries out too, and nothing that contradicts.

        In the wider sense the concern report is one, wherever it goes: b-4, which b-8 may redirect or repeat.
        """
        one = self.obligation
        return (
            (act.obligation == one.id or act.obligation in one.also or (widely and _one_report(act.obligation, one.id)))
            and (act.because is None or act.because == one.because)
            and (act.copy_of in {None, one.copy_of} or (widely and _one_report(act.copy_of, one.copy_of)))
            and (act.municipality is None or one.municipality is None or act.municipality == one.municipality)
            and self._is_recipient(act.recipient)
        )

    def _is_recipient(self, named: Recipient | None) -> bool:
        mine = self.obligation.recipient
        if named is None or mine is None or self.obligation.id == "4-8":
            return True
        return _SAME.get(named, named) == _SAME.get(mine, mine)

    def take(self, act: Done | Attempted) -> bool:
        """Let the act discharge the obligation where it can; else it stays as an attempt. Returns whether it did."""
        if isinstance(act, Done) and self.open and not self.withheld and self.owed.accepts(act):
            self.discharged = act
            return True
        outcome = act.outcome if isinstance(act, Attempted) else None
        self.attempts.append(Attempt(at=act.at, channel=act.channel, outcome=outcome, event=act.number))
        return False

    def turn_to(self, owed: Owed) -> None:
        """The same duty, now to somebody else: that the former has confirmed is no receipt of the new one's."""
        if owed.obligation.municipality != self.obligation.municipality:
            self.received = None
        self.owed = owed

    def receive(self, receipt: Received) -> None:
        """The first receipt says who has it since when; a later one can add the receiver's reference."""
        if self.received is None:
            self.received = receipt
        elif receipt.reference:
            self.received = replace(self.received, reference=receipt.reference)

    def as_of(self, at: datetime) -> Obligation:
        """The obligation as it stands at the instant asked about."""
        plain, state = self.obligation, self.state
        sent = self.discharged.at if self.discharged and plain.is_notice else None
        urgency = priority(self.owed.appointments, on=sent or at)
        overdue = state is ObligationState.OPEN and plain.latest is not None and at > plain.latest
        if self._untouched and not overdue and urgency is plain.priority:
            return plain  # as most are; copies are what `derive` spends most time on
        return replace(
            plain,
            state=state,
            priority=urgency,
            sent_at=sent,
            received_at=self.received.at if self.received else None,
            received_by=self.received.by if self.received else None,
            reference=self._reference(),
            remark=self._remark(),
            overdue=overdue,
            superseded_by=self.superseded_by,
            discharged_at=self.discharged.at if self.discharged else None,
            discharged_by=self.discharged.number if self.discharged else None,
            attempts=tuple(self.attempts),
        )

    @property
    def _untouched(self) -> bool:
        """Open, and nobody has sent, tried or received anything."""
        return self.open and not self.withheld and self.received is None and not self.attempts

    def _reference(self) -> str | None:
        """The receiver's own reference, or else the one noted when it was done."""
        if self.received and self.received.reference:
            return self.received.reference
        return self.discharged.reference if isinstance(self.discharged, Done) else None

    def _remark(self) -> str | None:
        """The fixed remark of the law; or who did it instead, or which obligation took its place."""
        if self.superseded_by:
            return self.superseded_by
        if self.discharged and self.obligation.id == "4-2" and not isinstance(self.discharged, Done):
            return "by: police"
        return self.obligation.remark


def _one_report(named: str | None, meant: str | None) -> bool:
    return named in CONCERN_REPORT and meant in CONCERN_REPORT
