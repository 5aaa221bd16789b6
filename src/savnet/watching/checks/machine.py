"""Questions to the machine: fonts, room on the disk, and what the clock says."""

import ctypes
import shutil
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.conf import settings

from savnet.letters.fonts import folder
from savnet.watching import clocks
from savnet.watching.findings import Finding, warning, well, wrong
from savnet.watching.limits import CLOCKS_APART, FAR_APART

GIGABYTE = 1024**3
LITTLE, TOO_LITTLE = 5 * GIGABYTE, GIGABYTE // 2
TIME_ERROR = 5
"""What Linux answers about the time where nothing keeps its clock right."""


def fonts(now: datetime) -> Iterator[Finding]:
    """Whether letters can be set."""
    found = len(list(folder().glob("*.ttf")))
    if found:
        yield well("fonts", f"{found} files")
    else:
        yield wrong("fonts", f"none in {folder()}: no letter can be made", "run make, or set SAVNET_BUILD_DIR")


def disk(now: datetime) -> Iterator[Finding]:
    """Whether there is room where the state lies."""
    place = Path(settings.STATE)
    while not place.exists():
        place = place.parent
    free = shutil.disk_usage(place).free
    says = f"{free / GIGABYTE:.1f} GB free where the state lies"
    if free < TOO_LITTLE:
        yield wrong("disk", says, "make room now: a full disk stops the database")
    elif free < LITTLE:
        yield warning("disk", says, "make room")
    else:
        yield well("disk", says)


def clock(now: datetime) -> Iterator[Finding]:
    """Whether our clock goes with the database's, and whether anything keeps it right."""
    apart = abs(clocks.apart())
    says = f"{apart.total_seconds():.1f} s from the database's"
    if apart > FAR_APART:
        yield wrong("clock", says, "set both by NTP: deadlines can't be trusted")
    elif apart > CLOCKS_APART:
        yield warning("clock", says, "set both by NTP")
    else:
        yield well("clock", says)
    if synchronised() is False:
        yield warning("clock", "nothing keeps it right", "turn on NTP, such as systemd-timesyncd or chrony")


def synchronised() -> bool | None:
    """Whether the system says that its clock is kept right; None where it can't be asked."""
    if sys.platform != "linux":
        return None
    library = ctypes.CDLL(None)
    # All zeros asks and changes nothing; the buffer is larger than the structure on any kernel.
    answer = library.adjtimex(ctypes.create_string_buffer(512))
    return None if answer < 0 else answer != TIME_ERROR
