"""Obligations as the screens show them: with their words, in the order of how much they press, and the next step."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import Http404
from django.utils.translation import ngettext

from savnet.casework.case_at_hand import CaseAtHand
from savnet.casework.errors import NothingOwed
from savnet.casework.holding_back import held_back
from savnet.casework.paper_instead import next_try
from savnet.casework.plan import messages_by_key
from savnet.casework.system_fields import system_task
from savnet.casework.ways import WIRED
from savnet.delivery.channels.paper import BY_HAND
from savnet.delivery.channels.system_task import SystemTask
from savnet.delivery.models import Message
from savnet.delivery.standing import progress
from savnet.register.resolution import NoRecipient
from savnet.rules.obligation import Obligation
from savnet.rules.words import Actor, ObligationState, Priority, Standard
from savnet.web.wording.duties import duty
from savnet.web.wording.duty import Duty

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
    case_id: UUID
    message: Message | None = None
    held: NoRecipient | None = None

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

    @property
    def by_hand(self) -> bool:
        """Whether a letter lies ready that a person must carry."""
        return self.message is not None and self.message.channel in BY_HAND

    @property
    def progress(self) -> str:
        """How far the sending has come, where a letter is composed."""
        if self.message is None:
            return ""
        if self.by_hand and self.open:
            return ""
        return progress(list(self.message.attempts.all()), list(self.message.statuses.all())).value

    @property
    def next_try(self) -> datetime | None:
        """When Savnet tries again by itself to send the letter; None where it doesn't."""
        return next_try(self.message) if self.message and self.open else None

    @property
    def in_vain(self) -> bool:
        """Whether the letter has been tried over the wire, has not got through, and a person might carry it."""
        wired = self.message is not None and self.message.channel in WIRED
        return wired and self.open and bool(self.obligation.attempts)

    @property
    def tried(self) -> str:
        """How often somebody has tried in vain, in words."""
        times = len(self.obligation.attempts)
        said = ngettext("Forsøkt én gang", "Forsøkt %(times)s ganger", times) % {"times": times}
        return said if times else ""


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


def sort(now: CaseAtHand) -> Sorted:
    """The obligations of a case as its screen lists them."""
    letters = messages_by_key(now)
    shown = [_shown(now, one, letters.get(one.key)) for one in now.derivation.obligations]
    ours = [one for one in shown if one.obligation.actor is Actor.CENTRE]
    return Sorted(
        owed=tuple(sorted((one for one in ours if one.open or one.withheld), key=urgency)),
        done=tuple(one for one in ours if one.obligation.state is ObligationState.DISCHARGED),
        superseded=tuple(one for one in ours if one.obligation.state is ObligationState.SUPERSEDED),
        udi=tuple(one for one in shown if one.obligation.actor is not Actor.CENTRE),
    )


def _shown(now: CaseAtHand, one: Obligation, letter: Message | None) -> Shown:
    """`held` says why an open notice that nobody has composed does not go of itself."""
    waits = one.state is ObligationState.OPEN and letter is None
    held = held_back(now, one) if waits else None
    return Shown(one, duty(one.id, one.recipient, one.copy_of), now.now, now.id, letter, held)


def find(now: CaseAtHand, wanted: str) -> Shown:
    """The obligation that an address stands for. Raises Http404 where the case has none such (any longer)."""
    duties = sort(now)
    for one in (*duties.owed, *duties.done, *duties.superseded):
        if one.slug == wanted:
            return one
    raise Http404("no such obligation")


def to_enter(now: CaseAtHand, shown: Shown) -> SystemTask:
    """What to enter in a register for this duty. Raises Http404 for one that is met otherwise."""
    try:
        return system_task(now, shown.obligation)
    except NothingOwed as met_otherwise:
        raise Http404(str(met_otherwise)) from met_otherwise


def urgency(shown: Shown) -> tuple[object, ...]:
    """What must be done first comes first: what is late, then by the law's words for haste, then the nearest limit.

    A summons that is near makes its cancellation urgent among its like; it never stands above the report to the police.
    """
    owed = shown.obligation
    limit = owed.latest.timestamp() if owed.latest else float("inf")
    return (shown.withheld, not shown.late, PRESSING.index(owed.standard), limit, not shown.urgent, owed.arisen_at)


def by_message(now: CaseAtHand, message: Message) -> Shown:
    """The obligation that a letter meets."""
    duties = sort(now)
    for one in (*duties.owed, *duties.done, *duties.superseded):
        if one.message and one.message.id == message.id:
            return one
    raise Http404("no such obligation")
