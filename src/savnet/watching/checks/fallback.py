"""Questions to the packets outside Savnet: has each centre one, is it fresh, could what is owed be sealed?"""

from collections.abc import Iterator
from datetime import datetime

from savnet.followup.models import FallbackPacket
from savnet.register.models import Centre
from savnet.watching.findings import Finding, warning, well, wrong
from savnet.watching.limits import PACKET_LATE

PACKETS = "packets outside"


def packets(now: datetime) -> Iterator[Finding]:
    """Whether each centre could go on if all of it were down now."""
    centres = Centre.objects.filter(exercise_of=None)
    rows = FallbackPacket.objects.filter(centre__in=centres)
    fresh = rows.filter(looked_at__gte=now - PACKET_LATE)
    lacking, stale = centres.count() - rows.count(), rows.count() - fresh.count()
    if lacking:
        says = f"{lacking} centres have none yet"
        yield warning(PACKETS, says, "let a worker run for an hour, or run savnet keep-packets now")
    if stale:
        oldest = min(one.looked_at for one in rows)
        says = f"those of {stale} centres were not looked to since {oldest:%Y-%m-%d %H:%M} UTC or longer"
        yield wrong(PACKETS, says, "see «worker» and its log; then run savnet keep-packets")
    unsealed = sum(bool(one.why_not) for one in rows)
    if unsealed:
        do = "savnet keep-packets says where and why; until then let each centre print its open cases every evening"
        yield warning(PACKETS, f"what is owed at {unsealed} centres is nowhere but here", do)
    if not (lacking or stale or unsealed):
        yield well(PACKETS, f"{rows.count()} centres have theirs, {sum(one.cases for one in rows)} open cases sealed")
