"""For the child: who has looked at what is kept of her, by role and office, in words, to be printed and given."""

from datetime import datetime
from typing import Any

from savnet.access.looked_at import looked_at as read
from savnet.access.relations import Office
from savnet.access.rights import Action
from savnet.cases.models import Case
from savnet.cases.owed import told_since
from savnet.register.models import Resident
from savnet.register.models.transfer import Transfer
from savnet.rules.words import Actor
from savnet.web.screen import Visit, screen
from savnet.web.subjects import resident as find_resident
from savnet.web.wording.looks import line


@screen(Action.PRINT_LOOKS, "web/looked_at.html", of=find_resident)
def looked_at(visit: Visit, resident: Resident) -> dict[str, Any]:
    """Every look, the newest first."""
    case = Case.objects.filter(resident=resident).first()
    came_from = Transfer.objects.filter(resident=resident).values_list("from_centre_id", flat=True)
    lived = (resident.centre_id, *came_from)
    found = read(resident.id, case_id=case.id if case else None, lived=lived, told=_told(case) if case else {})
    return {"resident": resident, "lines": [line(one) for one in found.looks], "found": found}


def _told(case: Case) -> dict[Office, datetime]:
    """A regional office is known by its number; of the other kinds there is one in the country."""
    regional = Actor.REGION.value
    return {Office(one.kind, one.region if one.kind == regional else ""): one.since for one in told_since(case.id)}
