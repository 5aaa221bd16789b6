"""What every answer tells the browser: keep nothing, run nothing but our own files, be framed by nobody.

Set by the outermost middleware, so that error pages, redirects, static files and downloads have it too.
`tests/web/headers.golden` holds the whole of it, address by address.
"""

from collections.abc import Callable
from typing import TypeVar

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

POLICY = "; ".join(
    (
        "default-src 'none'",
        "object-src 'none'",  # the same again, for those who read the policy rather than follow it
        "script-src 'self'",
        "style-src 'self'",
        "font-src 'self'",
        "img-src 'self' data:",  # the design system's icons are data: masks
        "connect-src 'self'",
        "manifest-src 'self'",
        "worker-src 'self'",  # what shows that something waits, when we push to the browser
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",  # no text ever becomes markup or code in the page
        "trusted-types savnet-worker",  # but the address of that worker, in static/savnet/push.js
    )
)
SWITCHED_OFF = (
    "accelerometer",
    "autoplay",
    "browsing-topics",
    "camera",
    "display-capture",
    "encrypted-media",
    "fullscreen",
    "geolocation",
    "gyroscope",
    "hid",
    "idle-detection",
    "local-fonts",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "picture-in-picture",
    "screen-wake-lock",
    "serial",
    "usb",
    "xr-spatial-tracking",
)
OUR_OWN = ("clipboard-write", "publickey-credentials-create", "publickey-credentials-get")
PERMISSIONS = ", ".join([*(f"{name}=()" for name in SWITCHED_OFF), *(f"{name}=(self)" for name in OUR_OWN)])
ALWAYS = {
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": PERMISSIONS,
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow",
}
R = TypeVar("R", bound=HttpResponseBase)
Respond = Callable[[HttpRequest], HttpResponseBase]


def on_every_answer(respond: Respond) -> Respond:
    """Middleware: outermost, so that nothing goes out without."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        return guarded(respond(request), static=request.path.startswith(settings.STATIC_URL))

    return answer


def guarded(response: R, *, static: bool = False) -> R:
    """The same answer, with the headers that keep a child's page out of caches and out of others' reach.

    Only our own static files, which hold nothing about anybody, may be kept.
    """
    for name, value in ALWAYS.items():
        response[name] = value
    if not static or response.status_code >= 400:
        response["Cache-Control"] = "no-store"
    if settings.SECURE_HSTS_SECONDS and settings.SECURE_HSTS_INCLUDE_SUBDOMAINS:
        response.setdefault("Strict-Transport-Security", _hsts())
    return response


def _hsts() -> str:
    return f"max-age={settings.SECURE_HSTS_SECONDS}; includeSubDomains"
