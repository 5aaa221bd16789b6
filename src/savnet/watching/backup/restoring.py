"""The way back: a backup into an empty database, all of it or nothing; and the key file to where none is."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryFile

from django.db import connection

from savnet.watching.backup.container import contents
from savnet.watching.backup.making import DATABASE, KEYS
from savnet.watching.backup.programs import ProgramFailed, environment, program
from savnet.watching.backup.recipients import PrivateKey

TABLES = "SELECT count(*) FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"


class NotEmpty(Exception):
    """There is something where the backup was to go."""


def restore_database(source: Path, key: PrivateKey) -> None:
    """Fill the empty database that the settings name."""
    with connection.cursor() as cursor:
        cursor.execute(TABLES)
        if tables := cursor.fetchone()[0]:
            raise NotEmpty(
                f"The database holds {tables} tables already. Make an empty one, and name it in the settings."
            )
    pour(source, key, into=str(connection.settings_dict["NAME"]))


def pour(source: Path, key: PrivateKey, *, into: str) -> None:
    """Pour a backup into a database of the same server, in one transaction: damage at its very end undoes it all."""
    command = [program("pg_restore"), "--no-owner", "--no-privileges", "--no-password"]
    command += ["--single-transaction", "--exit-on-error", f"--dbname={into}"]
    with source.open("rb") as file, TemporaryFile() as words:
        restore = subprocess.Popen(  # noqa: S603 - PostgreSQL's own program
            command,
            env=environment(connection.settings_dict, into),
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=words,
        )
        with restore:
            _pour(contents(file, key, what=DATABASE), restore)
        if restore.returncode:
            words.seek(0)
            said = words.read().decode("utf-8", "replace").strip()
            raise ProgramFailed(f"pg_restore failed, and nothing was restored: {said}")


def _pour(pieces: Iterator[bytes], restore: "subprocess.Popen[bytes]") -> None:
    """Hand over every piece; where the backup turns out damaged, the program must not see an end."""
    whole = False
    try:
        for piece in pieces:
            if not _poured(restore, piece):
                break
        whole = True
    finally:
        if not whole:
            restore.kill()
    restore.communicate()


def _poured(restore: "subprocess.Popen[bytes]", piece: bytes) -> bool:
    """Whether it could be handed over; where the program has ended already, its own words say why."""
    try:
        if restore.stdin:
            restore.stdin.write(piece)
            restore.stdin.flush()
    except BrokenPipeError:
        return False
    return True


def restore_keys(source: Path, key: PrivateKey, target: Path) -> None:
    """Put the key file back, for its owner only. One that is there is never written over."""
    with source.open("rb") as file:
        content = b"".join(contents(file, key, what=KEYS))
    if target.exists():
        raise NotEmpty(f"{target} exists already, and some cases may need it. Move it away first.")
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as kept:
        kept.write(content)
        kept.flush()
        os.fsync(kept.fileno())
