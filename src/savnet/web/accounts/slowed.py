"""The page for who has tried too often: how long to wait, and what works at once."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from savnet.access.sign_in.guessing import TooManyGuesses
from savnet.web.accounts import tries


def slowed(request: HttpRequest, limit: TooManyGuesses) -> HttpResponse:
    """The same whether the account exists or not, and whether what was typed was right or not."""
    tries.refused(request, "slowed_down")
    response = render(request, "web/accounts/slowed.html", {"minutes": limit.minutes}, status=429)
    response["Retry-After"] = str(limit.minutes * 60)
    return response
