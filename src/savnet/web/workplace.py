"""The front page of roles whose own screens are elsewhere, or not there yet: it says which role one has."""

from typing import Any

from savnet.access.rights import Action
from savnet.web.screen import Visit, screen
from savnet.web.subjects import Nowhere, nowhere


@screen(Action.SEE_WORKPLACE, "web/workplace.html", of=nowhere)
def workplace(visit: Visit, at: Nowhere) -> dict[str, Any]:
    """Who one is here."""
    return {"place": "workplace"}
