"""SvarUt's own words for how a letter fares, and what they mean here."""

from collections.abc import Mapping
from datetime import datetime

from savnet.delivery.channel import Silent, Status
from savnet.delivery.words import Meaning

MEANINGS = {
    "MOTTATT": Meaning.ON_ITS_WAY,
    "AKSEPTERT": Meaning.ON_ITS_WAY,
    "VARSLET": Meaning.ON_ITS_WAY,  # told that there is a letter, by a text message or an e-mail; nobody has it yet
    "KLAR_FOR_MOTTAK": Meaning.ON_ITS_WAY,
    "SENDT_SDP": Meaning.ON_ITS_WAY,
    "SENDT_DIGITALT": Meaning.DELIVERED,
    "LEVERT_SDP": Meaning.DELIVERED,
    "LEST": Meaning.OPENED,
    "AVVIST": Meaning.FAILED,
    "IKKE_LEVERT": Meaning.FAILED,
    # We ask for digital delivery only. Paper takes days that a missing child does not have.
    "SENDT_PRINT": Meaning.FAILED,
    "PRINTET": Meaning.FAILED,
    "MANUELT_HANDTERT": Meaning.OTHER,
}
"""What is not here is kept, and means nothing to us."""


def read(row: object) -> Status:
    """One status as told. Raises Silent where it can't be read."""
    try:
        if not isinstance(row, Mapping):
            raise TypeError
        name, at = str(row["status"]), datetime.fromisoformat(str(row["sisteStatusEndring"]))
    except (KeyError, TypeError, ValueError) as error:
        raise Silent("SvarUt ga en status som ikke kan leses.") from error
    if at.utcoffset() is None:
        raise Silent("SvarUt ga en status uten tidssone.")
    return Status(name=name[:60], at=at, meaning=MEANINGS.get(name, Meaning.OTHER))
