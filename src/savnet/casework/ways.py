"""The one table of ways: for each duty, which channels may carry its letter, in the house's order, and whose hands may.

What the circular lets count stands in the rules, and a test holds this table to them. Every channel here but Altinn
seals the letter on its way; Altinn is given it as it is, under TLS, so it comes last, and whom it concerns is told when
a letter goes on to it from another (`next_way`). The receiver's own order comes before ours.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from savnet.delivery.models import Message
from savnet.rules.words import Channel, Recipient

WIRED = frozenset(
    {Channel.FIKS, Channel.SVARUT, Channel.EFORMIDLING, Channel.ALTINN, Channel.ENCRYPTED_EMAIL},
)
"""Channels that the worker carries; all others are a person's hands."""

UNSEALED = frozenset({Channel.ALTINN})
"""Those of them that are given the letter as it is: who may open it there, others than we have decided."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """How the letters of one duty may go.

    `when_agreed`: by wire only where the centre and the receiver have agreed on it, and then it counts as that.
    """

    by_wire: tuple[Channel, ...]
    by_hand: Channel = Channel.POST
    when_agreed: bool = False


CONCERN = Ways(by_wire=(Channel.FIKS, Channel.SVARUT, Channel.EFORMIDLING, Channel.ENCRYPTED_EMAIL))
IN_WRITING = Ways(by_wire=(Channel.EFORMIDLING, Channel.SVARUT, Channel.ENCRYPTED_EMAIL, Channel.ALTINN))

WAYS: Mapping[str, Ways] = {
    "a-1": Ways(by_wire=(Channel.EFORMIDLING, Channel.ENCRYPTED_EMAIL), by_hand=Channel.IN_PERSON, when_agreed=True),
    "b-4": CONCERN,
    "b-8": CONCERN,
    "b-9": CONCERN,
    "3-8": CONCERN,
    "4-18": CONCERN,
    "d-5": Ways(by_wire=(Channel.ENCRYPTED_EMAIL,)),
    "2.2-7": IN_WRITING,
    "d-1": IN_WRITING,
    "d-2": IN_WRITING,
}
"""What is not here goes as any other writing does."""

POLICE_REPORT = "a-1"


def ways_for(duty: str, recipient: Recipient | str | None) -> Ways:
    """The ways of a duty's letters to this kind of receiver."""
    ways = WAYS.get(duty, IN_WRITING)
    # The portal for concern messages leads to child welfare only; a duty may have other receivers too (4-18).
    if recipient != Recipient.CHILD_WELFARE and Channel.FIKS in ways.by_wire:
        return IN_WRITING
    return ways


def ledger_channel(message: Message, went_by: str | None = None) -> Channel:
    """What the circular calls the way this message goes (or went): by wire to the police is the channel agreed on."""
    channel = Channel(went_by or message.channel)
    return Channel.AGREED_CHANNEL if message.obligation == POLICE_REPORT and channel in WIRED else channel


def paper_channel(message: Message) -> Channel:
    """The way on paper where the wire fails: across the desk for the police report, by post for the rest."""
    return ways_for(message.obligation, message.recipient).by_hand
