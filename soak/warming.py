"""Everything that a letter takes, loaded and compiled once, so that copies of this process don't each do it anew."""

import gc
import logging
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from time import sleep
from uuid import UUID

from django.db import connections

from savnet.casework import carrying, sending
from savnet.delivery.models import Message
from soak.far_ends import ChannelEnd
from soak.forks import fork
from soak.house import House, missing_child
from soak.typesetting import kept

COMPLAIN = ("psycopg", "mail.log")
"""A pool and a mail server tell of each line that dies with its process."""


@contextmanager
def warm(house: House, ends: Iterable[ChannelEnd] = ()) -> Iterator[House]:
    """The house after one case from the click to the end, and one by each of these channels; its typesetting is kept.

    A copy does each first, for the typesetter starts threads, and they don't survive in copies.
    """
    for name in COMPLAIN:
        logging.getLogger(name).setLevel(logging.CRITICAL)
    with kept(house.folder):
        _first_case(house, None)
        for end in ends:
            end.begin()
            _first_case(house, end)
            end.end()
        connections.close_all()
        _require_one_thread()
        os.truncate(house.ledger, 0)
        gc.collect()
        gc.freeze()  # copies then share what they never change
        yield house


def _first_case(house: House, end: ChannelEnd | None) -> None:
    apart = missing_child(house, -2)
    connections.close_all()
    _, status = os.waitpid(fork(partial(_through, house, apart, end)), 0)
    if status:
        raise RuntimeError("The house could not send about its first child. What went wrong stands above.")
    _through(house, missing_child(house, -1), end)


def _through(house: House, case: UUID, end: ChannelEnd | None) -> None:
    """Every letter about the child, in this process, until it is delivered."""
    sending.send(case, by=house.guard, now=house.clock.now())
    done = set[UUID]()
    while left := set(_letters(case)) - done:
        for message in left:
            _carry(message, house, end)
        done |= left


def _carry(message: UUID, house: House, end: ChannelEnd | None) -> None:
    """Send it, let its receiver tell of it, and ask."""
    carrying.carry(message, now=house.clock.now())
    if end:
        end.a_minute()
        carrying.carry(message, now=house.clock.now())


def _letters(case: UUID) -> list[UUID]:
    return list(Message.objects.filter(case_id=case).values_list("id", flat=True))


def _require_one_thread() -> None:
    """Raise where there are threads, which no copy would have."""
    for _ in range(100):
        if len(list(Path("/proc/self/task").iterdir())) == 1:
            return
        sleep(0.01)
    raise RuntimeError("Something has started a thread that doesn't end, so this process can't be copied safely.")
