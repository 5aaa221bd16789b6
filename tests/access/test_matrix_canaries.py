"""No field turns up where the tables of rights don't show its class; whole in `make bench ARGS=canaries`."""

import base64
from pathlib import Path
from urllib.parse import quote

import pytest

from access.canaries_outside import search_outside
from access.matrix_canaries import found_in, search
from access.matrix_world import STANDINGS, Canaries, Standing, World
from savnet.access.rights import FieldClass, Role

PAGES = [
    "case",
    "case-print",
    "resident",
    "residents",
    "today",
    "transfers",
    "transfer-arrived",
    "leave-change",
    "personal-file",
    "office",
    "office-case",
    "region",
    "outbox",
    "search",
    "resident-readiness",
    "roll-call",
    "proposals",
    "break-glass-review",
    "overseeing",
    "overseen-child",
]
BY_NAME = {one.name: one for one in STANDINGS}
WHO = (
    (Role.SHIFT_STAFF, "own centre"),
    (Role.SHIFT_STAFF, "receiving centre"),
    (Role.CENTRE_LEADER, "another centre"),
    (Role.REGIONAL_OFFICER, "own region"),
    (Role.KOR_OFFICER, "addressed"),
    (Role.NATIONAL_OVERSEER, "addressed"),
    (Role.STATISTICIAN, "mandate for the country"),
    (Role.SYSTEM_OPERATOR, "own centre"),
)


@pytest.mark.parametrize("asked_lately", [False, True], ids=["long since", "asked lately"])
@pytest.mark.parametrize(("role", "standing"), [(role, BY_NAME[name]) for role, name in WHO])
def test_nothing_is_shown_but_what_the_tables_show(
    role: Role, standing: Standing, asked_lately: bool, world: World
) -> None:
    searched = search(world, role, standing, asked_lately=asked_lately, names=PAGES)
    assert searched.leaks == [], "\n".join(searched.leaks)


def test_what_may_be_seen_is_found(world: World) -> None:
    """The search finds what is there; else it would find no leak either."""
    own, guard = BY_NAME["own centre"], Role.SHIFT_STAFF
    searched = search(world, guard, own, asked_lately=True, names=["case", "resident"])
    assert {"Resident.given_name", "NetworkPerson.name", "inquiry_made.finding", "Leave.place"} <= searched.found


def test_nothing_leaves_by_letter_mail_calendar_or_log_but_what_its_receiver_is_to_know(
    world: World, tmp_path: Path
) -> None:
    searched = search_outside(world, tmp_path / "post-room")
    assert searched.leaks == [], "\n".join(searched.leaks)
    assert {"Resident.given_name", "fact_recorded.a-11", "fact_recorded.concern"} <= searched.found


@pytest.mark.parametrize("before", ["", "a", "ab"])
def test_a_canary_is_found_however_it_is_coded(before: str) -> None:
    canaries = Canaries()
    word = canaries.of("Resident.given_name", FieldClass.IDENTITY)
    coded = base64.encodebytes(f"{before}{word} og mer til som gjør linjen lang nok til å brytes".encode())
    soft = f"{word[:5]}=\r\n{word[5:]}".encode()
    for content in (word.encode(), coded, soft, quote(word).encode()):
        assert found_in(content, canaries) == {word}
    assert found_in(b"Kvitrer000", canaries) == set()
