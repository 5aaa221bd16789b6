"""A round of the worker's over many: one that nobody foresaw keeps no other from its turn, and is never hidden."""

import logging
from collections.abc import Callable, Iterable
from typing import TypeVar

One = TypeVar("One")

logger = logging.getLogger(__name__)


class NotAllDone(Exception):
    """Some of a round failed, for reasons that the worker's log tells of; the rest was done, and the next round tries
    again. Its job counts as failed, so that the doctor tells."""


def each(ones: Iterable[One], do: Callable[[One], object]) -> None:
    """Do it for each of them, whatever comes of the others. Raises NotAllDone at the end where any failed."""
    failed = 0
    for one in ones:
        try:
            do(one)
        except Exception:
            logger.exception("one of a round failed")
            failed += 1
    if failed:
        raise NotAllDone(f"{failed} of this round")
