"""Ends sessions that are over, at every request, and keeps what was sent in just after.

What the page does by itself, such as looking whether a letter has gone, is not use: else a page left open on a desk
would hold the session open all night.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from savnet.access.sign_in import sessions
from savnet.access.sign_in.models import SignIn, WhyEnded
from savnet.web.accounts import kept
from savnet.web.database_gone import GONE, database_gone

BY_ITSELF = "av-seg-selv"
"""In an address: the page asks, not the person. The script puts it there."""


class SessionLimits:
    """Middleware, right after Django's own: from here on, `request.user` is somebody whose session holds."""

    def __init__(self, respond: Callable[[HttpRequest], HttpResponse]) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.savnet_ended = None  # type: ignore[attr-defined]
        request.savnet_sign_in = None  # type: ignore[attr-defined]
        try:
            if SESSION_KEY in request.session:
                self._hold(request, timezone.now())
        except GONE:
            return database_gone(request, sent=request.method == "POST")
        return self.respond(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, where: Any
    ) -> HttpResponse | None:
        """Send who was signed in until now to sign in again, and keep what was sent in. The form's own token is checked
        before this."""
        ended = getattr(request, "savnet_ended", None)
        # The front page is open itself, but leads on to one's workplace.
        if ended is None or not (hasattr(view, "savnet_action") or request.path == reverse("today")):
            return None
        onward = _kept(request, ended[0]) if request.method == "POST" else request.get_full_path()
        return HttpResponseRedirect(f"{reverse('sign-in')}?{urlencode({'next': onward, 'ute': ended[1].value})}")

    def _hold(self, request: HttpRequest, now: datetime) -> None:
        row = sessions.of_session(request.session)
        person_id = request.session[SESSION_KEY]
        why = _over(row, person_id, now)
        if why is None:
            request.savnet_sign_in = row  # type: ignore[attr-defined]
            if row is not None and not _by_itself(request):
                sessions.note_use(row, now)
            return
        if row is not None:
            sessions.end(row, why, now)
        request.session.flush()
        request.user = AnonymousUser()
        request.savnet_ended = (UUID(person_id), why)  # type: ignore[attr-defined]


def _by_itself(request: HttpRequest) -> bool:
    return request.method != "POST" and (BY_ITSELF in request.GET or request.path == reverse("still-here"))


def _over(row: SignIn | None, person_id: str, now: datetime) -> WhyEnded | None:
    if row is None or str(row.person_id) != person_id:
        return WhyEnded.SIGNED_OUT
    return sessions.overdue(row, now)


def _kept(request: HttpRequest, person_id: UUID) -> str:
    form_id = kept.keep(request, person_id, timezone.now())
    return reverse("kept-form", args=[form_id]) if form_id else "/"


def session_clock(request: HttpRequest) -> dict[str, Any]:
    """`session_left`, in seconds, for the page's script, which tells a minute before."""
    row = getattr(request, "savnet_sign_in", None)
    return {"session_left": round((sessions.ends(row) - timezone.now()).total_seconds())} if row else {}
