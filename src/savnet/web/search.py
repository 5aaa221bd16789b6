"""Search: a name half remembered, in whatever spelling, order and script, or a DUF number with a slip in it.

What is looked for is sent in, so it stands in no address and in no log. Whoever is shown is logged, child by child,
before the answer leaves the house; whom the person may not see is not looked at.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from savnet.access.rights import Action
from savnet.register.alike import Likeness
from savnet.register.finding import Hit, Hits, NameKind, find
from savnet.web.living import Living, living
from savnet.web.screen import Answer, Visit, screen
from savnet.web.shown_to import log_shown
from savnet.web.within_reach import Reach, children, names, reach

SHOWN = 12
"""So many are shown at the most: each of them is a look that is logged."""
LONGEST = 100

WHY: dict[Likeness, Promise] = {
    Likeness.SAME: _("Skrevet likt"),
    Likeness.BEGINS: _("Begynner likt"),
    Likeness.SOUNDS: _("Høres likt ut"),
    Likeness.RESEMBLES: _("Ligner"),
}
OF: dict[NameKind, Promise] = {
    NameKind.ORIGINAL: _("i original skrift"),
    NameKind.ALIAS: _("et annet navn barnet bruker"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One child on the list, with why it is there."""

    living: Living
    hit: Hit
    href: str

    @property
    def number(self) -> str:
        """The DUF number, where that is what was looked for."""
        return self.hit.name.text if self.hit.name.kind is NameKind.DUF else ""

    @property
    def why(self) -> Promise:
        return WHY[self.hit.found.likeness]

    @property
    def other_name(self) -> str:
        """The name that was found, where it is not the one that stands above."""
        return self.hit.name.text if self.hit.name.kind in OF else ""

    @property
    def of(self) -> Promise | str:
        return OF.get(self.hit.name.kind, "")


class SearchForm(forms.Form):
    """What is looked for. Nothing is acted on, so it may be sent as often as one likes."""

    wanted = forms.CharField(
        label=_("Navn eller DUF-nummer"),
        max_length=LONGEST,
        widget=forms.TextInput(
            attrs={"class": "ds-input", "type": "search", "autocomplete": "off", "spellcheck": "false"}
        ),
        error_messages={
            "required": _("Skriv et navn eller et DUF-nummer."),
            "max_length": _("Skriv bare navnet eller DUF-nummeret."),
        },
    )


@screen(Action.SEARCH, "web/search.html", of=reach)
def search(visit: Visit, within: Reach) -> Answer:
    """The question, and whoever may be meant."""
    form = SearchForm(visit.request.POST if visit.sent else None)
    if not visit.sent or not form.is_valid():
        return _page(visit, {"form": form, "asked": False}, wrong=visit.sent)
    hits = find(form.cleaned_data["wanted"], names(within, visit.person, visit.now))
    shown = Hits(hits.sure[:SHOWN], hits.guessed[: max(0, SHOWN - len(hits.sure))])
    rows = _rows(visit, within, (*shown.sure, *shown.guessed))
    log_shown(visit, [row.living.resident for row in rows.values()])
    return _page(
        visit,
        {
            "form": form,
            "asked": True,
            "sure": [rows[hit.child] for hit in shown.sure if hit.child in rows],
            "guessed": [rows[hit.child] for hit in shown.guessed if hit.child in rows],
            "more": len(hits.sure) + len(hits.guessed) - len(rows),
        },
    )


def _page(visit: Visit, context: dict[str, Any], *, wrong: bool = False) -> HttpResponse:
    """A question that was answered is no form with something wrong in it."""
    common = {"now": visit.now, "person": visit.person, "demo": settings.DEMO, "place": "search"}
    return render(visit.request, "web/search.html", common | context, status=422 if wrong else 200)


def _rows(visit: Visit, within: Reach, hits: Iterable[Hit]) -> dict[Any, Row]:
    by_child = {hit.child: hit for hit in hits}
    found = children(within, visit.person, visit.now).filter(id__in=by_child).select_related("case", "centre")
    rows = [living(one, visit.now) for one in found]
    return {one.resident.id: Row(one, by_child[one.resident.id], _way_to(visit, one)) for one in rows}


def _way_to(visit: Visit, one: Living) -> str:
    """The child's own page, at a centre; an office knows the case and no more."""
    if visit.person.centre_id or one.case is None:
        return reverse("resident", args=[one.resident.id])
    return reverse("office-case", args=[one.case.id])
