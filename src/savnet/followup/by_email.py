"""Telling by ordinary e-mail, through Django's mail settings."""

from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage

from savnet.access.models import Person
from savnet.followup.texts import Words
from savnet.followup.ways import NotReached


class ByEmail:
    """The way by e-mail; set up where a mail server for our own staff is."""

    name = "email"

    @property
    def set_up(self) -> bool:
        """Whether a server and a sender are named."""
        return bool(settings.EMAIL_HOST and settings.DEFAULT_FROM_EMAIL)

    def reaches(self, person: Person) -> bool:
        """Whether this person has an address."""
        return self.set_up and bool(person.email)

    def tell(self, person: Person, words: Words) -> None:
        """Send it; the server's refusal is NotReached."""
        headers = {"Auto-Submitted": "auto-generated"}
        message = EmailMessage(words.subject, words.body, to=[person.email], headers=headers)
        try:
            message.send()
        except (SMTPException, OSError) as problem:
            raise NotReached(f"e-mail: {type(problem).__name__}") from problem
