"""Statistics: one quarter's tables as they were published, the same for everybody, and as a file."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from savnet.access.rights import Action
from savnet.register.models import Recipient
from savnet.statistics.counting import NONE, NOT_ANSWERED, HowItWent
from savnet.statistics.editions import TALKS, WENT, Published, published
from savnet.statistics.models import Edition
from savnet.statistics.quarters import Quarter
from savnet.web.screen import Visit, screen
from savnet.web.spreadsheet import csv_file
from savnet.web.subjects import Nowhere, nowhere
from savnet.web.wording.text import Text
from savnet.web.wording.words import CONCERN_KIND, FEELS_SAFE

HIDDEN = ":"
"""What stands where a count is hidden, as official statistics write it."""

HOW_IT_WENT: Mapping[str, Text] = {
    HowItWent.BACK: _("Tilbake på mottaket"),
    HowItWent.ELSEWHERE: _("Kommet til rette et annet sted"),
    HowItWent.MISSING: _("Fortsatt savnet"),
}
CAUSE: Mapping[str, Text] = {**CONCERN_KIND, NONE: _("Ingen bekymring meldt")}
SAFE: Mapping[str, Text] = {**FEELS_SAFE, NOT_ANSWERED: _("Ikke svart")}


@dataclass(frozen=True, slots=True)
class Shown:
    """A table in words; the last row and column are the totals."""

    title: Text
    head: tuple[Text, ...]
    rows: tuple[tuple[Text, tuple[str, ...]], ...]
    withheld: bool


@screen(Action.SEE_STATISTICS, "web/statistics.html", of=nowhere)
def statistics(visit: Visit, at: Nowhere) -> dict[str, Any]:
    """The newest edition, or the one that is asked for."""
    every = list(Edition.objects.order_by("-quarter"))
    asked = visit.request.GET.get("kvartal", "")
    edition = next((one for one in every if not asked or one.quarter == asked), None)
    if asked and edition is None:
        raise Http404("no such edition")
    return {
        "place": "statistics",
        "edition": edition,
        "name": _name(edition.quarter) if edition else "",
        "tables": _tables(edition) if edition else (),
        "by_quarter": [(one.quarter, _name(one.quarter), _said(published(one, WENT).total)) for one in every],
        "hidden": HIDDEN,
    }


@screen(Action.SEE_STATISTICS, "", of=nowhere)
def statistics_file(visit: Visit, at: Nowhere, quarter: str) -> HttpResponse:
    """An edition as a file for a spreadsheet, one table under the other."""
    edition = Edition.objects.filter(quarter=quarter).first()
    if edition is None:
        raise Http404("no such edition")
    rows: list[list[object]] = []
    for table in _tables(edition):
        rows.append([table.title])
        rows.append(["", *table.head])
        rows.extend([name, *counts] for name, counts in table.rows)
        rows.append([])
    return csv_file([gettext("Statistikk"), _name(quarter)], rows, name=f"statistikk-{edition.quarter}.csv")


def _tables(edition: Edition) -> tuple[Shown, Shown]:
    offices = Recipient.objects.filter(kind="region", invented=settings.DEMO).values_list("number", "name")
    names: dict[str, Text] = {"": _("Uten region"), **dict(offices)}
    return (
        _shown(_("Forsvinninger per region, og hvordan det gikk"), published(edition, WENT), names, HOW_IT_WENT),
        _shown(
            _("Oppfølgingssamtaler: hva personalet ble bekymret for, og om barnet føler seg trygt"),
            published(edition, TALKS),
            CAUSE,
            SAFE,
        ),
    )


def _shown(title: Text, table: Published, rows: Mapping[str, Text], columns: Mapping[str, Text]) -> Shown:
    head = (*(columns[column] for column in table.columns), _("I alt"))
    names = (*(rows.get(row, row) for row in table.rows), _("I alt"))
    counts = (tuple(map(_said, row)) for row in table.cells)
    nothing = all(count is None for row in table.cells for count in row)
    return Shown(title, head, tuple(zip(names, counts, strict=True)), nothing)


def _said(count: int | None) -> str:
    return HIDDEN if count is None else str(count)


def _name(quarter: str) -> str:
    one = Quarter.named(quarter)
    return gettext("%(number)s. kvartal %(year)s") % {"number": one.number, "year": one.year}
