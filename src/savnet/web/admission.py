"""Who gets in to a screen: the subject is found, the right is asked, and the look is logged before anything is shown.

All of it in one transaction in which the database shows only what the person may reach. So a foreign child, and one
that does not exist, are not found in just the same way, by the same questions.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from django.db import DatabaseError, connection
from django.http import Http404, HttpRequest

from savnet.access import looks, spool
from savnet.access.check import NotAllowed, require, sees
from savnet.access.looks import Looking
from savnet.access.models import Person
from savnet.access.rights import Action, FieldClass, Relation
from savnet.access.row_security import asking, seen_as
from savnet.cases.models import Case
from savnet.register.models import Resident
from savnet.sealing.key_file import LooseRights, NoKeyFile
from savnet.web.places import place_of

OF_A_LIST = frozenset({FieldClass.ROUTING, FieldClass.IDENTITY})
"""What pages that list a centre's children show of each."""

NOT_REACHED = "not_reached"
"""Why a look was refused: it is not there, or the person may not. The log can't tell which, and need not."""

UNWRITABLE = (DatabaseError, NoKeyFile, LooseRights, OSError)


class Subject(Protocol):
    """What a screen is about, and the centre whose people may see it."""

    @property
    def centre_id(self) -> UUID | None: ...


Find = Callable[..., Subject]


@dataclass(frozen=True, slots=True)
class Admitted:
    """What the screen is about, and the relations by which this person may be there."""

    subject: Subject
    held: frozenset[Relation]


class NotLogged(Exception):
    """The look could not be written, so nothing may be shown."""

    def __init__(self, looking: Looking, admitted: Admitted | None) -> None:
        super().__init__("The access log could not be written. Nothing is shown before it can: see savnet doctor.")
        self.looking = looking
        self.admitted = admitted


def admit(
    request: HttpRequest, person: Person, action: Action, *, of: Find, where: dict[str, Any], now: datetime
) -> Admitted:
    """Let the person in, or raise Http404; the log knows which. Raises NotLogged, but for an emergency."""
    screen = (request.resolver_match.url_name if request.resolver_match else None) or ""
    try:
        admitted = _found_and_logged(person, action, screen, of=of, where=where, now=now)
    except NotLogged as unlogged:
        if not _is_emergency(action, unlogged.admitted):
            raise
        try:
            spool.keep(person, unlogged.looking)
        except OSError as nowhere:
            raise unlogged from nowhere
        admitted = unlogged.admitted
    else:
        _take_in()
    if admitted is None:
        raise Http404("not reached")
    return admitted


def _found_and_logged(
    person: Person, action: Action, screen: str, *, of: Find, where: dict[str, Any], now: datetime
) -> Admitted | None:
    with seen_as(asking(person)):
        admitted = _find(person, action, of=of, where=where)
        looking = _looking(person, admitted, screen, action=action, where=where, now=now)
        try:
            looks.write(person, looking)
        except UNWRITABLE as problem:
            if connection.connection is None or connection.connection.closed:
                raise  # the database is gone, and that is what is to be said
            raise NotLogged(looking, admitted) from problem
        return admitted


def _find(person: Person, action: Action, *, of: Find, where: dict[str, Any]) -> Admitted | None:
    """The subject, if this person may; what one may not see looks just like what is not there."""
    try:
        subject = of(person, **where)
        return Admitted(subject, require(person, action, place_of(subject, person)))
    except (NotAllowed, Http404):
        return None


def _looking(
    person: Person, admitted: Admitted | None, screen: str, *, action: Action, where: dict[str, Any], now: datetime
) -> Looking:
    if admitted is None:
        asked = next((value for value in where.values() if isinstance(value, UUID)), None)
        return Looking(at=now, screen=screen, action=action, why=NOT_REACHED, allowed=False, subject=asked)
    return Looking(
        at=now,
        screen=screen,
        action=action,
        why=_why(admitted),
        allowed=True,
        subject=_child(admitted.subject),
        subject_centre=admitted.subject.centre_id,
        classes=_classes(person, admitted),
    )


def _why(admitted: Admitted) -> str:
    """The relations, and after a bar what the subject itself says of why: the legal basis of an inspector's mandate."""
    held, more = " ".join(sorted(admitted.held)), getattr(admitted.subject, "looked_into_by", "")
    return f"{held} | {more}"[:200] if more else held


def _child(subject: Subject) -> UUID | None:
    """The child whom the screen is about, where it is about one."""
    if isinstance(subject, Resident):
        return subject.id
    return subject.resident_id if isinstance(subject, Case) else getattr(subject, "resident_id", None)


def _classes(person: Person, admitted: Admitted) -> frozenset[FieldClass]:
    """What the person may see there, at the most; of a list, what lists show."""
    shown = sees(person, admitted.held)
    return shown if _child(admitted.subject) else shown & OF_A_LIST


def _is_emergency(action: Action, admitted: Admitted | None) -> bool:
    """Whether it can't wait for the log: somebody is breaking the glass, or is inside because she has."""
    return admitted is not None and (action is Action.BREAK_THE_GLASS or admitted.held == {Relation.BREAK_GLASS})


def _take_in() -> None:
    """The log can be written again, and takes in what was looked at meanwhile; else that goes on waiting."""
    if spool.waiting():
        with suppress(*UNWRITABLE):
            spool.take_in()
