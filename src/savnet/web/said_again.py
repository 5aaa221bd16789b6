"""Asked once more who one is, before whereabouts are shown and before a letter leaves the house.

One step, on the page itself: what was typed is carried along, and goes on as soon as the answer is right. In the demo
the answer is a tap.
"""

from django import forms
from django.conf import settings
from django.contrib.auth import authenticate
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from savnet.access.rights import Action
from savnet.web import fresh
from savnet.web.screen import Answer, Visit, screen
from savnet.web.subjects import Nowhere, nowhere

MINE = ("csrfmiddlewaretoken", "said_again", "password")
"""What belongs to the question itself and goes no further."""


class SaidAgain(forms.Form):
    """The password once more; in the demo only a button."""

    use_required_attribute = False

    password = forms.CharField(
        label=_("Passord"),
        strip=False,
        error_messages={"required": _("Skriv passordet ditt.")},
        widget=forms.PasswordInput(attrs={"class": "ds-input", "autocomplete": "current-password"}),
    )

    def __init__(self, visit: Visit) -> None:
        super().__init__(visit.request.POST if "said_again" in visit.request.POST else None)
        self.visit = visit
        if settings.DEMO:
            del self.fields["password"]

    def clean(self) -> None:
        """The one who is signed in, and nobody else."""
        password = self.cleaned_data.get("password")
        if settings.DEMO or not password:
            return
        found = authenticate(self.visit.request, username=self.visit.person.username, password=password)
        if found is None or found.pk != self.visit.person.pk:
            self.add_error("password", _("Passordet stemmer ikke. Prøv igjen."))


def asked_again(visit: Visit) -> HttpResponse | None:
    """The question, where it is long since the person said who they are; None where the page may go on.

    A form that came in is carried inside the question, so that nothing typed is lost.
    """
    if fresh.is_fresh(visit.request, visit.now):
        return None
    form = SaidAgain(visit)
    if visit.sent and form.is_bound and form.is_valid():
        fresh.mark(visit.request)
        return None
    return _question(visit, form, onward=visit.request.get_full_path())


def _question(visit: Visit, form: SaidAgain, *, onward: str) -> HttpResponse:
    carried = [(name, value) for name, values in visit.request.POST.lists() if name not in MINE for value in values]
    context = {
        "now": visit.now,
        "person": visit.person,
        "demo": settings.DEMO,
        "form": form,
        "carried": carried,
        "onward": onward,
        "sending": visit.sent,
    }
    return render(visit.request, "web/said_again.html", context, status=422 if form.is_bound else 200)


@screen(Action.CONFIRM_IDENTITY, "web/said_again.html", of=nowhere)
def said_again(visit: Visit, place: Nowhere) -> Answer:
    """The question on its own page, for what is folded on another; then back to where one came from."""
    onward = _onward(visit.request)
    form = SaidAgain(visit)
    if visit.sent and form.is_valid():
        fresh.mark(visit.request)
        return HttpResponseRedirect(onward)
    return {"form": form, "carried": [("next", onward)], "onward": visit.request.path, "sending": False}


def _onward(request: HttpRequest) -> str:
    """Never to another site."""
    wanted = request.POST.get("next") or request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if safe else "/"
