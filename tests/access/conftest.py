"""The small world of the matrix: made once for each file, and for each test as it was made."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from access.matrix_world import World, build


@pytest.fixture(scope="module")
def built(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    keys = tmp_path_factory.mktemp("keys") / "wrapping.json"
    plain = override_settings(DEMO=True, SMTP_HOST="", KEY_FILE=keys)
    with django_db_blocker.unblock(), plain, transaction.atomic():
        yield build()
        transaction.set_rollback(True)


@pytest.fixture
def world(built: World, db: None) -> World:
    return built
