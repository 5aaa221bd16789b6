"""The ways to one of our own people: each says whether it reaches her, and tells her. None carries case facts.

A new way (web push, a text message) is a class with these two methods, added with `add_way` when its app starts.
"""

from typing import Protocol

from savnet.access.models import Person
from savnet.followup.texts import Words


class NotReached(Exception):
    """This way did not get through to this person now. Another way, or another person, is tried instead."""


class Way(Protocol):
    """One way of telling a person that something waits."""

    name: str

    def reaches(self, person: Person) -> bool:
        """Whether this way is set up, and leads to this person."""

    def tell(self, person: Person, words: Words) -> None:
        """Tell her. Raises NotReached."""


_WAYS: dict[str, Way] = {}


def add_way(way: Way) -> None:
    """Let people be told by this way too; one of the same name takes its place."""
    _WAYS[way.name] = way


def ways_to(person: Person) -> list[Way]:
    """The ways that lead out of the house to this person."""
    return [way for way in _WAYS.values() if way.reaches(person)]


def any_way() -> bool:
    """Whether any way leads out of the house at all; else people are told on the screen only."""
    return any(getattr(way, "set_up", True) for way in _WAYS.values())
