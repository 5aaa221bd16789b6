"""Those who have moved out, so that one who was noted as moved by mistake can be found again."""

from typing import Any

from savnet.access.rights import Action
from savnet.register.models import Resident
from savnet.web.screen import Visit, screen
from savnet.web.subjects import AtCentre, own_centre


@screen(Action.SEE_CENTRE, "web/moved_out.html", of=own_centre)
def moved_out(visit: Visit, at: AtCentre) -> dict[str, Any]:
    """The latest first."""
    gone = Resident.objects.filter(centre_id=at.centre_id, left__isnull=False).order_by("-left", "given_name")
    return {"place": "residents", "centre": at.centre, "residents": gone}
