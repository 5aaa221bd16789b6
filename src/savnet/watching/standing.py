"""Is the worker awake, and does it see all that we see? What the banner, the health page and the doctor answer by."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from savnet.watching.heartbeat import Counted, count
from savnet.watching.limits import SILENT_AFTER
from savnet.watching.models import Heartbeat


@dataclass(frozen=True, slots=True)
class Standing:
    """The newest heartbeat beside a count of our own, at one instant."""

    now: datetime
    newest: Heartbeat | None
    counted: Counted

    @property
    def silent_for(self) -> timedelta | None:
        """How long since the newest heartbeat; None where there has never been one."""
        return max(self.now - self.newest.at, timedelta(0)) if self.newest else None

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
    def alarming(self) -> bool:
        """Whether people must be told not to trust that the house does its part."""
        return self.silent or self.miscounted


def standing(now: datetime) -> Standing:
    """How it stands at this instant. The heartbeat is read first: what comes in between can then only be newer."""
    newest = Heartbeat.objects.order_by("-at").first()
    return Standing(now, newest, count())
