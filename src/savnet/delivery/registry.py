"""Which channels carry letters over the wire. All the others are a person's hands: see `by_hand`."""

from django.core.exceptions import ImproperlyConfigured

from savnet.delivery.channel import CannotSend
from savnet.delivery.channel import Channel as WiredChannel
from savnet.delivery.channels.altinn.channel import from_settings as altinn
from savnet.delivery.channels.eformidling.channel import from_settings as eformidling
from savnet.delivery.channels.encrypted_email.channel import from_settings as encrypted_email
from savnet.delivery.channels.fiks.channel import from_settings as fiks
from savnet.delivery.channels.svarut.channel import from_settings as svarut
from savnet.delivery.channels.tray.channel import Tray
from savnet.delivery.words import Hindrance
from savnet.rules.words import Channel

FOLLOWED = frozenset({Channel.EFORMIDLING, Channel.FIKS, Channel.SVARUT, Channel.ALTINN})
"""Channels that only take a letter further, and tell later how it went."""


def carrier(name: str, *, exercise: bool) -> WiredChannel:
    """What carries a message by this channel: in an exercise the tray, which has no line out, whatever the channel."""
    return Tray() if exercise else channel(name)


def channel(name: str) -> WiredChannel:
    """The channel of that name, set up as the settings say; raises CannotSend where only a person can carry it.

    Also where the settings are wrong: then what would have gone so goes another way, and a page can still be shown.
    """
    try:
        return _set_up(name)
    except (ImproperlyConfigured, ValueError, TypeError) as wrong:
        # Of keys that can't be read the library may say anything; what we say ourselves names settings and no values.
        why = str(wrong) if isinstance(wrong, ImproperlyConfigured) else type(wrong).__name__
        raise CannotSend(Hindrance.NOT_SET_UP, f"Kanalen {name} er ikke riktig satt opp. {why}") from wrong


def _set_up(name: str) -> WiredChannel:
    if name == Channel.ENCRYPTED_EMAIL:
        return encrypted_email()
    if name == Channel.EFORMIDLING:
        return eformidling()
    if name == Channel.FIKS:
        return fiks()
    if name == Channel.SVARUT:
        return svarut()
    if name == Channel.ALTINN:
        return altinn()
    raise CannotSend(Hindrance.BY_HAND, "Denne meldingen må overbringes av en person.")
