"""One child's case: what is owed and why, who has been told, the letters, and all that has happened."""

from typing import Any

from savnet.access.rights import Action
from savnet.cases.models import Case
from savnet.delivery.models import Message
from savnet.web.living import living
from savnet.web.opened import find_case, opened
from savnet.web.screen import Visit, screen
from savnet.web.shown import sort
from savnet.web.timeline import timeline


@screen(Action.SEE_CASE, "web/case.html", of=find_case)
def case(visit: Visit, case: Case) -> dict[str, Any]:
    """The case as it stands at this instant."""
    now = opened(case, visit.now)
    return {
        "case": case,
        "living": living(case.resident, visit.now),
        "derivation": now.derivation,
        "duties": sort(now.derivation.obligations, visit.now),
        "letters": list(Message.objects.filter(case_id=case.id)),
        "timeline": timeline(now.known),
    }
