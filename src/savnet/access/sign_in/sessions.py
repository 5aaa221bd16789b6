"""Who is signed in, and for how long: one row for each session, looked up at every request.

The row decides, not the cookie: what ends the row ends the session at its next request, whoever ended it. A trigger
ends all of a person's rows when access is withdrawn or changed, also where that is done by hand in the database.
"""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest
from django.utils import timezone

from savnet.access.models import Person
from savnet.access.sign_in.models import SignIn, Way, WhyEnded

IN_SESSION = "sign_in"
WAY = "way"
NOTED_EVERY = timedelta(seconds=20)
"""How exactly it is known when a session was last used. Every look at a page would else be a write."""


def listen() -> None:
    """Begin a row whenever somebody signs in, in whatever way."""
    user_logged_in.connect(_begin, dispatch_uid="savnet sign-in")


def _begin(sender: type, request: HttpRequest, user: Person, **_: Any) -> None:
    now = timezone.now()
    way = request.session.pop(WAY, Way.DEMO)
    device = request.META.get("HTTP_USER_AGENT", "")[:200]
    row = SignIn.objects.create(person=user, began_at=now, seen_at=now, way=way, device=device)
    request.session[IN_SESSION] = str(row.id)


def idle_limit() -> timedelta:
    return timedelta(minutes=settings.IDLE_MINUTES)


def longest() -> timedelta:
    return timedelta(minutes=settings.LONGEST_SESSION_MINUTES)


def ends(row: SignIn) -> datetime:
    """When the session ends if nothing is done until then."""
    return min(row.seen_at + idle_limit(), row.began_at + longest())


def of_session(session: Any) -> SignIn | None:
    """The row of a session, ended or not; None where it never had one."""
    try:
        wanted = UUID(session.get(IN_SESSION, ""))
    except ValueError:
        return None
    return SignIn.objects.filter(id=wanted).first()


def overdue(row: SignIn, now: datetime) -> WhyEnded | None:
    """Why a session may not go on, if it may not."""
    if row.ended_at is not None:
        return WhyEnded(row.why_ended)
    if now >= row.began_at + longest():
        return WhyEnded.TOO_LONG
    return WhyEnded.IDLE if now >= row.seen_at + idle_limit() else None


def note_use(row: SignIn, now: datetime) -> None:
    """The person did something just now."""
    if now - row.seen_at >= NOTED_EVERY:
        # Only forward, and only where it goes on: two requests at once, or an end between, must not be undone.
        SignIn.objects.filter(id=row.id, ended_at__isnull=True, seen_at__lt=now).update(seen_at=now)
        row.seen_at = now


def end(row: SignIn, why: WhyEnded, now: datetime) -> None:
    """End one session."""
    SignIn.objects.filter(id=row.id, ended_at__isnull=True).update(ended_at=now, why_ended=why)


def end_all(person: Person, why: WhyEnded, now: datetime, *, but: UUID | None = None) -> int:
    """End every session of a person, but perhaps one; returns how many."""
    open_ones = SignIn.objects.filter(person=person, ended_at__isnull=True)
    return (open_ones.exclude(id=but) if but else open_ones).update(ended_at=now, why_ended=why)


def open_sessions(person: Person, now: datetime) -> list[SignIn]:
    """Where a person is signed in just now, the newest first."""
    rows = SignIn.objects.filter(person=person, ended_at__isnull=True)
    return [row for row in rows if overdue(row, now) is None]
