"""The wrapping key is changed without losing a case, whatever happens meanwhile."""

from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection, transaction

from cases.blocking import begin, terminate, until_blocked
from cases.invented import NOW, disappearance
from savnet.access.models import Person
from savnet.cases import keys, ledger, rotating
from savnet.cases.keys import key_file as keys_now
from savnet.cases.models import Case, CaseKey
from savnet.sealing import Wrapped

committed = pytest.mark.django_db(transaction=True)


def rotate_key(*options: str) -> str:
    out = StringIO()
    call_command("rotate_key", *options, stdout=out)
    return out.getvalue()


def wrapped_under() -> set[str]:
    return set(CaseKey.objects.values_list("wrapping_key", flat=True))


@pytest.mark.django_db
def test_after_rotation_every_case_opens_under_the_new_key(
    open_case: Callable[[], Case], night_guard: Person, key_file: Path
) -> None:
    cases = [open_case() for _ in range(3)]
    ledger.record(cases[0].id, *disappearance(), by=night_guard, now=NOW)
    before = keys_now().current()

    said = rotate_key()

    assert "3 case keys wrapped anew" in said
    assert f"Back up {key_file} now" in said
    assert keys_now().current() != before
    assert wrapped_under() == {keys_now().current()}
    assert [len(ledger.read(case.id).events) for case in cases] == [2, 0, 0]


@pytest.mark.django_db
def test_the_content_is_not_sealed_anew(case: Case) -> None:
    before = bytes(case.records.get().sealed)
    rotate_key()
    assert bytes(case.records.get().sealed) == before


@pytest.mark.django_db
def test_rotation_before_the_first_case_is_possible() -> None:
    assert "0 case keys wrapped anew" in rotate_key()


@pytest.mark.django_db
def test_old_keys_stay_until_they_are_retired(case: Case) -> None:
    old = keys_now().current()
    rotate_key()
    assert old in keys_now().known()
    assert f"Wrapping key {old} is forgotten" in rotate_key("--retire")
    assert keys_now().known() == {keys_now().current()}
    assert ledger.read(case.id).events == ()
    assert "There is no old wrapping key" in rotate_key("--retire")


@pytest.mark.django_db
def test_a_key_that_a_case_still_needs_is_not_retired(case: Case) -> None:
    old = keys_now().current()
    keys_now().add()
    with pytest.raises(CommandError, match=rf"{old} \(1 cases\)"):
        rotate_key("--retire")
    assert old in keys_now().known()
    assert ledger.read(case.id).events == ()


@pytest.mark.django_db
def test_one_damaged_key_is_named_and_keeps_no_other_from_moving(open_case: Callable[[], Case]) -> None:
    damaged, *whole = [open_case() for _ in range(3)]
    CaseKey.objects.filter(case=damaged).update(sealed=bytes(60))
    with pytest.raises(CommandError, match=str(damaged.id)):
        rotate_key()
    moved = CaseKey.objects.filter(wrapping_key=keys_now().current()).values_list("case_id", flat=True)
    assert set(moved) == {case.id for case in whole}


@committed
def test_a_rotation_stopped_midway_goes_on_where_it_was(
    open_case: Callable[[], Case], monkeypatch: pytest.MonkeyPatch
) -> None:
    cases = sorted((open_case() for _ in range(3)), key=lambda case: case.id)
    monkeypatch.setattr(rotating, "BATCH", 1)
    with transaction.atomic():
        connection.cursor().execute("SELECT 1 FROM cases_casekey WHERE case_id = %s FOR UPDATE", [cases[1].id])
        rotation = begin(rotating.rotate)
        terminate(until_blocked())
        with pytest.raises(OperationalError):
            rotation.result(20)
    begun = keys_now().current()
    assert CaseKey.objects.filter(wrapping_key=begun).count() == 1
    assert all(ledger.read(case.id).events == () for case in cases)

    said = rotate_key()

    assert f"Finished the rotation to wrapping key {begun}: 2 case keys" in said
    assert wrapped_under() == {begun}


@committed
def test_retiring_waits_for_one_who_is_just_opening_a_case(open_case: Callable[[], Case]) -> None:
    with transaction.atomic():
        case = open_case()
        old = keys_now().current()
        keys_now().add()
        retiring = begin(rotating.retire)
        until_blocked()
    assert retiring.result(20) == ([], {old: 1})
    assert ledger.read(case.id).events == ()


class Watching:
    """The key file, and whether retiring was held off at the moment the wrapping key was chosen."""

    def __init__(self) -> None:
        self.keys = keys.key_file()
        self.held_off: list[bool] = []

    def current(self) -> str:
        return self.keys.current()

    def unwrap(self, wrapped: Wrapped, bound: bytes) -> bytes:
        return self.keys.unwrap(wrapped, bound)

    def wrap(self, key: bytes, bound: bytes) -> Wrapped:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT EXISTS (SELECT FROM pg_locks WHERE relation = 'cases_casekey'::regclass"
                " AND pid = pg_backend_pid() AND mode = 'RowExclusiveLock')"
            )
            self.held_off.append(cursor.fetchone() == (True,))
        return self.keys.wrap(key, bound)


@committed
def test_no_wrapping_key_is_retired_between_choosing_and_using_it(
    open_case: Callable[[], Case], monkeypatch: pytest.MonkeyPatch
) -> None:
    service = Watching()
    monkeypatch.setattr(keys, "key_service", lambda: service)
    open_case()
    assert service.held_off == [True]


@committed
def test_recording_goes_on_while_the_key_is_rotated(case: Case, night_guard: Person) -> None:
    with transaction.atomic():
        ledger.record(case.id, *disappearance(), by=night_guard, now=NOW)
        assert begin(rotating.rotate).result(20).rewrapped == 1
    assert len(ledger.read(case.id).events) == 2
