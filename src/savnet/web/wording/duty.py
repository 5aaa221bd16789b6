"""The words for one duty."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Duty:
    """Words for one duty. `meaning` is what the provision asks for, told plainly."""

    title: str
    button: str
    meaning: str
    done: str
