"""The one access check. Every view, task and command that acts for a person goes through `require`."""

from datetime import datetime
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from savnet.access.models import Person
from savnet.access.relations import Place, relations
from savnet.access.rights import RIGHTS, SEES, UNTIL_SENT, Action, FieldClass, Relation, Role

Where = UUID | Place | None
"""A centre, a place that says more, or None for what belongs nowhere."""


class NotAllowed(Exception):
    """This person may not do this here.

    Shown to the person, it must look just like what does not exist: who learns that a foreign case exists has
    learnt something. Only the log tells the two apart.
    """

    def __init__(self, action: Action, why: str) -> None:
        super().__init__(f"{action}: {why}")
        self.action = action
        self.why = why


def require(
    person: Person | AnonymousUser, action: Action | str, where: Where, *, now: datetime | None = None
) -> frozenset[Relation]:
    """The relations by which this person may do this here; raises NotAllowed where there is none."""
    wanted = Action(action)
    if not isinstance(person, Person) or not person.is_active:
        raise NotAllowed(wanted, "not signed in, or access withdrawn")
    enough = RIGHTS[Role(person.role)].get(wanted)
    if enough is None:
        raise NotAllowed(wanted, f"the role {person.role} does not have it")
    if enough == {Relation.NONE}:
        return enough  # without asking the database how the person stands to anything
    held = enough & stands(person, where, now=now)
    if not held:
        raise NotAllowed(wanted, "another centre's")
    return held


def may(person: Person | AnonymousUser, action: Action | str, where: Where, *, now: datetime | None = None) -> bool:
    """Whether `require` would let this pass; for showing a button or not, never instead of `require`."""
    try:
        require(person, action, where, now=now)
    except NotAllowed:
        return False
    return True


def stands(person: Person, where: Where, *, now: datetime | None = None) -> frozenset[Relation]:
    """How the person stands to a centre or a place, now unless another instant is asked about."""
    place = where if isinstance(where, Place) else Place(centre_id=where)
    return relations(person, place, now=now or timezone.now())


def sees(person: Person, held: frozenset[Relation], *, unsent: bool = False) -> frozenset[FieldClass]:
    """The classes that the person may see by these relations; `unsent` while a report that needs them waits."""
    role = Role(person.role)
    shown = frozenset[FieldClass]().union(*(SEES[role].get(relation, frozenset()) for relation in held))
    works_on_it = FieldClass.WHEREABOUTS in shown
    return shown | UNTIL_SENT.get(role, frozenset()) if unsent and works_on_it else shown
