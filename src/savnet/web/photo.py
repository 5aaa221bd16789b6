"""The photograph of a child: look at it, put in a new one with consent, and take it away when the consent is."""

from collections.abc import Mapping
from pathlib import PurePath
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from savnet.access.check import may
from savnet.access.rights import Action
from savnet.casework import register_keeping
from savnet.register.models import Photo, Resident
from savnet.register.photographs import MAX_BYTES
from savnet.web.forms import DayField, Sheet, shorter
from savnet.web.kept import to_resident
from savnet.web.screen import Answer, Visit, screen
from savnet.web.sheets import fill, send
from savnet.web.subjects import resident as find_resident
from savnet.web.times import OSLO

ENDINGS = frozenset({".jpg", ".jpeg", ".png", ".webp"})


class PhotoSheet(Sheet):
    """The file, and whose consent it rests on."""

    image = forms.FileField(
        label=_("Bilde"),
        help_text=_("JPEG, PNG eller WebP. Sted og annet som ligger skjult i bildefila, blir ikke lagret."),
        error_messages={"required": _("Velg et bilde."), "empty": _("Fila er tom. Velg en annen.")},
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )
    taken = DayField(label=_("Når er bildet tatt?"), required=False)
    consent_by = shorter(
        _("Hvem har samtykket?"),
        required=_("Skriv hvem som har samtykket til at bildet lagres."),
        hint=_("Navnet, og om det er barnet selv, representanten eller vergen."),
        autocomplete="off",
    )
    consent_on = DayField(label=_("Når?"), error_messages={"required": _("Skriv når samtykket ble gitt.")})

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["consent_on"].initial = options["now"].astimezone(OSLO).date()

    def clean_image(self) -> bytes:
        """The bytes, unless there are too many to be read at all, or the name says that it is something else."""
        image = self.cleaned_data["image"]
        if PurePath(image.name).suffix.lower() not in ENDINGS:
            raise forms.ValidationError(gettext("Fila er ikke et bilde av typen JPEG, PNG eller WebP."))
        if image.size > MAX_BYTES:
            raise forms.ValidationError(gettext("Bildet er større enn %(size)s MB.") % {"size": MAX_BYTES // 1_000_000})
        data: bytes = image.read()
        return data


@screen(Action.ADD_TO_RESIDENT, "web/photo.html", of=find_resident)
def photo_new(visit: Visit, resident: Resident) -> Answer:
    """Put in a photograph, in place of the one before."""
    form = fill(PhotoSheet, visit, files=visit.request.FILES if visit.sent else None)

    def act(given: Mapping[str, Any]) -> str:
        register_keeping.keep_photo(
            resident,
            given["image"],
            consent_by=given["consent_by"],
            consent_on=given["consent_on"],
            taken=given["taken"],
            by=visit.person,
            now=visit.now,
        )
        return to_resident(resident)

    return send(visit, form, act, said=gettext("Bildet er lagret.")) or {
        "form": form,
        "resident": resident,
        "photo": Photo.objects.filter(resident=resident).defer("image").first(),
        "keeps": may(visit.person, Action.KEEP_RESIDENTS, resident.centre_id),
    }


@screen(Action.KEEP_RESIDENTS, "web/photo_remove.html", of=find_resident)
def photo_remove(visit: Visit, resident: Resident) -> Answer:
    """Take the photograph away because the consent is."""
    photo = get_object_or_404(Photo.objects.defer("image"), resident=resident)
    form = fill(Sheet, visit)

    def act(given: Mapping[str, Any]) -> str:
        register_keeping.remove_photo(resident, by=visit.person, now=visit.now)
        return to_resident(resident)

    return send(visit, form, act, said=gettext("Bildet er slettet.")) or {
        "form": form,
        "resident": resident,
        "photo": photo,
    }


@screen(Action.SEE_CENTRE, "", of=find_resident)
def photo_file(visit: Visit, resident: Resident) -> Answer:
    """The picture itself."""
    kept = Photo.objects.filter(resident=resident).first()
    if kept is None:
        raise Http404("no photograph")
    return HttpResponse(
        bytes(kept.image),
        content_type="image/jpeg",
        headers={"X-Content-Type-Options": "nosniff", "Content-Disposition": 'inline; filename="bilde.jpg"'},
    )
