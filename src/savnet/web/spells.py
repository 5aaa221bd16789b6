"""One disappearance told from those before: what stood in the way of the last must not be taken for this."""

from collections.abc import Iterable
from datetime import datetime

from savnet.casework.case_at_hand import CaseAtHand
from savnet.casework.facts import began
from savnet.rules.words import CaseState
from savnet.web.shown import Shown


def away_since(now: CaseAtHand) -> datetime | None:
    """Since when the child has been missing, or else not where it should be; None where it is here."""
    state = now.derivation.state
    if state is CaseState.MISSING:
        return now.derivation.missing_since
    return began(now) if state is CaseState.ABSENT else None


def spell_began(now: CaseAtHand) -> datetime | None:
    """When the absence or disappearance that the case is about now began; None where there has been none.

    The belief may be dated to the minute in which the absence was noticed, and so some seconds before it.
    """
    absent, missing = began(now), now.derivation.missing_since
    if absent and missing and missing >= absent.replace(second=0, microsecond=0):
        return min(absent, missing)
    return absent


def outside(now: CaseAtHand) -> bool:
    """Whether the circular asks nothing of anybody about the child who is away now: another rule or office answers."""
    since = away_since(now)
    owed = now.derivation.obligations
    return bool(now.derivation.refused) and since is not None and not any(one.arisen_at >= since for one in owed)


def of_this(shown: Iterable[Shown], since: datetime | None) -> tuple[list[Shown], list[Shown]]:
    """What belongs to the present spell, and what to those before it."""
    every = list(shown)
    if since is None:
        return every, []
    return (
        [one for one in every if one.obligation.arisen_at >= since],
        [one for one in every if one.obligation.arisen_at < since],
    )
