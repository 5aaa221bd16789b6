"""The ground all tests stand on; settings and database are in ground.py, which pytest reads first."""

from collections.abc import Iterator

import pytest
from django.db import connections
from django.test import TransactionTestCase

WITH_COMMIT = {"transactional_db", "live_server"}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep the tests of a file together when they are shared out, but those that commit apart from the rest.

    They empty the tables behind them, the municipalities too, and so have to come last in each process.
    """
    for item in items:
        kind = "commits" if commits(item) else "rest"
        item.add_marker(pytest.mark.xdist_group(f"{item.path}-{kind}"))


def commits(item: pytest.Item) -> bool:
    marker = item.get_closest_marker("django_db")
    asked = marker is not None and marker.kwargs.get("transaction", False)
    return bool(asked or WITH_COMMIT & set(getattr(item, "fixturenames", ())))


@pytest.fixture(autouse=True, scope="session")
def ledger_may_be_emptied_between_tests() -> Iterator[None]:
    """Let tests that commit leave an empty database behind, though the ledger refuses TRUNCATE.

    Triggers rest while Django empties the tables after such a test, and at no other moment.
    """
    tear_down = TransactionTestCase._fixture_teardown

    def without_triggers(case: TransactionTestCase) -> None:
        names = [name for name in case._databases_names(include_mirrors=False) if name in connections]
        for name in names:
            connections[name].cursor().execute("SET session_replication_role = replica")
        try:
            tear_down(case)
        finally:
            for name in names:
                connections[name].cursor().execute("SET session_replication_role = DEFAULT")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", without_triggers)
        yield
