"""The way in: `/` leads each role to its own workplace."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from savnet.access.models import Person
from savnet.access.rights import Role
from savnet.web.screen import open_screen
from savnet.web.today import today

WORKPLACE: Mapping[Role, str] = {
    Role.REGIONAL_OFFICER: "region",
    Role.KOR_OFFICER: "office",
    Role.BFE_OFFICER: "office",
    Role.ASA_OFFICER: "office",
    Role.RECEIVING_OFFICER: "office",
    Role.NATIONAL_OVERSEER: "overseeing",
    Role.INSPECTOR: "inspecting",
    Role.STATISTICIAN: "statistics",
    Role.REGISTER_KEEPER: "recipients",
    Role.SYSTEM_OPERATOR: "operations",
}
"""The screen that each role begins at; those who work at a centre begin at the day there."""


@open_screen("it shows nothing itself: it leads on to screens that check who asks")
def front(request: HttpRequest) -> HttpResponse:
    """Lead on to one's own workplace."""
    person = request.user
    name = WORKPLACE.get(Role(person.role)) if isinstance(person, Person) else None
    if name and person.is_active:
        return redirect(reverse(name))
    response: HttpResponse = today(request)
    return response
