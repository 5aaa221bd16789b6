"""Who may do what, and that everything else is refused."""

import uuid
from itertools import product

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError

from savnet.access.check import NotAllowed, may, require
from savnet.access.models import Person
from savnet.access.rights import EVERYWHERE, OVERSEES, RIGHTS, Action, Relation, Role
from savnet.register.models import Centre

pytestmark = pytest.mark.django_db


@pytest.fixture
def centre() -> Centre:
    return Centre.objects.create(name="Granheim mottak", operator="municipal", municipality_id="3301")


@pytest.fixture
def other_centre() -> Centre:
    return Centre.objects.create(name="Solvik mottak", operator="private", municipality_id="5501")


def person(role: Role, centre: Centre | None) -> Person:
    return Person.objects.create_user(
        f"{role}-{uuid.uuid4()}",
        name="Nils Natt",
        role=role,
        centre=centre,
        region="fjord" if role is Role.REGIONAL_OFFICER else "",
        office="une" if role is Role.RECEIVING_OFFICER else "",
    )


def test_night_staff_may_do_the_main_job_at_their_own_centre(centre: Centre) -> None:
    for action in (Action.SEE_CENTRE, Action.SEE_CASE, Action.RECORD, Action.SEND, Action.CORRECT):
        require(person(Role.SHIFT_STAFF, centre), action, centre.id)


AT_A_CENTRE = [
    (role, action)
    for role in (Role.SHIFT_STAFF, Role.CENTRE_LEADER)
    for action in Action
    if RIGHTS[role].get(action) != EVERYWHERE
]


@pytest.mark.parametrize(("role", "action"), AT_A_CENTRE)
def test_nobody_at_a_centre_may_do_anything_with_what_is_anothers(
    role: Role, action: Action, centre: Centre, other_centre: Centre
) -> None:
    with pytest.raises(NotAllowed):
        require(person(role, centre), action, other_centre.id)


def test_a_centre_that_does_not_exist_is_refused_just_like_another_centres(
    centre: Centre, other_centre: Centre
) -> None:
    nils = person(Role.SHIFT_STAFF, centre)
    refusals = []
    for foreign in (other_centre.id, uuid.uuid4()):
        with pytest.raises(NotAllowed) as refusal:
            require(nils, Action.SEE_CASE, foreign)
        refusals.append(str(refusal.value))
    assert refusals[0] == refusals[1]


def test_something_at_a_centre_is_refused_when_no_centre_is_named(centre: Centre) -> None:
    with pytest.raises(NotAllowed):
        require(person(Role.CENTRE_LEADER, centre), Action.RECORD, None)


def test_the_region_may_not_read_the_childs_case(centre: Centre) -> None:
    assert not may(person(Role.REGIONAL_OFFICER, None), Action.SEE_CASE, centre.id)


def test_only_the_leader_keeps_the_register_of_residents(centre: Centre) -> None:
    assert may(person(Role.CENTRE_LEADER, centre), Action.KEEP_RESIDENTS, centre.id)
    assert not may(person(Role.SHIFT_STAFF, centre), Action.KEEP_RESIDENTS, centre.id)


def test_those_on_duty_at_night_may_add_to_what_is_registered_of_a_child(centre: Centre, other_centre: Centre) -> None:
    for role in (Role.SHIFT_STAFF, Role.CENTRE_LEADER):
        assert may(person(role, centre), Action.ADD_TO_RESIDENT, centre.id)
        assert not may(person(role, centre), Action.ADD_TO_RESIDENT, other_centre.id)
    assert not may(person(Role.REGIONAL_OFFICER, None), Action.ADD_TO_RESIDENT, centre.id)


def test_access_withdrawn_holds_at_once(centre: Centre) -> None:
    nils = person(Role.SHIFT_STAFF, centre)
    nils.is_active = False
    with pytest.raises(NotAllowed):
        require(nils, Action.SEE_CENTRE, centre.id)


def test_who_is_not_signed_in_may_do_nothing(centre: Centre) -> None:
    assert not any(may(AnonymousUser(), action, centre.id) for action in Action)


def test_an_action_nobody_has_heard_of_is_an_error_and_not_a_no(centre: Centre) -> None:
    with pytest.raises(ValueError, match="see_everything"):
        require(person(Role.SHIFT_STAFF, centre), "see_everything", centre.id)


def test_what_is_not_in_the_table_is_refused(centre: Centre) -> None:
    for role, action in product(Role, Action):
        expected = RIGHTS[role].get(action)
        who = person(role, centre if role in {Role.SHIFT_STAFF, Role.CENTRE_LEADER} else None)
        reached = {Relation.NONE, Relation.COUNTRY, Relation.OWN_CENTRE} & (expected or frozenset())
        if who.centre_id is None:
            reached -= {Relation.OWN_CENTRE}
        if role not in OVERSEES:
            reached -= {Relation.COUNTRY}
        assert may(who, action, centre.id) is bool(reached)
        assert may(who, action, None) is bool(reached - {Relation.OWN_CENTRE})


def test_every_role_has_its_row() -> None:
    assert set(RIGHTS) == set(Role)


def test_staff_without_a_centre_cannot_be_made() -> None:
    with pytest.raises(ValidationError, match="knyttet til mottaket"):
        person(Role.SHIFT_STAFF, None)


def test_an_unknown_role_cannot_be_made(centre: Centre) -> None:
    with pytest.raises(ValidationError, match="role"):
        Person.objects.create_user("ny", name="Ny", role="chief", centre=centre)


def test_a_person_without_a_password_cannot_sign_in_by_password(centre: Centre) -> None:
    assert not person(Role.SHIFT_STAFF, centre).check_password("")


def test_a_password_is_kept_only_as_argon2(centre: Centre) -> None:
    nils = Person.objects.create_user("nils", "bare-for-prøven", name="Nils", role=Role.SHIFT_STAFF, centre=centre)
    assert nils.password.startswith("argon2")
    assert nils.check_password("bare-for-prøven")
