"""Looks that the door can't know of, since only the answer says whom it names: logged before it is shown."""

from collections.abc import Iterable

from django.db import connection

from savnet.access import looks
from savnet.access.check import sees, stands
from savnet.access.looks import Looking
from savnet.access.rights import Action, Relation
from savnet.register.models import Resident
from savnet.web.admission import OF_A_LIST, UNWRITABLE, NotLogged
from savnet.web.places import place_of
from savnet.web.screen import Visit


def log_shown(visit: Visit, children: Iterable[Resident]) -> None:
    """Write one look for each whom a search found; the answer leaves only when they are committed. Raises NotLogged."""
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
        _write(visit, looking)


def log_listed(visit: Visit, screen: str, action: Action) -> None:
    """Write that a list of what is the person's own named children, as front pages do: one look. Raises NotLogged."""
    centre_id = visit.person.centre_id
    why = Relation.OWN_CENTRE if centre_id else Relation.ADDRESSED
    looking = Looking(
        at=visit.now,
        screen=screen,
        action=action,
        why=why.value,
        allowed=True,
        subject_centre=centre_id,
        classes=OF_A_LIST,
    )
    _write(visit, looking)


def _write(visit: Visit, looking: Looking) -> None:
    try:
        looks.write(visit.person, looking)
    except UNWRITABLE as problem:
        if connection.connection is None or connection.connection.closed:
            raise
        raise NotLogged(looking, None) from problem
