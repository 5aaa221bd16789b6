"""What a person signs in with beside a password: one-time codes, reserve codes, passkeys.

The only place that touches django-allauth: its records, its codes and its WebAuthn. Its screens are not used, see
decision 0014.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.adapter import DefaultMFAAdapter, get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from allauth.mfa.utils import decrypt
from allauth.mfa.webauthn.internal import auth as webauthn
from django.core.exceptions import ValidationError
from django.db import transaction

from savnet.access.models import Person
from savnet.access.sign_in.models import Way
from savnet.access.sign_in.secrets_at_rest import opened, sealed

PURPOSE = "factor"
Kind = Authenticator.Type
UNREADABLE = (AttributeError, KeyError, TypeError, ValueError)
"""What the library raises for an answer that no browser gives."""


class NotAccepted(Exception):
    """The passkey's answer does not fit what we asked, or is nobody's."""


class Sealed(DefaultMFAAdapter):  # type: ignore[misc]  # allauth has no types
    """Keeps the secrets of the codes sealed, and names the site and the person as the authenticator apps show them."""

    def encrypt(self, text: str) -> str:
        return sealed(PURPOSE, text.encode()).hex()

    def decrypt(self, encrypted_text: str) -> str:
        return opened(PURPOSE, bytes.fromhex(encrypted_text)).decode()

    def get_totp_issuer(self) -> str:
        return "Savnet"

    def get_totp_label(self, user: Person) -> str:
        return user.username

    def get_public_key_credential_user_entity(self, user: Person) -> dict[str, Any]:
        return {**super().get_public_key_credential_user_entity(user), "name": user.username}


@dataclass(frozen=True, slots=True)
class Factor:
    """One thing a person can sign in with, as the person's own page lists it."""

    id: int
    kind: str
    name: str
    made_at: datetime
    last_used_at: datetime | None


def has_any(person: Person) -> bool:
    """Whether the person can finish signing in; reserve codes alone don't count, they run out."""
    return bool(_of(person).filter(type__in=[Kind.TOTP, Kind.WEBAUTHN]).exists())


def has_codes(person: Person) -> bool:
    return bool(_of(person).filter(type=Kind.TOTP).exists())


def has_passkey(person: Person) -> bool:
    return bool(_of(person).filter(type=Kind.WEBAUTHN).exists())


def listed(person: Person) -> list[Factor]:
    """Codes first, then passkeys in the order they were made."""
    rows = _of(person).exclude(type=Kind.RECOVERY_CODES).order_by("type", "created_at")
    return [Factor(row.id, row.type, _name(row), row.created_at, row.last_used_at) for row in rows]


def remove(person: Person, factor_id: int) -> bool:
    """Take one away; never the last, for then nobody could get in. Returns whether it went."""
    with transaction.atomic():
        Person.objects.select_for_update().get(pk=person.pk)
        real = _of(person).exclude(type=Kind.RECOVERY_CODES)
        if real.count() < 2:
            return False
        return bool(real.filter(id=factor_id).delete()[0])


def remove_all(person: Person) -> None:
    _of(person).delete()


# One-time codes


def new_secret() -> str:
    return str(totp.generate_totp_secret())


def picture(person: Person, secret: str) -> str:
    """The secret as a square of dots, for an authenticator app's camera: an SVG."""
    adapter = get_adapter()
    return str(adapter.build_totp_svg(adapter.build_totp_url(person, secret)))


def fits(secret: str, code: str) -> bool:
    """Whether a code comes from this secret, just now."""
    return _counter(secret, code) is not None


def take_up_codes(person: Person, secret: str, code: str) -> bool:
    """From now on this secret's codes are the person's; only if one of them is shown. That one is spent."""
    counter = _counter(secret, code)
    if counter is None:
        return False
    with transaction.atomic():
        _of(person).filter(type=Kind.TOTP).delete()
        made = totp.TOTP.activate(person, secret).instance
        made.data["spent_until"] = counter
        made.save(update_fields=["data"])
    return True


def check_code(person: Person, code: str) -> Way | None:
    """Whether it is a good one-time code or reserve code, and which. Each is good once, whichever server it reaches."""
    with transaction.atomic():
        row = _of(person).select_for_update().filter(type=Kind.TOTP).first()
        if row and _spend(row, code):
            row.record_usage()
            return Way.PASSWORD_AND_CODE
    reserve = _of(person).filter(type=Kind.RECOVERY_CODES).first()
    if reserve and RecoveryCodes(reserve).validate_code(code):
        return Way.PASSWORD_AND_RECOVERY_CODE
    return None


def _spend(row: Authenticator, code: str) -> bool:
    counter = _counter(decrypt(row.data["secret"]), code)
    if counter is None or counter <= row.data.get("spent_until", -1):
        return False
    row.data["spent_until"] = counter
    row.save(update_fields=["data"])
    return True


def _counter(secret: str, code: str) -> int | None:
    """The half minute that a code is of: this one, or a neighbour, since telephones' clocks differ."""
    for counter in totp.yield_hotp_counters_from_time():
        if compare_user_code(actual=code, expected=totp.format_hotp_value(totp.hotp_value(secret, counter))):
            return int(counter)
    return None


# Reserve codes


def new_reserve_codes(person: Person) -> list[str]:
    """Ten codes for when the telephone is gone. Those from before no longer work."""
    with transaction.atomic():
        _of(person).filter(type=Kind.RECOVERY_CODES).delete()
        return list(RecoveryCodes.activate(person).get_unused_codes())


def reserve_codes_left(person: Person) -> int:
    row = _of(person).filter(type=Kind.RECOVERY_CODES).first()
    return len(RecoveryCodes(row).get_unused_codes()) if row else 0


# Passkeys. What was asked is kept in the session of the request at hand.


def ask_for_new_passkey(person: Person) -> dict[str, Any]:
    """What the browser must ask the device for: a key that stays there and wants the person's finger, face or PIN."""
    return dict(webauthn.begin_registration(person, passwordless=True))


def add_passkey(person: Person, name: str, answer: Mapping[str, Any]) -> None:
    """Take up the key that the device made. Raises NotAccepted."""
    try:
        webauthn.parse_registration_response(dict(answer))
        made = webauthn.complete_registration(dict(answer))
    except (ValidationError, *UNREADABLE) as refusal:
        raise NotAccepted("The passkey does not answer what was asked.") from refusal
    if not made.is_user_verified():
        raise NotAccepted("The device did not check who held it.")
    webauthn.WebAuthn.add(person, name, dict(answer))


def ask_for_passkey(person: Person | None) -> dict[str, Any]:
    """What the browser must ask the device for; without a person, any passkey the device has for this site."""
    return dict(webauthn.begin_authentication(person))


def check_passkey(answer: Mapping[str, Any], person: Person | None = None) -> Person:
    """The person the passkey belongs to. Raises NotAccepted, also where it is another person's than the one given."""
    try:
        webauthn.parse_authentication_response(dict(answer))
        owner = person or webauthn.extract_user_from_response(dict(answer))
        used = webauthn.complete_authentication(owner, dict(answer))
    except (ValidationError, *UNREADABLE) as refusal:
        raise NotAccepted("The passkey does not answer what was asked.") from refusal
    if not isinstance(owner, Person) or not owner.is_active:
        raise NotAccepted("The passkey is of somebody who has no access.")
    used.record_usage()
    return owner


def _of(person: Person) -> Any:
    return Authenticator.objects.filter(user=person)


def _name(row: Authenticator) -> str:
    return row.wrap().name if row.type == Kind.WEBAUTHN else ""
