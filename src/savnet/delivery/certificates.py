"""The receivers' certificates: added, found by address, withdrawn, and watched for the day they run out."""

from collections.abc import Collection
from datetime import datetime, timedelta
from functools import lru_cache
from itertools import groupby

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from django.conf import settings
from django.db.models import QuerySet

from savnet.delivery.channel import CannotSend
from savnet.delivery.channels.encrypted_email.certificates import usable
from savnet.delivery.channels.encrypted_email.channel import revocation_lists
from savnet.delivery.models import ReceiverCertificate


def add_certificate(address: str, pem: str, *, by: str, now: datetime) -> ReceiverCertificate:
    """Keep a receiver's certificate. The same one added twice is one row. Raises ValueError if it can't be read.

    Those that lead up to its issuer may follow it in the PEM, and are kept with it.
    Whether it may be used is decided each time something is sent, for a good certificate grows old.
    """
    certificate, *issuers = x509.load_pem_x509_certificates(pem.encode("ascii"))
    row, _ = ReceiverCertificate.objects.get_or_create(
        address=address.lower(),
        sha256=certificate.fingerprint(hashes.SHA256()).hex(),
        defaults={
            "certificate": "".join(one.public_bytes(Encoding.PEM).decode("ascii") for one in (certificate, *issuers)),
            "valid_from": certificate.not_valid_before_utc,
            "valid_until": certificate.not_valid_after_utc,
            "added_at": now,
            "added_by": by,
        },
    )
    return row


def withdraw_certificate(row: ReceiverCertificate, *, by: str, now: datetime) -> None:
    """Stop using a certificate, such as when the receiver says that its key is lost."""
    row.withdrawn_at, row.withdrawn_by = now, by
    row.save(update_fields=["withdrawn_at", "withdrawn_by"])


def newest_certificate(address: str, now: datetime) -> str | None:
    """The certificate to use for an address now, as PEM: of those that a letter can be sealed to, what lasts longest.

    Where there is none such, what lasts or lasted longest by its own dates, so that the reason can be told; None where
    there is none at all.
    """
    kept = list(_kept([address]).order_by("-valid_until"))
    # Only where there is a choice: of one alone the sending itself says what is wrong.
    fit = [one for one in kept if _can_be_sealed_to(one, now)] if len(kept) > 1 else []
    valid = [one for one in kept if one.valid_from <= now < one.valid_until]
    row = max(fit, key=_end, default=None) or next(iter(valid or kept), None)
    return row.certificate if row else None


def sealable(addresses: Collection[str], now: datetime) -> frozenset[str]:
    """Those of the addresses that a letter can be sealed to now, in small letters."""
    valid = _kept(addresses).filter(valid_from__lte=now, valid_until__gt=now)
    return frozenset(one.address for one in valid if _can_be_sealed_to(one, now))


def expiring(
    now: datetime, within: timedelta, *, addresses: Collection[str] | None = None
) -> list[ReceiverCertificate]:
    """The last certificate of each address where that ends within this time, soonest first.

    A certificate whose issuer ends before it ends with its issuer. One that was called back, or whose issuer we do not
    trust, follows no other. `addresses`: of these only.
    """
    rows = _kept(addresses).order_by("address")
    last = (max(_good(list(one), now), key=_end) for _, one in groupby(rows, key=lambda row: row.address))
    return sorted((one for one in last if one.ends_at <= now + within), key=_end)


def _kept(addresses: Collection[str] | None) -> QuerySet[ReceiverCertificate]:
    kept = ReceiverCertificate.objects.filter(withdrawn_at=None)
    return kept if addresses is None else kept.filter(address__in={one.lower() for one in addresses})


def _end(row: ReceiverCertificate) -> datetime:
    return row.ends_at


def _good(rows: list[ReceiverCertificate], now: datetime) -> list[ReceiverCertificate]:
    """Those of one address that a letter can be sealed to in their time; all where none can, or there is no choice."""
    if len(rows) == 1:
        return rows
    return [one for one in rows if _can_be_sealed_to(one, min(max(now, one.valid_from), one.ends_at))] or rows


def _can_be_sealed_to(row: ReceiverCertificate, at: datetime) -> bool:
    """Whether sending would take it, judged as sending judges; by its dates alone where nobody is trusted yet."""
    trusted, revoked = _judged_by(settings.SMIME_CA, settings.SMIME_CRL)
    if not trusted:
        return row.valid_from <= at <= row.valid_until
    try:
        usable(row.certificate, row.address, at=at, trusted=trusted, revoked=revoked)
    except CannotSend:
        return False
    return True


@lru_cache(maxsize=2)
def _judged_by(ca: str, crl: str) -> tuple[list[x509.Certificate], tuple[x509.CertificateRevocationList, ...]]:
    """Whom we trust to issue, and what they have called back. Nobody where the setting is empty, or can't be read."""
    try:
        return (x509.load_pem_x509_certificates(ca.encode("ascii")) if ca else []), revocation_lists(crl)
    except ValueError:
        return [], ()  # the doctor says so, and every sending does
