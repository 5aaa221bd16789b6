"""The words for one duty."""

from dataclasses import dataclass

from savnet.web.wording.text import Text


@dataclass(frozen=True, slots=True)
class Duty:
    """Words for one duty. `meaning` is what the provision asks for, told plainly."""

    title: Text
    button: Text
    meaning: Text
    done: Text
