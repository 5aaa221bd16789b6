"""When a person last said who they are; asked again before whereabouts are shown and letters sent."""

from datetime import datetime, timedelta

from django.http import HttpRequest
from django.utils import timezone

IN_SESSION = "said_who_at"
LASTS = timedelta(minutes=15)
FOR_OWN_ACCOUNT = timedelta(minutes=3)
"""Shorter before somebody changes what she signs in with: a page left open must not become another's way in."""


def mark(request: HttpRequest) -> None:
    """The person has just now said who they are, by password and code or by passkey."""
    request.session[IN_SESSION] = timezone.now().isoformat()


def said_again(request: HttpRequest) -> None:
    """The same of who was signed in already. Under a new key: whoever had the old one has nothing more of it."""
    mark(request)
    request.session.cycle_key()


def is_fresh(request: HttpRequest, now: datetime, *, within: timedelta = LASTS) -> bool:
    """Whether it is so lately that there is no need to ask again."""
    at = request.session.get(IN_SESSION)
    return at is not None and now - datetime.fromisoformat(at) < within
