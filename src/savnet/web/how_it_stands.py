"""How the house stands, for a page that lies open: the banner and nothing else. No person, no case, no centre in it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation

from savnet.access.models import Person
from savnet.access.row_security import house
from savnet.watching.standing import standing
from savnet.web.screen import open_screen


@open_screen("tells whoever holds a session whether the worker is awake, and others nothing")
def how_it_stands(request: HttpRequest) -> HttpResponse:
    """The banner as it would stand on a page opened now. The page asks by itself, which is not use of the session."""
    if not isinstance(request.user, Person):
        return HttpResponse(status=401)
    if request.user.language:
        translation.activate(request.user.language)
    with house("two numbers and an instant of the whole house, for whoever is signed in"):
        return render(request, "watching/told.html", {"watch": standing(timezone.now())})
