"""How a provision becomes code: each function that carries one out is marked with the provision it carries out."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, ParamSpec, TypeVar

from savnet.rules.events import Event
from savnet.rules.obligation import Basis

P = ParamSpec("P")
R = TypeVar("R")

Trigger = type[Event] | str
"""What sets a duty off: an event type, or the id of an obligation that has just been discharged."""


@dataclass(frozen=True, slots=True)
class Coded(Generic[P, R]):
    """A function of the law: what it does, which provisions it carries out, and where they stand.

    `id` names the provision; `also` those it carries out with it. `interpretations` are the numbered readings it
    rests on (`docs/interpretations.md`).
    """

    function: Callable[P, R]
    id: str
    also: tuple[str, ...]
    basis: Basis
    interpretations: tuple[int, ...] = ()
    on: tuple[Trigger, ...] = ()

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R:
        return self.function(*args, **kwargs)


def provision(
    id: str,
    *,
    point: str,
    words: str,
    also: tuple[str, ...] = (),
    readings: tuple[int, ...] = (),
    on: tuple[Trigger, ...] = (),
) -> Callable[[Callable[P, R]], Coded[P, R]]:
    """Mark a function as carrying out the provision `id` (the first column of the list of provisions).

    `words` are the few decisive words of the circular; `on` is what sets a duty off.
    """

    def mark(function: Callable[P, R]) -> Coded[P, R]:
        return Coded(function, id, also, Basis(point=point, words=words), readings, on)

    return mark
