"""The certificates of no office, kept by address alone: of lawyers, representatives, and the centres themselves.

Whoever keeps them sees no child, and so not whose an address is. The centre tells it, as the child's page has it.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from savnet.access.models import Person
from savnet.casework.certificate_keeping import refuse_unusable_for, shown
from savnet.casework.errors import CaseworkError
from savnet.casework.recipient_keeping import refuse_unsaid
from savnet.delivery.certificates import add_certificate
from savnet.delivery.models import ReceiverCertificate
from savnet.register.addresses import RealAddressInDemo, refuse_real_address
from savnet.register.models import RecipientChannel
from savnet.register.models.recipient import SendingChannel

Content = Mapping[str, Any]


def refuse_wrong(content: Content, *, now: datetime) -> None:
    """Raise CaseworkError where it is no address, an office's own, or no letter could be sealed to the certificate."""
    address = content["address"]
    try:
        validate_email(address)
        refuse_real_address(address)
    except (ValidationError, RealAddressInDemo) as wrong:
        raise CaseworkError(_("Skriv e-postadressen slik den står i sertifikatet."), field="address") from wrong
    if address.lower() in _of_offices():
        text = _("Adressen hører til et kontor. Legg sertifikatet inn på kontoret under Mottakere.")
        raise CaseworkError(text, field="address")
    if address.lower() not in shown(content["certificate"]).addresses:
        raise CaseworkError(_("Sertifikatet er ikke utstedt til denne adressen."), field="certificate")
    refuse_unusable_for(address, content["certificate"], now=now)
    refuse_unsaid(content)


def take_into_use(content: Content, *, by: Person, now: datetime) -> None:
    """Keep it. For `two_persons` alone; what has become unusable while it waited is refused."""
    refuse_wrong(content, now=now)
    add_certificate(content["address"], content["certificate"], by=by.name, now=now)


def kept(now: datetime) -> list[ReceiverCertificate]:
    """Those that are no office's, the newest of each address, also one that has run out; the soonest to end first."""
    rows = ReceiverCertificate.objects.filter(withdrawn_at=None, valid_from__lte=now).exclude(address__in=_of_offices())
    newest = {one.address: one for one in rows.order_by("valid_until")}
    return sorted(newest.values(), key=lambda one: (one.valid_until, one.address))


def _of_offices() -> set[str]:
    mail = RecipientChannel.objects.filter(channel=SendingChannel.ENCRYPTED_EMAIL, valid_to=None)
    return set(mail.annotate(small=Lower("address")).values_list("small", flat=True))
