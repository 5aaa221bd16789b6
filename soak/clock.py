"""One clock for all processes of a run, which only the run itself moves on: ten minutes pass in no time."""

import mmap
import struct
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from unittest.mock import patch

from django.utils import timezone
from procrastinate.periodic import PeriodicDeferrer, TaskAtTime

DOUBLE = struct.Struct("d")


class Clock:
    """Real time and what has been added. Processes forked from the one that made it share it."""

    def __init__(self) -> None:
        self._added = mmap.mmap(-1, DOUBLE.size)

    def now(self) -> datetime:
        (added,) = DOUBLE.unpack(self._added[:])
        return datetime.now(UTC) + timedelta(seconds=added)

    def pass_by(self, time: timedelta) -> None:
        """Move it on, for everyone."""
        (added,) = DOUBLE.unpack(self._added[:])
        self._added[:] = DOUBLE.pack(added + time.total_seconds())

    @contextmanager
    def ruling(self) -> Iterator[None]:
        """Let Django, and so all of Savnet's edges, go by this clock, and the queue's own "once a minute" too."""
        due = PeriodicDeferrer.get_previous_tasks

        def by_this_clock(queue: PeriodicDeferrer, at: float) -> Iterable[TaskAtTime]:
            return due(queue, self.now().timestamp())

        with (
            patch.object(timezone, "now", self.now),
            patch.object(PeriodicDeferrer, "get_previous_tasks", by_this_clock),
        ):
            yield
