"""Keeping what is registered of a centre, and the times at which its residents are expected.

Cases at the centre hear of it in the same transaction: the municipality and the operator decide whom duties go to.
"""

from collections.abc import Mapping
from datetime import datetime, time
from typing import Any

from django.db import transaction

from savnet.access.models import Person
from savnet.cases.models import Case
from savnet.casework.case_at_hand import refresh
from savnet.casework.register_keeping import saved
from savnet.register.models import Centre, DailyTime


def change_centre(centre: Centre, facts: Mapping[str, Any], *, by: Person, now: datetime) -> Centre:
    """Put right what is registered. What `facts` doesn't name stays as it is. Raises NotKept."""
    with transaction.atomic():
        held = Centre.objects.select_for_update(of=("self",), no_key=True).get(id=centre.id)
        for field, value in facts.items():
            setattr(held, field, value)
        saved(held)
        for case in Case.objects.filter(resident__centre=held).select_related("resident__centre"):
            refresh(case.id, case.resident, by=by, now=now)
        return held


def add_daily_time(centre: Centre, name: str, clock: time, *, weekdays: str, now: datetime) -> DailyTime:
    """A time at which everyone is expected, from now on."""
    return saved(DailyTime(centre=centre, name=name, clock=clock, weekdays=weekdays, from_instant=now))


def end_daily_time(daily: DailyTime, *, now: datetime) -> DailyTime:
    """It no longer holds. What was due before now is still looked at."""
    daily.ended_at = now
    return saved(daily)
