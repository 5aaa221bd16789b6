"""What an office has been sent in a case, and what it owes there, as its screens show it; the step that meets it."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import Http404
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from savnet.casework.case_at_hand import CaseAtHand
from savnet.rules.events import InformationReceived
from savnet.rules.words import Actor, Recipient
from savnet.web.desk import Desk
from savnet.web.shown import Shown, sort
from savnet.web.steps import Step

ENTERED = frozenset({"3-2", "3-3", "3-5", "3-7", "3-10", "3-12", "4-2"})
WRITTEN = frozenset({"3-4", "3-6", "3-8", "3-11", "3-13", "4-3", "4-6", "4-20"})
BUTTON: Mapping[str, Promise] = {
    "office-enter": _("Registrer"),
    "office-write": _("Skriv og send"),
    "office-done": _("Noter hva som er gjort"),
}
FIRST = ("4-1", "4-9", "4-3", "4-5", "4-6", "4-2", "4-8", "3-8", "3-7", "3-10", "3-11", "3-12", "3-13")
"""What comes first on an office's list (ours; the circular gives no order): a child who waits, then one whose address
is known."""


@dataclass(frozen=True, slots=True)
class AtDesk:
    """A case as one office may know it."""

    sent: tuple[Shown, ...]
    owed: tuple[Shown, ...]
    done: tuple[Shown, ...]
    news: tuple[InformationReceived, ...]

    @property
    def unconfirmed(self) -> tuple[Shown, ...]:
        """What was sent to the office and nobody there has confirmed."""
        return tuple(one for one in self.sent if one.obligation.received_at is None)


def at_desk(now: CaseAtHand, desk: Desk) -> AtDesk:
    """What of the case belongs to this office."""
    every = sort(now)
    listed = (*every.owed, *every.done, *every.superseded, *every.udi)
    mine = [one for one in listed if desk.actor and one.obligation.actor is desk.actor]
    sent = [one for one in listed if one.obligation.recipient in desk.kinds and one.obligation.sent_at]
    return AtDesk(
        sent=tuple(sorted(sent, key=lambda one: str(one.obligation.sent_at), reverse=True)),
        owed=tuple(sorted((one for one in mine if one.open), key=order)),
        done=tuple(one for one in mine if not one.open),
        news=_news(now, mine) if desk.actor is Actor.REGION else (),
    )


def order(shown: Shown) -> tuple[object, ...]:
    """What a child waits for first; then the oldest."""
    return (rank(shown.obligation.id), shown.obligation.arisen_at)


def rank(duty: str) -> int:
    return FIRST.index(duty) if duty in FIRST else len(FIRST)


def _news(now: CaseAtHand, mine: list[Shown]) -> tuple[InformationReceived, ...]:
    """The information that the region's duties rest on. What else the centre knows or fears is not the region's."""
    causes = {one.obligation.because for one in mine}
    return tuple(one for one in now.happened if isinstance(one, InformationReceived) and one.number in causes)


def find_owed(now: CaseAtHand, wanted: str, desk: Desk) -> Shown:
    """The office's own obligation that an address stands for."""
    return _named(wanted, [*at_desk(now, desk).owed, *at_desk(now, desk).done])


def find_sent(now: CaseAtHand, wanted: str, desk: Desk) -> Shown:
    """What was sent to the office."""
    return _named(wanted, at_desk(now, desk).sent)


def _named(wanted: str, among: list[Shown] | tuple[Shown, ...]) -> Shown:
    for one in among:
        if one.slug == wanted:
            return one
    raise Http404("no such obligation")


def screen_for(shown: Shown) -> str:
    """The name of the screen that meets an office's obligation."""
    owed = shown.obligation
    if owed.id in ENTERED or (owed.id == "3-14" and owed.recipient is Recipient.DUF):
        return "office-enter"
    return "office-write" if owed.id in WRITTEN or owed.id == "3-14" else "office-done"


def step(shown: Shown) -> Step | None:
    """What to do next; None where it is done, or on its way."""
    if not shown.open:
        return None
    if shown.message and not shown.by_hand and shown.obligation.is_notice:
        return None
    name = "office-carry" if shown.message and shown.by_hand else screen_for(shown)
    label = BUTTON.get(name, _("Skriv ut og noter levert"))
    where = shown.message.id if name == "office-carry" and shown.message else shown.slug
    return Step(reverse(name, args=[shown.case_id, where]), str(label))
