"""Two at the same moment: the same sheet from one thumb, and the same child from two people."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from savnet.access.models import Person
from savnet.cases.models import Case
from savnet.register.models import Resident
from savnet.rules.events import AbsenceNoticed
from web.telling import filled, now_of

pytestmark = pytest.mark.django_db(transaction=True)


def post(who: Person, address: str, sheet: dict[str, Any]) -> int:
    client = Client()
    client.force_login(who)
    try:
        return client.post(address, sheet).status_code
    finally:
        connection.close()


def test_one_sheet_sent_many_times_at_once_is_acted_on_once(as_guard: Client, guard: Person, luwam: Resident) -> None:
    address = f"/beboere/{luwam.id}/ikke-her/"
    sheet = filled(as_guard, address)
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: post(guard, address, sheet), range(4)))
    assert answers == [302] * 4
    assert absences(luwam) == 1


def test_two_who_note_the_same_child_at_once_note_one_absence(as_guard: Client, guard: Person, luwam: Resident) -> None:
    address = f"/beboere/{luwam.id}/ikke-her/"
    colleague = Person.objects.create_user("siv", name="Siv Sent", role=guard.role, centre=guard.centre)
    sheets = [(guard, filled(as_guard, address)), (colleague, filled(as_guard, address))]
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda one: post(one[0], address, one[1]), sheets))
    assert answers == [302, 302]
    assert absences(luwam) == 1


def absences(child: Resident) -> int:
    case = Case.objects.get(resident=child)
    return sum(isinstance(one, AbsenceNoticed) for one in now_of(case).events)
