"""Many cases opened with few questions are the same cases as opened one by one, and one that is damaged is named."""

from uuid import uuid4

import pytest

from casework.invented import HOUR, NOW, Story
from savnet.access.models import Person
from savnet.cases import ledger
from savnet.casework import case_at_hand, inspection
from savnet.casework.case_at_hand import at_hand, each_at_hand
from savnet.casework.inspection import Period, handled
from savnet.register.models import Centre, Resident


@pytest.fixture
def cases(granvik: Centre, guard: Person) -> list[Story]:
    """Three children, of whom one is missing and told of, one missing, and one not at supper."""
    names = ("Abel", "Bana", "Dawit")
    children = [Resident.objects.create(centre=granvik, given_name=name, unaccompanied=True) for name in names]
    told, missing, absent = (Story(child, guard) for child in children)
    return [told.told(), missing.missing(), absent.absent()]


@pytest.mark.parametrize("at_a_time", [1, 2, 200])
def test_they_are_the_same_and_in_the_order_asked_for(
    cases: list[Story], at_a_time: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(case_at_hand, "AT_A_TIME", at_a_time)
    asked = [one.id for one in reversed(cases)]
    at = NOW + 5 * HOUR
    assert list(each_at_hand(asked, at)) == [at_hand(one, at) for one in asked]


@pytest.mark.parametrize("at_a_time", [1, 200])
def test_an_inspection_tells_the_same_of_each_however_many_are_opened_at_once(
    cases: list[Story], granvik: Centre, at_a_time: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inspection, "AT_A_TIME", at_a_time)
    found = handled(granvik.id, Period(), NOW + 5 * HOUR)
    assert {one.case.id for one in found} == {cases[0].id, cases[1].id}, "whom nobody believes missing is none"
    (told,) = (one for one in found if one.case.id == cases[0].id)
    receivers = {duty.obligation.id: duty.receiver for duty in told.duties}
    assert receivers["a-1"] == "Fjordkanten politidistrikt"
    (missing,) = (one for one in found if one.case.id == cases[1].id)
    assert not any(duty.receiver for duty in missing.duties), "nothing has been written of her"


def test_one_that_is_not_there_is_named(cases: list[Story]) -> None:
    absent = uuid4()
    with pytest.raises(ledger.NoSuchCase, match=str(absent)):
        list(each_at_hand([cases[0].id, absent], NOW + HOUR))
