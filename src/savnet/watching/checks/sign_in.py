"""Questions about signing in: is there at each centre somebody who can help a colleague back in?"""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Q

from savnet.access.models import Person
from savnet.access.rights import Role
from savnet.register.models import Centre
from savnet.watching.findings import Finding, warning, well

HELPERS, ENOUGH = "helpers", 2
CAN_HELP = Q(role=Role.CENTRE_LEADER) | Q(may_recover__isnull=False)


def helpers(now: datetime) -> Iterator[Finding]:
    """Whether two at each centre can let in one who has lost her key: it takes two, and neither may be the one."""
    working = Person.objects.filter(is_active=True)
    staffed = Centre.objects.filter(exercise_of=None, id__in=working.values("centre"))
    few = [one for one in staffed if working.filter(CAN_HELP, centre=one).count() < ENOUGH]
    if few:
        says = f"{len(few)} centres have fewer than {ENOUGH} who can help a colleague back in, as {few[0].name}"
        yield warning(HELPERS, says, "let the leader there name more, under «Hjelp en kollega inn igjen»")
    else:
        yield well(HELPERS, f"{ENOUGH} or more at every centre")
