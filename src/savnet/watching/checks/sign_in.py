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
    few = sum(working.filter(CAN_HELP, centre=one).count() < ENOUGH for one in staffed)
    if few:
        says = f"{few} centres have fewer than {ENOUGH} who can help a colleague back in"
        yield warning(HELPERS, says, "their leaders see it under «Hjelp en kollega inn igjen», and name more there")
    else:
        yield well(HELPERS, f"{ENOUGH} or more at every centre")
