"""A concern about a child: trafficking, violence, neglect, and how well founded it is."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from savnet.access.rights import Action
from savnet.cases.models import Case
from savnet.casework.knowledge import raise_concern
from savnet.rules.words import ConcernKind, ConcernLevel
from savnet.web.forms import Sheet, choice, longer
from savnet.web.screen import Answer, Visit, screen
from savnet.web.sheets import fill, send, to_case
from savnet.web.subjects import find_case
from savnet.web.wording.words import CONCERN_KIND, CONCERN_LEVEL


class ConcernSheet(Sheet):
    """Of what kind, how well founded, and what it rests on."""

    kind = choice(_("Hva er du bekymret for?"), tuple(CONCERN_KIND.items()), required=_("Velg hva du er bekymret for."))
    level = choice(
        _("Hvor sikker er du?"),
        tuple(CONCERN_LEVEL.items()),
        required=_("Velg hvor sikker du er."),
        hint=_(
            "Grunn til å tro er nok til å melde fra til barnevernet. Ved begrunnet mistanke skal også UDI ha beskjed."
        ),
    )
    text = longer(_("Hva bygger du det på?"), required=_("Skriv hva bekymringen bygger på."), rows=4)


@screen(Action.RECORD, "web/concern.html", of=find_case)
def concern(visit: Visit, case: Case) -> Answer:
    """Record the concern."""
    form = fill(ConcernSheet, visit)

    def act(given: Mapping[str, Any]) -> str:
        raise_concern(
            case.id,
            kind=ConcernKind(given["kind"]),
            level=ConcernLevel(given["level"]),
            text=given["text"],
            by=visit.person,
            now=visit.now,
        )
        return to_case(case)

    return send(visit, form, act, said=gettext("Bekymringen er notert. Se i saken hvem som skal ha beskjed.")) or {
        "case": case,
        "form": form,
    }
