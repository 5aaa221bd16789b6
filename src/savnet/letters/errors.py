"""What can go wrong with a letter, named, and what to do about it."""

from savnet.letters.blanks import Blank


class LetterError(Exception):
    """A letter can't be made as asked."""


class Incomplete(LetterError):
    """Something that must be answered is blank. "Unknown" would have been an answer."""

    def __init__(self, blanks: tuple[Blank, ...]) -> None:
        self.blanks = blanks
        named = ", ".join(blank.field for blank in blanks)
        super().__init__(f"The letter is not complete: {named}. Answer each of them; 'unknown' is an answer.")


class WrongReceiver(LetterError):
    """This letter is not for that receiver; sending it there would tell them what they have no need of."""


class FontsMissing(LetterError):
    """The fonts that every letter embeds have not been built."""

    def __init__(self, folder: str) -> None:
        super().__init__(f"No letter fonts in {folder}. Build them with `make run`, or set SAVNET_BUILD_DIR.")


class NotRendered(LetterError):
    """The typesetter refused the letter; says what it said."""
