"""The Django application `web`."""

from django.apps import AppConfig


class Web(AppConfig):
    name = "savnet.web"
    verbose_name = "Skjermbilder"
