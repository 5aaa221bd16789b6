"""Questions about certificates: whose run out, and how soon?"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.conf import settings

from savnet.delivery.certificates import expiring
from savnet.delivery.channels.encrypted_email.channel import revocation_lists
from savnet.watching.expiry import OURS, TRUSTED, kept
from savnet.watching.findings import Finding, not_set_up, warning, well, wrong
from savnet.watching.limits import WARN_DAYS

RENEW = "order a new one and set SAVNET_{setting}"
REPLACE = "get its successor from the issuer, and set SAVNET_{setting} with that and without this one"
ASK = "ask the receiver for a new one, with its issuers, and add it; until then its letters go on paper"


def our_own(now: datetime) -> Iterator[Finding]:
    """How long our own certificates last, with those that vouch for them, and those of whom we trust."""
    for setting, whose in {**OURS, **TRUSTED}.items():
        if not getattr(settings, setting):
            yield from _unset(setting, whose)
            continue
        do = (RENEW if setting in OURS else REPLACE).format(setting=setting)
        try:
            yield from [_lasting(one.whose, one.until, now, do=do) for one in kept(setting)]
        except ValueError:
            yield wrong("certificates", f"{whose}: SAVNET_{setting} can't be read", "set it anew, as PEM")


def _unset(setting: str, whose: str) -> Iterator[Finding]:
    """Whom we trust need not be said: then it is whom the system trusts, or «mail server» says what is missing."""
    if setting in OURS:
        yield not_set_up("certificates", f"{whose}: SAVNET_{setting} is not set")


def receivers(now: datetime) -> Iterator[Finding]:
    """Which receivers' certificates run out, with no later one to follow."""
    soon = expiring(now, timedelta(days=max(WARN_DAYS)))
    for row in soon:
        yield _lasting(row.address, row.ends_at, now, do=ASK)
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
