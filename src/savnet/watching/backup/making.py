"""Make a backup: the database through pg_dump, or the key file, sealed on the way and never on disk in clear."""

import os
import secrets
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryFile

from django.conf import settings
from django.db import connection

from savnet.access.row_roles import BACKUP
from savnet.watching.backup.container import PIECE, Writer
from savnet.watching.backup.programs import ProgramFailed, environment, program
from savnet.watching.backup.recipients import PublicKey

DATABASE, KEYS = "database", "keys"


def back_up_database(target: Path, to: Sequence[PublicKey], now: datetime) -> int:
    """Everything in the database as it is at one instant. Returns the size of the file."""
    # As a role that no policy hides a row from: what a backup lacks is missed only when it is needed.
    as_role = f"--role={BACKUP}"
    command = [program("pg_dump"), "--format=custom", "--no-owner", "--no-privileges", "--no-password", as_role]
    with _placed(target, to, what=DATABASE, now=now) as writer, TemporaryFile() as words:
        dump = subprocess.Popen(  # noqa: S603 - PostgreSQL's own program
            command,
            env=environment(connection.settings_dict),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=words,  # no pipe: one that nobody empties would stop the program
        )
        with dump:
            for data in iter(lambda: dump.stdout.read(PIECE) if dump.stdout else b"", b""):
                writer.write(data)
        if dump.returncode:
            words.seek(0)
            said = words.read().decode("utf-8", "replace").strip()
            raise ProgramFailed(f"pg_dump failed, and no backup was made: {said}")
    return target.stat().st_size


def back_up_keys(target: Path, to: Sequence[PublicKey], now: datetime) -> int:
    """The key file. Keep it where the backup of the database is not: together they open every case."""
    with _placed(target, to, what=KEYS, now=now) as writer:
        writer.write(Path(settings.KEY_FILE).read_bytes())
    return target.stat().st_size


@contextmanager
def _placed(target: Path, to: Sequence[PublicKey], *, what: str, now: datetime) -> Iterator[Writer]:
    """A writer whose file gets its name when it is whole and on disk; what fails leaves nothing behind."""
    if target.exists():
        raise FileExistsError(f"{target} exists already. Backups are never written over: give another name.")
    aside = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
    try:
        with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            writer = Writer(file, to, what=what, made_at=now.isoformat(timespec="seconds"))
            yield writer
            writer.close()
            file.flush()
            os.fsync(file.fileno())
        aside.rename(target)
    finally:
        aside.unlink(missing_ok=True)
