"""The Django application `statistics`: editions of published counts."""

from django.apps import AppConfig


class Statistics(AppConfig):
    name = "savnet.statistics"
    verbose_name = "Statistikk"
