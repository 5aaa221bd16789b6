"""The guard that keeps invented children away from real mailboxes and telephones.

The register is seeded with addresses from the circular, and those are real. In the demo only what can't exist may be
used: mail domains reserved by RFC 2606, telephone numbers that begin with 00 after the country code, municipality
numbers that begin with 00 or 99, and organisation numbers that begin with 2 or 3. Outside the demo it is the other way
round: an invented office is never found.
"""

import re

from django.conf import settings

from savnet.rules.words import Channel

RESERVED_ENDINGS = (".example", ".invalid", ".test", ".localhost")
RESERVED_DOMAINS = ("example.com", "example.net", "example.org", "localhost")
# 00 alone is the prefix for calls abroad, so a number without country code must begin with four noughts.
# No county is numbered 00 or 99 (the demo's own). Organisations have eight or nine first: two and three are for tests.
NUMBERED = {
    Channel.FIKS: re.compile(r"(00|99)\d{2}(/\d{2})?"),
    **dict.fromkeys((Channel.EFORMIDLING, Channel.SVARUT, Channel.ALTINN), re.compile(r"[23]\d{8}")),
}
"""Addresses that can reach nobody, on the channels where an address is a number."""
_IMPOSSIBLE_NUMBER = re.compile(r"(\+47|0047)00\d{6}|0000\d{4}")
# A street or a counter is no danger: nobody is reached before a person has walked there with the paper.
WALKED_TO = frozenset({Channel.POST, Channel.IN_PERSON, Channel.SYSTEM})
EXERCISE_ADDRESS = "ovelse@savnet.invalid"
EXERCISE_NUMBER = "+47 00 00 00 00"
EXERCISE_STREET, EXERCISE_POSTAL_CODE, EXERCISE_PLACE = "Øvelsesgata 1", "0000", "ØVELSE"
EXERCISE_POSTAL = f"{EXERCISE_STREET}\n{EXERCISE_POSTAL_CODE} {EXERCISE_PLACE}"
"""In an exercise everyone is reached here: a domain that can't exist, a number that nobody has, a street nowhere."""

_ADDRESS = re.compile(r"(https?://)?([^@\s,;:/?#]+@)?(?P<host>[\w.-]+)(:\d+)?([/?#]\S*)?")
_TELEPHONE = re.compile(r"\+?[\d\s().-]+")


class RealAddressInDemo(Exception):
    """The demo was about to use an address that may reach somebody. Use one under .example, or a +47 00 number."""


def is_reserved(address: str, channel: Channel | None = None) -> bool:
    """Whether this address can reach nobody: reserved mail domain, impossible number, or nothing at all."""
    wanted = address.strip().lower()
    if not wanted:
        return True
    if channel in NUMBERED:
        return NUMBERED[channel].fullmatch(wanted) is not None
    if _TELEPHONE.fullmatch(wanted):
        return _IMPOSSIBLE_NUMBER.fullmatch(re.sub(r"[\s().-]", "", wanted)) is not None
    # Anything but one plain address is refused: "a@real.no, b@x.example" must not pass for its last part.
    match = _ADDRESS.fullmatch(wanted)
    return match is not None and _is_reserved_host(match["host"])


def _is_reserved_host(host: str) -> bool:
    endings = (*RESERVED_ENDINGS, *(f".{name}" for name in RESERVED_DOMAINS))
    return host in RESERVED_DOMAINS or host.endswith(endings)


def usable(address: str, channel: Channel | None = None) -> bool:
    """Whether the running house may use this address: anything in earnest, only the impossible in the demo."""
    return not settings.DEMO or channel in WALKED_TO or is_reserved(address, channel)


def refuse_real_address(address: str, channel: Channel | None = None) -> None:
    """Raise RealAddressInDemo if this is the demo and the address may be real. To be called just before sending."""
    if not usable(address, channel):
        raise RealAddressInDemo("This is the demo, and the address could be real. Nothing was sent.")
