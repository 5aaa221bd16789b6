"""This machine's clock, set ahead of the database's or behind it."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from savnet.watching import clocks
from savnet.watching.reader import judging


def set_clock(patch: pytest.MonkeyPatch, seconds: float) -> None:
    """Let the house, and the second reader, go by a clock that is so many seconds ahead; negative is behind."""

    class Ahead(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> datetime:
            return datetime.now(tz) + timedelta(seconds=seconds)

    for one in (clocks, judging):
        patch.setattr(one, "datetime", Ahead)
