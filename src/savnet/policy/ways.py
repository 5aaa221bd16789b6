"""How long the house lets each channel try before the next one begins, so that a person can still make the limit."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from savnet.rules.words import Channel

LONGEST: Mapping[Channel, timedelta] = {
    Channel.ENCRYPTED_EMAIL: timedelta(hours=2),
    Channel.EFORMIDLING: timedelta(hours=3),
    Channel.FIKS: timedelta(hours=3),
    Channel.SVARUT: timedelta(hours=3),
    Channel.ALTINN: timedelta(hours=3),
}
"""How long each channel may take until it has delivered; a mail server's acceptance is all that e-mail tells."""

LEAST = timedelta(minutes=15)
"""Every channel gets this long, however late it is: it may still be the quickest."""

BY_HAND = timedelta(hours=6)
"""How long before a limit a person must have the letter, to print it and carry it."""

LOOK = (
    timedelta(minutes=1),
    timedelta(minutes=1),
    timedelta(minutes=3),
    timedelta(minutes=5),
    timedelta(minutes=10),
    timedelta(minutes=10),
    timedelta(minutes=30),
)
"""How long to wait before a channel that has taken a letter is asked how it fares; the last step repeats."""

FOLLOWED_FOR = timedelta(days=30)
"""How long a channel is asked about a letter after it was tried there; Fiks forgets a message after this time."""

ASK_THE_RECEIVER_BEFORE = timedelta(days=7)
"""How long before a channel deletes a letter that nobody has confirmed, somebody is asked to call the receiver."""


def give_up_at(channel: Channel, begun: datetime, *, latest: datetime | None, left: int) -> datetime:
    """When a channel that began at `begun` has had its time, and the letter goes the next way.

    `latest` is the duty's limit, if it has one; `left` is how many channels may still be tried after this one.
    """
    longest = begun + LONGEST.get(channel, min(LONGEST.values()))
    if latest is None:
        return longest
    return max(begun + LEAST, min(longest, latest - BY_HAND - left * LEAST))
