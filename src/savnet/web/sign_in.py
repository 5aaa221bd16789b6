"""The first step of signing in, and signing out. In the demo the invented people are signed in with one tap."""

from django import forms
from django.conf import settings
from django.contrib.auth import authenticate
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from savnet.access.models import Person
from savnet.access.sign_in import guessing, sessions
from savnet.access.sign_in.guessing import TooManyGuesses
from savnet.access.sign_in.models import Way, WhyEnded
from savnet.web.accounts import tries
from savnet.web.accounts.device import origin
from savnet.web.accounts.half_way import go_half_way, let_in, onward
from savnet.web.accounts.slowed import slowed
from savnet.web.demo_people import demo_people
from savnet.web.oidc.issuers import issuers
from savnet.web.oidc.leaving import leaving
from savnet.web.screen import open_screen

WHY_SIGNED_OUT = {
    WhyEnded.IDLE: _("Du ble logget ut fordi Savnet ikke hadde vært i bruk på en stund."),
    WhyEnded.TOO_LONG: _("Du ble logget ut fordi du hadde vært innlogget så lenge en økt får vare."),
    WhyEnded.ACCESS_CHANGED: _("Du ble logget ut fordi tilgangen din er endret."),
    WhyEnded.SIGNED_OUT_EVERYWHERE: _("Du ble logget ut fra en annen enhet."),
    WhyEnded.RESET: _("Du ble logget ut fordi innloggingen din er satt opp på nytt."),
}


class SignInForm(forms.Form):
    """User name and password."""

    use_required_attribute = False

    username = forms.CharField(
        label=_("Brukernavn"),
        max_length=150,
        error_messages={"required": _("Skriv brukernavnet ditt.")},
        widget=forms.TextInput(
            attrs={"class": "ds-input", "autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    password = forms.CharField(
        label=_("Passord"),
        strip=False,
        max_length=200,
        error_messages={"required": _("Skriv passordet ditt.")},
        widget=forms.PasswordInput(attrs={"class": "ds-input", "autocomplete": "current-password"}),
    )

    def person(self, request: HttpRequest) -> Person | None:
        """Whose name and password it is; None, and an error on the form, where they don't belong together.

        Raises TooManyGuesses.
        """
        if not self.is_valid():
            return None
        username = self.cleaned_data["username"]
        spent = guessing.password(username, origin(request, username))
        guessing.spend(spent, timezone.now())
        found = authenticate(request, **self.cleaned_data)
        if not isinstance(found, Person):
            tries.refused(request, "password_refused", username=username)
            self.add_error(None, gettext("Brukernavn og passord stemmer ikke. Prøv igjen."))
            return None
        guessing.refund(spent)
        return found


@open_screen("nobody is signed in yet")
def sign_in(request: HttpRequest) -> HttpResponse:
    """Show the form, or take the first step with the one who sent it."""
    if person := _demo_person(request):
        return let_in(request, person, Way.DEMO, onward=onward(request), now=timezone.now())
    form = SignInForm(request.POST if request.method == "POST" and "demo" not in request.POST else None)
    try:
        person = form.person(request)
    except TooManyGuesses as limit:
        return slowed(request, limit)
    if person:
        go_half_way(request, person, onward=onward(request), now=timezone.now())
        return redirect("sign-in-second")
    context = {
        "form": form,
        "people": demo_people() if settings.DEMO else [],
        "onward": onward(request),
        "demo": settings.DEMO,
        "issuers": issuers(),
        "why": WHY_SIGNED_OUT.get(request.GET.get("ute", "")),  # type: ignore[call-overload]
    }
    return render(request, "web/sign_in.html", context, status=422 if request.method == "POST" else 200)


@open_screen("signing out must work for whoever holds the device")
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session; only by a form, since GET never changes anything."""
    if request.method != "POST":
        return redirect("sign-in")
    onward_to = leaving(request)
    if row := getattr(request, "savnet_sign_in", None):
        sessions.end(row, WhyEnded.SIGNED_OUT, timezone.now())
    request.session.flush()
    if onward_to is None:
        response: HttpResponse = redirect("sign-in")
    else:
        response = render(request, "web/accounts/signed_out.html", {"leaving": onward_to})
    response["Clear-Site-Data"] = '"cache", "storage"'  # not cookies: the device is still known
    return response


def _demo_person(request: HttpRequest) -> Person | None:
    """In the demo, the person behind the button; outside it such a button does nothing."""
    if request.method != "POST" or not settings.DEMO or "demo" not in request.POST:
        return None
    return Person.objects.filter(is_active=True, username=request.POST["demo"]).first()
