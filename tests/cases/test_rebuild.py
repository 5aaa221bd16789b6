"""`rebuild` makes the rows anew from the ledger alone, and says each thing that was not as the ledger has it."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from cases.invented import NOW, disappearance
from savnet.access.models import Person
from savnet.cases import ledger
from savnet.cases.models import Case, CaseKey, ObligationRow
from savnet.cases.rows import COLUMNS
from savnet.register.models import Centre

pytestmark = pytest.mark.django_db


@pytest.fixture
def missing(case: Case, night_guard: Person) -> Case:
    ledger.record(case.id, *disappearance(), by=night_guard, now=NOW)
    case.refresh_from_db()
    return case


def rebuild(*options: str) -> tuple[str, str]:
    """What the command printed, and its closing line."""
    out = StringIO()
    failed = None
    try:
        call_command("rebuild", *options, stdout=out)
    except CommandError as found:
        failed = found
    if failed:
        assert failed.returncode == 1
        return out.getvalue(), str(failed)
    *lines, last = out.getvalue().splitlines()
    return "\n".join(lines), last


def rows(case: Case) -> list[tuple[object, ...]]:
    return list(ObligationRow.objects.filter(case=case).values_list("position", *COLUMNS))


def test_nothing_is_reported_where_all_is_as_the_ledger_has_it(missing: Case) -> None:
    assert rebuild() == ("", "1 cases rebuilt, 0 differences.")


def test_all_rows_come_back_from_the_ledger_alone(missing: Case) -> None:
    before = rows(missing)
    ObligationRow.objects.all().delete()
    lines, summary = rebuild()
    assert lines.count(f"case {missing.id}: obligation") == len(before)
    assert summary == f"1 cases rebuilt, {len(before)} differences."
    assert rows(missing) == before
    assert rebuild() == ("", "1 cases rebuilt, 0 differences.")


@pytest.mark.parametrize(
    ("column", "value"), [("state", "discharged"), ("latest", None), ("because", 9), ("recipient", "lawyer")]
)
def test_each_changed_value_is_named_and_put_right(missing: Case, column: str, value: object) -> None:
    before = rows(missing)
    ObligationRow.objects.filter(case=missing, obligation="a-1").update(**{column: value})
    lines, _ = rebuild()
    assert f"{column} was {value}, the ledger gives" in lines
    assert "(a-1 police_district)" in lines
    assert rows(missing) == before


def test_a_row_that_nothing_gave_rise_to_is_removed(missing: Case) -> None:
    before = rows(missing)
    extra = ObligationRow.objects.filter(case=missing).latest("position")
    extra.pk, extra.position, extra.obligation = None, extra.position + 5, "z-9"
    extra.save()
    assert "(z-9" in rebuild()[0]
    assert rows(missing) == before


def test_the_case_itself_is_put_right(missing: Case, other_centre: Centre) -> None:
    Case.objects.filter(id=missing.id).update(state="closed", missing_since=None, centre=other_centre)
    lines, summary = rebuild()
    assert "state was closed, the ledger gives missing" in lines
    assert f"centre_id was {other_centre.id}, the ledger gives {missing.centre_id}" in lines
    assert summary.endswith("3 differences.")
    rebuilt = Case.objects.get(id=missing.id)
    assert (rebuilt.state, rebuilt.missing_since, rebuilt.centre_id) == ("missing", NOW, missing.centre_id)


def test_check_reports_and_changes_nothing(missing: Case) -> None:
    ObligationRow.objects.all().delete()
    lines, summary = rebuild("--check")
    assert "was missing" in lines
    assert summary.startswith("1 cases checked")
    assert not ObligationRow.objects.exists()


def test_a_case_that_cannot_be_read_is_named_and_the_others_are_rebuilt(missing: Case, open_case) -> None:  # type: ignore[no-untyped-def]
    damaged = open_case()
    CaseKey.objects.filter(case=damaged).update(sealed=bytes(60))
    ObligationRow.objects.all().delete()
    lines, summary = rebuild()
    assert f"case {damaged.id}: cannot be rebuilt: case {damaged.id}: the key of the case does not open" in lines
    assert summary.startswith("2 cases rebuilt")
    assert rows(missing)
