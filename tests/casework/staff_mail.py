"""A real mail server for messages to our own staff, over plain SMTP on this machine."""

from collections.abc import Iterator
from contextlib import contextmanager

from pytest_django import Settings

from delivery.mail_servers import Mailbox, Postroom, running


@contextmanager
def staff_mail(settings: Settings) -> Iterator[Mailbox]:
    """Messages to staff go by e-mail to this box while it lasts."""
    box = Mailbox()
    with running(Postroom(box, tls=None), "") as server:
        point_to(settings, server.port)
        yield box


def point_to(settings: Settings, port: int) -> None:
    """Let staff be told by e-mail through this port."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", port, 2
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.DEFAULT_FROM_EMAIL = "huset@savnet.example"
