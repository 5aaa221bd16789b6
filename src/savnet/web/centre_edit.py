"""The centre's own data: numbers, whom it reports to, how long the house waits, and the times everyone is expected."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from savnet.access.proposals import ProposalKind
from savnet.access.rights import Action
from savnet.casework import centre_keeping, reports_to
from savnet.casework.two_persons import propose
from savnet.register.models import DailyTime, PoliceDistrict, Recipient
from savnet.register.models.validity import holding
from savnet.web.forms import ClockInput, Sheet, longer, shorter
from savnet.web.numbers import email, refuse_real, telephone
from savnet.web.screen import Answer, Visit, screen
from savnet.web.sheets import fill, send
from savnet.web.subjects import AtCentre, own_centre
from savnet.web.times import OSLO

FIELDS = (
    "phone",
    "on_call_phone",
    "police_on_call",
    "email",
    "address",
    "postal_code",
    "postal_place",
    "grace_minutes",
)
SAVED = _("Lagret. Nye brev og varsler bruker det nye.")
SAVED_AND_PROPOSED = _("Lagret. Hvem dere melder til, endres når en annen har bekreftet det.")
WEEKDAYS = tuple(zip("1234567", (_("man"), _("tir"), _("ons"), _("tor"), _("fre"), _("lør"), _("søn")), strict=True))


class CentreSheet(Sheet):
    """What letters, calls and routes are made from."""

    phone = telephone(_("Telefon"))
    on_call_phone = telephone(_("Vakttelefon"), hint=_("Den politiet og andre kan ringe hele døgnet."))
    police_on_call = telephone(_("Politiets vakttelefon"), hint=_("Den dere ringer om natten."))
    email = email(_("E-post"))
    address = shorter(_("Gateadresse"))
    postal_code = shorter(_("Postnummer"))
    postal_place = shorter(_("Poststed"))
    agreed_police_district = forms.ModelChoiceField(
        queryset=PoliceDistrict.objects.all(),
        required=False,
        label=_("Avtalt politidistrikt"),
        help_text=_("Bare når dere har avtalt med politiet hvilket distrikt som tar imot meldingene."),
    )
    police_agreement = longer(
        _("Avtale med politiet"),
        hint=_("Hvordan meldingen leveres. Står det tomt, leveres den ved personlig frammøte."),
        rows=2,
    )
    region = forms.ChoiceField(label=_("UDIs regionkontor"), required=False)
    grace_minutes = forms.IntegerField(
        label=_("Minutter før vi spør"),
        required=False,
        min_value=5,
        max_value=240,
        help_text=_("Etter et fast tidspunkt, en avtalt retur eller en ventet ankomst. Står det tomt, er det 30."),
    )
    why = shorter(
        _("Hvor har du endringen fra?"),
        hint=_("Må fylles ut når du endrer politidistrikt, avtale eller regionkontor. En annen må bekrefte det."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        today = options["now"].astimezone(OSLO).date()
        regions = Recipient.objects.filter(holding(today), kind="region").order_by("name")
        self.fields["region"].choices = [("", "–"), *((one.number, one.name) for one in regions)]  # type: ignore[attr-defined]

    def clean_on_call_phone(self) -> str:
        return _usable(self.cleaned_data["on_call_phone"])

    def clean_police_on_call(self) -> str:
        return _usable(self.cleaned_data["police_on_call"])


class DailyTimeSheet(Sheet):
    """A meal, school, the evening's round."""

    name = shorter(_("Hva"), required=_("Skriv hva det er, for eksempel middag."), autocomplete="off")
    clock = forms.TimeField(
        label=_("Klokkeslett"),
        widget=ClockInput(format="%H:%M"),
        error_messages={"required": _("Skriv klokkeslettet."), "invalid": _("Skriv klokkeslettet slik: 20:15.")},
    )
    weekdays = forms.MultipleChoiceField(
        label=_("Hvilke dager"),
        choices=WEEKDAYS,
        initial=list("1234567"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Velg minst én ukedag.")},
    )


@screen(Action.KEEP_CENTRE, "web/centre_edit.html", of=own_centre)
def centre_edit(visit: Visit, at: AtCentre) -> Answer:
    """Put right what is registered of the centre; whom it reports to is put to another person."""
    before = reports_to.as_it_is(at.centre)
    now_is = {**before, "agreed_police_district": before["agreed_police_district_id"]}
    form = fill(CentreSheet, visit, initial={name: getattr(at.centre, name) for name in FIELDS} | now_is)
    said = SAVED

    def act(given: Mapping[str, Any]) -> str:
        nonlocal said
        if (after := _reports_to(given)) != before:
            content = {"centre_id": str(at.centre_id), "before": before, "after": after, "why": given["why"]}
            propose(ProposalKind.REPORTS_TO, content, by=visit.person, now=visit.now)
            said = SAVED_AND_PROPOSED
        centre_keeping.change_centre(at.centre, {name: given[name] for name in FIELDS}, by=visit.person, now=visit.now)
        return reverse("readiness")

    return send(visit, form, act, said=lambda: said) or {
        "form": form,
        "centre": at.centre,
    }


@screen(Action.KEEP_CENTRE, "web/daily_times.html", of=own_centre)
def daily_times(visit: Visit, at: AtCentre) -> Answer:
    """The times everyone is expected, and a sheet for another."""
    form = fill(DailyTimeSheet, visit)

    def act(given: Mapping[str, Any]) -> str:
        days = "".join(sorted(given["weekdays"]))
        centre_keeping.add_daily_time(at.centre, given["name"], given["clock"], weekdays=days, now=visit.now)
        return reverse("daily-times")

    times = DailyTime.objects.filter(centre=at.centre_id, ended_at=None)
    words = [(one, [str(word) for day, word in WEEKDAYS if day in one.weekdays]) for one in times]
    return send(visit, form, act, said=_("Lagt til. Vi teller fra og med neste gang.")) or {
        "form": form,
        "centre": at.centre,
        "times": words,
    }


@screen(Action.KEEP_CENTRE, "web/daily_time_end.html", of=own_centre)
def daily_time_end(visit: Visit, at: AtCentre, time_id: UUID) -> Answer:
    """A time that no longer holds."""
    time: DailyTime = get_object_or_404(DailyTime, id=time_id, centre=at.centre_id, ended_at=None)
    form = fill(Sheet, visit)

    def act(given: Mapping[str, Any]) -> str:
        centre_keeping.end_daily_time(time, now=visit.now)
        return reverse("daily-times")

    return send(visit, form, act, said=_("Tidspunktet gjelder ikke lenger.")) or {"form": form, "time": time}


def _reports_to(given: Mapping[str, Any]) -> dict[str, Any]:
    """Whom the sheet says the centre is to report to."""
    district = given["agreed_police_district"]
    return {
        "agreed_police_district_id": district.pk if district else None,
        "police_agreement": given["police_agreement"].replace("\r\n", "\n"),
        "region": given["region"],
    }


def _usable(number: str) -> str:
    refuse_real(number)
    return number
