"""Helping a colleague who has lost telephone or passkey: one asks, another says yes, and each gets half a code."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from savnet.access.check import may
from savnet.access.models import Person
from savnet.access.rights import Action, Role
from savnet.access.sign_in import way_back
from savnet.access.sign_in.models import RecoveryPerson, WayBackIn
from savnet.access.sign_in.way_back import CannotHelp
from savnet.web.forms import Sheet, shorter
from savnet.web.said_again import asked_again
from savnet.web.screen import Answer, Visit, screen

FEWEST = 2


@dataclass(frozen=True, slots=True)
class OwnUnit:
    """The person's own colleagues."""

    centre_id: UUID | None


def own_unit(person: Person, **_: object) -> OwnUnit:
    return OwnUnit(person.centre_id)


def own_centre_only(person: Person, **_: object) -> OwnUnit:
    if person.centre_id is None:
        raise Http404("works at no centre")
    return OwnUnit(person.centre_id)


class AskForm(Sheet):
    """Whom, and why."""

    colleague = forms.ModelChoiceField(
        label=_("Hvem trenger ny tilgang?"),
        queryset=Person.objects.none(),
        empty_label=_("Velg"),
        error_messages={"required": _("Velg hvem det gjelder.")},
    )
    reason = shorter(
        _("Hvordan vet du at det virkelig er vedkommende som spør?"),
        required=_("Skriv hvordan du vet hvem som spør."),
        hint=_("For eksempel at dere står i samme rom, eller at du ringte tilbake på nummeret du har fra før."),
    )

    def __init__(self, *args: Any, by: Person, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["colleague"].queryset = way_back.colleagues(by)  # type: ignore[attr-defined]


@screen(Action.HELP_BACK_IN, "web/accounts/help_back_in.html", of=own_unit)
def help_back_in(visit: Visit, unit: OwnUnit) -> Answer:
    """What waits for a yes, and the form to ask by."""
    if not way_back.may_help(visit.person):
        return {"may": False}
    form = AskForm(visit.request.POST if "colleague" in visit.request.POST else None, by=visit.person, now=visit.now)
    if visit.sent and (question := asked_again(visit, own_account=True)):
        return question
    if form.is_valid():
        asked, half = way_back.ask(
            form.cleaned_data["colleague"], form.cleaned_data["reason"], by=visit.person, now=visit.now
        )
        return _half(visit, asked, half, first=True)
    return {"may": True, "form": form, **_standing(visit)}


@screen(Action.HELP_BACK_IN, "", of=own_unit)
def help_answer(visit: Visit, unit: OwnUnit, asked_id: UUID) -> Answer:
    """Yes, and the second half of the code; or no."""
    if not visit.sent:
        return redirect("help-back-in")
    if question := asked_again(visit, own_account=True):
        return question
    try:
        if "no" in visit.request.POST:
            way_back.decline(asked_id, by=visit.person, now=visit.now)
            messages.success(visit.request, gettext("Stoppet. Koden virker ikke."))
            return redirect("help-back-in")
        asked, half = way_back.approve(asked_id, by=visit.person, now=visit.now)
    except CannotHelp:
        messages.warning(visit.request, gettext("Dette venter ikke på deg, eller ikke lenger."))
        return redirect("help-back-in")
    return _half(visit, asked, half, first=False)


@screen(Action.NAME_HELPERS, "web/accounts/helpers.html", of=own_centre_only)
def helpers(visit: Visit, unit: OwnUnit) -> Answer:
    """Who at the centre may help; the leader always may."""
    staff = Person.objects.filter(centre=visit.person.centre, is_active=True).exclude(role=Role.CENTRE_LEADER)
    if visit.sent:
        _name(visit, list(staff.filter(pk__in=visit.request.POST.getlist("helper"))))
        messages.success(visit.request, gettext("Lagret."))
        return redirect("helpers")
    return {"staff": staff.select_related("may_recover").order_by("name"), **_standing(visit)}


def _name(visit: Visit, chosen: list[Person]) -> None:
    here = RecoveryPerson.objects.filter(person__centre=visit.person.centre)
    here.exclude(person__in=chosen).delete()
    for person in chosen:
        RecoveryPerson.objects.get_or_create(person=person, defaults={"named_by": visit.person, "named_at": visit.now})


def _standing(visit: Visit) -> dict[str, Any]:
    too_few = visit.person.centre_id is not None and way_back.helpers_at(visit.person) < FEWEST
    may_name = may(visit.person, Action.NAME_HELPERS, visit.person.centre_id)
    return {"may_name": may_name, "waiting": way_back.waiting(visit.person, visit.now), "too_few": too_few}


def _half(visit: Visit, asked: WayBackIn, half: str, *, first: bool) -> HttpResponse:
    """Shown once: it is kept nowhere in a form that can be read."""
    context = {
        "demo": settings.DEMO,
        "now": visit.now,
        "person": visit.person,
        "asked": asked,
        "half": half,
        "first": first,
    }
    return render(visit.request, "web/accounts/half_code.html", context)
