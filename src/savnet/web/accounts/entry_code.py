"""Signing in by a way back in: a code that two colleagues gave half of each, or that the operator gave somebody new."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from savnet.access.models import Person
from savnet.access.sign_in import guessing, way_back
from savnet.access.sign_in.guessing import TooManyGuesses
from savnet.web.accounts import owner_told, tries
from savnet.web.accounts.device import origin
from savnet.web.accounts.half_way import go_half_way
from savnet.web.accounts.slowed import slowed
from savnet.web.screen import open_screen


class EntryCodeForm(forms.Form):
    """User name, and both halves of the code."""

    use_required_attribute = False

    username = forms.CharField(
        label=_("Brukernavn"),
        max_length=150,
        error_messages={"required": _("Skriv brukernavnet ditt.")},
        widget=forms.TextInput(attrs={"class": "ds-input", "autocomplete": "username", "autocapitalize": "none"}),
    )
    code = forms.CharField(
        label=_("Koden du har fått"),
        max_length=60,
        help_text=_("Begge halvdelene etter hverandre, 16 tegn. De kommer fra hver sin kollega."),
        error_messages={"required": _("Skriv koden.")},
        widget=forms.TextInput(attrs={"class": "ds-input", "autocomplete": "off", "spellcheck": "false"}),
    )


@open_screen("who comes here has lost what one signs in with, or never had it")
def entry_code(request: HttpRequest) -> HttpResponse:
    """Take the code, and on to choosing a password and a second step."""
    form = EntryCodeForm(request.POST or None)
    try:
        person = _person(request, form)
    except TooManyGuesses as limit:
        return slowed(request, limit)
    if person:
        go_half_way(request, person, onward="/", now=timezone.now(), anew=True)
        return redirect("sign-in-enrol")
    return render(request, "web/accounts/entry_code.html", {"form": form}, status=422 if form.is_bound else 200)


def _person(request: HttpRequest, form: EntryCodeForm) -> Person | None:
    if not form.is_valid():
        return None
    username, now = form.cleaned_data["username"], timezone.now()
    spent = guessing.way_back_in(username, origin(request, username))
    guessing.spend(spent, now)
    person = way_back.use(username, form.cleaned_data["code"], now)
    if person is None:
        tries.refused(request, "way_back_refused", username=username)
        form.add_error(None, gettext("Brukernavn og kode stemmer ikke, eller koden er for gammel. Be om en ny."))
    else:
        guessing.refund(spent)
        owner_told.of_change(person, now)
    return person
