"""Links by which a person's own calendar fetches when her deadlines are: made, used and taken back."""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.db.models import Q

from savnet.access.models import Person
from savnet.followup.own_devices import CalendarLink

SEEN_EVERY = timedelta(hours=1)
MOST_LINKS = 5
"""A telephone, a computer, and a few more; else nobody knows any longer which is which."""


class TooManyLinks(Exception):
    """The person has as many links as she may. One must be taken back first."""


def new_link(person: Person, *, now: datetime) -> str:
    """The secret of a new link; nobody can be told it again."""
    if CalendarLink.objects.filter(person=person, revoked_at=None).count() >= MOST_LINKS:
        raise TooManyLinks
    token = secrets.token_urlsafe(32)
    CalendarLink.objects.create(person=person, token_hash=hashed(token), made_at=now)
    return token


def owner(token: str, *, now: datetime) -> Person | None:
    """Whose calendar this is; None where the link was never made, or was taken back with the person's access."""
    link = (
        CalendarLink.objects.select_related("person__centre").filter(token_hash=hashed(token), revoked_at=None).first()
    )
    if link is None or not link.person.is_active:
        return None
    lately = Q(fetched_at=None) | Q(fetched_at__lt=now - SEEN_EVERY)
    CalendarLink.objects.filter(lately, id=link.id).update(fetched_at=now)
    return link.person


def hashed(token: str) -> str:
    """What is kept of a secret of 256 random bits: no slow hash is needed."""
    return hashlib.sha256(token.encode()).hexdigest()
