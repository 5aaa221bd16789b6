"""Certificates that run out: our own, those we trust by, and the receivers'; and whoever keeps them is told in time.

Told once for each stage, by what stands in the rows alone: whoever was last told before the newest stage was reached is
told now. So a worker that was down on the day tells late and not never, and a round done twice tells once.
"""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.x509.oid import NameOID
from django.conf import settings

from savnet.access.models import Person
from savnet.access.rights import Role
from savnet.delivery.certificates import expiring
from savnet.followup.models import StaffNotice
from savnet.followup.telling import tell
from savnet.followup.texts import Kind
from savnet.watching.limits import WARN_DAYS

OURS = {
    "SIGNING_CERTIFICATE": "what we sign e-mail with",
    "ORGANISATION_CERTIFICATE": "the organisation's own",
    "SVARUT_KEY": "what we encrypt to SvarUt with",
}
TRUSTED = {
    "SMIME_CA": "whom we trust to issue receivers' certificates",
    "SMTP_CA": "whom we trust to issue the mail server's certificate",
    "FIKS_CA": "whom we trust to issue the certificate of Fiks",
    "EFORMIDLING_CA": "whom we trust to issue the certificate of the integrasjonspunkt",
    "SVARUT_CA": "whom we trust to issue the certificate of SvarUt",
    "ALTINN_CA": "whom we trust to issue the certificate of Altinn",
    "ALIVE_CA": "whom we trust to issue the certificate of whoever hears our signal of life",
}
"""Settings that hold an issuer, where what the system trusts is not enough."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A certificate in a setting: what it is to us, and until when."""

    setting: str
    whose: str
    until: datetime


def kept(setting: str) -> list[Kept]:
    """Every certificate in a setting: the first is ours, or all are those we trust. ValueError if it can't be read."""
    pem = getattr(settings, setting)
    found = x509.load_pem_x509_certificates(pem.encode("ascii")) if pem else []
    return [Kept(setting, _whose(setting, place, one), one.not_valid_after_utc) for place, one in enumerate(found)]


def _whose(setting: str, place: int, certificate: x509.Certificate) -> str:
    if setting in OURS and place == 0:
        return OURS[setting]
    return f"{OURS.get(setting) or TRUSTED[setting]}: {_name(certificate)}"


def _readable() -> Iterator[Kept]:
    """What can't be read is for the doctor to say; it keeps nobody from being told of the rest."""
    for setting in (*OURS, *TRUSTED):
        with suppress(ValueError):
            yield from kept(setting)


def _name(certificate: x509.Certificate) -> str:
    """The name by which an issuer is known, else all that stands of it."""
    names = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(names[0].value) if names else certificate.subject.rfc4514_string()


def stage_reached(until: datetime, now: datetime) -> datetime | None:
    """When what ends then came to the newest of its stages, of which its end is the last; None before the first."""
    stages = (until - timedelta(days=days) for days in (*WARN_DAYS, 0))
    return max((one for one in stages if one < now), default=None)


def tell_who_keeps_them(now: datetime) -> int:
    """Tell register keepers of receivers' certificates and operators of our own; returns how many were told."""
    theirs = [
        max(reached, row.added_at)
        for row in expiring(now, timedelta(days=max(WARN_DAYS)))
        if (reached := stage_reached(row.ends_at, now))
    ]
    ours = [reached for one in _readable() if (reached := stage_reached(one.until, now))]
    operators = _employed_as(Role.SYSTEM_OPERATOR)
    return _tell(_employed_as(Role.REGISTER_KEEPER) or operators, theirs, now) + _tell(operators, ours, now)


def _employed_as(role: Role) -> list[Person]:
    return list(Person.objects.filter(role=role, is_active=True))


def _tell(people: Iterable[Person], reached: list[datetime], now: datetime) -> int:
    """Each of them who has not been told since the newest of these instants."""
    newest = max(reached, default=None)
    if newest is None:
        return 0
    of_this = StaffNotice.objects.filter(kind=Kind.CERTIFICATE.value, at__gte=newest)
    heard = set(of_this.values_list("person_id", flat=True))
    unheard = [one for one in people if one.pk not in heard]
    for person in unheard:
        tell(person, Kind.CERTIFICATE, now=now)
    return len(unheard)
