"""Who is on duty: the shifts ahead at the centre, a new one, and ending one. Whoever is on duty is told first."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from savnet.access.models import Person
from savnet.access.rights import Action
from savnet.casework.owners import AT_CENTRE
from savnet.casework.roster import end_duty, on_duty, put_on_duty
from savnet.followup.models import OnDuty
from savnet.web.forms import Sheet, WhenField, choice
from savnet.web.screen import Answer, Visit, screen
from savnet.web.sheets import fill, send
from savnet.web.subjects import AtCentre, own_centre

PLACES = (("0", _("Først")), ("1", _("Etter den første")), ("2", _("Til slutt")))


class ShiftSheet(Sheet):
    """Who, from when to when, and in which order she is told."""

    person = choice(_("Hvem har vakt?"), (), required=_("Velg hvem som har vakt."))
    begins = WhenField(label=_("Fra"), ahead=True)
    ends = WhenField(label=_("Til"), ahead=True)
    place = choice(_("Når skal hun eller han varsles?"), PLACES, required=_("Velg rekkefølge."), initial="0")

    def __init__(self, *args: Any, people: list[Person], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["begins"].initial = self.now
        person = self.fields["person"]
        if isinstance(person, forms.ChoiceField):
            person.choices = [(str(one.pk), one.name) for one in people]


class EndSheet(Sheet):
    """Nothing but the button."""


@screen(Action.SEE_CENTRE, "web/roster.html", of=own_centre)
def roster(visit: Visit, at: AtCentre) -> dict[str, Any]:
    """The shifts that have not ended."""
    return {"shifts": on_duty(at.centre, visit.now), "centre": at.centre, "place": "roster"}


@screen(Action.KEEP_ROSTER, "web/shift_new.html", of=own_centre)
def shift_new(visit: Visit, at: AtCentre) -> Answer:
    """Write a shift into the roster."""
    people = list(Person.objects.filter(centre_id=at.centre_id, is_active=True, role__in=AT_CENTRE).order_by("name"))
    form = fill(ShiftSheet, visit, people=people)

    def act(given: Mapping[str, Any]) -> str:
        chosen = next(one for one in people if str(one.pk) == given["person"])
        place = int(given["place"])
        put_on_duty(chosen, begins=given["begins"], ends=given["ends"], place=place, by=visit.person, now=visit.now)
        return reverse("roster")

    return send(visit, form, act, said=gettext("Vakten er satt opp.")) or {"form": form, "place": "roster"}


@screen(Action.KEEP_ROSTER, "web/shift_end.html", of=own_centre)
def shift_end(visit: Visit, at: AtCentre, duty_id: int) -> Answer:
    """End a shift now, or take it out if it has not begun."""
    duty = OnDuty.objects.select_related("person").filter(pk=duty_id, person__centre_id=at.centre_id).first()
    if duty is None:
        raise Http404("no such shift here")
    form = fill(EndSheet, visit)

    def act(given: Mapping[str, Any]) -> str:
        end_duty(duty, now=visit.now)
        return reverse("roster")

    return send(visit, form, act, said=gettext("Vakten er avsluttet.")) or {"form": form, "duty": duty}
