"""How a person is told outside the screens: e-mail, push to her browsers, and the deadlines in her own calendar."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext

from savnet.access.models import Person
from savnet.access.rights import Action
from savnet.followup import calendars
from savnet.followup.by_email import ByEmail
from savnet.followup.by_push import ByPush, is_push_service, public_key
from savnet.followup.own_devices import CalendarLink, PushDevice
from savnet.web.screen import Answer, Visit, screen
from savnet.web.subjects import Nowhere, nowhere

LONGEST = 1000
MOST_DEVICES = 10


@screen(Action.KEEP_OWN_ACCOUNT, "web/notifications.html", of=nowhere)
def notifications(visit: Visit, place: Nowhere) -> Answer:
    """All of it on one page. A link does nothing; only the buttons do."""
    return HttpResponseRedirect(reverse("notifications")) if visit.sent else _shown(visit)


def _shown(visit: Visit, **more: Any) -> dict[str, Any]:
    push = ByPush()
    return {
        "place": "alarms",
        "by_email": ByEmail().set_up,
        "push_key": public_key() if push.set_up else "",
        "devices": list(PushDevice.objects.filter(person=visit.person, gone_at=None)),
        "links": list(CalendarLink.objects.filter(person=visit.person, revoked_at=None)),
        **more,
    }


@screen(Action.KEEP_OWN_ACCOUNT, "", of=nowhere)
def push_add(visit: Visit, place: Nowhere) -> HttpResponse:
    """The browser's own script sends its address here, after the person has said yes."""
    if visit.sent:
        endpoint = visit.request.POST.get("endpoint", "")
        if len(endpoint) > LONGEST or not is_push_service(endpoint):
            messages.error(visit.request, gettext("Nettleseren bruker en varslingstjeneste som Savnet ikke kjenner."))
        elif PushDevice.objects.filter(person=visit.person, gone_at=None).count() >= MOST_DEVICES:
            messages.error(visit.request, gettext("Du har mange enheter fra før. Ta bort en først."))
        else:
            _remember(visit, endpoint)
            messages.success(visit.request, gettext("Denne enheten får varsler fra nå av."))
    return HttpResponseRedirect(reverse("notifications"))


def _remember(visit: Visit, endpoint: str) -> None:
    """A browser says the same address each time; it stands once."""
    agent = visit.request.META.get("HTTP_USER_AGENT", "")[:200]
    PushDevice.objects.get_or_create(
        person=visit.person, endpoint=endpoint, gone_at=None, defaults={"device": agent, "added_at": visit.now}
    )


@dataclass(frozen=True, slots=True)
class Mine:
    """A device or a link of the person's own; it belongs to no centre."""

    row: PushDevice | CalendarLink
    centre_id: UUID | None = None


def own_device(person: Person, device_id: UUID) -> Mine:
    """One's own; another's is not there."""
    return Mine(get_object_or_404(PushDevice, id=device_id, person=person))


@screen(Action.KEEP_OWN_ACCOUNT, "", of=own_device)
def push_remove(visit: Visit, mine: Mine, device_id: UUID) -> HttpResponse:
    """Push to it no more."""
    if visit.sent:
        PushDevice.objects.filter(id=mine.row.pk, gone_at=None).update(gone_at=visit.now)
        messages.success(visit.request, gettext("Enheten får ikke flere varsler."))
    return HttpResponseRedirect(reverse("notifications"))


@screen(Action.KEEP_OWN_ACCOUNT, "", of=nowhere)
def calendar_new(visit: Visit, place: Nowhere) -> HttpResponse:
    """Make a link. It is shown once, on the page that follows."""
    if visit.sent:
        try:
            token = calendars.new_link(visit.person, now=visit.now)
        except calendars.TooManyLinks:
            messages.error(visit.request, gettext("Du har mange lenker fra før. Ta tilbake en først."))
        else:
            return _once(visit, token)
    return HttpResponseRedirect(reverse("notifications"))


def _once(visit: Visit, token: str) -> HttpResponse:
    # Shown in the answer itself: kept anywhere on the way to another page, it would be no secret.
    context = {"now": visit.now, "person": visit.person, "demo": settings.DEMO, "link": _address(visit.request, token)}
    return render(visit.request, "web/notifications.html", _shown(visit, **context))


def _address(request: HttpRequest, token: str) -> str:
    where = reverse("calendar", args=[token])
    return f"{settings.ADDRESS}{where}" if settings.ADDRESS else request.build_absolute_uri(where)


def own_link(person: Person, link_id: UUID) -> Mine:
    """One's own; another's is not there."""
    return Mine(get_object_or_404(CalendarLink, id=link_id, person=person))


@screen(Action.KEEP_OWN_ACCOUNT, "", of=own_link)
def calendar_revoke(visit: Visit, mine: Mine, link_id: UUID) -> HttpResponse:
    """The link leads nowhere from now on."""
    if visit.sent:
        CalendarLink.objects.filter(id=mine.row.pk, revoked_at=None).update(revoked_at=visit.now)
        messages.success(visit.request, gettext("Lenken virker ikke lenger."))
    return HttpResponseRedirect(reverse("notifications"))
