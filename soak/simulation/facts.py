"""What is true of a case in memory, kept beside its record: corrected by hand, and read straight down.

From this the invariants work out what has to follow. Nothing of `savnet.rules` decides anything here.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

NORWAY = ZoneInfo("Europe/Oslo")
TELLING = frozenset({"a-1", "b-4", "b-8", "c-1", "d-1", "d-2", "d-5"})
Told = set[tuple[str, str | None]]
Key = tuple[str, str | None, str | None, str | None, int]
NEVER_WRITTEN = frozenset({"phone", "system"})


@dataclass(slots=True)
class Fact:
    """One thing that happened, as it is now known to have been."""

    number: int
    kind: str
    at: datetime
    says: dict[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> Key:
        """The duty that an act names."""
        says = self.says
        return (says["obligation"], says["recipient"], says["municipality"], says["copy_of"], says["because"])


@dataclass(slots=True)
class Gone:
    """One disappearance: when it began, who was told and since when, what was heard, and how it ended."""

    number: int
    at: datetime
    covered: bool
    home: str
    told: dict[tuple[str, str | None], datetime] = field(default_factory=dict)
    heard: dict[int, datetime] = field(default_factory=dict)
    returns: dict[int, str] = field(default_factory=dict)


def course(facts: dict[int, Fact], born: date, home: str, until: datetime) -> list[Gone]:  # noqa: C901 - straight down
    """The disappearances until then, from what is true."""
    gone: list[Gone] = []
    absent_since: datetime | None = None
    missing = False
    for fact in sorted(facts.values(), key=lambda one: (one.at, one.number)):
        if fact.at > until:
            break
        match fact.kind:
            case "absence" if not missing and absent_since is None:
                absent_since = fact.at
            case "explained":
                absent_since = None
            case "belief" if not missing:
                days = [fact.at, *([absent_since] if absent_since else [])]
                covered = any(15 <= age(born, one) < 18 for one in days)
                gone.append(Gone(fact.number, fact.at, covered, home))
                absent_since, missing = None, True
            case "returned":
                absent_since = None
                if gone and fact.says["how"] not in gone[-1].returns.values():
                    gone[-1].returns[fact.number] = fact.says["how"]
                    missing = False
            case "arrived":
                home = fact.says["municipality"]
            case "heard" if missing:
                gone[-1].heard[fact.number] = fact.at
            case "done" | "attempted" if fact.says["obligation"] in TELLING:
                whose = next(one for one in gone if one.number == fact.says["gone"])
                whose.told.setdefault((fact.says["recipient"], fact.says["municipality"]), fact.at)
    return gone


def age(born: date, at: datetime) -> int:
    """Whole years on that day in Norway. Who is born on 29 February has a birthday on 1 March in other years."""
    day = at.astimezone(NORWAY).date()
    leap = day.year % 4 == 0 and (day.year % 100 != 0 or day.year % 400 == 0)
    birthday = (3, 1) if (born.month, born.day) == (2, 29) and not leap else (born.month, born.day)
    return day.year - born.year - ((day.month, day.day) < birthday)


def counts(fact: Fact) -> bool:
    """Whether this act is one that the circular lets meet the duty it names."""
    if fact.kind != "done":
        return False
    id, channel, knew = fact.says["obligation"], fact.says["channel"], fact.says["knew"]
    if id == "a-1":
        return channel in {"in_person", "agreed_channel"}
    if id in {"b-4", "b-8", "2.2-7"}:
        return channel not in NEVER_WRITTEN
    if id == "d-5":
        return channel in {"post", "encrypted_email"}
    if id == "c-1":
        return channel == "phone" and bool(knew)
    return not (id in {"3-8", "b-9"} and channel == "phone")
