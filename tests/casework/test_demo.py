"""The demo moves in whole, through the use cases, and shows a case in every state."""

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from savnet.cases.models import Case
from savnet.delivery.models import Attempt
from savnet.register.models import Resident
from savnet.rules.words import CaseState

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder_of_its_own(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> None:
    settings.STATE = tmp_path_factory.getbasetemp() / "demo"


def test_cases_in_every_state_and_nothing_new_the_second_time() -> None:
    call_command("demo_data")
    states = sorted(Case.objects.values_list("state", flat=True))
    assert set(states) == {CaseState.ABSENT, CaseState.MISSING, CaseState.FOUND, CaseState.CLOSED}
    residents, attempts = Resident.objects.count(), Attempt.objects.count()
    assert residents == 12
    call_command("demo_data")
    assert sorted(Case.objects.values_list("state", flat=True)) == states
    assert (Resident.objects.count(), Attempt.objects.count()) == (residents, attempts)


def test_no_invented_child_moves_into_a_real_house(settings: Settings) -> None:
    settings.DEMO = False
    with pytest.raises(CommandError, match="ikke demoen"):
        call_command("demo_data")
    assert Resident.objects.count() == 0
