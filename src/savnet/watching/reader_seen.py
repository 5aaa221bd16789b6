"""Who watches the second reader: it has a dead man's signal of its own, and the house sees when it last reported."""

from datetime import datetime, timedelta

from savnet.watching.limits import READER_SILENT_AFTER
from savnet.watching.models import ReaderReport


def silent_for(now: datetime) -> timedelta | None:
    """How long since it had read everything and told whom it should; None where there has never been one."""
    row = ReaderReport.objects.first()
    return max(now - row.at, timedelta(0)) if row else None


def silent(now: datetime) -> bool:
    """Whether it has stopped. One that was never there is no fault: it can be left out."""
    age = silent_for(now)
    return age is not None and age > READER_SILENT_AFTER


def forget() -> bool:
    """Take it that there is no second reader any more. Returns whether there was one."""
    deleted, _ = ReaderReport.objects.all().delete()
    return bool(deleted)
