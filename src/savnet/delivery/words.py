"""The fixed vocabulary of sending: how an attempt ended, and how far a message has come.

"Sent" and "received" are never one word: how far the sending has come is `Progress`; whether a named person has
confirmed it is a receipt, asked about on its own.
"""

from enum import StrEnum


class AttemptOutcome(StrEnum):
    """How one attempt ended. `unknown` is an answer: the connection dropped after the letter was on its way.

    `taken` is what a channel says that carries the letter further by itself, and tells later how it went. It is not
    yet sent.
    """

    ACCEPTED = "accepted"
    TAKEN = "taken"
    REFUSED = "refused"
    REFUSED_FOR_NOW = "refused_for_now"
    NOT_REACHED = "not_reached"
    UNKNOWN = "unknown"


class Progress(StrEnum):
    """How far the sending of a message has come. None of these says that anybody has received it."""

    COMPOSED = "composed"
    UNDER_WAY = "under_way"
    ACCEPTED = "accepted"
    TAKEN = "taken"
    DELIVERED = "delivered"
    OPENED = "opened"
    FAILED = "failed"
    EXPIRED = "expired"
    REFUSED = "refused"
    REFUSED_FOR_NOW = "refused_for_now"
    NOT_REACHED = "not_reached"
    UNKNOWN = "unknown"


class ReceiptWay(StrEnum):
    """How a receipt came, beside the channels: on the receivers' own page, or by phone on the register's number."""

    PAGE = "receipt_page"
    CALLED_BACK = "called_back"


SENT = frozenset({Progress.ACCEPTED, Progress.DELIVERED, Progress.OPENED})
"""How far a message must have come before anybody may call it sent. A channel that has taken it is not enough."""


class Meaning(StrEnum):
    """What a channel's own word for how a message fares means here."""

    ON_ITS_WAY = "on_its_way"
    DELIVERED = "delivered"
    OPENED = "opened"
    FAILED = "failed"
    EXPIRED = "expired"
    OTHER = "other"


class Hindrance(StrEnum):
    """Why a channel can't take a message at all, so that it must go another way."""

    NOT_SET_UP = "not_set_up"
    BAD_ADDRESS = "bad_address"
    NO_CERTIFICATE = "no_certificate"
    CERTIFICATE_UNREADABLE = "certificate_unreadable"
    CERTIFICATE_NOT_YET_VALID = "certificate_not_yet_valid"
    CERTIFICATE_EXPIRED = "certificate_expired"
    CERTIFICATE_OF_ANOTHER = "certificate_of_another"
    CERTIFICATE_TOO_WEAK = "certificate_too_weak"
    CERTIFICATE_FOR_OTHER_USE = "certificate_for_other_use"
    CERTIFICATE_NOT_TRUSTED = "certificate_not_trusted"
    CERTIFICATE_REVOKED = "certificate_revoked"
    RECEIVER_NOT_THERE = "receiver_not_there"
    NO_DATA = "no_data"
    TOO_LARGE = "too_large"
    BY_HAND = "by_hand"
