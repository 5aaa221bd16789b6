"""Alarms that reached nobody: whoever they fell to had no way that worked, or nobody was there at all."""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q

from savnet.followup.models import Alarm, StaffNotice
from savnet.watching.limits import ON_ITS_WAY

LATELY = timedelta(days=1)


def unreached(now: datetime) -> int:
    """How many rungs of the last day reached nobody, by whichever of their tries. What is on its way may yet do so."""
    same = Alarm.objects.filter(case_id=OuterRef("case_id"), subject=OuterRef("subject"), rung=OuterRef("rung"))
    tried = StaffNotice.objects.filter(person=OuterRef("person"), told=False, at__gte=OuterRef("fired_at"))
    under_way = Q(person__isnull=False, notice__told=None, notice__ended_at=None, fired_at__gt=now - ON_ITS_WAY)
    reached = same.filter(Q(notice__told=True) | (under_way & ~Exists(tried)))
    in_vain = Alarm.objects.filter(~Exists(reached), fired_at__gt=now - LATELY)
    return in_vain.order_by().values("case_id", "subject", "rung").distinct().count()
