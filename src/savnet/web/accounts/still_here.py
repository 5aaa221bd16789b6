"""The page asks how long the session has left, and says that the person is still there."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone

from savnet.access.sign_in import sessions
from savnet.access.sign_in.models import SignIn
from savnet.web.screen import open_screen


@open_screen("tells whoever holds a session how long it lasts, and others that they have none")
def still_here(request: HttpRequest) -> HttpResponse:
    """Seconds left. Only POST, which the script sends when somebody has moved or pressed something, is use."""
    row: SignIn | None = getattr(request, "savnet_sign_in", None)
    if row is None:
        return JsonResponse({"left": 0, "most": 0}, status=401)
    now = timezone.now()
    most = row.began_at + sessions.longest() - now
    return JsonResponse({"left": (sessions.ends(row) - now).total_seconds(), "most": most.total_seconds()})
