"""The ground of the tests: a database of their own, which may be emptied between tests in spite of the ledger."""

import pytest
from django.db import connection


@pytest.mark.django_db(transaction=True)
def test_a_table_that_refuses_truncate_can_still_be_emptied_after_a_test() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SHOW session_replication_role")
        assert cursor.fetchone() == ("origin",)
