"""What goes beside a letter: for each channel that may carry it, what the receiver's system there needs.

It is composed once, with the letter, for every way that the letter may come to go. So the letter can change its way
without a new message: same id, same bytes, same hash.
"""

import json
from base64 import b64decode, b64encode
from collections.abc import Mapping

from savnet.rules.words import Channel


def pack(parts: Mapping[Channel, bytes]) -> bytes | None:
    """The parts by channel as bytes; the same parts always give the same bytes. None where there are none."""
    if not parts:
        return None
    named = {channel.value: b64encode(part).decode("ascii") for channel, part in parts.items()}
    return json.dumps(named, sort_keys=True).encode("ascii")


def part(data: bytes | None, channel: str) -> bytes | None:
    """What of the data is for this channel; None where nothing is."""
    return unpack(data).get(Channel(channel))


def unpack(data: bytes | None) -> dict[Channel, bytes]:
    """All the parts, by channel."""
    return {Channel(name): b64decode(part) for name, part in json.loads(data or b"{}").items()}
