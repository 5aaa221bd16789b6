"""What can wait in a case without anybody having acted, and by which ladder the house then tells of it."""

from enum import StrEnum

from savnet.policy.ladder import BREACH, NOT_THEIRS, QUESTION, RECEIPT, UNOWNED, UNREVIEWED, Ladder


class Waiting(StrEnum):
    """A kind of matter that somebody is to see to."""

    DUTY = "duty"  # an open obligation of the circular
    RECEIPT = "receipt"  # a notice that nobody has confirmed
    NOT_THEIRS = "not_theirs"  # a notice that its receiver says is not theirs
    QUESTION = "question"  # a receiver has not answered what it was asked
    ERROR = "error"  # a letter went to somebody who should not have had it
    UNOWNED = "unowned"  # nobody answers for the case
    UNREVIEWED = "unreviewed"  # the case is due to be gone through


LADDERS: dict[Waiting, Ladder] = {
    Waiting.RECEIPT: RECEIPT,
    Waiting.NOT_THEIRS: NOT_THEIRS,
    Waiting.QUESTION: QUESTION,
    Waiting.ERROR: BREACH,
    Waiting.UNOWNED: UNOWNED,
    Waiting.UNREVIEWED: UNREVIEWED,
}
"""The ladder of everything but obligations, whose ladder follows from the circular's standard."""
