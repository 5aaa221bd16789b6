"""The dead man's signal: one empty call to an address of someone else's, who raises the alarm when it stops coming.

It says that the house is awake and nothing more: no name, no number, no count. Only https.
"""

import logging

from django.conf import settings

from savnet.delivery.web_call import Line, LineBroke, NotReached, call

WAIT = 5
"""Seconds for one answer; the next heartbeat makes a new try in any case."""

log = logging.getLogger(__name__)


def is_set_up() -> bool:
    """Whether anybody out there listens."""
    return bool(settings.ALIVE_URL)


def signal() -> bool:
    """Say that we are awake. Whether it was heard is for the one who listens: silence is their alarm."""
    try:
        line = Line(ca=settings.ALIVE_CA or None, wait=WAIT, longest=2 * WAIT)
        answer = call("GET", settings.ALIVE_URL, line=line)
    except (NotReached, LineBroke) as problem:
        log.warning("the signal of life was not heard", exc_info=problem)
        return False
    if not answer.good:
        log.warning("the signal of life was refused", extra={"status_code": answer.status})
    return answer.good
