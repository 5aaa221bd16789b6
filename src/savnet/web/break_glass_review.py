"""Emergencies to look over: who opened whose case, when and why, and whether it was in order."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from savnet.access.check import may
from savnet.access.emergencies import BreakGlass, Verdict
from savnet.access.models import Person
from savnet.access.relations import Place
from savnet.access.rights import Action
from savnet.casework import break_glass as casework
from savnet.web.forms import Sheet, choice, longer
from savnet.web.screen import Answer, Visit, screen
from savnet.web.sheets import fill, send


@dataclass(frozen=True, slots=True)
class Reviewing:
    """What the person reviews: her own centre's, or the country's where she has none."""

    centre_id: UUID | None

    @property
    def place(self) -> Place:
        return Place(centre_id=self.centre_id)


class VerdictSheet(Sheet):
    """What the review found."""

    verdict = choice(_("Hva fant du?"), tuple(Verdict.choices), required=_("Velg om det var i orden."))
    note = longer(_("Merknad"), hint=_("Må det følges opp, så skriv hva og av hvem."))


def reviewing(person: Person) -> Reviewing:
    return Reviewing(person.centre_id)


def opening(person: Person, opened_id: UUID) -> BreakGlass:
    found: BreakGlass = get_object_or_404(
        BreakGlass.objects.select_related("person__centre", "centre", "reviewed_by").prefetch_related("resident"),
        id=opened_id,
    )
    return found


@screen(Action.REVIEW_BREAK_GLASS, "web/break_glass_reviews.html", of=reviewing)
def break_glass_reviews(visit: Visit, here: Reviewing) -> dict[str, Any]:
    """What waits, and the newest of what has been looked over."""
    every = BreakGlass.objects.select_related("person__centre", "centre", "reviewed_by").prefetch_related("resident")
    ours = every.filter(centre_id=here.centre_id) if here.centre_id else every
    return {
        "waiting": list(casework.to_review(here.centre_id)),
        "reviewed": list(ours.exclude(verdict="").order_by("-reviewed_at")[:20]),
        "names": here.centre_id is not None,
    }


@screen(Action.REVIEW_BREAK_GLASS, "web/break_glass_review.html", of=opening)
def break_glass_review(visit: Visit, opened: BreakGlass, opened_id: UUID) -> Answer:
    """Look one over."""
    form = fill(VerdictSheet, visit)

    def act(given: Mapping[str, Any]) -> str:
        casework.review(opened.id, Verdict(given["verdict"]), note=given["note"], by=visit.person, now=visit.now)
        return reverse("break-glass-reviews")

    return send(visit, form, act, said=_("Vurderingen er lagret.")) or {
        "form": form,
        "opened": opened,
        "own": opened.person_id == visit.person.pk,
        "names": may(visit.person, Action.SEE_CENTRE, opened.centre_id),
    }
