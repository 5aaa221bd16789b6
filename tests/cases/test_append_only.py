"""Every way to change or remove what is recorded is refused, for the owner of the tables and a superuser too."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError

from cases.invented import NOW, disappearance
from savnet.access.models import Person
from savnet.cases import ledger
from savnet.cases.models import Case, Record

pytestmark = pytest.mark.django_db

REFUSED = {
    "update": "UPDATE cases_record SET sealed = sealed",
    "update of one column of one record": "UPDATE cases_record SET recorded_at = recorded_at WHERE sequence = 1",
    "update that meets no row": "UPDATE cases_record SET sequence = 9 WHERE sequence = 4711",
    "delete": "DELETE FROM cases_record",
    "delete of the last record": "DELETE FROM cases_record WHERE sequence = 3",
    "truncate": "TRUNCATE cases_record",
    "truncate of the case with all that hangs on it": "TRUNCATE cases_case CASCADE",
    "truncate of people with all that hangs on them": "TRUNCATE access_person CASCADE",
    "truncate of residents with all that hangs on them": "TRUNCATE register_resident CASCADE",
    "upsert over a record": (
        "INSERT INTO cases_record SELECT * FROM cases_record WHERE sequence = 1 "
        "ON CONFLICT (case_id, sequence) DO UPDATE SET sealed = excluded.sealed"
    ),
    "merge": (
        "MERGE INTO cases_record r USING (SELECT 1 AS sequence) s ON r.sequence = s.sequence WHEN MATCHED THEN DELETE"
    ),
    "delete of the case": "DELETE FROM cases_case",
    "truncate of the keys": "TRUNCATE cases_casekey",
    "delete of a key": "DELETE FROM cases_casekey",
    "key given to another case": "UPDATE cases_casekey SET case_id = gen_random_uuid()",
    "head put back": "UPDATE cases_case SET head_sequence = head_sequence - 1",
    "head rewritten": "UPDATE cases_case SET head_hash = 'x'",
    "opened at another time": "UPDATE cases_case SET opened_at = opened_at + interval '1 day'",
    "case given another id": "UPDATE cases_case SET id = gen_random_uuid()",
    "case given to another child": "UPDATE cases_case SET resident_id = gen_random_uuid()",
}


@pytest.fixture
def recorded(case: Case, night_guard: Person) -> Case:
    ledger.record(case.id, *disappearance(), by=night_guard, now=NOW)
    return case


@pytest.mark.parametrize("statement", REFUSED.values(), ids=REFUSED.keys())
def test_the_database_refuses(recorded: Case, statement: str) -> None:
    before = ledger.entries(recorded.id)
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == (True,), "the test must run as the mightiest role there is"
        # With foreign keys still to be checked TRUNCATE would fail for that reason, and not be tried at all.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with (
            pytest.raises(IntegrityError, match=r"is refused: what (is recorded|was asked for and decided) stays"),
            transaction.atomic(),
        ):
            cursor.execute(statement)
    assert ledger.entries(recorded.id) == before


def test_the_application_itself_cannot_delete_a_case(recorded: Case) -> None:
    with pytest.raises(ProtectedError):
        recorded.delete()


def test_a_record_cannot_be_saved_again(recorded: Case) -> None:
    record = Record.objects.filter(case=recorded).latest("sequence")
    with pytest.raises(IntegrityError, match="is refused"), transaction.atomic():
        record.save()


def test_a_number_cannot_be_used_twice(recorded: Case) -> None:
    record = Record.objects.filter(case=recorded).latest("sequence")
    with pytest.raises(IntegrityError), transaction.atomic():
        Record.objects.bulk_create([record])
