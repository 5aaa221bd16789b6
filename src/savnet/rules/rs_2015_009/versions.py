"""Which version of the circular was in force when. A day before the first is an error, never an empty answer."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from savnet.rules.obligation import LegalBasis
from savnet.rules.provision import Trigger
from savnet.rules.rs_2015_009 import v2015_07_13, v2018_01_18, v2018_02_02, v2018_02_27, v2018_07_03
from savnet.rules.rs_2015_009.v2015_07_13 import Duty
from savnet.rules.words import Recipient


class NoVersionInForce(ValueError):
    """The circular did not exist on that day; nothing can be said of what was owed."""

    def __init__(self, day: date) -> None:
        self.day = day
        super().__init__(
            f"RS 2015-009 was not in force on {day.isoformat()}: its first version is of 2015-07-13. Check the date."
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One dated version: when it was made, from when it holds, what changed, and which wording could not be had."""

    dated: date
    in_force_from: date
    changed: str
    duties: tuple[Duty, ...]
    legal_basis_child_welfare: Callable[[], LegalBasis]
    wording_not_available: frozenset[str]
    address_not_available: frozenset[Recipient]
    by_trigger: dict[Trigger, tuple[Duty, ...]] = field(init=False)

    def __post_init__(self) -> None:
        triggers = {trigger for duty in self.duties for trigger in duty.on}
        table = {one: tuple(duty for duty in self.duties if one in duty.on) for one in triggers}
        object.__setattr__(self, "by_trigger", table)


VERSIONS: tuple[Version, ...] = (
    Version(
        dated=date(2015, 7, 13),
        in_force_from=date(2015, 7, 13),
        changed="Nytt rundskriv.",
        duties=v2015_07_13.DUTIES,
        legal_basis_child_welfare=v2015_07_13.LEGAL_BASIS_CHILD_WELFARE,
        wording_not_available=v2015_07_13.WORDING_NOT_AVAILABLE,
        address_not_available=v2015_07_13.ADDRESS_NOT_AVAILABLE,
    ),
    Version(
        dated=date(2018, 1, 18),
        in_force_from=date(2018, 1, 18),
        changed="Ankomstenheten (ANK) har byttet navn til Koordineringsenheten (KOR).",
        duties=v2018_01_18.DUTIES,
        legal_basis_child_welfare=v2018_01_18.LEGAL_BASIS_CHILD_WELFARE,
        wording_not_available=v2018_01_18.WORDING_NOT_AVAILABLE,
        address_not_available=v2018_01_18.ADDRESS_NOT_AVAILABLE,
    ),
    Version(
        dated=date(2018, 2, 2),
        in_force_from=date(2018, 2, 2),
        changed="Ny setning først i punkt 4 om § 8-8 a og RS 2018-001.",
        duties=v2018_02_02.DUTIES,
        legal_basis_child_welfare=v2018_02_02.LEGAL_BASIS_CHILD_WELFARE,
        wording_not_available=v2018_02_02.WORDING_NOT_AVAILABLE,
        address_not_available=v2018_02_02.ADDRESS_NOT_AVAILABLE,
    ),
    Version(
        dated=date(2018, 2, 27),
        in_force_from=date(2018, 2, 27),
        changed="Ny e-postadresse til Koordineringsenheten i punkt 2.3 d.",
        duties=v2018_02_27.DUTIES,
        legal_basis_child_welfare=v2018_02_27.LEGAL_BASIS_CHILD_WELFARE,
        wording_not_available=v2018_02_27.WORDING_NOT_AVAILABLE,
        address_not_available=v2018_02_27.ADDRESS_NOT_AVAILABLE,
    ),
    Version(
        dated=date(2018, 7, 3),
        in_force_from=date(2018, 7, 1),
        changed="Punkt 2.3 b følger utlendingsforskriften § 17-6, i kraft 1. juli 2018.",
        duties=v2018_07_03.DUTIES,
        legal_basis_child_welfare=v2018_07_03.LEGAL_BASIS_CHILD_WELFARE,
        wording_not_available=v2018_07_03.WORDING_NOT_AVAILABLE,
        address_not_available=v2018_07_03.ADDRESS_NOT_AVAILABLE,
    ),
)
"""The five versions that are coded, oldest first."""

LATER_VERSION = (
    "Savnet følger RS 2015-009 slik rundskrivet lød 3. juli 2018. UDI har senere gitt det ut som UDI 2015-009; den "
    "teksten var ikke tilgjengelig da Savnet ble laget. Sjekk om den sier noe annet."
)
"""What every screen and letter says of the version it follows."""


@lru_cache(maxsize=4096)
def version_on(day: date) -> Version:
    """The version in force on a day in Norway. Raises NoVersionInForce before 13 July 2015."""
    for version in reversed(VERSIONS):
        if version.in_force_from <= day:
            return version
    raise NoVersionInForce(day)
