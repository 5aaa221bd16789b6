"""Twenty bugs that somebody could really write, each planted while the simulation runs: it must find them all.

Each is one small change of the real code, made from outside. None is in the code that people use. Those in the rules,
the house's policy and delivery's decisions are looked for in memory, the others in the whole house.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Any
from unittest import mock

Real = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Planted:
    """One bug: its name, what is wrong in words, how it is put in, and among which lives it is looked for first."""

    name: str
    says: str
    plant: Callable[[], AbstractContextManager[Any]]
    among: str = ""


def bug(found: list[Planted], says: str, among: str = "") -> Callable[[Callable[[], Iterator[None]]], None]:
    """Add a bug to the list, under the name of what plants it."""

    def add(plant: Callable[[], Iterator[None]]) -> None:
        found.append(Planted(plant.__name__.replace("_", " "), says, contextmanager(plant), among))

    return add


def instead(where: Any, name: str, make: Callable[[Real], Real]) -> AbstractContextManager[Any]:
    """What stands there, replaced by something made of it."""
    return mock.patch.object(where, name, make(getattr(where, name)))
