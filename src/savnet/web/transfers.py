"""Who comes here, and who is on the way from here."""

from typing import Any

from savnet.access.rights import Action
from savnet.register.models import Transfer
from savnet.register.models.transfer import OPEN
from savnet.web.screen import Visit, screen
from savnet.web.subjects import AtCentre, own_centre


@screen(Action.SEE_CENTRE, "web/transfers.html", of=own_centre)
def transfers(visit: Visit, at: AtCentre) -> dict[str, Any]:
    """Every open transfer to and from the centre."""
    standing = Transfer.objects.filter(state__in=OPEN).select_related("resident", "from_centre", "to_centre")
    return {
        "place": "transfers",
        "centre": at.centre,
        "coming": list(standing.filter(to_centre=at.centre_id)),
        "going": list(standing.filter(from_centre=at.centre_id)),
    }
