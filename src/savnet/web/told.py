"""Who has been told: every notice that went or was tried, when and how, and whether a named person has it."""

from collections.abc import Iterable
from dataclasses import dataclass

from savnet.access.rights import FieldClass
from savnet.web.shown import Shown
from savnet.web.sight import Sight, names_place
from savnet.web.wording.words import RECIPIENT


@dataclass(frozen=True, slots=True)
class Told:
    """One notice on its way or arrived. `unnamed` where the receiver's name would tell where the child is."""

    shown: Shown
    unnamed: bool = False

    @property
    def confirmed(self) -> bool:
        """Whether a named person at the receiver has it."""
        return self.shown.obligation.received_at is not None

    @property
    def name(self) -> str:
        """The receiver by name where a letter names it."""
        message = self.shown.message
        kind = self.shown.obligation.recipient
        if message and not self.unnamed:
            return message.recipient_name
        return str(RECIPIENT[kind]) if kind else ""


def told(shown: Iterable[Shown], seen: Sight) -> list[Told]:
    """Sent or tried, the newest last."""
    folded = seen.hides(FieldClass.WHEREABOUTS) is not None
    gone = [one for one in shown if one.obligation.is_notice and (one.obligation.sent_at or one.obligation.attempts)]
    in_order = sorted(gone, key=lambda one: one.obligation.sent_at or one.obligation.attempts[0].at)
    return [Told(one, folded and names_place(one.obligation.id)) for one in in_order]
