"""The Django application `access`: people, roles, and the one access check."""

from django.apps import AppConfig


class Access(AppConfig):
    name = "savnet.access"
    verbose_name = "Tilgang"
