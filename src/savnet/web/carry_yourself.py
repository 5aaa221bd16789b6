"""A letter that does not get through: a person takes it, prints it and hands it over herself."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from savnet.access.rights import Action
from savnet.cases.models import Case
from savnet.casework import paper_instead
from savnet.casework.case_at_hand import at_hand
from savnet.web.forms import Sheet
from savnet.web.letters import letter_of
from savnet.web.screen import Answer, Visit, screen
from savnet.web.sheets import fill, send
from savnet.web.shown import by_message
from savnet.web.subjects import find_case

SAID = _("Savnet prøver ikke å sende brevet mer. Skriv det ut og lever det, og noter det her.")


@screen(Action.SEND, "web/carry_yourself.html", of=find_case)
def carry_yourself(visit: Visit, case: Case, message_id: UUID) -> Answer:
    """Take the letter out of the worker's hands, and go on to where its delivery is noted."""
    message = letter_of(case, message_id)
    form = fill(Sheet, visit)

    def act(_: Mapping[str, Any]) -> str:
        paper_instead.carry_yourself(message.id, by=visit.person, now=visit.now)
        return reverse("hand-over", args=[case.id, message.id])

    shown = by_message(at_hand(case.id, visit.now), message)
    return send(visit, form, act, said=SAID) or {"case": case, "form": form, "message": message, "shown": shown}
