"""The answer to "who gets this, how, and why just they?", and the error when nobody can be named."""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from savnet.register.addresses import (
    EXERCISE_ADDRESS,
    EXERCISE_NUMBER,
    EXERCISE_POSTAL,
    usable,
)
from savnet.register.models import Contact, Recipient
from savnet.rules.words import Channel
from savnet.rules.words import Recipient as Kind

NO_ADDRESS = _("Ingen adresse eller kanal er registrert.")
NO_PHONE = _("Telefonnummeret er ikke registrert.")


class NoRecipient(Exception):
    """Nobody can be named as the one to tell. Says why, and what the person at the screen is to do."""

    def __init__(self, reason: str, what_to_do: str) -> None:
        super().__init__(f"{reason} {what_to_do}")
        self.reason = reason
        self.what_to_do = what_to_do


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One way of reaching the receiver; the lowest `order` is the one it likes best.

    Delivery has the certificates, and says whether a letter may go by it.
    """

    channel: Channel
    address: str = ""
    order: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """Who gets a notice, found by rule and number. `reason` is shown beside the name; `missing` says what lacks.

    `confirmed` is False where someone answerable has yet to vouch for the routing or the address.
    """

    kind: Kind
    name: str
    label: str
    reason: str
    confirmed: bool
    number: str | None = None
    municipality: str | None = None
    phone: str = ""
    out_of_hours_phone: str = ""
    email: str = ""
    address: str = ""
    channels: tuple[Way, ...] = ()
    language: str = "nb"
    note: str = ""
    recipient_id: UUID | None = None
    contact_id: UUID | None = None
    missing: tuple[str, ...] = ()

    def way(self, channel: Channel) -> Way | None:
        """The way through that channel, if there is one."""
        return next((way for way in self.channels if way.channel is channel), None)


def from_office(
    kind: Kind,
    row: Recipient | None,
    *,
    name: str,
    reason: str,
    on: date,
    confirmed: bool = True,
    number: str | None = None,
    municipality: str | None = None,
) -> Resolution:
    """The answer for an office. Without a row the office is still named, so that the duty can be done on paper."""
    if row is None:
        return Resolution(
            kind=kind,
            name=name,
            label=name,
            reason=reason,
            confirmed=False,
            number=number,
            municipality=municipality,
            missing=(str(NO_ADDRESS), str(NO_PHONE)),
        )
    phone = _if_usable(row.phone)
    ways = _ways(row, on)
    return Resolution(
        kind=kind,
        name=row.name,
        label=row.name,
        reason=reason,
        confirmed=confirmed and row.confirmed,
        number=number,
        municipality=municipality,
        phone=phone,
        out_of_hours_phone=_if_usable(row.out_of_hours_phone),
        address=row.address,
        channels=ways,
        language=row.language,
        note=row.note,
        recipient_id=row.id,
        missing=_missing(bool(ways or row.address), phone),
    )


def disarmed(found: Resolution) -> Resolution:
    """The same receiver as an exercise may know it: name and reason, and no number or address that is theirs."""
    by_wire = found.way(Channel.ENCRYPTED_EMAIL) is not None or bool(found.email)
    return replace(
        found,
        phone=EXERCISE_NUMBER if found.phone else "",
        out_of_hours_phone=EXERCISE_NUMBER if found.out_of_hours_phone else "",
        email="",
        address=EXERCISE_POSTAL if found.address else "",
        channels=(Way(channel=Channel.ENCRYPTED_EMAIL, address=EXERCISE_ADDRESS),) if by_wire else (),
        note="",
    )


def from_contact(contact: Contact) -> Resolution:
    """The answer for one who acts for the child."""
    phone, email = _if_usable(contact.phone), _if_usable(contact.email)
    return Resolution(
        kind=Kind(contact.kind),
        name=contact.name,
        label=f"{contact.get_kind_display()} {contact.name}" + (f", {contact.firm}" if contact.firm else ""),
        reason=_since_when(contact),
        confirmed=True,
        phone=phone,
        email=email,
        address=contact.address,
        channels=_contact_ways(contact, email, phone),
        contact_id=contact.id,
        missing=_missing(bool(email or contact.address), phone),
    )


def _since_when(contact: Contact) -> str:
    words = {"kind": contact.get_kind_display().lower()}
    if not contact.valid_from:
        return gettext("Registrert som %(kind)s for beboeren.") % words
    words["day"] = norwegian_date(contact.valid_from)
    return gettext("Registrert som %(kind)s for beboeren fra %(day)s.") % words


def norwegian_date(day: date) -> str:
    """A date as it is written in running text."""
    return f"{day.day}.{day.month}.{day.year}"


def _ways(row: Recipient, on: date) -> tuple[Way, ...]:
    return tuple(
        Way(channel=Channel(each.channel), address=each.address, order=each.order)
        for each in row.channels.all()
        if each.holds(on) and usable(each.address, Channel(each.channel))
    )


def _contact_ways(contact: Contact, email: str, phone: str) -> tuple[Way, ...]:
    ways = []
    if email:
        ways.append(Way(channel=Channel.ENCRYPTED_EMAIL, address=email))
    if contact.address:
        ways.append(Way(channel=Channel.POST, address=contact.address))
    if phone:
        ways.append(Way(channel=Channel.PHONE, address=phone))
    return tuple(ways)


def _if_usable(address: str) -> str:
    return address if usable(address) else ""


def _missing(can_be_written_to: bool, phone: str) -> tuple[str, ...]:
    lacks = () if can_be_written_to else (str(NO_ADDRESS),)
    return lacks if phone else (*lacks, str(NO_PHONE))
