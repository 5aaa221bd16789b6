"""Everybody, everywhere, by every method, against the tables of rights; whole in `make bench ARGS=matrix`.

Here each role takes its turn: one standing or two, and every third address, so that all roles together meet them all.
"""

import pytest

from access import matrix
from access.matrix import walk, walk_without_scoping
from access.matrix_expected import NAMES, SUBJECTS, action_of, lets_in, wanted
from access.matrix_world import STANDINGS, World
from savnet.access.rights import Role

ROLES = list(Role)
PLACED = frozenset[str]().union(*(names for names, _ in SUBJECTS))


def test_every_address_has_its_place_in_the_matrix() -> None:
    """A new one of which the matrix would not know what it is about could not be judged."""
    of_a_child = {name for name in NAMES if {"case_id", "resident_id"} & wanted(name)}
    assert {name for name in NAMES if action_of(name)} - of_a_child - PLACED == set()


@pytest.mark.parametrize("role", Role)
def test_each_role_gets_in_where_the_tables_say_and_nowhere_else(role: Role, world: World) -> None:
    turn = ROLES.index(role)
    for standing in STANDINGS[turn::12]:
        tried = walk(world, role, standing, methods=("GET", "POST"), names=NAMES[turn % 3 :: 3])
        assert tried.deviations == [], "\n".join(tried.deviations)


@pytest.mark.parametrize("role", Role)
def test_row_security_alone_keeps_children_from_who_may_not_know_of_them(role: Role, world: World) -> None:
    turn = ROLES.index(role)
    for standing in STANDINGS[(turn + 3) % 12 :: 12]:
        tried = walk_without_scoping(world, role, standing, names=NAMES[turn % 3 :: 3])
        assert tried.deviations == [], "\n".join(tried.deviations)


def test_the_matrix_notices_who_gets_in_against_the_tables(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matrix, "lets_in", lambda name, *where: name != "residents" and lets_in(name, *where))
    tried = walk(world, Role.SHIFT_STAFF, STANDINGS[0], methods=("GET",), names=["residents", "account"])
    assert tried.deviations == ["GET residents, shift_staff, own centre: 200, let in against the tables"]
