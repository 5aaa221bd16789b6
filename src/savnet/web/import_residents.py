"""A list of residents out of another system: uploaded, shown as what it would change, and done as it was shown."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from savnet.access.models import Person
from savnet.access.rights import Action
from savnet.casework import register_keeping
from savnet.casework.errors import CaseworkError
from savnet.register.imports import ChangedSince, Effect, HasErrors, Plan, UnreadableFile, plan_residents
from savnet.register.imports.resident_columns import columns
from savnet.register.imports.sheet import MAX_BYTES
from savnet.register.models import Centre
from savnet.web.forms import Sheet
from savnet.web.models import UploadedList
from savnet.web.planned_changes import shown_changes
from savnet.web.screen import Answer, Visit, screen
from savnet.web.sheets import fill, send
from savnet.web.subjects import AtCentre, own_centre
from savnet.web.times import OSLO

KEPT_FOR = timedelta(hours=1)
"""House policy: how long an uploaded list may wait to be looked over."""


class UploadSheet(Sheet):
    """The file."""

    file = forms.FileField(
        label=_("Fil med beboere"),
        help_text=_("CSV eller XLSX, slik den kommer ut av det andre systemet."),
        error_messages={"required": _("Velg en fil."), "empty": _("Fila er tom. Velg en annen.")},
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,text/csv"}),
    )

    def __init__(self, *args: Any, centre: Centre, **options: Any) -> None:
        super().__init__(*args, **options)
        self.centre = centre

    def clean_file(self) -> tuple[str, bytes]:
        """Name and bytes of a file that can be read as a list at all."""
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise forms.ValidationError(
                gettext("Fila er større enn %(size)s MB. Del den opp.") % {"size": MAX_BYTES // 1_000_000}
            )
        data = file.read()
        try:
            plan_residents(data, file.name, centre=self.centre, today=self.now.astimezone(OSLO).date())
        except UnreadableFile as error:
            raise forms.ValidationError(str(error)) from error
        return file.name, data


class ApplySheet(Sheet):
    """The plan that was looked over, by its fingerprint."""

    fingerprint = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, plan: Plan, **options: Any) -> None:
        super().__init__(*args, **options)
        self.plan = plan
        self.fields["fingerprint"].initial = plan.fingerprint

    @property
    def shown(self) -> str:
        """The fingerprint of the plan that now is on the page, also where another was sent in."""
        return self.plan.fingerprint


@dataclass(frozen=True, slots=True)
class Uploaded:
    """A list that waits to be looked over, and the centre it is for."""

    row: UploadedList

    @property
    def centre_id(self) -> UUID:
        return self.row.centre_id


def find_upload(person: Person, upload_id: UUID) -> Uploaded:
    """One's own list; another's looks just like one that has been thrown away."""
    row = UploadedList.objects.select_related("centre").filter(id=upload_id, person=person).first()
    if row is None:
        raise Http404("no such list")
    return Uploaded(row)


@screen(Action.KEEP_RESIDENTS, "web/import_residents.html", of=own_centre)
def import_residents(visit: Visit, at: AtCentre) -> Answer:
    """Upload a list. It changes nothing yet."""
    form = fill(UploadSheet, visit, centre=at.centre, files=visit.request.FILES if visit.sent else None)
    if visit.sent and form.is_valid():
        UploadedList.objects.filter(at__lt=visit.now - KEPT_FOR).delete()
        UploadedList.objects.filter(person=visit.person).delete()
        name, data = form.cleaned_data["file"]
        kept = UploadedList.objects.create(
            person=visit.person, centre=at.centre, name=name[-200:], data=data, at=visit.now
        )
        return redirect("import-plan", kept.id)
    known = [column.label for column in columns(visit.now.astimezone(OSLO).date())]
    return {"form": form, "centre": at.centre, "columns": known, "place": "residents"}


@screen(Action.KEEP_RESIDENTS, "web/import_plan.html", of=find_upload)
def import_plan(visit: Visit, upload: Uploaded, upload_id: UUID) -> Answer:
    """What the list would change; then exactly that."""
    row = upload.row
    if row.imported or row.at < visit.now - KEPT_FOR:
        return _gone(visit, row)
    today = visit.now.astimezone(OSLO).date()
    plan = plan_residents(bytes(row.data), row.name, centre=row.centre, today=today)
    form = fill(ApplySheet, visit, plan=plan)

    def act(given: Mapping[str, Any]) -> str:
        _apply(plan, given["fingerprint"], row=row, visit=visit)
        return reverse("residents")

    said = gettext("Importert: %(created)s nye og %(changed)s endret.") % {
        "created": plan.count(Effect.CREATED),
        "changed": plan.count(Effect.CHANGED),
    }
    return send(visit, form, act, said=said) or {
        "form": form,
        "plan": plan,
        "upload": row,
        "changes": list(shown_changes(plan)),
        "created": plan.count(Effect.CREATED),
        "changed": plan.count(Effect.CHANGED),
        "unchanged": plan.count(Effect.UNCHANGED),
        "place": "residents",
    }


def _gone(visit: Visit, row: UploadedList) -> HttpResponseRedirect:
    """A second tap on «Importer», or a page that has stood open since yesterday."""
    if row.imported:
        return redirect("residents")
    messages.warning(visit.request, gettext("Det er mer enn en time siden du lastet opp lista. Last den opp på nytt."))
    return redirect("import-residents")


def _apply(plan: Plan, fingerprint: str, *, row: UploadedList, visit: Visit) -> None:
    if fingerprint != plan.fingerprint:
        raise CaseworkError(gettext("Registeret er endret siden du så over lista. Se over på nytt før du importerer."))
    try:
        register_keeping.import_residents(plan, row.centre, by=visit.person, now=visit.now)
    except (HasErrors, ChangedSince) as refused:
        raise CaseworkError(str(refused)) from refused
    row.data, row.imported = b"", True
    row.save(update_fields=["data", "imported"])
