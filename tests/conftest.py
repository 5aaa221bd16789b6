"""The ground all tests stand on; settings and database are in ground.py, which pytest reads first."""

from collections.abc import Iterator

import pytest
from django.db import connections
from django.test import TransactionTestCase


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
