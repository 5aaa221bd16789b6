"""The device and the place a request comes from, as guessing is counted by."""

import secrets
from datetime import datetime
from hashlib import sha256
from ipaddress import IPv6Address, IPv6Network, ip_address

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from savnet.access.models import Person
from savnet.access.sign_in.guessing import From
from savnet.access.sign_in.models import KnownDevice
from savnet.web.accounts import owner_told

A_YEAR = 365 * 24 * 3600


def place(request: HttpRequest) -> str:
    """The network address. Of IPv6 the network that a subscriber has: inside it anyone can take any address."""
    text = request.META.get("REMOTE_ADDR", "")
    if settings.BEHIND_PROXY and (passed_on := request.headers.get("X-Forwarded-For")):
        text = passed_on.rpartition(",")[2].strip()  # the last is what our own proxy saw; anyone can write the others
    try:
        address = ip_address(text)
    except ValueError:
        return "unknown"
    return str(IPv6Network((address, 64), strict=False)) if isinstance(address, IPv6Address) else str(address)


def origin(request: HttpRequest, username: str) -> From:
    """Where a guess at this account comes from; a device counts as known only for those who have signed in on it."""
    mark = _mark(request)
    known = bool(mark) and KnownDevice.objects.filter(device=_kept(mark), person__username=username).exists()
    return From(place(request), _kept(mark) if known else "")


def remember(request: HttpRequest, response: HttpResponse, person: Person, now: datetime) -> None:
    """The person has signed in here: from now on the device's own budget counts for them."""
    mark = _mark(request) or secrets.token_urlsafe(32)
    owner_told.of_device(person, _kept(mark), now)
    KnownDevice.objects.update_or_create(device=_kept(mark), person=person, defaults={"last_used_at": now})
    response.set_cookie(
        settings.DEVICE_COOKIE_NAME,
        mark,
        max_age=A_YEAR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def forget_others(request: HttpRequest, person: Person) -> None:
    """Only this device is known any more."""
    KnownDevice.objects.filter(person=person).exclude(device=_kept(_mark(request))).delete()


def _mark(request: HttpRequest) -> str:
    mark = request.COOKIES.get(settings.DEVICE_COOKIE_NAME, "")
    return mark if len(mark) == len(secrets.token_urlsafe(32)) else ""


def _kept(mark: str) -> str:
    return sha256(mark.encode()).hexdigest()
