"""The demo's offices: the receivers of every notice, with addresses that reach nobody but the post room."""

from collections.abc import Iterable
from datetime import datetime

from savnet.delivery.certificates import add_certificate
from savnet.demo.receivers import certificate_for
from savnet.register.models import Centre, Recipient, RecipientChannel
from savnet.rules.words import Channel
from savnet.rules.words import Recipient as Kind

OFFICES: tuple[tuple[Kind, str, str, str, str, str], ...] = (
    (Kind.POLICE_DISTRICT, "fjordkanten", "Fjordkanten politidistrikt", "+47 00 33 00 01", "ops@politi.example", "nb"),
    (Kind.CHILD_WELFARE, "9901", "Barnevernstjenesten i Granvik", "+47 00 11 00 40", "barnevern@granvik.example", "nb"),
    (Kind.CHILD_WELFARE, "9902", "Barnevernstenesta i Solvær", "+47 00 22 00 40", "barnevern@solvaer.example", "nn"),
    (Kind.CHILD_WELFARE, "9903", "Barnevernstjenesten i Storfjell", "+47 00 44 00 40", "", "nb"),
    (Kind.REGION, "fjord", "UDI Regionkontor Fjord", "+47 00 55 00 10", "region@udi.example", "nb"),
    (Kind.KOR, "", "Koordineringsenheten (KOR)", "+47 00 55 00 20", "kor@udi.example", "nb"),
    (Kind.BFE, "", "Barnefaglig enhet (BFE)", "+47 00 55 00 30", "bfe@udi.example", "nb"),
    (Kind.ASA, "", "Asylavdelingen (ASA)", "+47 00 55 00 40", "asa@udi.example", "nb"),
    (Kind.DECISION_UNIT, "", "Vedtaksenheten", "+47 00 55 00 50", "vedtak@udi.example", "nb"),
    (Kind.UNE, "", "Utlendingsnemnda (UNE)", "+47 00 55 00 60", "post@une.example", "nb"),
    (Kind.PU, "", "Politiets utlendingsenhet (PU)", "+47 00 55 00 70", "post@pu.example", "nb"),
)
"""Kind, number, name, telephone, e-mail (none: only paper reaches them), written standard."""


def furnish(now: datetime) -> None:
    """Put every office in the register, with its certificate where it has an address."""
    for kind, number, name, phone, email, language in OFFICES:
        office, _ = Recipient.objects.get_or_create(
            kind=kind.value,
            number=number,
            invented=True,
            defaults={
                "name": name,
                "phone": phone,
                "out_of_hours_phone": phone,
                "address": f"Postboks {len(name)}\n0000 Granvik",
                "language": language,
                "source": "Oppdiktet for demoen",
                "confirmed": kind is not Kind.POLICE_DISTRICT,
            },
        )
        if email:
            give_address(office, email, now)


def certify(centres: Iterable[Centre], now: datetime) -> None:
    """A certificate for each centre's own mailbox, so that what is owed there can be sealed to it (decision 0032)."""
    for centre in centres:
        add_certificate(centre.email, certificate_for(centre.email), by="demo", now=now)


def give_address(office: Recipient, email: str, now: datetime) -> None:
    """An address for encrypted e-mail, and the certificate it is encrypted to."""
    RecipientChannel.objects.get_or_create(
        recipient=office, channel=Channel.ENCRYPTED_EMAIL.value, defaults={"address": email, "order": 1}
    )
    add_certificate(email, certificate_for(email), by="demo", now=now)
