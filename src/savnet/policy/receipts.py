"""Who is asked to confirm, and how: how long a link holds, and how many wrong tries there may be."""

from collections.abc import Mapping
from datetime import timedelta

from savnet.rules.words import Actor, Recipient

LINK_HOLDS = timedelta(days=30)
WRONG_PER_LINK = 5
"""So many wrong codes within `WRONG_WITHIN`, and the link rests; `WRONG_IN_ALL`, and it is void."""
WRONG_IN_ALL = 20
WRONG_PER_SOURCE = 60
WRONG_WITHIN = timedelta(minutes=15)
KEPT = timedelta(days=1)
"""For how long we keep from where a wrong try came."""

CODE_DIGITS = 8
ASKED = frozenset({Recipient.POLICE_DISTRICT, Recipient.CHILD_WELFARE})
"""Who is asked to confirm on the page: offices that have no account here and must act on what they get."""
SENT_ON = frozenset({"a-1", "b-4", "b-8", "b-9", "3-8", "4-18"})
"""Notices that go to the right receiver where theirs says that they belong to somebody else. Word of the return is not
among them: it is for those who were told, and for nobody else."""
OF_OFFICES: Mapping[str, Actor] = {"3-8": Actor.REGION, "4-6": Actor.ASA}
"""What UDI's offices send to those who are asked, and which office. A companion (4-8) is talked about: there is nothing
that anybody could leave unread.
"""
