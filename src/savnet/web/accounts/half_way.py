"""Between the password and the second step: who it is, for ten minutes, in a session that lets nobody in anywhere."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from savnet.access.models import Person
from savnet.access.sign_in import guessing, sessions
from savnet.access.sign_in.models import Way, WhyEnded
from savnet.web.accounts import device, tries

IN_SESSION = "half_way"
LASTS = timedelta(minutes=10)
BACKEND = "django.contrib.auth.backends.ModelBackend"


@dataclass(frozen=True, slots=True)
class HalfWay:
    """Who has shown one thing of two. `anew`: came by a way back in, and must choose a password too."""

    person: Person
    onward: str
    anew: bool


def go_half_way(request: HttpRequest, person: Person, *, onward: str, now: datetime, anew: bool = False) -> None:
    """Remember that the first step is done, under a new key, which nobody can have given the browser beforehand."""
    request.session.flush()
    request.session[IN_SESSION] = [str(person.pk), now.isoformat(), onward, anew, person.password]


def half_way(request: HttpRequest, now: datetime) -> HalfWay | None:
    """Who is half way in; None where nobody is, or not any more."""
    kept = request.session.get(IN_SESSION)
    if kept is None:
        return None
    person_id, at, onward, anew, password = kept
    person = Person.objects.filter(pk=person_id, is_active=True, password=password).first()
    if person is None or now - datetime.fromisoformat(at) > LASTS:
        del request.session[IN_SESSION]
        return None
    return HalfWay(person, onward, anew)


def let_in(request: HttpRequest, person: Person, way: Way, *, onward: str, now: datetime) -> HttpResponse:
    """All is shown: a session under a new key, and on to where the person was going."""
    begin_session(request, person, way)
    guessing.forget_old(now)
    response = HttpResponseRedirect(onward)
    device.remember(request, response, person, now)
    return response


def begin_session(request: HttpRequest, person: Person, way: Way) -> None:
    """A session of its own, with nothing in it from before."""
    if before := getattr(request, "savnet_sign_in", None):
        sessions.end(before, WhyEnded.SIGNED_OUT, timezone.now())
    request.session.flush()
    request.session[sessions.WAY] = way.value
    login(request, person, backend=BACKEND)
    tries.let_in(request, person, way)


def onward(request: HttpRequest) -> str:
    """Where to go afterwards: never to another site."""
    wanted = request.POST.get("next") or request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if safe else "/"
