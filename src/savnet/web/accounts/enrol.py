"""The first time, and after a way back in: choose a password where there is none, and a second step. Nothing else
opens before that is done."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from savnet.access.models import Person
from savnet.access.sign_in import factors
from savnet.access.sign_in.models import Way
from savnet.web.accounts import device
from savnet.web.accounts.half_way import HalfWay, begin_session, half_way
from savnet.web.screen import open_screen

SECRET = "new_secret"  # noqa: S105 - the name in the session


class NewPasswordForm(forms.Form):
    """A password, once: it can be seen while it is typed, and pasted."""

    use_required_attribute = False

    password = forms.CharField(
        label=_("Nytt passord"),
        strip=False,
        max_length=200,
        help_text=_("Minst 12 tegn. Fire tilfeldige ord er bra. Du kan lime inn fra et passordhvelv."),
        error_messages={"required": _("Skriv et passord.")},
        widget=forms.PasswordInput(attrs={"class": "ds-input", "autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, person: Person, **options: Any) -> None:
        super().__init__(*args, **options)
        self.person = person

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password, self.person)
        return password


class FirstCodeForm(forms.Form):
    """The first code from an authenticator app; it proves that the app has the secret."""

    use_required_attribute = False

    code = forms.CharField(
        label=_("Koden appen viser"),
        max_length=20,
        error_messages={"required": _("Skriv koden som appen viser.")},
        widget=forms.TextInput(attrs={"class": "ds-input", "autocomplete": "one-time-code", "inputmode": "numeric"}),
    )

    def __init__(self, *args: Any, secret: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.secret = secret

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        if not factors.fits(self.secret, code):
            raise ValidationError(gettext("Koden stemmer ikke. Sjekk at klokka på telefonen går riktig."))
        return code


@open_screen("who comes here has shown the password, or a way back in, and must set up the rest before anything opens")
def enrol(request: HttpRequest) -> HttpResponse:
    """A second step for who has none; a passkey is set up by the script, by way of `passkeys.new_passkey`."""
    here = half_way(request, timezone.now())
    if here is None or factors.has_any(here.person):
        return redirect("sign-in")
    secret = request.session.setdefault(SECRET, factors.new_secret())
    typed = request.POST if request.method == "POST" else None
    code = FirstCodeForm(typed, secret=secret)
    password = NewPasswordForm(typed, person=here.person) if here.anew else None
    if typed is not None and all([code.is_valid(), password is None or password.is_valid()]):
        return _done(request, here, code.cleaned_data["code"], password)
    context = {"code": code, "password": password, "secret": in_fours(secret)}
    return render(request, "web/accounts/enrol.html", context, status=422 if typed is not None else 200)


def _done(request: HttpRequest, here: HalfWay, code: str, password: NewPasswordForm | None) -> HttpResponse:
    if password is not None:
        here.person.set_password(password.cleaned_data["password"])
        here.person.save(update_fields=["password"])
    factors.take_up_codes(here.person, request.session[SECRET], code)
    return with_reserve_codes(request, here.person, Way.PASSWORD_AND_CODE, onward=here.onward)


def with_reserve_codes(request: HttpRequest, person: Person, way: Way, *, onward: str) -> HttpResponse:
    """Signed in, and first to the page with the reserve codes, which are shown once."""
    begin_session(request, person, way)
    response = show_reserve_codes(request, person, factors.new_reserve_codes(person), onward=onward)
    device.remember(request, response, person, timezone.now())
    return response


def show_reserve_codes(request: HttpRequest, person: Person, codes: list[str], *, onward: str) -> HttpResponse:
    context = {"codes": [in_fours(code) for code in codes], "onward": onward, "person": person}
    return render(request, "web/accounts/reserve_codes.html", context)


def in_fours(text: str) -> str:
    """A long code as people copy it."""
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))


@open_screen("the picture of a secret that only this half-signed-in session holds")
def picture(request: HttpRequest) -> HttpResponse:
    """The secret as dots for the camera; a file of its own, since the page may hold no inline style."""
    here = half_way(request, timezone.now())
    secret = request.session.get(SECRET)
    if here is None or secret is None:
        return HttpResponse(status=404)
    return HttpResponse(factors.picture(here.person, secret), content_type="image/svg+xml; charset=utf-8")
