"""The ground all tests stand on; settings and database are in ground.py, which pytest reads first."""

from collections.abc import Iterator

import pytest
from django.db import connection, connections
from django.test import TransactionTestCase
from hypothesis import settings as hypothesis
from pytest_django import DjangoDbBlocker

# How long one example takes tells of the machine and who else is on it, and never whether the code is right.
hypothesis.register_profile("any machine", deadline=None)
hypothesis.load_profile("any machine")

WITH_COMMIT = {"transactional_db", "live_server"}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep the tests of a file together when they are shared out, but those that commit apart from the rest.

    They cost the most, and so have to come last in each process.
    """
    for item in items:
        kind = "commits" if commits(item) else "rest"
        item.add_marker(pytest.mark.xdist_group(f"{item.path}-{kind}"))


def commits(item: pytest.Item) -> bool:
    marker = item.get_closest_marker("django_db")
    asked = marker is not None and marker.kwargs.get("transaction", False)
    return bool(asked or WITH_COMMIT & set(getattr(item, "fixturenames", ())))


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """Keep what the migrations laid into the database, municipalities and police districts, for `lay_back`."""
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA IF EXISTS laid CASCADE")
        cursor.execute("CREATE SCHEMA laid")
        for table in connection.introspection.django_table_names(only_existing=True, include_views=False):
            cursor.execute(f"SELECT FROM {table} LIMIT 1")
            if cursor.rowcount and not table.startswith(("django_", "auth_")):
                cursor.execute(f"CREATE TABLE laid.{table} AS TABLE {table}")


def lay_back() -> None:
    """Put what the migrations laid back into the emptied tables, so that no test depends on which came before it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'laid'")
        for (table,) in cursor.fetchall():
            cursor.execute(f"INSERT INTO {table} SELECT * FROM laid.{table}")  # noqa: S608 - a table's own name


@pytest.fixture(autouse=True, scope="session")
def ledger_may_be_emptied_between_tests() -> Iterator[None]:
    """Let tests that commit leave the database as the migrations made it, though the ledger refuses TRUNCATE.

    Triggers rest while Django empties the tables after such a test, and at no other moment.
    """
    tear_down = TransactionTestCase._fixture_teardown

    def without_triggers(case: TransactionTestCase) -> None:
        names = [name for name in case._databases_names(include_mirrors=False) if name in connections]
        for name in names:
            connections[name].cursor().execute("SET session_replication_role = replica")
        try:
            tear_down(case)
            lay_back()
        finally:
            for name in names:
                connections[name].cursor().execute("SET session_replication_role = DEFAULT")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", without_triggers)
        yield
