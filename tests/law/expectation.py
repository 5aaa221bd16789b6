"""What a scenario expects, read from its `expect` and held against what the rules answer.

Each entry asks at an instant (`at`; without it, when the scenario itself asks) and states some of: `state`, `version`,
`refused`, `gaps`, `owed`, `absent`, and `nothing_else: true` where `owed` names everything that is owed.
`owed` maps a duty, named as closely as is needed, to where it stands:

    a-1 police_district: open, latest 2026-03-03T20:00+01:00
    d-5 region copy of b-4: discharged, reference 26/104
    2.2-7 police_district because 5: open
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from savnet.rules import Derivation, Obligation, read_instant
from savnet.rules.words import ObligationState, Standard

FIELDS = {"at", "state", "version", "refused", "gaps", "owed", "absent", "nothing_else"}
NAMED = re.compile(
    r"(?P<id>\S+)(?P<words>(?: (?!copy|because)\S+)*)(?: copy of (?P<copy>\S+))?(?: because (?P<no>\d+))?"
)


@dataclass(frozen=True)
class Name:
    """A duty as a scenario names it: its id, and if need be its recipient, municipality, copy and cause."""

    text: str

    def fits(self, one: Obligation) -> bool:
        """Whether that is the duty, or one of the duties, that is named."""
        read = NAMED.fullmatch(self.text)
        assert read, f"{self.text!r} is no name of a duty"
        has = {str(one.actor), str(one.recipient), str(one.municipality)}
        return (
            read["id"] == one.id
            and set(read["words"].split()) <= has
            and read["copy"] in {None, one.copy_of}
            and read["no"] in {None, str(one.because)}
        )


def deviations(expected: dict[str, Any], answer: Derivation) -> Iterator[str]:
    """Every way in which the answer is not what was expected."""
    unknown = set(expected) - FIELDS
    assert not unknown, f"`expect` has no such fields: {unknown}"
    yield from _whole(expected, answer)
    named = [Name(text) for text in expected.get("owed") or {}]
    for name in named:
        found = [one for one in answer.obligations if name.fits(one)]
        if len(found) != 1:
            yield f"{name.text}: {len(found)} such duties instead of one"
        else:
            yield from _standing(name.text, expected["owed"][name.text], found[0])
    for text in expected.get("absent") or []:
        yield from (f"{text}: is owed, and should not be" for one in answer.obligations if Name(text).fits(one))
    if expected.get("nothing_else"):
        rest = [one for one in answer.obligations if not any(name.fits(one) for name in named)]
        yield from (f"{one.id} {one.recipient} because {one.because}: is owed too" for one in rest)


def _whole(expected: dict[str, Any], answer: Derivation) -> Iterator[str]:
    has = {
        "state": str(answer.state),
        "version": answer.version.isoformat(),
        "refused": [f"{one.provision} {one.responsible}" for one in answer.refused],
        "gaps": [one.name for one in answer.gaps],
    }
    for field, value in has.items():
        if field in expected and expected[field] != value:
            yield f"{field}: {value} instead of {expected[field]}"


def _standing(name: str, text: str, one: Obligation) -> Iterator[str]:
    for part in text.split(", "):
        if not _holds(part, one):
            yield f"{name}: not {part!r}, but {one}"


def _holds(part: str, one: Obligation) -> bool:
    if part in {str(state) for state in ObligationState}:
        return one.state == part
    if part in {str(standard) for standard in Standard}:
        return one.standard == part
    if part in {"overdue", "not overdue"}:
        return one.overdue == (part == "overdue")
    what, _, value = part.partition(" ")
    return _FACTS[what](one, value)


_FACTS: dict[str, Any] = {
    "latest": lambda one, value: one.latest == (None if value == "none" else read_instant(value)),
    "sent": lambda one, value: one.sent_at == (None if value == "no" else read_instant(value)),
    "received": lambda one, value: one.received_by == (None if value == "no" else value.removeprefix("by ")),
    "reference": lambda one, value: one.reference == value,
    "remark": lambda one, value: one.remark == value,
    "priority": lambda one, value: one.priority == value,
    "also": lambda one, value: value in one.also,
    "tried": lambda one, value: len(one.attempts) == int(value),
    "basis": lambda one, value: (one.legal_basis and one.legal_basis.provision) == value,
}
