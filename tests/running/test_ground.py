"""The ground of the tests: tables are emptied after a test that commits, though the ledger refuses TRUNCATE."""

from collections.abc import Iterator

import pytest
from django.contrib.sessions.models import Session
from django.db import DatabaseError, connection, transaction
from django.test import TransactionTestCase
from django.utils import timezone

REFUSE = """
CREATE FUNCTION refuse_in_test() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'refused'; END $$;
CREATE TRIGGER refuse BEFORE TRUNCATE ON django_session EXECUTE FUNCTION refuse_in_test();
"""


class Committing(TransactionTestCase):
    """A test that leaves a row behind in a table that refuses TRUNCATE."""

    __test__ = False  # run from the tests below only

    def runTest(self) -> None:
        Session.objects.create(session_key="left behind", expire_date=timezone.now())


@pytest.fixture
def refusing_table(transactional_db: None) -> Iterator[None]:
    """The table of sessions, refusing TRUNCATE as the ledger does."""
    with connection.cursor() as cursor:
        cursor.execute(REFUSE)
    yield
    with connection.cursor() as cursor:  # another one: a test that commits closes its connection
        cursor.execute("DROP FUNCTION refuse_in_test CASCADE")


@pytest.mark.usefixtures("refusing_table")
def test_a_table_that_refuses_truncate_is_emptied_after_a_test_that_commits() -> None:
    Committing().debug()
    assert not Session.objects.exists()


@pytest.mark.usefixtures("refusing_table")
def test_within_tests_the_table_still_refuses() -> None:
    Committing().debug()
    with pytest.raises(DatabaseError, match="refused"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("TRUNCATE django_session")
