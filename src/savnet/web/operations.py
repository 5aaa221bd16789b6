"""The system operator's page: what the doctor finds, the certificates, and the numbers; nothing of a case."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from savnet.access.rights import Action
from savnet.access.row_security import house
from savnet.watching.doctor import QUESTIONS, Question, examine
from savnet.watching.findings import Finding, Level
from savnet.watching.metrics import text
from savnet.web.screen import Visit, screen
from savnet.web.subjects import Nowhere, nowhere
from savnet.web.wording.text import Text

COLOURS = {Level.WELL: "success", Level.WARNING: "warning", Level.WRONG: "danger", Level.NOT_SET_UP: "neutral"}
WORST_FIRST = (Level.WRONG, Level.WARNING, Level.NOT_SET_UP, Level.WELL)
WORDS: Mapping[Level, Text] = {
    Level.WELL: _("Bra"),
    Level.WARNING: _("Advarsel"),
    Level.WRONG: _("Feil"),
    Level.NOT_SET_UP: _("Ikke satt opp"),
}
CERTIFICATES = "certificates"


@screen(Action.SEE_OPERATIONS, "web/operations.html", of=nowhere)
def operations(visit: Visit, at: Nowhere) -> dict[str, Any]:
    """How the house runs at this instant."""
    with house("how the machinery runs is of the whole house; findings and numbers hold nothing of a case"):
        asked = [(what, _apart(question)) for what, question in QUESTIONS]
        found = sorted(examine(visit.now, asked), key=lambda one: WORST_FIRST.index(one.level))
        numbers = text(visit.now)
    return {
        "place": "operations",
        "certificates": [_coloured(one) for one in found if one.what == CERTIFICATES],
        "findings": [_coloured(one) for one in found if one.what != CERTIFICATES],
        "ill": sum(one.level in {Level.WRONG, Level.WARNING} for one in found),
        "numbers": _numbers(numbers),
    }


def _apart(question: Question) -> Callable[[datetime], Iterable[Finding]]:
    """A question in a savepoint of its own: where one fails in the database, the others can still be asked."""

    def asked(now: datetime) -> list[Finding]:
        with transaction.atomic():
            return list(question(now))

    return asked


def _coloured(finding: Finding) -> tuple[Finding, str, Text]:
    return finding, COLOURS[finding.level], WORDS[finding.level]


def _numbers(page: str) -> list[tuple[str, str]]:
    """Name and value, without the remarks that are for machines."""
    lines = (line.rsplit(" ", 1) for line in page.splitlines() if line and not line.startswith("#"))
    return [(name, value) for name, value in lines]
