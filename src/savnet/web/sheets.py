"""How a sheet is filled in, sent and acted on, the same on every screen that records something."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse

from savnet.cases.models import Case
from savnet.casework.errors import CaseworkError
from savnet.delivery.channels.paper import NobodyYet
from savnet.delivery.receipts import ImpossibleInstant, NoName, NothingSent
from savnet.register.resolution import NoRecipient
from savnet.web.forms import Sheet
from savnet.web.once import once
from savnet.web.screen import Visit
from savnet.web.wording.text import Text

S = TypeVar("S", bound=Sheet)
SAYABLE = (CaseworkError, NoRecipient, NoName, NobodyYet, NothingSent, ImpossibleInstant)
"""What goes wrong in a way that the person at the screen can put right; the text says how, in the reader's language."""


def fill(kind: type[S], visit: Visit, **options: Any) -> S:
    """The sheet as sent in, or a fresh one."""
    return kind(visit.request.POST if visit.sent else None, now=visit.now, **options)


def send(
    visit: Visit, form: Sheet, act: Callable[[Mapping[str, Any]], str], *, said: Text | Callable[[], Text]
) -> HttpResponse | None:
    """Act on a sheet that is in order, and go on to the address `act` gives, saying `said` there.

    `said` may be asked for when it is done, where what there is to say depends on what happened; empty, nothing is
    said.

    None where there is nothing to act on, or something to put right; the sheet then shows what.
    """
    if not visit.sent or not form.is_valid():
        return None
    try:
        gone_on = once(visit, form, lambda: act(form.cleaned_data))
    except SAYABLE as wrong:
        field = getattr(wrong, "field", None)
        form.add_error(field if field in form.fields else None, str(wrong))
        return None
    if text := str(said() if callable(said) else said):
        messages.success(visit.request, text)
    return gone_on


def to_case(case: Case) -> str:
    return reverse("case", args=[case.id])
