"""Asked once more who one is, before whereabouts are shown and before a letter leaves the house.

One step, on the page itself: what was typed is carried along, and goes on as soon as the answer is right. In the demo
the answer is a tap.
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from savnet.access.rights import Action
from savnet.web import fresh
from savnet.web.accounts import kept
from savnet.web.accounts.proving import FIELDS, SaidAgain
from savnet.web.screen import Answer, Visit, screen
from savnet.web.subjects import Nowhere, nowhere


def asked_again(visit: Visit, *, own_account: bool = False) -> HttpResponse | None:
    """The question, where it is long since the person said who they are; None where the page may go on.

    A form that came in is carried inside the question, so that nothing typed is lost. `own_account` changes the
    words, and asks sooner.
    """
    if fresh.is_fresh(visit.request, visit.now, within=fresh.FOR_OWN_ACCOUNT if own_account else fresh.LASTS):
        return None
    form = SaidAgain(visit)
    if visit.sent and form.is_bound and form.is_valid():
        fresh.said_again(visit.request)
        return None
    return _question(visit, form, onward=visit.request.get_full_path(), own_account=own_account)


def _question(visit: Visit, form: SaidAgain, *, onward: str, own_account: bool) -> HttpResponse:
    carried = [(name, value) for name, values in visit.request.POST.lists() if name not in FIELDS for value in values]
    context = {
        "now": visit.now,
        "person": visit.person,
        "demo": settings.DEMO,
        "form": form,
        "carried": carried,
        "onward": onward,
        "outside_next": _afterwards(visit) if form.outside else "",
        "sending": visit.sent and not own_account,
        "own_account": own_account,
    }
    return render(visit.request, "web/said_again.html", context, status=422 if form.is_bound else 200)


def _afterwards(visit: Visit) -> str:
    """Where to go on when one has been away to say it: what was sent in waits there."""
    form_id = kept.keep(visit.request, visit.person.pk, visit.now) if visit.sent else None
    return reverse("kept-form", args=[form_id]) if form_id else visit.request.get_full_path()


@screen(Action.CONFIRM_IDENTITY, "web/said_again.html", of=nowhere)
def said_again(visit: Visit, place: Nowhere) -> Answer:
    """The question on its own page, for what is folded on another; then back to where one came from."""
    onward = _onward(visit.request)
    form = SaidAgain(visit)
    if visit.sent and form.is_valid():
        fresh.said_again(visit.request)
        return HttpResponseRedirect(onward)
    return {"form": form, "carried": [("next", onward)], "onward": visit.request.path, "sending": False}


def _onward(request: HttpRequest) -> str:
    """Never to another site."""
    wanted = request.POST.get("next") or request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if safe else "/"
