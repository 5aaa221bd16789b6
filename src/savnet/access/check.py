"""The one access check. Every view, task and command that acts for a person goes through `require`."""

from uuid import UUID

from django.contrib.auth.models import AnonymousUser

from savnet.access.models import Person
from savnet.access.rights import RIGHTS, Action, Reach, Role


class NotAllowed(Exception):
    """This person may not do this here.

    Shown to the person, it must look just like what does not exist: who learns that a foreign case exists has
    learnt something. Only the log tells the two apart.
    """

    def __init__(self, action: Action, why: str) -> None:
        super().__init__(f"{action}: {why}")
        self.action = action
        self.why = why


def require(person: Person | AnonymousUser, action: Action | str, centre_id: UUID | None) -> None:
    """Raise NotAllowed unless this person may do this for this centre. `centre_id` is None for what has no centre."""
    wanted = Action(action)
    if not isinstance(person, Person) or not person.is_active:
        raise NotAllowed(wanted, "not signed in, or access withdrawn")
    reach = RIGHTS[Role(person.role)].get(wanted)
    if reach is None:
        raise NotAllowed(wanted, f"the role {person.role} does not have it")
    if reach is Reach.OWN_CENTRE and (centre_id is None or person.centre_id != centre_id):
        raise NotAllowed(wanted, "another centre's")


def may(person: Person | AnonymousUser, action: Action | str, centre_id: UUID | None) -> bool:
    """Whether `require` would let this pass; for showing a button or not, never instead of `require`."""
    try:
        require(person, action, centre_id)
    except NotAllowed:
        return False
    return True
