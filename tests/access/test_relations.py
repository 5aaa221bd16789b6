"""How a person stands to a case: each relation from its own fact, and from nothing else."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from savnet.access.check import may, sees
from savnet.access.emergencies import BreakGlass
from savnet.access.mandates import Mandate
from savnet.access.models import Person
from savnet.access.relations import Office, Place, relations
from savnet.access.rights import RIGHTS, SEES, UNITS, UNTIL_SENT, Action, FieldClass, Relation, Role
from savnet.register.models import Centre, Resident

NOW = datetime(2026, 3, 2, 20, 5, tzinfo=UTC)
HOUR = timedelta(hours=1)
OURS, THEIRS, THIRD = (uuid.UUID(int=one) for one in (1, 2, 3))


def unsaved(role: Role, centre_id: uuid.UUID | None = None, **more: str) -> Person:
    return Person(id=uuid.uuid4(), username="n", name="N", role=role, centre_id=centre_id, **more)


centres = st.sampled_from([None, OURS, THEIRS, THIRD])
KINDS = sorted(frozenset().union(*UNITS.values()))


@given(
    role=st.sampled_from([Role.SHIFT_STAFF, Role.CENTRE_LEADER]),
    own=st.sampled_from([OURS, THEIRS]),
    place=st.builds(Place, centre_id=centres, sending_id=centres, receiving_id=centres, region=st.just("")),
)
@settings(max_examples=200)
def test_a_centre_stands_to_what_is_at_it_comes_from_it_or_goes_to_it(role: Role, own: uuid.UUID, place: Place) -> None:
    expected = {
        Relation.NONE,
        *([Relation.OWN_CENTRE] if place.centre_id == own else []),
        *([Relation.SENDING_CENTRE] if place.sending_id == own else []),
        *([Relation.RECEIVING_CENTRE] if place.receiving_id == own else []),
    }
    assert relations(unsaved(role, own), place, now=NOW) == expected


@given(
    role=st.sampled_from([Role.KOR_OFFICER, Role.BFE_OFFICER, Role.ASA_OFFICER]),
    kinds=st.frozensets(st.sampled_from(KINDS)),
)
def test_an_office_stands_to_what_is_addressed_to_it_and_to_no_other(role: Role, kinds: frozenset[str]) -> None:
    place = Place(region="", addressed=frozenset(Office(kind) for kind in kinds))
    stands = Relation.ADDRESSED in relations(unsaved(role), place, now=NOW)
    assert stands == bool(kinds & UNITS[role])


@given(mine=st.sampled_from(["", "fjord", "nord"]), theirs=st.sampled_from(["", "fjord", "nord"]))
def test_a_region_stands_to_its_own_centres(mine: str, theirs: str) -> None:
    stands = relations(unsaved(Role.REGIONAL_OFFICER, region=mine), Place(region=theirs), now=NOW)
    assert (Relation.OWN_REGION in stands) == (mine == theirs != "")


def test_who_receives_for_une_does_not_receive_for_pu() -> None:
    une = unsaved(Role.RECEIVING_OFFICER, office="une")
    assert Relation.ADDRESSED in relations(une, Place(region="", addressed=frozenset({Office("une")})), now=NOW)
    assert Relation.ADDRESSED not in relations(une, Place(region="", addressed=frozenset({Office("pu")})), now=NOW)


@pytest.mark.parametrize("role", Role)
def test_what_a_person_sees_is_what_the_table_says_of_her_relations(role: Role) -> None:
    for relation in Relation:
        assert sees(unsaved(role), frozenset({relation})) == SEES[role].get(relation, frozenset())


def test_only_those_on_shift_read_more_while_a_report_waits() -> None:
    for role in Role:
        for relation in Relation:
            more = sees(unsaved(role), frozenset({relation}), unsent=True) - SEES[role].get(relation, frozenset())
            assert more <= UNTIL_SENT.get(role, frozenset())
    assert not sees(unsaved(Role.SHIFT_STAFF), frozenset({Relation.RECEIVING_CENTRE}), unsent=True) & {
        FieldClass.SUSPICION
    }


def test_who_keeps_registers_runs_the_system_or_counts_sees_nothing_of_a_child() -> None:
    for role in (Role.REGISTER_KEEPER, Role.SYSTEM_OPERATOR, Role.STATISTICIAN):
        assert SEES[role] == {}
        assert not {Action.SEE_CASE, Action.SEE_CENTRE, Action.RECORD} & set(RIGHTS[role])


def test_nobody_who_proposes_is_left_without_a_second() -> None:
    pairs = {
        Action.CLOSE_CASE: Action.CONFIRM_CLOSING,
        Action.MARK_FOUND: Action.CONFIRM_FOUND,
        Action.MOVE_LATER: Action.CONFIRM_LATER,
        Action.CHANGE_RECIPIENT: Action.CONFIRM_RECIPIENT,
        Action.GRANT_ROLE: Action.CONFIRM_ROLE,
    }
    for proposed, confirmed in pairs.items():
        assert any(proposed in RIGHTS[role] for role in Role)
        assert any(confirmed in RIGHTS[role] for role in Role)


# What the database holds


@pytest.fixture
def centre(db: None) -> Centre:
    return Centre.objects.create(name="Granheim mottak", operator="municipal", municipality_id="3301", region="fjord")


@pytest.fixture
def other_centre(db: None) -> Centre:
    return Centre.objects.create(name="Solvik mottak", operator="private", municipality_id="5501", region="nord")


def inspector() -> Person:
    return Person.objects.create_user("irene", name="Irene Innsyn", role=Role.INSPECTOR)


def mandate(person: Person, centre: Centre | None) -> Mandate:
    return Mandate.objects.create(
        person=person, centre=centre, legal_basis="Tilsynsloven", valid_from=NOW, valid_until=NOW + HOUR
    )


@pytest.mark.parametrize(
    ("after", "holds"), [(-timedelta(seconds=1), False), (timedelta(), True), (HOUR, False), (HOUR / 2, True)]
)
def test_a_mandate_holds_within_its_period(centre: Centre, after: timedelta, holds: bool) -> None:
    irene = inspector()
    mandate(irene, centre)
    assert (Relation.MANDATE in relations(irene, Place(centre_id=centre.id), now=NOW + after)) is holds


def test_a_mandate_for_one_centre_reaches_no_other_and_one_for_the_country_all(
    centre: Centre, other_centre: Centre
) -> None:
    irene = inspector()
    mandate(irene, centre)
    assert Relation.MANDATE not in relations(irene, Place(centre_id=other_centre.id), now=NOW)
    mandate(irene, None)
    assert Relation.MANDATE in relations(irene, Place(centre_id=other_centre.id), now=NOW)


def test_a_mandate_gives_nothing_to_somebody_else(centre: Centre) -> None:
    mandate(inspector(), centre)
    other = Person.objects.create_user("ivar", name="Ivar", role=Role.INSPECTOR)
    assert Relation.MANDATE not in relations(other, Place(centre_id=centre.id), now=NOW)


@pytest.mark.parametrize("wrong", [{"legal_basis": ""}, {"valid_until": NOW}])
def test_a_mandate_has_a_legal_basis_and_an_end(centre: Centre, wrong: dict[str, object]) -> None:
    said = {"legal_basis": "Tilsynsloven", "valid_from": NOW, "valid_until": NOW + HOUR, **wrong}
    with pytest.raises(IntegrityError), transaction.atomic():
        Mandate.objects.create(person=inspector(), centre=centre, **said)


def test_a_region_is_found_by_the_centre_where_nobody_says_it(centre: Centre, other_centre: Centre) -> None:
    rune = Person.objects.create_user("rune", name="Rune", role=Role.REGIONAL_OFFICER, region="fjord")
    assert Relation.OWN_REGION in relations(rune, Place(centre_id=centre.id), now=NOW)
    assert Relation.OWN_REGION not in relations(rune, Place(centre_id=other_centre.id), now=NOW)


def test_an_emergency_opens_one_child_to_one_person_until_it_ends(centre: Centre, other_centre: Centre) -> None:
    child = Resident.objects.create(centre=other_centre, given_name="Selam")
    nora, ola = (
        Person.objects.create_user(name, name=name, role=Role.SHIFT_STAFF, centre=centre) for name in ("nora", "ola")
    )
    opened = BreakGlass.objects.create(
        person=nora, resident=child, centre=other_centre, reason="other", why="Haster", at=NOW, until=NOW + HOUR
    )
    place = Place(centre_id=other_centre.id, resident_id=child.id)
    assert may(nora, Action.SEND, place, now=NOW + HOUR / 2)
    assert not may(ola, Action.SEND, place, now=NOW + HOUR / 2)
    assert not may(nora, Action.SEND, place, now=NOW + HOUR)
    assert not may(nora, Action.CORRECT, place, now=NOW)
    assert not may(nora, Action.SEE_CASE, Place(centre_id=other_centre.id, resident_id=uuid.uuid4()), now=NOW)
    opened.ended = NOW + HOUR / 4
    opened.save()
    assert not may(nora, Action.SEND, place, now=NOW + HOUR / 2)


def test_nobody_reviews_their_own_emergency_whatever_the_code_says(centre: Centre, other_centre: Centre) -> None:
    child = Resident.objects.create(centre=other_centre, given_name="Selam")
    nora = Person.objects.create_user("nora", name="Nora", role=Role.SHIFT_STAFF, centre=centre)
    opened = BreakGlass.objects.create(
        person=nora, resident=child, centre=other_centre, reason="other", why="Haster", at=NOW, until=NOW + HOUR
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        BreakGlass.objects.filter(id=opened.id).update(reviewed_by=nora)
