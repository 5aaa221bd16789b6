"""What discharges an obligation: the channels that count, and what must be known afterwards."""

from savnet.rules.events import Done
from savnet.rules.words import Channel

WRITTEN = frozenset(Channel) - {Channel.PHONE, Channel.SYSTEM}
"""Channels that leave the receiver with something in writing; a letter handed over in person is one (reading 16)."""


def any_way(act: Done) -> bool:
    """However it was done."""
    return True


def to_the_police(act: Done) -> bool:
    """In person, or as agreed with the police (a-1). A phone call does not do."""
    return act.channel in {Channel.IN_PERSON, Channel.AGREED_CHANNEL}


def in_writing(act: Done) -> bool:
    """By a channel that leaves something in writing (b-4, 2.2-7). A phone call does not do."""
    return act.channel in WRITTEN


def not_by_phone(act: Done) -> bool:
    """A report that is to be sent: a phone call does not do (b-9, 3-8, 4-18)."""
    return act.channel is not Channel.PHONE


def by_post_or_encrypted(act: Done) -> bool:
    """By post or encrypted e-mail (d-5). Plain e-mail does not do."""
    return act.channel in {Channel.POST, Channel.ENCRYPTED_EMAIL}


def reached_and_asked(act: Done) -> bool:
    """Reached by phone, and asked what they know (c-1, c-2). "None" and "not obtained" are answers; blank is not."""
    return act.channel is Channel.PHONE and bool(act.knew and act.knew.strip())
