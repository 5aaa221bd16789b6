"""The second step of signing in: a one-time code or a passkey, after the password."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from savnet.access.sign_in import factors, guessing
from savnet.access.sign_in.guessing import TooManyGuesses
from savnet.access.sign_in.models import Way
from savnet.web.accounts import tries
from savnet.web.accounts.code_form import CodeForm
from savnet.web.accounts.device import origin
from savnet.web.accounts.half_way import HalfWay, half_way, let_in
from savnet.web.accounts.slowed import slowed
from savnet.web.screen import open_screen


@open_screen("who comes here has shown the password and nothing more")
def second_step(request: HttpRequest) -> HttpResponse:
    """Ask for the code, or take it."""
    here = half_way(request, timezone.now())
    if here is None:
        return redirect("sign-in")
    if not factors.has_any(here.person):
        return redirect("sign-in-enrol")
    form = CodeForm(request.POST or None)
    try:
        way = _way(request, form, here)
    except TooManyGuesses as limit:
        return slowed(request, limit)
    if way:
        return let_in(request, here.person, way, onward=here.onward, now=timezone.now())
    context = {"form": form, "codes": factors.has_codes(here.person), "passkey": factors.has_passkey(here.person)}
    return render(request, "web/accounts/second.html", context, status=422 if form.is_bound else 200)


def _way(request: HttpRequest, form: CodeForm, here: HalfWay) -> Way | None:
    if not form.is_valid():
        return None
    spent = guessing.code(here.person.username, origin(request, here.person.username))
    guessing.spend(spent, timezone.now())
    way = factors.check_code(here.person, form.cleaned_data["code"])
    if way is None:
        tries.refused(request, "code_refused", username=here.person.username)
        form.add_error("code", _("Koden stemmer ikke. Vent til appen viser en ny, og prøv igjen."))
    else:
        guessing.refund(spent)
    return way
