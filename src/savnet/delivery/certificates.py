"""The receivers' certificates: added, found by address, withdrawn, and watched for the day they run out."""

from collections.abc import Collection
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding

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
    """The certificate to use for an address now, as PEM: the valid one that lasts longest.

    Where none is valid, the one that lasted longest, so that the reason can be told; None where there is none at all.
    """
    kept = ReceiverCertificate.objects.filter(address=address.lower(), withdrawn_at=None).order_by("-valid_until")
    row = kept.filter(valid_from__lte=now, valid_until__gt=now).first() or kept.first()
    return row.certificate if row else None


def expiring(
    now: datetime, within: timedelta, *, addresses: Collection[str] | None = None
) -> list[ReceiverCertificate]:
    """Certificates in use that end within this time and have no later one to follow, soonest first.

    A certificate whose issuer ends before it ends with its issuer. `addresses`: of these only, in small letters.
    """
    kept = ReceiverCertificate.objects.filter(withdrawn_at=None)
    rows = list(kept if addresses is None else kept.filter(address__in=addresses))
    lasting = {one.address for one in rows if one.ends_at > now + within}
    return sorted((one for one in rows if one.address not in lasting), key=lambda one: one.ends_at)
