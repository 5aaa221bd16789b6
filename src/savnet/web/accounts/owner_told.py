"""Whoever an account belongs to is told when it changes, or is used where it never was: it may be another's doing."""

from datetime import datetime

from django.conf import settings

from savnet.access.models import Person
from savnet.access.sign_in.models import KnownDevice
from savnet.followup.telling import tell
from savnet.followup.texts import Kind


def of_change(person: Person, now: datetime) -> None:
    """What the person signs in with is another from now on."""
    tell(person, Kind.SIGN_IN_CHANGED, now=now)


def of_device(person: Person, known_as: str, now: datetime) -> None:
    """Somebody signs in; told where the person has signed in before, and never on this device. Not in the demo."""
    others = KnownDevice.objects.filter(person=person)
    if not settings.DEMO and others.exists() and not others.filter(device=known_as).exists():
        tell(person, Kind.NEW_DEVICE, now=now)
