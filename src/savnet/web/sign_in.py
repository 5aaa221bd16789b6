"""Signing in and out. In the demo the invented people can be signed in with one tap."""

from django import forms
from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from savnet.access.models import Person
from savnet.web.screen import open_screen

BACKEND = "django.contrib.auth.backends.ModelBackend"

NOT_YET = _("Savnet er foreløpig bare for dem som arbeider ved et mottak. Kontoen din er ikke knyttet til et mottak.")


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
        error_messages={"required": _("Skriv passordet ditt.")},
        widget=forms.PasswordInput(attrs={"class": "ds-input", "autocomplete": "current-password"}),
    )

    def person(self, request: HttpRequest) -> Person | None:
        """The one who signs in; None, and an error on the form, where name and password don't belong together."""
        if not self.is_valid():
            return None
        found = authenticate(request, **self.cleaned_data)
        if not isinstance(found, Person):
            self.add_error(None, gettext("Brukernavn og passord stemmer ikke. Prøv igjen."))
            return None
        if found.centre_id is None and not settings.DEMO:
            self.add_error(None, NOT_YET)
            return None
        return found


@open_screen("nobody is signed in yet")
def sign_in(request: HttpRequest) -> HttpResponse:
    """Show the form, or let in the one who sent it."""
    onward = _onward(request)
    form = SignInForm(request.POST if request.method == "POST" and "demo" not in request.POST else None)
    person = _demo_person(request) or form.person(request)
    if person:
        login(request, person, backend=BACKEND)
        return redirect(onward if person.centre_id else "post-room")
    context = {"form": form, "people": _demo_people(), "onward": onward, "demo": settings.DEMO}
    return render(request, "web/sign_in.html", context, status=422 if request.method == "POST" else 200)


@open_screen("signing out must work for whoever holds the device")
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session; only by a form, since GET never changes anything."""
    if request.method == "POST":
        logout(request)
    response = redirect("sign-in")
    response["Clear-Site-Data"] = '"cache", "storage"'
    return response


def _onward(request: HttpRequest) -> str:
    """Where to go afterwards: never to another site."""
    wanted = request.POST.get("next") or request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if safe else "/"


def _demo_people() -> list[Person]:
    if not settings.DEMO:
        return []
    return list(Person.objects.filter(is_active=True).select_related("centre").order_by("centre__name", "role", "name"))


def _demo_person(request: HttpRequest) -> Person | None:
    """In the demo, the person behind the button; outside it such a button does nothing."""
    if request.method != "POST" or not settings.DEMO:
        return None
    return Person.objects.filter(is_active=True, username=request.POST.get("demo", "")).first()
