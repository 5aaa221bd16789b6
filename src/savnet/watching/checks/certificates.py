"""Questions about certificates: whose run out, and how soon?"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from cryptography import x509
from django.conf import settings

from savnet.delivery.certificates import expiring
from savnet.delivery.channels.encrypted_email.channel import revocation_lists
from savnet.watching.findings import Finding, not_set_up, warning, well, wrong
from savnet.watching.limits import WARN_DAYS

OURS = {
    "SIGNING_CERTIFICATE": "what we sign e-mail with",
    "ORGANISATION_CERTIFICATE": "the organisation's own",
    "SVARUT_KEY": "what we encrypt to SvarUt with",
}
RENEW = "order a new one and set {setting}"
ASK = "ask the receiver for a new one and add it; until then its letters go on paper"


def our_own(now: datetime) -> Iterator[Finding]:
    """How long our own certificates last."""
    for name, whose in OURS.items():
        if not (pem := getattr(settings, name)):
            yield not_set_up("certificates", f"{whose}: SAVNET_{name} is not set")
            continue
        for certificate in x509.load_pem_x509_certificates(pem.encode("ascii"))[:1]:
            do = RENEW.format(setting=f"SAVNET_{name}")
            yield _lasting(whose, certificate.not_valid_after_utc, now, do=do)


def receivers(now: datetime) -> Iterator[Finding]:
    """Which receivers' certificates run out, with no later one to follow."""
    soon = expiring(now, timedelta(days=max(WARN_DAYS)))
    for row in soon:
        yield _lasting(row.address, row.valid_until, now, do=ASK)
    if not soon:
        yield well("certificates", f"no receiver's runs out within {max(WARN_DAYS)} days")


def called_back(now: datetime) -> Iterator[Finding]:
    """How old the issuers' lists of certificates called back are. An old list still counts for what it names."""
    if not settings.SMIME_CRL:
        yield not_set_up("certificates", "SAVNET_SMIME_CRL is not set: nobody sees if a certificate is called back")
        return
    for one in revocation_lists(settings.SMIME_CRL):
        named, until = one.issuer.rfc4514_string(), one.next_update_utc
        if until and until <= now:
            says = f"the list of {named} should have been renewed on {until:%Y-%m-%d}"
            yield warning("certificates", says, "fetch the issuer's newest list and set SAVNET_SMIME_CRL")
        else:
            yield well("certificates", f"the list of {named} is fresh")


def _lasting(whose: str, until: datetime, now: datetime, *, do: str) -> Finding:
    """60, 30 and 14 days before the end are warnings; from 7 days on it is wrong."""
    left = (until - now).days
    if until <= now:
        return wrong("certificates", f"{whose}: ran out on {until:%Y-%m-%d}", do)
    stage = min((days for days in WARN_DAYS if left < days), default=None)
    if stage is None:
        return well("certificates", f"{whose}: lasts until {until:%Y-%m-%d}")
    says = f"{whose}: runs out on {until:%Y-%m-%d}, in {left} days (the {stage}-day warning)"
    return wrong("certificates", says, do) if stage == min(WARN_DAYS) else warning("certificates", says, do)
