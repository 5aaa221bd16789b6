"""What the front page asks of the shift beside the cases: questions, the roll call, and who comes and goes."""

from dataclasses import dataclass
from datetime import datetime

from savnet.casework import presence
from savnet.register.models import Centre, DailyTime, PresenceQuestion, RollCall, Transfer
from savnet.register.models.transfer import OPEN
from savnet.rules.words import CaseState


@dataclass(frozen=True, slots=True)
class OnWatch:
    """Everything that waits for somebody to say something. `untaken` are roll calls nobody took in time."""

    questions: tuple[PresenceQuestion, ...]
    untaken: tuple[RollCall, ...]
    coming: tuple[Transfer, ...]
    going: tuple[Transfer, ...]
    counts: bool
    """Whether the centre has fixed times at all; without them the house can't notice who is missed."""

    grace: int


def on_watch(centre: Centre, now: datetime) -> OnWatch:
    """What waits at the centre now."""
    moving = Transfer.objects.filter(state__in=OPEN).select_related("resident", "from_centre", "to_centre")
    return OnWatch(
        questions=open_questions(centre),
        untaken=tuple(RollCall.objects.filter(centre=centre, nobody_took_it=True, looked_at=None, marks=None)),
        coming=tuple(moving.filter(to_centre=centre)),
        going=tuple(moving.filter(from_centre=centre)),
        counts=DailyTime.objects.filter(centre=centre, ended_at=None).exists(),
        grace=int(presence.grace(centre).total_seconds() // 60),
    )


def open_questions(centre: Centre) -> tuple[PresenceQuestion, ...]:
    """Those that nobody has answered, also not in the case."""
    absent = {"resident__centre": centre, "resident__case__state": CaseState.ABSENT.value}
    return tuple(PresenceQuestion.objects.filter(answered_at=None, **absent).select_related("resident__case"))
