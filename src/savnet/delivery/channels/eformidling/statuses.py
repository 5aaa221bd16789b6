"""The integrasjonspunkt's own words for how a message fares, and what they mean here."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from savnet.delivery.channel import Silent, Status
from savnet.delivery.words import Meaning

MEANINGS = {
    # Made here, but not sent anywhere: whoever made it may have died before asking for that.
    "OPPRETTET": Meaning.OTHER,
    "SENDT": Meaning.ON_ITS_WAY,
    # At the receiver's end of the transport, where nobody can read it yet.
    "MOTTATT": Meaning.ON_ITS_WAY,
    "LEVERT": Meaning.DELIVERED,
    "LEST": Meaning.OPENED,
    "FEIL": Meaning.FAILED,
    "LEVETID_UTLOPT": Meaning.EXPIRED,
}
"""What is not here (ANNET, what is said of incoming messages, new words) is kept, and means nothing to us."""


def read(content: Mapping[str, Any]) -> Status:
    """One status as told. The receipt it may carry (`rawReceipt`) is others' content, and is not kept."""
    try:
        name, at = str(content["status"]), datetime.fromisoformat(content["lastUpdate"])
    except (KeyError, TypeError, ValueError) as error:
        raise Silent("Integrasjonspunktet ga en status som ikke kan leses.") from error
    if at.utcoffset() is None:
        raise Silent("Integrasjonspunktet ga en status uten tidssone.")
    return Status(
        name=name,
        at=at,
        meaning=MEANINGS.get(name, Meaning.OTHER),
        description=str(content.get("description") or ""),
    )
