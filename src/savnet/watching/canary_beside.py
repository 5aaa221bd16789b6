"""What goes beside a canary over a service that carries letters to organisations: that it is ours, and nothing else."""

from datetime import datetime

from django.conf import settings

from savnet.delivery.channels.eformidling.archive_notice import ArchiveNotice
from savnet.delivery.channels.svarut.cover import Cover
from savnet.rules.words import Channel

CARRIED = (Channel.EFORMIDLING.value, Channel.SVARUT.value, Channel.ALTINN.value)
"""Services over which a message can be sent to our own organisation; each tells when it lies there."""

NAME = "Savnet"
TITLE = "Prøvemelding fra oss til oss. Den inneholder ingenting og skal ikke besvares."


def carried() -> tuple[str, ...]:
    """Over which of them canaries fly: those that the settings name, where they say what our own number is."""
    return tuple(one for one in CARRIED if settings.CANARY_ORGANISATION and one in settings.CANARY_CHANNELS)


def beside(channel: str, at: datetime) -> bytes | None:
    """What the receiver's system there needs to take a message at all."""
    if channel == Channel.EFORMIDLING:
        notice = ArchiveNotice(title=TITLE, sender=NAME, receiver=NAME, written_by=NAME, written_at=at, name=NAME)
        return notice.write()
    if channel == Channel.SVARUT:
        return Cover(receiver=NAME).write()
    return None
