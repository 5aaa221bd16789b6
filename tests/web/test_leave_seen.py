"""Where a child is by agreement, and with whom: for who may see it, and who has lately said who they are."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from savnet.access.models import Person
from savnet.access.rights import Role
from savnet.casework import leaves, transfers
from savnet.register.models import Centre, Leave, Resident
from savnet.web import fresh

SAID = ("Granvik bibliotek", "Kari Tenktvenn", "+47 00 44 00 10")


@pytest.fixture
def leave(luwam: Resident, guard: Person) -> Leave:
    now = timezone.now()
    hours = {"from_at": now - timedelta(hours=1), "return_at": now + timedelta(hours=3)}
    facts = {"kind": "agreed", "place": SAID[0], "with_whom": SAID[1], "phone": SAID[2]}
    return leaves.agree(luwam, facts | hours, by=guard, now=now)


def shown(client: Client, address: str) -> tuple[bool, ...]:
    text = client.get(address).text
    return tuple(one in text for one in SAID)


def long_since(client: Client) -> None:
    """It is long since the person said who she is."""
    session = client.session
    session.pop(fresh.IN_SESSION, None)
    session.save()


def test_the_place_is_shown_to_who_has_lately_said_who_she_is(as_guard: Client, leave: Leave, luwam: Resident) -> None:
    assert shown(as_guard, f"/beboere/{luwam.id}/") == (True, True, True)
    long_since(as_guard)
    assert shown(as_guard, f"/beboere/{luwam.id}/") == (False, True, True)


def test_the_sheet_that_changes_it_asks_first(as_guard: Client, leave: Leave, luwam: Resident) -> None:
    long_since(as_guard)
    assert shown(as_guard, f"/beboere/{luwam.id}/avtale/{leave.id}/") == (False, False, False)


def test_the_centre_that_awaits_the_child_is_told_none_of_it(
    client: Client, leave: Leave, luwam: Resident, guard: Person
) -> None:
    solvaer, now = Centre.objects.get(name="Solvær transittmottak"), timezone.now()
    hours = {"departs_at": now + timedelta(hours=4), "expected_at": now + timedelta(hours=6)}
    transfers.plan(luwam, solvaer, {"how": "Buss"} | hours, by=guard, now=now)
    client.force_login(Person.objects.create_user("siv", name="Siv", role=Role.SHIFT_STAFF, centre=solvaer))
    assert "Luwam" in client.get(f"/beboere/{luwam.id}/").text
    assert shown(client, f"/beboere/{luwam.id}/") == (False, False, False)
