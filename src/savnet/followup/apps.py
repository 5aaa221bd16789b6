"""Registers the app with Django, and the ways by which our own people are told."""

from django.apps import AppConfig


class FollowupConfig(AppConfig):
    name = "savnet.followup"
    verbose_name = "oppfølging"

    def ready(self) -> None:
        """Add the ways that there are."""
        # The way needs the models, which Django has not loaded when this module is read.
        from savnet.followup.by_email import ByEmail
        from savnet.followup.by_push import ByPush
        from savnet.followup.ways import add_way

        add_way(ByEmail())
        add_way(ByPush())
