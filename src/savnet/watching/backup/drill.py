"""The drill: restore a backup into a scratch database with keys from their own backup, and read every value of it."""

import os
import secrets
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlencode

import psycopg
from django.db import connection
from psycopg import sql

from savnet.watching.backup.recipients import PrivateKey
from savnet.watching.backup.restoring import pour, restore_keys


class DrillFailed(Exception):
    """What was restored is not whole; the message holds what was found."""


@dataclass(frozen=True, slots=True)
class Drill:
    """What the drill did, in figures."""

    seconds: float
    tables: int
    rows: int
    heads: int
    records: int
    said: tuple[str, ...]


def drill(source: Path, keys: Path, key: PrivateKey) -> Drill:
    """Restore, verify every ledger, and derive every row anew. Raises DrillFailed. Leaves nothing behind."""
    begun = time.monotonic()
    with scratch() as (name, url), tempfile.TemporaryDirectory(prefix="savnet-drill-") as folder:
        key_file = Path(folder) / "keys" / "wrapping.json"
        restore_keys(keys, key, key_file)
        pour(source, key, into=name)
        said = tuple(_asked(url, key_file, *words) for words in (("verify_ledger",), ("rebuild", "--check")))
        tables, rows, heads, records = _counted(url)
    return Drill(time.monotonic() - begun, tables, rows, heads, records, said)


@contextmanager
def scratch() -> Iterator[tuple[str, str]]:
    """A database of its own on the same server; gone afterwards, whatever happened."""
    name = f"savnet_drill_{secrets.token_hex(6)}"
    with psycopg.connect(url_of("postgres"), autocommit=True) as server:
        server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name)))
        try:
            yield name, url_of(name)
        finally:
            server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def url_of(database: str) -> str:
    """The URL of a database of our own server."""
    named = {name: str(value) for name, value in connection.settings_dict.items()}
    who = ":".join(quote(part, safe="") for part in (named["USER"], named["PASSWORD"]) if part)
    if named["HOST"].startswith("/") or not named["HOST"]:
        where, more = "", f"?host={quote(named['HOST'], safe='/')}" if named["HOST"] else ""
    else:
        where, more = f"{named['HOST']}:{named['PORT'] or 5432}", _tls()
    return f"postgresql://{who}@{where}/{database}{more}"


def _tls() -> str:
    """The part of the URL that says how the server proves itself, where it is on another machine."""
    told = urlencode(connection.settings_dict["OPTIONS"])
    return f"?{told}" if told else ""


def _asked(url: str, key_file: Path, *words: str) -> str:
    """What one of our own commands says of the restored database."""
    environment = {
        **{name: value for name, value in os.environ.items() if name != "SAVNET_DATABASE_URL_FILE"},
        "DJANGO_SETTINGS_MODULE": "savnet.running.settings",
        "SAVNET_DATABASE_URL": url,
        "SAVNET_KEY_FILE": str(key_file),
    }
    command = [sys.executable, "-m", "django", *words]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603 - ours
    if done.returncode:
        raise DrillFailed(f"{words[0]} of the restored database: {(done.stdout + done.stderr).strip()[-2000:]}")
    return done.stdout.strip()


def _counted(url: str) -> tuple[int, int, int, int]:
    """How many tables, rows, heads and records were restored."""
    names = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
    with psycopg.connect(url) as restored:
        tables = [row[0] for row in restored.execute(names)]
        rows = {table: _rows(restored, table) for table in tables}
    return len(tables), sum(rows.values()), rows["cases_case"], rows["cases_record"]


def _rows(restored: "psycopg.Connection[tuple[int]]", table: str) -> int:
    found = restored.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table))).fetchone()
    return found[0] if found else 0
