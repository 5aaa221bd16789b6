"""The authorisation matrix, whole: each address by each method for each role in each standing to the child.

Twice: with all the code in place, and with nothing but row-level security. `tests/access/matrix.py` says what is
expected and why. Run: python -m bench.matrix [1 for every pair of role and standing, 5 for every fifth]
"""

import logging
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.ground")
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

import django

django.setup()

from django.db import transaction  # noqa: E402 - Django must be set up before what follows can be read
from django.test.utils import (  # noqa: E402
    override_settings,
    setup_databases,
    setup_test_environment,
    teardown_databases,
)

from access.matrix import Tried, walk, walk_without_scoping  # noqa: E402
from access.matrix_world import STANDINGS, Standing, World, build  # noqa: E402
from savnet.access.rights import Role  # noqa: E402


@contextmanager
def world() -> Iterator[World]:
    """A database of its own, in a transaction that is never committed."""
    kept = setup_databases(verbosity=0, interactive=False)
    setup_test_environment()
    try:
        with tempfile.TemporaryDirectory() as folder:
            keys = Path(folder) / "keys" / "wrapping.json"
            plain = override_settings(DEMO=True, SMTP_HOST="", KEY_FILE=keys, SECURE_SSL_REDIRECT=False)
            with plain, transaction.atomic():
                yield build()
                transaction.set_rollback(True)
    finally:
        teardown_databases(kept, verbosity=0)


Walk = Callable[[World, Role, Standing], Tried]
WALKS: dict[str, Walk] = {
    "with all the code in place": walk,
    "with row-level security alone": walk_without_scoping,
}


def main(leap: int = 1) -> int:
    """Walk it, say what deviates at once, and the counts at the end. 1 where anything deviates."""
    logging.disable(logging.CRITICAL)
    pairs = [(role, standing) for role in Role for standing in STANDINGS][::leap]
    with world() as here:
        return max(count(name, one, pairs, here) for name, one in WALKS.items())


def count(name: str, one: Walk, pairs: list[tuple[Role, Standing]], here: World) -> int:
    """One of the two walks, for each pair of role and standing."""
    begun, every = perf_counter(), []
    for role, standing in pairs:
        every.append(one(here, role, standing))
        for line in every[-1].deviations:
            say(line)
    say(
        f"matrix {name}: {sum(one.requests for one in every)} requests, {sum(one.allowed for one in every)} let in, "
        f"{sum(one.shown for one in every)} pages shown, {sum(len(one.deviations) for one in every)} deviations, "
        f"{perf_counter() - begun:.0f} s"
    )
    return int(any(one.deviations for one in every))


def say(line: str) -> None:
    sys.stdout.write(f"  {line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:2])))
