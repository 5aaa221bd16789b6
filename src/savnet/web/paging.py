"""A long list, a page of it at a time; which page stands in the address as `side`."""

from collections.abc import Sequence
from typing import Any, TypeVar

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import Http404

from savnet.web.screen import Visit

T = TypeVar("T")
LONGEST = 6
"""Digits of a page's number; Python refuses to read some thousands of them."""


def page_of(visit: Visit, every: "Sequence[T] | QuerySet[Any, T]", at_a_time: int) -> "Page[T]":
    """The page that is asked for, the first where none is. Raises Http404 for one that is not there."""
    pages = Paginator(every, at_a_time)
    asked = visit.request.GET.get("side", "1")
    number = int(asked) if len(asked) <= LONGEST and asked.isascii() and asked.isdigit() else 0
    if not 1 <= number <= pages.num_pages:
        raise Http404("no such page")
    return pages.page(number)
