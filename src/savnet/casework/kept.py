"""Letters as they are kept: sealed under the case's key, each bound to its own message."""

from uuid import UUID

from savnet.cases import ledger
from savnet.delivery.models import Message


def letter_purpose(message_id: UUID) -> str:
    """What a sealed letter is bound to, beside its case."""
    return f"letter {message_id}"


def data_purpose(message_id: UUID) -> str:
    """What the sealed data beside a letter are bound to, beside its case."""
    return f"data {message_id}"


def letter_bytes(message: Message) -> bytes:
    """The letter as it was composed. Raises Tampered where the sealed bytes are not those."""
    return ledger.open_for(message.case_id, letter_purpose(message.id), bytes(message.sealed_letter))


def data_bytes(message: Message) -> bytes | None:
    """What goes beside the letter, as it was composed; None where nothing does. Raises Tampered as for the letter."""
    if message.sealed_data is None:
        return None
    return ledger.open_for(message.case_id, data_purpose(message.id), bytes(message.sealed_data))
