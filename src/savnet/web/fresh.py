"""When a person last said who they are; asked again before whereabouts are shown and letters sent."""

from datetime import datetime, timedelta

from django.http import HttpRequest
from django.utils import timezone

IN_SESSION = "said_who_at"
LASTS = timedelta(minutes=15)


def mark(request: HttpRequest) -> None:
    """The person has just now said who they are, by password and code or by passkey."""
    request.session[IN_SESSION] = timezone.now().isoformat()


def is_fresh(request: HttpRequest, now: datetime) -> bool:
    """Whether it is so lately that there is no need to ask again."""
    at = request.session.get(IN_SESSION)
    return at is not None and now - datetime.fromisoformat(at) < LASTS
