"""One child's case for paper: all that the person may see of it, unfolded, in the order in which it is read."""

from typing import Any

from savnet.access.rights import Action
from savnet.cases.models import Case
from savnet.web.case import as_it_stands
from savnet.web.screen import Visit, screen
from savnet.web.subjects import find_case


@screen(Action.SEE_CASE, "web/case_print.html", of=find_case)
def case_print(visit: Visit, case: Case) -> dict[str, Any]:
    """The same as on the screen; what this person may not see there stands not here either."""
    shown = as_it_stands(visit, case)
    return {**shown, "lines": [*shown["timeline"], *shown["timeline_rest"]]}
