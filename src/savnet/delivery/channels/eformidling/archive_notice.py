"""What the receiver's archive is to file the letter under. Goes inside the package only, never on its outside."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum


class Remark(StrEnum):
    """The two remarks that the circular fixes letter by letter (3-2, 3-3)."""

    DISAPPEARANCE = "melding om forsvinning"
    CONCERN = "bekymring"


CONCERN_REPORTS = frozenset({"b-4", "b-8", "b-9"})


def remark_for(obligation: str, copy_of: str | None = None) -> Remark | None:
    """The remark of a letter that meets this obligation; a copy is remarked as what it is a copy of. Else none."""
    about = copy_of or obligation
    if about == "a-1":
        return Remark.DISAPPEARANCE
    return Remark.CONCERN if about in CONCERN_REPORTS else None


class Unreadable(Exception):
    """The data beside the letter are not an archive notice. Compose the message anew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveNotice:
    """How a letter is to be filed: its title, between whom, by whom and when written, and which young person's case.

    `number` is the DUF number, empty where there is none. Its bytes are sealed beside the letter like any letter.
    """

    title: str
    sender: str
    receiver: str
    written_by: str
    written_at: datetime
    name: str
    number: str = ""
    copies: tuple[str, ...] = ()
    remark: Remark | None = None

    def __post_init__(self) -> None:
        if self.written_at.utcoffset() is None:
            raise ValueError("An archive notice is written at an instant. Give `written_at` with its offset.")

    def write(self) -> bytes:
        """The notice as bytes: the same notice always gives the same bytes."""
        parts = {**asdict(self), "written_at": self.written_at.isoformat()}
        return json.dumps(parts, ensure_ascii=False, sort_keys=True).encode("utf-8")

    @classmethod
    def read(cls, data: bytes) -> "ArchiveNotice":
        """The notice back from its bytes. Raises Unreadable."""
        try:
            parts = json.loads(data)
            return cls(
                **{
                    **parts,
                    "written_at": datetime.fromisoformat(parts["written_at"]),
                    "copies": tuple(parts["copies"]),
                    "remark": Remark(parts["remark"]) if parts["remark"] else None,
                }
            )
        except (ValueError, TypeError, KeyError) as error:
            # What was being read may hold a name, so neither it nor the error's own words go any further.
            raise Unreadable(f"The data beside the letter can't be read: {type(error).__name__}.") from None
