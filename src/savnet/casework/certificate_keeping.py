"""The certificates of whoever is written to: looked at before they are proposed, taken into use by two.

Whoever could add one alone could have letters sealed to a key of their own. One alone may stop using it: then the
letters go on paper. Those of the offices come with the office; those of lawyers and representatives stand in
`contact_certificates`.
"""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from django.utils.translation import gettext as _

from savnet.access.models import Person
from savnet.casework.errors import CaseworkError
from savnet.delivery import registry
from savnet.delivery.certificates import add_certificate, withdraw_certificate
from savnet.delivery.channel import CannotSend, Envelope
from savnet.delivery.channels.encrypted_email.certificates import addresses, read
from savnet.delivery.models import ReceiverCertificate
from savnet.delivery.words import Hindrance
from savnet.rules.words import Channel

Content = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A certificate as a person checks it: who issued it to whom, until when, and the fingerprint to read out."""

    addresses: tuple[str, ...]
    issuer: str
    valid_from: datetime
    valid_until: datetime
    fingerprint: str


def shown(pem: str) -> Shown:
    """What stands in it. Raises CaseworkError where it can't be read."""
    try:
        own = read(pem, "")[0]
    except CannotSend as unreadable:
        raise CaseworkError(
            _("Dette er ikke et sertifikat. Lim inn teksten som begynner med BEGIN CERTIFICATE."), field="certificate"
        ) from unreadable
    return Shown(
        addresses=tuple(sorted(addresses(own))),
        issuer=_name(own.issuer),
        valid_from=own.not_valid_before_utc,
        valid_until=own.not_valid_after_utc,
        fingerprint=own.fingerprint(hashes.SHA256()).hex(" ", 2).upper(),
    )


def _name(name: x509.Name) -> str:
    return ", ".join(str(part.value) for part in name)


def refuse_unusable(content: Content, *, now: datetime) -> None:
    """Raise CaseworkError where the certificate that is proposed could seal no letter to this office today."""
    if pem := content.get("certificate"):
        refuse_unusable_for(_meant_for(content), pem, now=now)


def refuse_unusable_for(address: str, pem: str, *, now: datetime) -> None:
    """Raise CaseworkError where no letter to this address could be sealed to the certificate today."""
    try:
        envelope = Envelope(message_id=uuid.uuid4(), address=address, at=now, certificate=pem)
        registry.channel(Channel.ENCRYPTED_EMAIL).check(envelope)
    except CannotSend as cannot:
        # Where e-mail is not set up yet nobody can tell; each sending looks again.
        if cannot.hindrance is not Hindrance.NOT_SET_UP:
            raise CaseworkError(cannot.reason, field="certificate") from cannot


def _meant_for(content: Content) -> str:
    """The office's address for encrypted e-mail that the certificate names. Raises CaseworkError without one."""
    named = shown(content["certificate"]).addresses
    mine = [str(address) for channel, address in content["after"]["ways"] if channel == Channel.ENCRYPTED_EMAIL]
    found = next((one for one in mine if one.lower() in named), None)
    if found is None:
        text = _("Sertifikatet er ikke utstedt til adressen som står under kryptert e-post.")
        raise CaseworkError(text, field="certificate")
    return found


def take_into_use(content: Content, *, by: Person, now: datetime) -> None:
    """Keep it. For `two_persons` alone."""
    if pem := content.get("certificate"):
        add_certificate(_meant_for(content), pem, by=by.name, now=now)


def in_use(mail_addresses: Iterable[str], now: datetime) -> list[ReceiverCertificate]:
    """What letters to these addresses may be sealed to now."""
    wanted = {one.lower() for one in mail_addresses}
    holding = ReceiverCertificate.objects.filter(withdrawn_at=None, valid_from__lte=now, valid_until__gt=now)
    return list(holding.filter(address__in=wanted).order_by("address", "-valid_until"))


def stop_using(mail_addresses: Iterable[str], *, by: Person, now: datetime) -> int:
    """Seal nothing more to any of them, such as when a key is lost; returns how many there were."""
    stopped = in_use(mail_addresses, now)
    for row in stopped:
        withdraw_certificate(row, by=by.name, now=now)
    return len(stopped)
