"""How long something may be silent or wait before somebody is told. House policy on the house itself, not law."""

from datetime import timedelta

from savnet.policy.turns import QUIET
from savnet.rules.words import Channel

SILENT_AFTER = timedelta(seconds=45)
"""No heartbeat for this long, and the worker counts as stopped. It gives one every 20 seconds.

A page that lies open asks every 10 seconds: whoever sits at it is told within the minute, at the worst.
"""

LADDER_STILL_AFTER = timedelta(seconds=130)
"""How long since the ladder of alarms was gone up before it counts as standing still: two rounds, and ten seconds in
which the second may end. One missed is no fault yet.

With the second reader's round of 30 seconds somebody outside is told within three minutes. No banner within the minute
can be had of what is done once a minute. A worker must have been awake so long ago too: one that has just been started
has not had its minutes yet.
"""

AWAKE_THEN = timedelta(minutes=2)
"""The while before `LADDER_STILL_AFTER` in which a heartbeat says that a worker was awake then."""

UNTOLD_AFTER = timedelta(minutes=3)
"""How long something may be overdue, or its last word an hour old, before somebody must have been told.

One round of the worker to tell, and two to hand on what reached nobody.
"""

ON_ITS_WAY = QUIET + UNTOLD_AFTER
"""How long word to a person may be on its way before it counts as lost: she may just have had another."""

KEEP_HEARTBEATS = timedelta(days=7)
"""How long old heartbeats are kept, for those who look into what happened."""

QUEUE_LATE = timedelta(minutes=5)
"""How long a job may wait after its time before the queue counts as standing still."""

STUCK_AFTER = timedelta(minutes=30)
"""How long a message for the wire may be neither accepted nor made into a paper task before a person must look."""

CANARY_LATE = timedelta(minutes=15)
"""How long a canary may fly over e-mail before it counts as lost."""

CARRIED_CANARY_LATE = timedelta(minutes=45)
"""The same over a service that carries letters further by itself. A lost one is known before the next flies."""


def canary_late(channel: str) -> timedelta:
    """How long a canary may fly over this channel."""
    return CANARY_LATE if channel == Channel.ENCRYPTED_EMAIL else CARRIED_CANARY_LATE


CANARY_MISSED = timedelta(hours=2)
"""How long since the last canary was sent before it counts as silent: it flies every hour."""

CANARY_FORGOTTEN = timedelta(days=1)
"""How long since a channel's last canary was sent before the second reader takes it that none is to fly there.

It knows nothing of the house's settings, and a channel that was taken out of them must not alarm for ever.
"""

WARN_DAYS = (60, 30, 14, 7)
"""How many days before a certificate runs out a warning is given; from the last of them on, it is wrong."""

CLOCKS_AGREE = timedelta(seconds=1)
"""Below this, two clocks can't be told apart by asking."""

CLOCKS_APART = timedelta(seconds=5)
"""How far this machine's clock and the database's may lie apart."""

FAR_APART = timedelta(seconds=60)
"""How far apart they may lie before deadlines can no longer be trusted."""

WORKER_SILENT_AFTER = timedelta(seconds=30)
"""How long one of several workers may be silent before it counts as gone. It gives a sign every 10 seconds."""

HELD_TOO_LONG = timedelta(minutes=12)
"""How long a worker may hold a job before the worker counts as going round in circles: no attempt takes above 10."""

READER_SILENT_AFTER = timedelta(minutes=2)
"""How long the second reader may be silent before somebody must look after it. It makes a round every 30 seconds."""

WAY_CLOSED_AFTER = 2
"""How many times in a row the first door on a way out must fail to answer before the way counts as closed.

It is knocked at every 15 seconds and given 5: whoever sits at a page is told within the minute.
"""

PACKET_LATE = timedelta(hours=3)
"""How long since the packets outside Savnet were looked to before they count as stale: it is done every hour."""
