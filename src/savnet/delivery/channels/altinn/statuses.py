"""Altinn's own words for how a letter fares, and what they mean here."""

from collections.abc import Mapping
from datetime import UTC, datetime

from savnet.delivery.channel import Silent, Status
from savnet.delivery.words import Meaning

MEANINGS = {
    "Initialized": Meaning.ON_ITS_WAY,
    "ReadyForPublish": Meaning.ON_ITS_WAY,
    "Published": Meaning.DELIVERED,  # in the receiver's inbox, where it can be opened
    "Fetched": Meaning.DELIVERED,
    "Read": Meaning.OPENED,
    "AttachmentsDownloaded": Meaning.OPENED,
    "Confirmed": Meaning.OPENED,  # a button that somebody pressed: Altinn does not say who, so no receipt
    "Replied": Meaning.OPENED,
    "Archived": Meaning.OTHER,
    "PurgedByRecipient": Meaning.OTHER,
    "PurgedByAltinn": Meaning.OTHER,
    "Reserved": Meaning.FAILED,
    "Failed": Meaning.FAILED,
}
"""What is not here is kept, and means nothing to us."""


def read(row: object) -> Status:
    """One status as told. Raises Silent where it can't be read."""
    try:
        if not isinstance(row, Mapping):
            raise TypeError
        name, at = str(row["status"]), datetime.fromisoformat(str(row["statusChanged"]))
    except (KeyError, TypeError, ValueError) as error:
        raise Silent("Altinn ga en status som ikke kan leses.") from error
    # The specification does not say of what zone an instant without one is; its examples are UTC.
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return Status(name=name[:60], at=at, meaning=MEANINGS.get(name, Meaning.OTHER))
