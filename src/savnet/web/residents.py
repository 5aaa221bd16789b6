"""All who live at the centre, with one tap to the child and one to say that the child isn't here."""

from typing import Any

from savnet.access.check import may
from savnet.access.rights import Action
from savnet.web.living import living_at
from savnet.web.screen import Visit, screen
from savnet.web.subjects import AtCentre, own_centre


@screen(Action.SEE_CENTRE, "web/residents.html", of=own_centre)
def residents(visit: Visit, at: AtCentre) -> dict[str, Any]:
    """Those who live here now, by name."""
    return {
        "place": "residents",
        "centre": at.centre,
        "residents": living_at(at.centre_id, visit.now),
        "keeps": may(visit.person, Action.KEEP_RESIDENTS, at.centre_id),
    }
