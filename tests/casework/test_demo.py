"""The demo moves in whole, through the use cases, and shows a case in every state."""

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from pytest_django import Settings

from savnet.access.models import Person
from savnet.cases.models import Case
from savnet.casework import break_glass, not_theirs, recall, two_persons
from savnet.casework.case_at_hand import at_hand
from savnet.delivery.models import Attempt
from savnet.register.models import InformationRequest, PresenceQuestion, Resident
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
    assert Resident.objects.filter(centre__exercise_of=None).count() == 14
    call_command("demo_data")
    assert sorted(Case.objects.values_list("state", flat=True)) == states
    assert (Resident.objects.count(), Attempt.objects.count()) == (residents, attempts)


def test_something_waits_for_whoever_looks_in() -> None:
    call_command("demo_data")
    now = timezone.now()
    waiting = {one.proposal.kind for who in Person.objects.all() for one in two_persons.waiting(who, now)}
    assert waiting == {"closing", "role", "recipient", "mandate"}
    assert break_glass.to_review().count() == 1
    assert PresenceQuestion.objects.filter(answered_at=None).count() == 1
    assert {one.because for one in PresenceQuestion.objects.filter(answered_at=None)} == {"leave"}
    cases = [at_hand(case.id, now) for case in Case.objects.all()]
    assert [len(recall.errors(case.happened)) for case in cases].count(1) == 1
    assert [len(list(not_theirs.awaiting(case.happened))) for case in cases].count(1) == 1
    assert any(owed.id == "4-19" for case in cases for owed in case.derivation.obligations)
    assert InformationRequest.objects.filter(handed_over_at=None).count() == 2


def test_no_invented_child_moves_into_a_real_house(settings: Settings) -> None:
    settings.DEMO = False
    with pytest.raises(CommandError, match="ikke demoen"):
        call_command("demo_data")
    assert Resident.objects.count() == 0
