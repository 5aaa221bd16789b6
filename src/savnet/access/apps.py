"""The Django application `access`: people, roles, and the one access check."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class Access(AppConfig):
    name = "savnet.access"
    verbose_name = "Tilgang"

    def ready(self) -> None:
        """Whoever migrates leaves a database in which row-level security is as the code says."""
        # Imported here: models exist only when every application is loaded.
        from savnet.access.row_applying import apply_row_security

        post_migrate.connect(apply_row_security, sender=self, dispatch_uid="row security")
