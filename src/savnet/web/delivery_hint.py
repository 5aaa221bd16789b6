"""Where an integrasjonspunkt says that something has happened to a message: a hint to ask, never the truth itself."""

from django.http import HttpRequest, HttpResponse, HttpResponseForbidden, HttpResponseNotAllowed
from django.views.decorators.csrf import csrf_exempt

from savnet.access.row_security import house
from savnet.casework.queue import enqueue
from savnet.delivery.channels.eformidling.webhook import hinted
from savnet.delivery.models import Attempt
from savnet.rules.words import Channel
from savnet.web.health import PLAIN, in_clear
from savnet.web.screen import open_screen

LARGEST = 64 * 1024
"""In bytes; what the service pushes is a few hundred."""


@csrf_exempt  # another program posts here, and has no form of ours
@open_screen("a program posts a hint; nothing in it is believed, and every answer is the same")
def delivery_hint(request: HttpRequest) -> HttpResponse:
    """Ask the worker to look at the message that is named, if we ever sent it that way. The answer tells nothing."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    if in_clear(request):
        return HttpResponseForbidden("Post over https.\n", PLAIN)
    length = request.META.get("CONTENT_LENGTH") or "0"
    message_id = hinted(request.body) if length.isdecimal() and int(length) <= LARGEST else None
    if message_id:
        with house("a hint names a message, and whoever gives it is not signed in"):
            if Attempt.objects.filter(message_id=message_id, channel=Channel.EFORMIDLING.value).exists():
                enqueue(message_id)
    return HttpResponse(status=204)
