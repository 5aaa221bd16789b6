"""The look at each child whom a list names because somebody looked for that very name: logged before it is shown."""

from collections.abc import Iterable

from django.db import connection

from savnet.access import looks
from savnet.access.check import sees, stands
from savnet.access.looks import Looking
from savnet.access.rights import Action
from savnet.register.models import Resident
from savnet.web.admission import OF_A_LIST, UNWRITABLE, NotLogged
from savnet.web.places import place_of
from savnet.web.screen import Visit


def log_shown(visit: Visit, children: Iterable[Resident]) -> None:
    """Write one look for each; the answer leaves only when they are committed. Raises NotLogged."""
    for child in children:
        held = stands(visit.person, place_of(child, visit.person), now=visit.now)
        looking = Looking(
            at=visit.now,
            screen="search",
            action=Action.SEARCH,
            why=" ".join(sorted(held)),
            allowed=True,
            subject=child.id,
            subject_centre=child.centre_id,
            classes=sees(visit.person, held) & OF_A_LIST,
        )
        try:
            looks.write(visit.person, looking)
        except UNWRITABLE as problem:
            if connection.connection is None or connection.connection.closed:
                raise
            raise NotLogged(looking, None) from problem
