"""Registers the app with Django."""

from django.apps import AppConfig


class FollowupConfig(AppConfig):
    name = "savnet.followup"
    verbose_name = "oppfølging"
