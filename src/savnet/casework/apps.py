"""The Django app that lets the worker find the tasks."""

from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    name = "savnet.casework"
    verbose_name = "Saksarbeid"
