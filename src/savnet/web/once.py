"""Act on a form once, however often it is sent: a tired thumb on a slow line must not report a child missing twice."""

from collections.abc import Callable

from django.db import IntegrityError, transaction
from django.http import HttpResponseRedirect

from savnet.web.forms import Sheet
from savnet.web.models import Submission
from savnet.web.screen import Visit


def once(visit: Visit, form: Sheet, act: Callable[[], str]) -> HttpResponseRedirect:
    """Do `act`, which gives the address to go on to, and remember that. A repeat goes on without doing it again.

    The one that comes second waits for the first, since both want the same row. If `act` fails the token is free again.
    """
    token = form.cleaned_data["token"]
    try:
        with transaction.atomic():
            sent = Submission.objects.create(token=token, person=visit.person, at=visit.now)
            sent.led_to = act()
            sent.save(update_fields=["led_to"])
    except IntegrityError:
        earlier = Submission.objects.filter(token=token, person=visit.person).first()
        if earlier is None:  # it was something in `act` that failed, not the token
            raise
        return HttpResponseRedirect(earlier.led_to)
    return HttpResponseRedirect(sent.led_to)
