"""Lets every staff page ask how the house stands. Asked only where a page shows it, so that no other page pays."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from savnet.watching.standing import standing


def watch(request: HttpRequest) -> dict[str, Any]:
    """`watch`: the newest heartbeat beside a count of our own."""
    return {"watch": SimpleLazyObject(lambda: standing(timezone.now()))}
