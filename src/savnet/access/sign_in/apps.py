"""The Django application `sign_in`."""

from django.apps import AppConfig


class SignInApp(AppConfig):
    name = "savnet.access.sign_in"
    label = "sign_in"
    verbose_name = "Innlogging"

    def ready(self) -> None:
        """Every way of signing in ends in Django's signal, and so every one of them gets its row."""
        # Imported here: the signal's receiver needs the models, which exist only now.
        from savnet.access.sign_in import sessions

        sessions.listen()
