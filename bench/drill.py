"""The restore drill: a house with as many cases is backed up, and the drill restores and verifies all of it.

The cases are whole: a child who is missing, everything answered, letters written, sealed and sent to nobody yet.
Run: python -m bench.drill [cases]
"""

import soak.ground  # noqa: F401 - Django has to be set up before what follows can be read

# isort: split

import sys
from pathlib import Path
from time import perf_counter

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from django.db import connection
from django.utils import timezone
from soak.house import House, house, missing_child
from soak.saying import say

from savnet.casework import sending
from savnet.watching.backup.drill import drill
from savnet.watching.backup.making import back_up_database, back_up_keys


def filled(home: House, cases: int) -> None:
    """As many cases, each with its letters."""
    for number in range(cases):
        sending.send(missing_child(home, number), by=home.guard, now=home.clock.now())


def size() -> int:
    """The database in bytes, as PostgreSQL counts it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        return int(cursor.fetchone()[0])


def main(cases: int = 500) -> None:
    """Fill, back up, drill, and say what each took."""
    with house() as home:
        filled(home, cases)
        key, database, keys = X25519PrivateKey.generate(), home.folder / "database", home.folder / "keys"
        begun, stored = perf_counter(), size()
        written = back_up_database(Path(database), [key.public_key()], timezone.now())
        back_up_keys(Path(keys), [key.public_key()], timezone.now())
        backed_up = perf_counter() - begun
        done = drill(Path(database), Path(keys), key)
    say(f"drill: {cases} cases, a database of {stored / 2**20:.0f} MiB, a backup of {written / 2**20:.0f} MiB")
    say(f"  backed up in {backed_up / 60:.2f} minutes; restored and verified in {done.seconds / 60:.2f} minutes")
    say(f"  {done.tables} tables, {done.rows:,} rows, {done.heads} heads and {done.records:,} records verified")
    for line in done.said:
        say(f"  {line}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
