"""What the integrasjonspunkt pushes: a hint that a status has changed, and no more than that.

Nothing in it is signed, so nothing in it is believed. It only names the message whose status is to be read again.
"""

import json
from uuid import UUID


def hinted(body: bytes) -> UUID | None:
    """The message to ask about; None for a ping, for what concerns no message of ours, and for what can't be read."""
    try:
        return UUID(json.loads(body)["messageId"])
    except (ValueError, KeyError, TypeError, AttributeError):
        return None  # anyone may post anything here
