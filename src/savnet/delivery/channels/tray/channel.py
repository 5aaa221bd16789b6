"""The tray of an exercise: whatever way a letter was to go, it stops here, and the answer says so."""

from dataclasses import dataclass

from savnet.delivery.channel import Envelope

ANSWER = "Øvelse: lagt i kurven i huset. Ingenting er sendt."


@dataclass(frozen=True, slots=True)
class Tray:
    """Takes everything and hands on nothing: it has no line out. The letter is kept with its message, as any other."""

    def check(self, envelope: Envelope) -> None:
        """Nothing stands in the way of not being sent."""

    def send(self, envelope: Envelope, letter: bytes) -> str:
        """Say that it was put in the tray."""
        return ANSWER
