"""One child: what is registered, whom to call, and the way to the case."""

from typing import Any

from savnet.access.check import may, sees
from savnet.access.rights import Action, FieldClass
from savnet.register.models import Photo, Resident
from savnet.register.models.transfer import OPEN
from savnet.register.models.validity import holding
from savnet.web.fresh import is_fresh
from savnet.web.living import living
from savnet.web.places import place_of
from savnet.web.screen import Visit, screen
from savnet.web.subjects import resident as find_resident
from savnet.web.times import OSLO


@screen(Action.SEE_CENTRE, "web/resident.html", of=find_resident)
def resident(visit: Visit, resident: Resident) -> dict[str, Any]:
    """What the register holds."""
    today = visit.now.astimezone(OSLO).date()
    where = place_of(resident, visit.person)
    seen = sees(visit.person, visit.held)
    others = FieldClass.THIRD_PARTY in seen
    places = FieldClass.WHEREABOUTS in seen
    return {
        "place": "residents",
        "living": living(resident, visit.now),
        "resident": resident,
        "contacts": list(resident.contacts.filter(holding(today))),
        "former": list(resident.contacts.filter(valid_to__lte=today)),
        "appointments": list(resident.appointments.filter(cancelled=False, at__gte=visit.now)),
        "aliases": list(resident.aliases.all()),
        "telephones": list(resident.telephones.all()),
        "profiles": list(resident.social_accounts.all()),
        "network": list(resident.network.all()) if others else [],
        "others": others,
        "shows_places": places and is_fresh(visit.request, visit.now),
        "folds_places": places and not is_fresh(visit.request, visit.now),
        "photo": Photo.objects.filter(resident=resident).defer("image").first(),
        "leaves": list(resident.leaves.filter(ended_at=None, return_at__gte=visit.now)),
        "move": resident.transfers.filter(state__in=OPEN).select_related("to_centre").first(),
        "records": may(visit.person, Action.RECORD, where),
        "adds": may(visit.person, Action.ADD_TO_RESIDENT, where),
        "discloses": may(visit.person, Action.SEE_DISCLOSED, where),
        "keeps": may(visit.person, Action.KEEP_RESIDENTS, where),
    }
