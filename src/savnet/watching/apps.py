"""The Django application `watching`: signs of life, canaries, health, and backups that are proved."""

from django.apps import AppConfig


class Watching(AppConfig):
    name = "savnet.watching"
    verbose_name = "Vakt over systemet"
