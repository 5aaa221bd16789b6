"""The Django application `web`."""

from typing import Any

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest


class Web(AppConfig):
    name = "savnet.web"
    verbose_name = "Skjermbilder"

    def ready(self) -> None:
        from savnet.web.oidc import checks  # noqa: F401 - known to Django by being imported; not before the models are

        user_logged_in.connect(_said_who, dispatch_uid="savnet.web.fresh")


def _said_who(sender: object, request: HttpRequest, **_: Any) -> None:
    """Whoever signs in has just said who they are."""
    from savnet.web import fresh  # not before the applications are ready

    fresh.mark(request)
