"""The simulation's clock, and all else that would differ from one run of a seed to the next."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from random import Random
from unittest import mock

from django.utils import timezone


class VirtualClock:
    """An instant that stands still until somebody moves it on."""

    def __init__(self, at: datetime) -> None:
        self._at = at

    def now(self) -> datetime:
        return self._at

    def move_to(self, at: datetime) -> None:
        """Let time pass until then; it never runs back."""
        self._at = max(self._at, at)

    @contextmanager
    def ruling(self, random: Random) -> Iterator[None]:
        """Let all of Savnet's edges go by this clock, and every message id follow from the seed."""

        def drawn() -> uuid.UUID:
            return uuid.UUID(int=random.getrandbits(128), version=4)

        with (
            mock.patch.object(timezone, "now", self.now),
            mock.patch.object(uuid, "uuid4", drawn),
            mock.patch("savnet.delivery.dispatch.monotonic", return_value=0.0),
        ):
            yield
