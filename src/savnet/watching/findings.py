"""A finding of the doctor: what was looked at, how it is, and what to do about it."""

from dataclasses import asdict, dataclass
from enum import StrEnum


class Level(StrEnum):
    """How it is. Only `wrong` makes the doctor's exit code 1."""

    WELL = "well"
    WARNING = "warning"
    WRONG = "wrong"
    NOT_SET_UP = "not_set_up"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the doctor's page. No finding names a person, a case's content or a secret."""

    what: str
    level: Level
    says: str
    do: str = ""

    def as_dict(self) -> dict[str, str]:
        """As it stands in `--json`."""
        return {name: str(value) for name, value in asdict(self).items()}


def well(what: str, says: str) -> Finding:
    """All is as it should be."""
    return Finding(what, Level.WELL, says)


def warning(what: str, says: str, do: str) -> Finding:
    """It works, and will not for ever."""
    return Finding(what, Level.WARNING, says, do)


def wrong(what: str, says: str, do: str) -> Finding:
    """Somebody must act."""
    return Finding(what, Level.WRONG, says, do)


def not_set_up(what: str, says: str) -> Finding:
    """Nobody has asked for it."""
    return Finding(what, Level.NOT_SET_UP, says)
