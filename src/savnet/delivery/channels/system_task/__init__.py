"""Something to enter in Sesam or DUF by hand: labelled fields ready to copy, until a person ticks it off."""

import json
from dataclasses import asdict, dataclass

from savnet.rules.words import Recipient

SYSTEMS = frozenset({Recipient.SESAM, Recipient.DUF, Recipient.PERSONAL_FILE})


class NoSuchSystem(Exception):
    """Only Sesam, DUF and the personal file are registers that somebody enters things in."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field: the label as it stands on the other system's screen, and the value to copy into it."""

    label: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SystemTask:
    """What to enter, in which system, and where in it. Its bytes are the message's letter, sealed like any other."""

    system: Recipient
    place: str
    fields: tuple[Field, ...]
    sensitive_document: bool = False

    def __post_init__(self) -> None:
        if self.system not in SYSTEMS:
            raise NoSuchSystem(f"{self.system.value} is no register. Send a letter to it instead.")

    def write(self) -> bytes:
        """The task as bytes: the same task always gives the same bytes."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True).encode("utf-8")

    @classmethod
    def read(cls, data: bytes) -> "SystemTask":
        """The task back from its bytes."""
        parts = json.loads(data)
        fields = tuple(Field(**field) for field in parts.pop("fields"))
        return cls(**{**parts, "system": Recipient(parts["system"]), "fields": fields})
