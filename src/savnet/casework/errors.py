"""What can go wrong in a use case, each named; the text is in the reader's language and says what to do."""

from django.utils.functional import Promise
from django.utils.translation import gettext


class CaseworkError(Exception):
    """Something can't be done as asked. The text is for the person at the screen; `field` names the field at fault."""

    def __init__(self, text: str | Promise, *, field: str | None = None) -> None:
        super().__init__(text)
        self.field = field


class NotNow(CaseworkError):
    """The case is not where this step belongs."""


class WrongTime(CaseworkError):
    """A time cannot be right: it lies ahead, or before what it must follow."""


class NothingOwed(CaseworkError):
    """There is no such open obligation; somebody else may have met it a moment ago."""


class NotReady(CaseworkError):
    """A letter cannot go yet: something is blank. `blanks` says what, in field words."""

    def __init__(self, blanks: tuple[str, ...]) -> None:
        missing = ", ".join(map(gettext, blanks))
        answer_all = gettext("Svar på alt før meldingen kan sendes. «Vet ikke» er også et svar. Mangler: %(missing)s")
        super().__init__(answer_all % {"missing": missing})
        self.blanks = blanks
