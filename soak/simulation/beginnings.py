"""When a case begins."""

from datetime import UTC, datetime, timedelta
from random import Random


def beginning(random: Random) -> datetime:
    """Some instant; of three, one lies within two days of a change of the clocks."""
    year = random.randrange(2025, 2037)
    if random.random() < 1 / 3:
        month = random.choice((3, 10))
        sunday = 31 - (datetime(year, month, 31, tzinfo=UTC).weekday() + 1) % 7
        return datetime(year, month, sunday, 1, tzinfo=UTC) + timedelta(minutes=random.randrange(-2880, 600))
    return datetime(year, 1, 1, tzinfo=UTC) + timedelta(minutes=random.randrange(525_000))
