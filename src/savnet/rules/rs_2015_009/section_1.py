"""Section 1: whom the circular covers on a day; which days decide is reading 12."""

from datetime import date

from savnet.rules.facts import Resident
from savnet.rules.obligation import Refusal
from savnet.rules.provision import provision
from savnet.rules.time import has_turned

UNDER_15 = Refusal(
    provision="1-8",
    responsible="child_welfare",
    why="Under 15 år: barnevernstjenesten har ansvaret. Saken følges likevel her til barnet er gjort rede for.",
)
DECIDED_ADULT = Refusal(
    provision="1-4",
    responsible="centre",
    why="UDI har i vedtak fastsatt alderen til over 18 år. Reglene for voksne som forsvinner (RS 2014-020) gjelder.",
)
ADULT = Refusal(
    provision="1-3",
    responsible="centre",
    why="Registrert som 18 år eller eldre på dagen. Reglene for voksne som forsvinner (RS 2014-020) gjelder.",
)
WITH_PARENT = Refusal(
    provision="1-3",
    responsible="centre",
    why="Har foreldre eller andre med foreldreansvar i Norge. Rundskrivet gjelder enslige mindreårige.",
)


def refusal(resident: Resident, *, decided_over_18: bool, on: date) -> Refusal | None:
    """Why the circular does not cover this resident on the day `on`, and who is responsible; None where it does."""
    if not registered_unaccompanied(resident) and not with_accompanying_person(resident):
        return WITH_PARENT
    if not minor_until_decided(decided_over_18=decided_over_18):
        return DECIDED_ADULT
    if under_15(resident, on=on):
        return UNDER_15
    return None if within_the_registered_ages(resident, on=on) else ADULT


@provision("1-3", point="1", words="registrert i … DUF med alderen 15–18 år", readings=(2, 10, 11, 12))
def within_the_registered_ages(resident: Resident, *, on: date) -> bool:
    """15 and not yet 18 by the registered date of birth; where none is registered, the child's word stands."""
    return resident.born is None or not has_turned(resident.born, 18, on=on)


@provision("1-3", point="1", words="uten foreldre eller andre som utøver foreldreansvar i Norge", readings=(10,))
def registered_unaccompanied(resident: Resident) -> bool:
    """Without parents or others with parental responsibility in Norway."""
    return resident.unaccompanied


@provision(
    "1-4",
    also=("1-5",),
    point="1",
    words="regnes som mindreårige inntil UDI fastsetter alder til over 18 år i vedtak",
    readings=(12,),
)
def minor_until_decided(*, decided_over_18: bool) -> bool:
    """Doubt about age, or an examination, never ends minority; only UDI's decision does. So 1-5 needs no rule more."""
    return not decided_over_18


@provision("1-6", point="1", words="mindreårige med følgepersoner uten omsorgsansvar")
def with_accompanying_person(resident: Resident) -> bool:
    """Somebody came along who has no responsibility of care."""
    return resident.accompanied_by is not None


@provision(
    "1-8", point="1", words="Barneverntjenesten har ansvaret for enslige mindreårige under 15 år", readings=(11, 12)
)
def under_15(resident: Resident, *, on: date) -> bool:
    """Not yet 15 by the registered date of birth."""
    return resident.born is not None and not has_turned(resident.born, 15, on=on)
