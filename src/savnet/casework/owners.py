"""Whose an open case is: exactly one person at its centre follows it up, and it is handed on when she no longer can."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext

from savnet.access.models import Person
from savnet.access.rights import Role
from savnet.cases import ledger
from savnet.cases.models import Case
from savnet.casework.case_at_hand import CaseAtHand
from savnet.casework.errors import CaseworkError
from savnet.casework.the_house import the_house
from savnet.followup.models import Watch
from savnet.followup.telling import tell
from savnet.followup.texts import Kind
from savnet.rules.events import OwnerNamed

AT_CENTRE = (Role.SHIFT_STAFF, Role.CENTRE_LEADER)
BY_HOUSE = "Satt av Savnet: lederen ved mottaket, til noen andre tar over."
LEFT = "{name} følger ikke lenger opp saker ved mottaket."


def name_owner(case_id: UUID, owner: Person, *, why: str, by: Person, now: datetime) -> None:
    """Give the case to one person, who is told. The same again changes nothing.

    Raises CaseworkError for somebody who could not follow it up, and where nobody has said why it changes hands.
    """
    with ledger.hold(case_id):
        case, watch = Case.objects.get(id=case_id), Watch.objects.filter(case_id=case_id).first()
        if watch is None:
            raise CaseworkError(gettext("Saken er ikke åpen, og trenger ingen som følger den opp."))
        if not can_own(owner, case):
            raise CaseworkError(gettext("Velg en som arbeider ved mottaket der barnet hører til."), field="owner")
        if watch.owner_id == owner.pk:
            return
        if watch.owner_id and not why.strip():
            raise CaseworkError(gettext("Skriv hvorfor saken får en ny ansvarlig."), field="why")
        _give(watch, owner, why=why.strip(), by=by, now=now)


def can_own(person: Person, case: Case) -> bool:
    """Whether this person may follow the case up: still employed, and at the centre that has the child."""
    return person.is_active and person.centre_id == case.centre_id and person.role in AT_CENTRE


def can_take_over(case: Case) -> list[Person]:
    """Everybody the case can be given to."""
    people = Person.objects.filter(centre_id=case.centre_id, is_active=True, role__in=AT_CENTRE)
    return list(people.order_by("name"))


def see_to_owner(case: Case, watch: Watch, *, now: datetime) -> None:
    """Hand the case over where its owner no longer can follow it up: to the leader, or to nobody, which alarms.

    Called by the worker, with the case held.
    """
    if watch.owner and can_own(watch.owner, case):
        return
    leader = _leader(case)
    if leader:
        why = LEFT.format(name=watch.owner.name) if watch.owner else BY_HOUSE
        _give(watch, leader, why=why, by=the_house(), now=now)
    elif watch.owner_id or watch.unowned_since is None:
        watch.owner, watch.unowned_since = None, now
        watch.save(update_fields=["owner", "unowned_since"])


def as_recorded(case: CaseAtHand, watch: Watch) -> None:
    """The case is its last owner's as the ledger now has it: whoever was named by an entry since struck has it no more.

    Called with the case held, before `see_to_owner`, who finds somebody where there is none left who can.
    """
    named = [one for one in case.happened if isinstance(one, OwnerNamed)]
    whose = named[-1].person if named else None
    if watch.owner_id is None or str(watch.owner_id) == whose:
        return
    before = Person.objects.filter(pk=whose).first() if whose else None
    watch.owner = before if before and can_own(before, case.case) else None
    watch.unowned_since = None if watch.owner else case.now
    watch.save(update_fields=["owner", "unowned_since"])
    if watch.owner:
        tell(watch.owner, Kind.HANDED_OVER, now=case.now)


def _leader(case: Case) -> Person | None:
    leaders = Person.objects.filter(centre_id=case.centre_id, is_active=True, role=Role.CENTRE_LEADER)
    return leaders.order_by("username").first()


def _give(watch: Watch, owner: Person, *, why: str, by: Person, now: datetime) -> None:
    named = OwnerNamed(at=now, by=by.name, owner=owner.name, person=str(owner.pk), why=why or None)
    ledger.record(watch.case_id, named, by=by, now=now)
    watch.owner, watch.unowned_since = owner, None
    watch.save(update_fields=["owner", "unowned_since"])
    if owner.pk != by.pk:
        tell(owner, Kind.HANDED_OVER, now=now)
