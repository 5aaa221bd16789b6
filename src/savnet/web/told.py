"""Who has been told: every notice that went or was tried, when and how, and whether a named person has it."""

from collections.abc import Iterable
from dataclasses import dataclass

from savnet.web.shown import Shown
from savnet.web.wording.words import RECIPIENT


@dataclass(frozen=True, slots=True)
class Told:
    """One notice on its way or arrived."""

    shown: Shown

    @property
    def confirmed(self) -> bool:
        """Whether a named person at the receiver has it."""
        return self.shown.obligation.received_at is not None

    @property
    def name(self) -> str:
        """The receiver by name where a letter names it."""
        message = self.shown.message
        kind = self.shown.obligation.recipient
        return message.recipient_name if message else str(RECIPIENT[kind]) if kind else ""


def told(shown: Iterable[Shown]) -> list[Told]:
    """Sent or tried, the newest last."""
    gone = [one for one in shown if one.obligation.is_notice and (one.obligation.sent_at or one.obligation.attempts)]
    return [Told(one) for one in sorted(gone, key=lambda one: one.obligation.sent_at or one.obligation.attempts[0].at)]
