"""Whether people can get in: the second reader asks the site what any machine may ask, `/helse/klar/`."""

import http.client
import json
import urllib.request
from dataclasses import dataclass
from datetime import timedelta

WAIT = 10
MOST = 4096


@dataclass(frozen=True, slots=True)
class Site:
    """Whether the site says that it is ready, and how far ahead of the database's it says that its clock is."""

    ready: bool
    clock_ahead: timedelta = timedelta(0)


def ask_site(address: str) -> Site:
    """Ask, and make the best of the answer: one without a clock is of an older house, or of a page put before it."""
    try:
        with urllib.request.urlopen(address, timeout=WAIT) as answer:  # noqa: S310 - the settings allow http(s) only
            return Site(answer.status == 200, _clock(answer.read(MOST)))
    except (OSError, http.client.HTTPException):
        return Site(ready=False)


def _clock(body: bytes) -> timedelta:
    try:
        return timedelta(seconds=float(json.loads(body)["clock_ahead"]))
    except (ValueError, KeyError, TypeError, OverflowError):
        return timedelta(0)
