"""What an office itself learns of a child who has been missing: it is recorded in the case like anybody's news."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from savnet.access.proposals import ProposalKind
from savnet.access.rights import Action
from savnet.cases.models import Case
from savnet.casework import contact_keeping, returning, udi
from savnet.casework.knowledge import receive_information
from savnet.casework.two_persons import propose
from savnet.register.models import AppointmentKind
from savnet.rules.words import About, InformationKind, MeasureKind, ReturnedHow
from savnet.web.desk import Desk, desk, find_told
from savnet.web.forms import Sheet, WhenField, choice, shorter
from savnet.web.information import ELSEWHERE, InformationSheet
from savnet.web.municipalities import municipalities
from savnet.web.office_case import SUMMONS
from savnet.web.office_sheets import to_office_case
from savnet.web.screen import Answer, Visit, screen
from savnet.web.sheets import fill, send
from savnet.web.wording.words import RETURNED_HOW

MEASURES = (
    (MeasureKind.CHILD_WELFARE.value, _("Barnevernstiltaket")),
    (MeasureKind.PRISON.value, _("Fengslingen")),
)
ANEW = tuple((how.value, RETURNED_HOW[how]) for how in (ReturnedHow.REPORTED_ANEW, ReturnedHow.FOUND_BY_OTHER))
AGES = (("no", _("Ikke mest sannsynlig over 18 år")), ("yes", _("Mest sannsynlig over 18 år")))
DECIDED = (("no", _("Under 18 år")), ("yes", _("Over 18 år")))


@screen(Action.ACT_FOR_OFFICE, "web/office_information.html", of=find_told)
def office_information(visit: Visit, case: Case) -> Answer:
    """Where the child may be, a known address, child welfare's care, prison; or something else."""
    form = fill(InformationSheet, visit, municipalities=municipalities(visit))

    def act(given: Mapping[str, Any]) -> str:
        elsewhere = given["kind"] == ELSEWHERE
        receive_information(
            case.id,
            kind=InformationKind.OTHER if elsewhere else InformationKind(given["kind"]),
            about=About.OTHER if elsewhere else About.WHEREABOUTS,
            text=given["text"],
            source=given["source"],
            municipality=given["municipality"] or None,
            relevant_to_asylum_case=given["relevant"],
            by=visit.person,
            now=visit.now,
            at=given["at"],
        )
        return to_office_case(case)

    return send(visit, form, act, said=_("Opplysningen er notert. Mottaket ser den også.")) or _page(case, form)


class MeasureSheet(Sheet):
    """Which measure, and since when it is over."""

    field_order = ("kind", "at")
    kind = choice(_("Hva er det som har opphørt?"), MEASURES, required=_("Velg hva som har opphørt."))
    at = WhenField(label=_("Når opphørte det?"))


@screen(Action.ACT_FOR_OFFICE, "web/office_measure.html", of=find_told)
def office_measure(visit: Visit, case: Case) -> Answer:
    """Child welfare's measure, or the imprisonment, has ended (3-14)."""
    form = fill(MeasureSheet, visit)

    def act(given: Mapping[str, Any]) -> str:
        kind = MeasureKind(given["kind"])
        udi.measure_ended(case.id, kind, by=visit.person, now=visit.now, at=given["at"])
        return to_office_case(case)

    return send(visit, form, act, said=_("Notert. Adressen i DUF skal endres.")) or _page(case, form)


class AnewSheet(Sheet):
    """How the child was accounted for."""

    field_order = ("how", "source", "municipality", "at")
    source = shorter(_("Hvem sier det?"), required=_("Skriv hvem som sier at barnet er funnet."))
    how = choice(_("Hva har skjedd?"), ANEW, required=_("Velg hva som har skjedd."))
    municipality = forms.ChoiceField(label=_("I hvilken kommune?"), required=False, widget=forms.Select)
    at = WhenField(label=_("Når?"))

    def __init__(self, *args: Any, municipalities: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["municipality"].choices = [("", _("Vet ikke")), *municipalities]  # type: ignore[attr-defined]


@screen(Action.ACT_FOR_OFFICE, "web/office_anew.html", of=find_told)
def office_anew(visit: Visit, case: Case) -> Answer:
    """The child has reported to the immigration authorities, or been found, and UDI knows it first. Two must say so."""
    form = fill(AnewSheet, visit, municipalities=municipalities(visit))

    def act(given: Mapping[str, Any]) -> str:
        found = {
            "how": given["how"],
            "at": given["at"].isoformat(),
            "municipality": given["municipality"],
            "source": given["source"],
            "note": "",
        }
        propose(ProposalKind.FOUND, found, by=visit.person, now=visit.now, case_id=case.id)
        return to_office_case(case)

    said = _("Foreslått. En til må bekrefte at barnet er funnet: en på mottaket, eller en kollega ved regionkontoret.")
    return send(visit, form, act, said=said) or _page(case, form)


class TransportSheet(Sheet):
    """When the child arrived."""

    at = WhenField(label=_("Når var barnet framme?"))


@screen(Action.ACT_FOR_OFFICE, "web/office_transport.html", of=find_told)
def office_transport(visit: Visit, case: Case) -> Answer:
    """The child has travelled; the region refunds it (4-7)."""
    form = fill(TransportSheet, visit)

    def act(given: Mapping[str, Any]) -> str:
        returning.note_transport(case.id, by=visit.person, now=visit.now, at=given["at"])
        return to_office_case(case)

    return send(visit, form, act, said=_("Notert. Reiseutgiftene skal refunderes.")) or _page(case, form)


class AgeSheet(Sheet):
    """What was examined or decided, and when."""

    field_order = ("over_18", "at")
    at = WhenField(label=_("Når forelå det?"))

    def __init__(self, *args: Any, decides: bool, **options: Any) -> None:
        self.decides = decides
        super().__init__(*args, **options)

    def more_fields(self) -> dict[str, forms.Field]:
        label = _("Hva er alderen fastsatt til?") if self.decides else _("Hva sier aldersundersøkelsen?")
        words = DECIDED if self.decides else AGES
        return {"over_18": choice(label, words, required=_("Velg ett av svarene."))}


@screen(Action.ACT_FOR_OFFICE, "web/office_age.html", of=find_told)
def office_age(visit: Visit, case: Case) -> Answer:
    """ASA decides the age; others note what the examination says."""
    mine: Desk = desk(visit.person)
    decides = mine.role.value == "asa_officer"
    form = fill(AgeSheet, visit, decides=decides)

    def act(given: Mapping[str, Any]) -> str:
        record = udi.age_decided if decides else udi.age_examined
        record(case.id, over_18=given["over_18"] == "yes", by=visit.person, now=visit.now, at=given["at"])
        return to_office_case(case)

    return send(visit, form, act, said=_("Notert.")) or {**_page(case, form), "decides": decides}


class SummonsSheet(Sheet):
    """To what, and when."""

    field_order = ("kind", "at")
    at = WhenField(label=_("Når er avtalen?"), ahead=True)

    def __init__(self, *args: Any, kinds: tuple[AppointmentKind, ...], **options: Any) -> None:
        self.kinds = kinds
        super().__init__(*args, **options)
        self.fields["at"].initial = None

    def more_fields(self) -> dict[str, forms.Field]:
        words = [(one.value, one.label) for one in self.kinds]
        return {"kind": choice(_("Hva innkaller dere til?"), words, required=_("Velg hva dere innkaller til."))}


@screen(Action.MAKE_APPOINTMENT, "web/office_summons.html", of=find_told)
def office_summons(visit: Visit, case: Case) -> Answer:
    """Summon the child anew when it is back; the centre sees it at the child."""
    kinds = tuple(AppointmentKind(one.value) for one in SUMMONS.get(desk(visit.person).role, ()))
    form = fill(SummonsSheet, visit, kinds=kinds)

    def act(given: Mapping[str, Any]) -> str:
        kind = AppointmentKind(given["kind"])
        contact_keeping.add_appointment(case.resident, kind, given["at"], by=visit.person, now=visit.now)
        return to_office_case(case)

    return send(visit, form, act, said=_("Ny innkalling er lagt inn. Mottaket ser den.")) or _page(case, form)


def _page(case: Case, form: Sheet) -> dict[str, Any]:
    return {"case": case, "form": form}
