"""The next step for an obligation: which screen meets it, and what its button says."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext

from savnet.web.shown import Shown
from savnet.web.wording.text import Text

LETTERS = {"b-8", "d-1", "d-2", "d-5", "2.2-7", "b-9", "4-18"}
ENTERED = {"d-4", "4-17"}
TICKED = {"4-12", "4-16"}


@dataclass(frozen=True, slots=True)
class Step:
    """Where a button leads, and what it says."""

    href: str
    label: Text


def step(shown: Shown) -> Step | None:
    """What to do next about an obligation; None where there is nothing to do, or it is UDI's."""
    if shown.open or shown.withheld:
        return _next(shown)
    if shown.awaits_receipt and shown.message:
        return Step(reverse("receipt", args=[shown.case_id, shown.message.id]), gettext("Noter hvem som har den"))
    return None


def _next(shown: Shown) -> Step | None:
    case, id_ = shown.case_id, shown.obligation.id
    if shown.withheld:
        return Step(reverse("consent", args=[case]), gettext("Noter samtykke"))
    if shown.held:
        return Step(reverse("mark-done", args=[case, shown.slug]), gettext("Noter hva dere avklarte"))
    if id_ == "c-1":
        return Step(reverse("call", args=[case, shown.slug]), shown.words.button)
    if id_ in ENTERED:
        return Step(reverse("system-task", args=[case, shown.slug]), shown.words.button)
    if shown.message:
        return _carry(shown)
    if id_ in LETTERS:
        return Step(reverse("send-one", args=[case, shown.slug]), shown.words.button)
    if id_ == "4-19":
        return Step(reverse("asylum-information", args=[case, shown.slug]), shown.words.button)
    if id_ in TICKED:
        return Step(reverse("mark-done", args=[case, shown.slug]), shown.words.button)
    return Step(reverse(SCREENS[id_], args=[case]), shown.words.button) if id_ in SCREENS else None


def _carry(shown: Shown) -> Step | None:
    """A letter lies ready: somebody carries it, or the worker is at it."""
    if not shown.by_hand or shown.message is None:
        return None
    return Step(reverse("hand-over", args=[shown.case_id, shown.message.id]), gettext("Skriv ut og noter levert"))


SCREENS = {
    "2.2-1": "inquiry",
    "2.2-4": "inquiry",
    "a-1": "report",
    "b-4": "report",
    "4-13": "transport-done",
    "4-15": "talk",
}
"""Obligations that a screen of the whole case meets."""
