"""What the sheets of the offices share: where to go on to, and how a letter is shown."""

from django.http import HttpResponse
from django.urls import reverse

from savnet.cases.models import Case


def to_office_case(case: Case) -> str:
    """The case as the office sees it."""
    return reverse("office-case", args=[case.id])


def pdf(content: bytes, name: str) -> HttpResponse:
    """A letter in the browser."""
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response
