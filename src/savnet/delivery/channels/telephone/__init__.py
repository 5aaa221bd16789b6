"""A call: the number, whether anybody was reached, who, and what they knew."""

import re
from dataclasses import dataclass
from datetime import datetime

from savnet.delivery.mistakes import Mistake


class IncompleteCall(Mistake):
    """A call that reached somebody must say whom, and what they knew (c-2). "Not obtained" is an answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """The result of one call.

    `knew` is `none`, `not_obtained` or what they said; it belongs sealed in the ledger, and delivery keeps none of it.
    """

    number: str
    at: datetime
    reached: bool
    spoke_with: str = ""
    knew: str | None = None

    def __post_init__(self) -> None:
        if self.reached and not self.spoke_with.strip():
            raise IncompleteCall("Hvem snakket du med? Skriv navnet.", field="spoke_with")
        if self.reached and not (self.knew or "").strip():
            raise IncompleteCall("Hva visste de? «Ingenting» er også et svar.", field="knew")


def to_tap(number: str) -> str:
    """The number as a tel: address that a phone can dial from a tap."""
    return "tel:" + re.sub(r"[^\d+]", "", number)
