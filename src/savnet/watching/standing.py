"""Is the worker awake, does it see all that we see and tell of it, do the clocks agree, are the ways out open?

What the banner, the health page and the doctor answer by.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from savnet.watching.clocks import apart, is_far
from savnet.watching.heartbeat import Counted, count, newest
from savnet.watching.ladder import awake_then, still_since
from savnet.watching.limits import CLOCKS_APART, LADDER_STILL_AFTER, SILENT_AFTER
from savnet.watching.models import Heartbeat, WayOut
from savnet.watching.ways_out import CARRY_NO_LETTER, RETURNED_MAIL, STAFF_MAIL, closed


@dataclass(frozen=True, slots=True)
class Standing:
    """The newest heartbeat beside a count of our own, at one instant by the database's clock."""

    now: datetime
    newest: Heartbeat | None
    counted: Counted
    clock_ahead: timedelta
    closed: tuple[WayOut, ...]
    ladder_since: datetime | None
    awake_then: bool

    @property
    def silent_for(self) -> timedelta | None:
        """How long since the newest heartbeat; None where there is none, or none that can be placed in time."""
        if self.newest is None or self.newest.at - self.now > CLOCKS_APART:
            return None  # the database's own clock was set back: what is ahead of it tells nothing until the next
        return max(self.now - self.newest.at, timedelta(0))

    @property
    def silent(self) -> bool:
        """Whether the worker counts as stopped."""
        return self.silent_for is None or self.silent_for > SILENT_AFTER

    @property
    def miscounted(self) -> bool:
        """Whether the worker went through another number than stands open.

        Where something was recorded after the heartbeat the two can't be compared; the next heartbeat can.
        """
        if self.newest is None or self.newest.ledger_position != self.counted.ledger_position:
            return False
        return self.newest.examined != self.counted.open

    @property
    def ladder_still(self) -> bool:
        """Whether nobody goes up the ladder of alarms, though the heart may beat."""
        if self.ladder_since is None or not self.awake_then:
            return False
        return self.now - self.ladder_since > LADDER_STILL_AFTER

    @property
    def clock_wrong(self) -> bool:
        """Whether the clock of this machine, of the worker's, or of the database's, is far from the others."""
        return is_far(self.clock_ahead) or (self.newest is not None and is_far(self.newest.clock_ahead))

    @property
    def letters_held(self) -> tuple[WayOut, ...]:
        """The ways for letters that are closed."""
        return tuple(one for one in self.closed if one.channel not in CARRY_NO_LETTER)

    @property
    def staff_unheard(self) -> WayOut | None:
        """The way by which our own staff are told, where it is closed."""
        return next((one for one in self.closed if one.channel == STAFF_MAIL), None)

    @property
    def returns_unread(self) -> bool:
        """Whether nobody sees what comes in return: for operators, since whoever is on duty can do nothing about it."""
        return any(one.channel == RETURNED_MAIL for one in self.closed)

    @property
    def alarming(self) -> bool:
        """Whether people must be told not to trust that the house does its part."""
        return self.letters_at_risk or self.ladder_still or self.staff_unheard is not None

    @property
    def letters_at_risk(self) -> bool:
        """Whether letters may lie, or times be wrong, so that they must be taken to paper."""
        return self.silent or self.miscounted or self.clock_wrong or bool(self.letters_held)


def standing(now: datetime) -> Standing:
    """How it stands at this instant. The heartbeat is read first: what comes in between can then only be newer."""
    last, ahead = newest(), apart()
    here = now - ahead
    return Standing(here, last, count(), ahead, closed(), still_since(), awake_then(here))
