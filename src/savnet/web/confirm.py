"""The page on which a receiver without an account says that a named person has a notice, or that it isn't theirs.

Whoever fetches it, and whatever they run, changes nothing: only a form with the right code does. Until then it says
nothing but what anybody could know, and looks the same whether the link leads anywhere or not. It needs no cookie, so
there is no other site that could send the form in somebody's name; the code is what lets in.
"""

import hashlib
import hmac
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt

from savnet.access.models import Language
from savnet.access.row_security import house
from savnet.casework.receiver_page import Answer, Outcome, answer
from savnet.web.accounts.device import place
from savnet.web.municipalities import Municipalities, on_day
from savnet.web.screen import METHODS, open_screen

WHY = "a receiver at the police or child welfare has no account; the page tells nothing, and only the code opens it"


class ConfirmSheet(forms.Form):
    """Who has it, by which code; or that it is somebody else's."""

    use_required_attribute = False
    code = forms.CharField(
        label=_("Kode"),
        max_length=20,
        help_text=_("Åtte sifre. Koden står i brevet, eller du får den på telefon."),
        error_messages={"required": _("Skriv koden."), "max_length": _("Koden har åtte sifre.")},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "ds-input"}),
    )
    by_name = forms.CharField(
        label=_("Navnet ditt"),
        max_length=200,
        error_messages={"required": _("Skriv navnet ditt."), "max_length": _("Skriv kortere.")},
        widget=forms.TextInput(attrs={"autocomplete": "name", "class": "ds-input"}),
    )
    reference = forms.CharField(
        label=_("Deres referanse"),
        max_length=100,
        help_text=_("Saksnummeret hos dere. Har dere ikke noe ennå, skriver du initialene dine."),
        error_messages={
            "required": _("Skriv saksnummeret hos dere, eller initialene dine."),
            "max_length": _("Skriv kortere."),
        },
        widget=forms.TextInput(attrs={"class": "ds-input"}),
    )
    whose = forms.ChoiceField(
        label=_("Hører meldingen til hos dere?"),
        choices=(("ours", _("Ja, vi har mottatt den")), ("not_ours", _("Nei, den hører til et annet sted"))),
        initial="ours",
        error_messages={"required": _("Velg om meldingen hører til hos dere.")},
        widget=forms.RadioSelect(attrs={"class": "ds-input"}),
    )
    municipality = forms.ChoiceField(
        label=_("Hvilken kommune hører den til?"),
        required=False,
        help_text=_("Vet du det ikke, lar du feltet stå tomt. Da finner vi det ut."),
        widget=Municipalities(attrs={"class": "ds-input"}),
    )
    why = forms.CharField(
        label=_("Hvorfor er den ikke deres?"),
        required=False,
        max_length=1000,
        help_text=_("Skriv ikke noe om barnet her."),
        error_messages={"max_length": _("Skriv kortere.")},
        widget=forms.Textarea(attrs={"rows": 2, "class": "ds-input"}),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        places = on_day(timezone.localdate())
        municipality = self.fields["municipality"]
        if isinstance(municipality, forms.ChoiceField):
            municipality.choices = [("", _("Vet ikke")), *places]

    def clean(self) -> dict[str, Any]:
        """Received is a named person's word with a reference of their own; who says that it isn't theirs has none."""
        given = super().clean() or {}
        if given.get("whose") == "not_ours" and self.has_error("reference", "required"):
            del self.errors["reference"]
            given["reference"] = ""
        return given

    def answer(self) -> Answer:
        """The answer as the use case takes it."""
        given = self.cleaned_data
        theirs = given["whose"] == "ours"
        return Answer(
            code=given["code"],
            by_name=given["by_name"],
            reference=given["reference"],
            theirs=theirs,
            municipality="" if theirs else given["municipality"],
            why="" if theirs else given["why"],
        )


@csrf_exempt
@open_screen(WHY)
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Show the form; take the answer."""
    if request.method not in METHODS:
        return HttpResponseNotAllowed(METHODS)
    wanted = request.GET.get("sprak", "")
    with translation.override(wanted if wanted in Language.values else translation.get_language()):
        if request.method == "POST":
            return _answered(request, token)
        return _page(request, ConfirmSheet())


def _answered(request: HttpRequest, token: str) -> HttpResponse:
    form = ConfirmSheet(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    with house("a receiver without an account answers for a message, and the ledger must take it"):
        outcome = answer(token, form.answer(), source=_source(request), now=timezone.now())
    if outcome is Outcome.NO:
        again = ConfirmSheet(initial={**form.cleaned_data, "code": ""})
        return _page(request, again, status=422, refused=True)
    theirs = form.cleaned_data["whose"] == "ours"
    return _page(request, None, done=True, already=outcome is Outcome.ALREADY, theirs=theirs)


def _page(request: HttpRequest, form: ConfirmSheet | None, *, status: int = 200, **more: bool) -> HttpResponse:
    context = {"form": form, "demo": settings.DEMO, "languages": Language.choices, **more}
    return render(request, "web/confirm.html", context, status=status)


def _source(request: HttpRequest) -> str:
    """From where the answer comes, so that it can be counted and not read."""
    return hmac.new(settings.SECRET_KEY.encode(), place(request).encode(), hashlib.sha256).hexdigest()
