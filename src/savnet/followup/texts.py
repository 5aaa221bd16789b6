"""What a message to our own staff says: that something waits, and where to look. Never whom or what it is about."""

from dataclasses import dataclass

from django.conf import settings
from django.db.models import TextChoices
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    """Why somebody is told."""

    WAITING = "waiting", _("Noe venter på deg i Savnet")
    LATE = "late", _("En frist er gått ut")
    PROPOSAL = "proposal", _("Et forslag venter på at du svarer")
    HANDED_OVER = "handed_over", _("Du har fått ansvar for en sak")
    RECEIVER = "receiver", _("En mottaker har svart")
    ASTRAY = "astray", _("Et brev er ikke kommet fram")
    SIGN_IN_CHANGED = "sign_in_changed", _("Innloggingen din er endret")
    NEW_DEVICE = "new_device", _("Noen har logget inn som deg på en ny enhet")
    CERTIFICATE = "certificate", _("Et sertifikat går snart ut, eller er gått ut")
    EMERGENCY = "emergency", _("Noen har brukt nødtilgang")


@dataclass(frozen=True, slots=True)
class Words:
    """The message, in the reader's language."""

    subject: str
    body: str


def words(kind: str, language: str = "") -> Words:
    """What somebody who reads this language is told; bokmål where none is chosen."""
    with override(language or "nb"):
        subject = str(Kind(kind).label)
        body = gettext("Logg inn i Savnet for å se hva det gjelder. Svar ikke på denne meldingen.")
        return Words(f"Savnet: {subject}", "\n\n".join(filter(None, (f"{subject}.", body, settings.ADDRESS))))
