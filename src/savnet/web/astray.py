"""A letter went to the wrong receiver: note it, ask for it back, note their answer, and assess whether to report it."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from savnet.access.rights import Action
from savnet.cases.models import Case
from savnet.casework import recall
from savnet.casework.case_at_hand import at_hand
from savnet.casework.recall import Error
from savnet.delivery.channels.paper import HandOver
from savnet.delivery.models import Message
from savnet.rules.words import Answer as Said
from savnet.rules.words import Channel
from savnet.web.forms import Sheet, WhenField, choice, longer, shorter
from savnet.web.letters import letter_of
from savnet.web.screen import Answer, Visit, screen
from savnet.web.sheets import fill, send, to_case
from savnet.web.subjects import find_case
from savnet.web.wording.duties import duty

ADDRESS_LENGTH = 400
"""As long as the address of a letter can be."""
ANSWERS = ((Said.YES.value, _("Ja")), (Said.NO.value, _("Nei")), (Said.UNKNOWN.value, _("Vet ikke")))
NO_NAMES = _("Skriv ikke navn på barn her: teksten kan komme med i meldingen til Datatilsynet.")


class AstraySheet(Sheet):
    """Who really got it, what they learnt, how it came about, and when it was found out."""

    receiver = shorter(
        _("Hvem fikk det?"),
        required=_("Skriv hvem som fikk det."),
        hint=_("Den som faktisk fikk brevet, ikke den som skulle hatt det."),
    )
    address = longer(
        _("Adressen deres"),
        hint=_("Postadressen, hvis dere vet den. Den settes på tilbakekallingen."),
        rows=2,
        most=ADDRESS_LENGTH,
    )
    right_one_has_it = choice(
        _("Har rett mottaker også fått det?"),
        (("no", _("Nei, så det må sendes på nytt")), ("yes", _("Ja"))),
        required=_("Velg om rett mottaker også har fått det."),
    )
    what = longer(_("Hva fikk de vite?"), required=_("Skriv hva de fikk vite."), hint=NO_NAMES)
    why = longer(_("Hvordan skjedde det?"), hint=NO_NAMES)
    at = WhenField(label=_("Når ble det oppdaget?"))


class RecallSheet(Sheet):
    """How the recall notice left the house."""

    channel = choice(
        _("Hvordan sendte dere den?"),
        ((Channel.POST.value, _("Med post")), (Channel.IN_PERSON.value, _("Leverte den selv"))),
        required=_("Velg hvordan dere sendte den."),
    )
    received_by = shorter(_("Hvem tok imot?"), hint=_("La feltet stå tomt hvis den ble sendt med post."))
    at = WhenField(label=_("Når?"))


class RecallAnswerSheet(Sheet):
    """What they say."""

    by_name = shorter(_("Hvem svarte?"), required=_("Skriv hvem som svarte."))
    deleted = choice(_("Er brevet slettet?"), ANSWERS, required=_("Velg et svar."))
    seen_by_others = choice(_("Har andre sett det?"), ANSWERS, required=_("Velg et svar."))
    text = longer(_("Noe mer?"), rows=2)
    at = WhenField(label=_("Når svarte de?"))


class AssessSheet(Sheet):
    """Reported or not, and why."""

    reported = choice(
        _("Er bruddet meldt til Datatilsynet?"),
        (("yes", _("Ja, det er meldt")), ("no", _("Nei, det skal ikke meldes"))),
        required=_("Velg om det er meldt."),
    )
    reference = shorter(_("Datatilsynets referanse"))
    why = longer(_("Hvorfor?"), required=_("Skriv hvorfor."))


@screen(Action.RECORD, "web/astray.html", of=find_case)
def astray(visit: Visit, case: Case, message_id: UUID) -> Answer:
    """Note that this letter reached somebody who should not have had it."""
    message = letter_of(case, message_id)
    form = fill(AstraySheet, visit)  # empty: the name of whose it was would be left standing

    def act(given: Mapping[str, Any]) -> str:
        told = _of(given, "receiver", "address", "what", "why", "at")
        has_it = given["right_one_has_it"] == "yes"
        number = recall.note_error(message.id, right_one_has_it=has_it, by=visit.person, now=visit.now, **told)
        return reverse("error", args=[case.id, number])

    said = gettext("Det er notert. Be mottakeren slette brevet.")
    return send(visit, form, act, said=said) or {"case": case, "form": form, "message": message}


@screen(Action.RECORD, "web/error.html", of=find_case)
def error(visit: Visit, case: Case, number: int) -> Answer:
    """What has been done about one that went astray, and what remains."""
    found = _find(visit, case, number)
    again = recall.owed_again(at_hand(case.id, visit.now), found)
    return {"case": case, "error": found, "message": _letter(found), "what": _kind(found), "owed_again": again}


@screen(Action.SEND, "web/recall_sent.html", of=find_case)
def recall_sent(visit: Visit, case: Case, number: int) -> Answer:
    """Print the recall notice, and note that it was sent."""
    found = _find(visit, case, number)
    form = fill(RecallSheet, visit)

    def act(given: Mapping[str, Any]) -> str:
        done = HandOver(channel=Channel(given["channel"]), at=given["at"], received_by=given["received_by"])
        recall.send_recall(case.id, number, done, by=visit.person, now=visit.now)
        return reverse("error", args=[case.id, number])

    return send(visit, form, act, said=gettext("Tilbakekallingen er notert.")) or {
        "case": case,
        "form": form,
        "error": found,
    }


@screen(Action.SEND, "", of=find_case)
def recall_letter(visit: Visit, case: Case, number: int) -> Answer:
    """The recall notice as PDF; written at the first press of the button, and the same ever after."""
    _find(visit, case, number)
    if visit.sent:
        recall.write_recall(case.id, number, by=visit.person, now=visit.now)
    written = Message.objects.filter(case_id=case.id, obligation=recall.RECALL, because=number).first()
    if written is None:
        raise Http404("not written yet")
    return redirect("letter", case.id, written.id)


@screen(Action.RECORD, "web/recall_answer.html", of=find_case)
def recall_answer(visit: Visit, case: Case, number: int) -> Answer:
    """Note what they answered."""
    found = _find(visit, case, number)
    form = fill(RecallAnswerSheet, visit)

    def act(given: Mapping[str, Any]) -> str:
        recall.answer_recall(
            case.id,
            number,
            deleted=Said(given["deleted"]),
            seen_by_others=Said(given["seen_by_others"]),
            by=visit.person,
            now=visit.now,
            **_of(given, "by_name", "text", "at"),
        )
        return reverse("error", args=[case.id, number])

    return send(visit, form, act, said=gettext("Svaret er notert.")) or {"case": case, "form": form, "error": found}


@screen(Action.RECORD, "web/breach_assessed.html", of=find_case)
def breach_assessed(visit: Visit, case: Case, number: int) -> Answer:
    """Note whether it was reported, and why."""
    found = _find(visit, case, number)
    form = fill(AssessSheet, visit)

    def act(given: Mapping[str, Any]) -> str:
        reported = given["reported"] == "yes"
        more = _of(given, "reference", "why")
        recall.assess(case.id, number, reported=reported, by=visit.person, now=visit.now, **more)
        return to_case(case)

    return send(visit, form, act, said=gettext("Vurderingen er notert.")) or {
        "case": case,
        "form": form,
        "error": found,
    }


@screen(Action.RECORD, "", of=find_case)
def breach_draft(visit: Visit, case: Case, number: int) -> Answer:
    """The draft of the report, as PDF: what is handed out is recorded, so it is asked for by a button."""
    found = _find(visit, case, number)
    if not visit.sent:
        return redirect("error", case.id, number)
    pdf = recall.draft_report(case.id, number, kind=str(_kind(found)), by=visit.person, now=visit.now).pdf
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="utkast.pdf"'
    return response


def _find(visit: Visit, case: Case, number: int) -> Error:
    for one in recall.errors(at_hand(case.id, visit.now).happened):
        if one.number == number:
            return one
    raise Http404("no such error")


def _letter(found: Error) -> Message:
    return Message.objects.defer("sealed_letter").get(id=found.event.message)


def _kind(found: Error) -> object:
    message = _letter(found)
    words = duty(message.obligation, message.recipient, message.copy_of)
    return words.done or words.title


def _of(given: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {name: given[name] for name in names}
