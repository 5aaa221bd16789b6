"""The authorisation matrix, whole: each address by each method for each role in each standing to the child.

Twice: with all the code in place, and with nothing but row-level security. `tests/access/matrix_expected.py` says what
is expected and why. Run: python -m bench.matrix [1 for every pair of role and standing, 5 for every fifth]
"""

import logging
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from time import perf_counter
from typing import TypeVar

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.ground")
sys.path.append(str(Path(__file__).resolve().parents[1] / "tests"))

import django

django.setup()

from django.db import connection  # noqa: E402 - Django must be set up before what follows can be read
from django.test.utils import override_settings, setup_databases, teardown_databases  # noqa: E402

from access.matrix import Tried, walk, walk_without_scoping  # noqa: E402
from access.matrix_world import STANDINGS, Standing, World, build  # noqa: E402
from bench.copies import made_apart, share_out  # noqa: E402
from savnet.access.rights import Role  # noqa: E402

T = TypeVar("T")
PLAIN = {
    "DEMO": True,
    "SMTP_HOST": "",
    "SECURE_SSL_REDIRECT": False,
    "ALLOWED_HOSTS": ["testserver"],
    "EMAIL_BACKEND": "django.core.mail.backends.locmem.EmailBackend",
}


@contextmanager
def world() -> Iterator[World]:
    """What the tests of rights are about, in a database of its own."""
    with filled_with(build) as here:
        yield here


@contextmanager
def filled_with(make: Callable[[], T]) -> Iterator[T]:
    """A database of its own with what `make` puts there, as PostgreSQL knows it after a while."""
    kept = setup_databases(verbosity=0, interactive=False)
    try:
        with tempfile.TemporaryDirectory() as state, override_settings(KEY_FILE=Path(state) / "keys.json", **PLAIN):
            made = made_apart(make)
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")
            yield made
    finally:
        teardown_databases(kept, verbosity=0)


@dataclass(frozen=True, slots=True)
class Walk:
    """One person's walk, of one kind."""

    kind: str
    role: Role
    standing: Standing


WALKS = {
    "with all the code in place": walk,
    "with row-level security alone": walk_without_scoping,
}


def main(leap: int = 1) -> int:
    """Walk it, say what deviates at once, and the counts at the end. 1 where anything deviates."""
    logging.disable(logging.CRITICAL)
    walks = [Walk(*one) for one in product(WALKS, Role, list(STANDINGS))][::leap]
    every: dict[str, list[Tried]] = {kind: [] for kind in WALKS}
    begun = perf_counter()
    with world() as here:

        def tried(one: Walk) -> tuple[str, Tried]:
            return one.kind, WALKS[one.kind](here, one.role, one.standing)

        for number, (kind, walked) in enumerate(share_out(tried, walks), 1):
            every[kind].append(walked)
            if number % 20 == 0:
                say(f"{number} of {len(walks)} walks, {perf_counter() - begun:.0f} s")
            for line in walked.deviations:
                say(f"{kind}: {line}")
    for kind, walked in every.items():
        count(kind, walked)
    say(f"{len(walks)} walks in {perf_counter() - begun:.0f} s")
    return int(any(one.deviations for walked in every.values() for one in walked))


def count(kind: str, every: list[Tried]) -> None:
    """What all walks of one kind came to."""
    say(
        f"matrix {kind}: {sum(bool(one.requests) for one in every)} persons, "
        f"{sum(one.requests for one in every)} requests, "
        f"{sum(one.allowed for one in every)} let in, {sum(one.shown for one in every)} pages shown, "
        f"{sum(len(one.deviations) for one in every)} deviations"
    )


def say(line: str) -> None:
    sys.stdout.write(f"  {line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:2])))
