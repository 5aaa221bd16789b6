"""Obligations as the screens show them: with their words, in the order of how much they press, and the next step."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from savnet.rules.obligation import Obligation
from savnet.rules.words import Actor, ObligationState, Priority, Standard
from savnet.web.wording.duties import Duty, duty

PRESSING = (
    Standard.AT_ONCE,
    Standard.IMMEDIATELY,
    Standard.AS_SOON_AS_POSSIBLE,
    Standard.WITHOUT_UNDUE_DELAY,
    Standard.NONE,
)
"""The order of display only: the circular does not rank its words against one another."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One obligation with its words, at the instant the page was made."""

    obligation: Obligation
    words: Duty
    now: datetime

    @property
    def slug(self) -> str:
        """What stands for the obligation in an address: says nothing of what it is or where the child may be."""
        return slug(self.obligation)

    @property
    def open(self) -> bool:
        return self.obligation.state is ObligationState.OPEN

    @property
    def withheld(self) -> bool:
        return self.obligation.state is ObligationState.WITHHELD

    @property
    def late(self) -> bool:
        latest = self.obligation.latest
        return self.open and latest is not None and latest < self.now

    @property
    def urgent(self) -> bool:
        return self.obligation.priority is Priority.HIGH

    @property
    def awaits_receipt(self) -> bool:
        """Sent is not received: a notice that nobody at the receiver has confirmed."""
        return self.obligation.is_notice and self.obligation.sent_at is not None and not self.obligation.received_at


@dataclass(frozen=True, slots=True)
class Sorted:
    """A case's obligations by whose they are and where they stand."""

    owed: tuple[Shown, ...]
    done: tuple[Shown, ...]
    superseded: tuple[Shown, ...]
    udi: tuple[Shown, ...]

    @property
    def nearest(self) -> Shown | None:
        """The open one whose numeric limit comes first."""
        with_limit = [shown for shown in self.owed if shown.open and shown.obligation.latest]
        return min(with_limit, key=lambda shown: shown.obligation.latest or shown.now, default=None)


def slug(obligation: Obligation) -> str:
    return hashlib.sha256("|".join(map(str, obligation.key)).encode()).hexdigest()[:16]


def sort(obligations: Iterable[Obligation], now: datetime) -> Sorted:
    """The obligations as the case screen lists them."""
    shown = [Shown(one, duty(one.id, one.recipient, one.copy_of), now) for one in obligations]
    ours = [one for one in shown if one.obligation.actor is Actor.CENTRE]
    return Sorted(
        owed=tuple(sorted((one for one in ours if one.open or one.withheld), key=urgency)),
        done=tuple(one for one in ours if one.obligation.state is ObligationState.DISCHARGED),
        superseded=tuple(one for one in ours if one.obligation.state is ObligationState.SUPERSEDED),
        udi=tuple(one for one in shown if one.obligation.actor is not Actor.CENTRE),
    )


def urgency(shown: Shown) -> tuple[object, ...]:
    """What must be done first comes first: what is late, what has a numeric limit, then the law's words for haste."""
    owed = shown.obligation
    limit = owed.latest.timestamp() if owed.latest else float("inf")
    return (shown.withheld, not shown.late, not shown.urgent, PRESSING.index(owed.standard), limit, owed.arisen_at)
