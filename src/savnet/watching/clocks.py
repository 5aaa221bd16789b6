"""The database's clock is the one that all parts share: how far ours lies from it, and what time it is by it.

Silence is measured by that clock alone. A worker whose own clock is an hour ahead would else seem awake for an hour
after its death, and a site whose clock is behind would see no silence at all.
"""

from datetime import UTC, datetime, timedelta

from django.db import connection

from savnet.watching.limits import CLOCKS_AGREE, FAR_APART


def apart() -> timedelta:
    """How far this machine's clock is ahead of the database's; negative where it is behind."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        theirs: datetime = cursor.fetchone()[0]
    return ahead_of(theirs, datetime.now(UTC))


def ahead_of(theirs: datetime, ours: datetime) -> timedelta:
    """How far ours is ahead; nothing where it is so little that asking took as long."""
    ahead = ours - theirs
    return ahead if abs(ahead) > CLOCKS_AGREE else timedelta(0)


def is_far(ahead: timedelta) -> bool:
    """Whether times and limits that are reckoned by such a clock can't be trusted."""
    return abs(ahead) > FAR_APART
