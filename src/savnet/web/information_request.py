"""Somebody asks for information about a child: note it, decide on it, and print the answer (utlendingsloven § 84 b)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from savnet.access.check import may
from savnet.access.models import Person
from savnet.access.rights import Action
from savnet.casework.disclosures import (
    Asked,
    Given,
    answer_letter,
    decide,
    forbidden,
    hand_over_answer,
    note_request,
)
from savnet.casework.police_answers import known_residence
from savnet.register.models import AskedBy, InformationRequest, RequestDecision, Resident
from savnet.rules.words import Channel
from savnet.web.forms import DayField, Sheet, WhenField, choice, longer, shorter
from savnet.web.office_sheets import pdf
from savnet.web.said_again import asked_again
from savnet.web.screen import Answer, Visit, screen
from savnet.web.sheets import fill, send
from savnet.web.subjects import resident as find_resident
from savnet.web.wording.text import Text

FIELDS: Mapping[Given, Text] = {
    Given.IDENTITY: _("Navn, fødselsdato og statsborgerskap"),
    Given.STAY: _("Når barnet flyttet inn og ut"),
    Given.AWAY: _("Hvor lenge permisjoner har vart"),
    Given.MOVED_TO: _("Nytt bosted"),
}
WAYS = ((Channel.IN_PERSON.value, _("Levert personlig")), (Channel.POST.value, _("Lagt i posten")))


@dataclass(frozen=True, slots=True)
class Request:
    """A request as the subject of a screen: the child it is about, and where the child lives."""

    found: InformationRequest

    @property
    def centre_id(self) -> UUID:
        return self.found.resident.centre_id

    @property
    def resident_id(self) -> UUID:
        return self.found.resident_id


def request_of(person: Person, request_id: UUID) -> Request:
    found = InformationRequest.objects.select_related("resident__centre", "noted_by", "decided_by")
    return Request(get_object_or_404(found, id=request_id))


class RequestSheet(Sheet):
    """Who asks, how, and what for."""

    asked_by = choice(_("Hvem spør?"), AskedBy.choices, required=_("Velg hvem som spør."))
    office = shorter(_("Kontor"), required=_("Skriv hvilket kontor som spør."))
    person = shorter(_("Navn på den som spør"), required=_("Skriv hvem som spør."))
    reference = shorter(_("Deres referanse"))
    written = choice(
        _("Er det skriftlig?"),
        (("yes", _("Ja, brev eller e-post")), ("no", _("Nei, på telefon eller muntlig"))),
        required=_("Svar på om det er skriftlig."),
    )
    dated = DayField(label=_("Datoen på brevet"), required=False)
    purpose = longer(_("Hva skal opplysningene brukes til?"), required=_("Skriv hva de har sagt at det gjelder."))


class DecisionSheet(Sheet):
    """Which of the four fields are given; none is a no."""

    fields_given = forms.MultipleChoiceField(
        label=_("Hva skal utleveres?"),
        choices=tuple((one.value, words) for one, words in FIELDS.items()),
        required=False,
        help_text=_("Bare det politiet ber om og trenger. Kryss av for ingenting for å avslå."),
        widget=forms.CheckboxSelectMultiple,
    )
    moved_to = shorter(
        _("Nytt bosted"),
        hint=_("Bare stedet. Er stedet hemmelig, skal det ikke stå her."),
    )
    why = longer(_("Hvorfor?"), required=_("Skriv hvorfor."), rows=2)


class DeliverySheet(Sheet):
    """That the letter left the house."""

    how = choice(_("Hvordan?"), WAYS, required=_("Velg hvordan brevet ble levert."))
    at = WhenField(label=_("Når?"))


def _to_disclosed(resident_id: UUID) -> str:
    return reverse("disclosed", args=[resident_id])


@screen(Action.NOTE_REQUEST, "web/request_new.html", of=find_resident)
def request_new(visit: Visit, resident: Resident) -> Answer:
    """Note that somebody asks. What the law forbids is refused at once."""
    form = fill(RequestSheet, visit)

    def act(given: Mapping[str, Any]) -> str:
        asked = Asked(
            asked_by=AskedBy(given["asked_by"]),
            office=given["office"],
            person=given["person"],
            reference=given["reference"],
            written=given["written"] == "yes",
            dated=given["dated"],
            purpose=given["purpose"][:1000],
        )
        noted = note_request(resident, asked, by=visit.person, now=visit.now)
        return reverse("request", args=[noted.id])

    return send(visit, form, act, said=_("Begjæringen er notert.")) or {"form": form, "resident": resident}


@screen(Action.NOTE_REQUEST, "web/request.html", of=request_of)
def request(visit: Visit, subject: Request, request_id: UUID) -> Answer:
    """One request: how it came, and what became of it."""
    if question := asked_again(visit):
        return question
    decides = may(visit.person, Action.DECIDE_DISCLOSURE, subject.centre_id, now=visit.now)
    return {**_shown(visit, subject.found), "decides": decides}


@screen(Action.DECIDE_DISCLOSURE, "web/request_decide.html", of=request_of)
def request_decide(visit: Visit, subject: Request, request_id: UUID) -> Answer:
    """Give some of the four fields, or none."""
    if question := asked_again(visit):
        return question
    found = subject.found
    if found.decision and not visit.sent:
        raise Http404("decided already")
    form = fill(DecisionSheet, visit, initial={"moved_to": known_residence(found.resident)})

    def act(given: Mapping[str, Any]) -> str:
        chosen = [Given(one) for one in given["fields_given"]]
        decide(request_id, chosen, moved_to=given["moved_to"], why=given["why"][:1000], by=visit.person, now=visit.now)
        return reverse("request", args=[request_id])

    shown = {**_shown(visit, found), "form": form, "forbidden": forbidden(found)}
    return send(visit, form, act, said=_("Avgjørelsen er notert.")) or shown


@screen(Action.NOTE_REQUEST, "web/request_delivered.html", of=request_of)
def request_delivered(visit: Visit, subject: Request, request_id: UUID) -> Answer:
    """Note that the answer has left the house."""
    if subject.found.decision != RequestDecision.GIVEN.value:
        raise Http404("nothing to deliver")
    form = fill(DeliverySheet, visit)

    def act(given: Mapping[str, Any]) -> str:
        hand_over_answer(request_id, Channel(given["how"]), at=given["at"], now=visit.now)
        return _to_disclosed(subject.resident_id)

    return send(visit, form, act, said=_("Levert er notert.")) or {**_shown(visit, subject.found), "form": form}


@screen(Action.NOTE_REQUEST, "", of=request_of)
def request_letter(visit: Visit, subject: Request, request_id: UUID) -> HttpResponse:
    """The answer as it was signed."""
    if question := asked_again(visit):
        return question
    if subject.found.decision != RequestDecision.GIVEN.value:
        raise Http404("no letter")
    return pdf(answer_letter(subject.found).pdf, f"svar-{subject.found.short_id}.pdf")


def _shown(visit: Visit, found: InformationRequest) -> dict[str, Any]:
    given = [(words, one.value in (found.given or {})) for one, words in FIELDS.items()] if found.given else []
    return {"place": "residents", "request_": found, "resident": found.resident, "given": given}
