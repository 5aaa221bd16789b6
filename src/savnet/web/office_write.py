"""Write a message from one office to another, see it as a letter, and send it."""

from collections.abc import Mapping
from typing import Any

from django.forms import Field
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from savnet.access.rights import Action
from savnet.cases.models import Case
from savnet.casework.case_at_hand import CaseAtHand, at_hand
from savnet.casework.plan import planned
from savnet.casework.sending import preview
from savnet.casework.sending import send as send_letters
from savnet.casework.udi_fields import may_be_written
from savnet.letters import render
from savnet.letters.office_message import NEEDS_TEXT
from savnet.rules.events import InformationReceived
from savnet.rules.words import Actor
from savnet.web.desk import desk, find_told
from savnet.web.forms import Sheet, longer
from savnet.web.office_duties import find_owed
from savnet.web.office_sheets import pdf, to_office_case
from savnet.web.said_again import asked_again
from savnet.web.screen import Answer, Visit, screen
from savnet.web.sheets import SAYABLE, fill, send
from savnet.web.shown import Shown
from savnet.web.wording.text import Text

REQUIRED = {*NEEDS_TEXT, "3-8"} - {"4-20"}
"""Where the letter is nothing without the officer's words. What is passed on (4-20) has the centre's."""
LABELS = {
    "3-8": _("Hva er dere bekymret for?"),
    "4-3": _("Hva bør Asylavdelingen vite?"),
    "4-6": _("Hva skal politiet innhente?"),
    "4-20": _("Vil dere legge til noe?"),
}
OTHERS = _("Hva vil dere si?")


class WordsSheet(Sheet):
    """The officer's own words."""

    def __init__(self, *args: Any, label: Text, required: bool, **options: Any) -> None:
        self.label, self.required = label, required
        super().__init__(*args, **options)

    def more_fields(self) -> dict[str, Field]:
        missing = str(_("Skriv hva det gjelder.")) if self.required else ""
        return {"said": longer(self.label, required=missing, rows=6)}


@screen(Action.ACT_FOR_OFFICE, "web/office_write.html", of=find_told)
def office_write(visit: Visit, case: Case, slug: str) -> Answer:
    """Write it; «vis» shows it as a letter, «send» lets it go."""
    now, mine = at_hand(case.id, visit.now), desk(visit.person)
    shown = find_owed(now, slug, mine)
    if question := asked_again(visit):
        return question
    form = _sheet(visit, now, shown)
    page = {"case": case, "form": form, "shown": shown, "planned": planned(now, shown.obligation, shown.message)}
    if visit.sent and visit.request.POST.get("do") == "show":
        return _as_letter(visit, case, shown, form) or page

    def act(given: Mapping[str, Any]) -> str:
        actor = mine.actor or Actor.REGION
        keys = {shown.obligation.key}
        send_letters(case.id, by=visit.person, now=visit.now, only=keys, actor=actor, said=given["said"])
        return to_office_case(case)

    return send(visit, form, act, said=_("Sendt videre. Se i saken om noe skal leveres på papir.")) or page


def _sheet(visit: Visit, now: CaseAtHand, shown: Shown) -> WordsSheet:
    id_ = shown.obligation.id
    form = fill(WordsSheet, visit, label=LABELS.get(id_, OTHERS), required=id_ in REQUIRED)
    cause = now.event(shown.obligation.because)
    if id_ == "3-6" and isinstance(cause, InformationReceived):
        form.fields["said"].initial = may_be_written(cause)
    return form


def _as_letter(visit: Visit, case: Case, shown: Shown, form: WordsSheet) -> HttpResponse | None:
    """The letter as it would go; None where something must be put right first, and the form says what."""
    if not form.is_valid():
        return None
    said = form.cleaned_data["said"]
    try:
        written = preview(case.id, shown.obligation.key, by=visit.person, now=visit.now, said=said)
    except SAYABLE as wrong:
        form.add_error(None, str(wrong))
        return None
    if blanks := written.blanks():
        form.add_error(None, ", ".join(blank.in_words() for blank in blanks))
        return None
    return pdf(render(written, "nb").pdf, "utkast.pdf")
