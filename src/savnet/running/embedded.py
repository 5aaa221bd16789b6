"""The embedded PostgreSQL: the server that came as a Python package, started and stopped by whoever uses it.

Everyone who uses it holds a shared lock while doing so; the last to leave stops it. Locks end with their process, so
a killed user leaves no false trace, and the next one simply goes on with the server that still runs.
"""

import fcntl
import shlex
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from urllib.parse import quote

import psycopg
from psycopg import pq, sql

from savnet.access import row_roles
from savnet.running.place import Place, place_for, private_folder

NAME = "savnet"
# A server that has just lost a process cuts everyone off for some hundredths of a second, the one who asks too.
MORE_TRIES, PAUSE = 4, 0.1
ALIVE = (pq.Ping.OK, pq.Ping.REJECT)  # it also lives while it starts up, or recovers from the loss of a process
ANSWERS_WITHIN = 3  # seconds
PATIENCE = "20"  # seconds
UNSAFE_BUT_FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class DatabaseDidNotStart(Exception):
    """PostgreSQL refused to start; the message holds what it said."""


@dataclass(frozen=True, slots=True)
class Server:
    """One embedded server: where it lies, and how it is spoken to."""

    place: Place

    @property
    def url(self) -> str:
        """Where Savnet's own database is, as SAVNET_DATABASE_URL would say it."""
        return self.url_of(NAME)

    def url_of(self, database: str, role: str = "postgres") -> str:
        """The URL of any database of this server, as its administrator or as another role."""
        return f"postgresql://{role}@/{database}?host={quote(str(self.place.sockets), safe='/')}"

    def url_as(self, role: str) -> str:
        """Savnet's own database, as one of its own roles; these are made if they are not there."""
        self._furnish()
        return self.url_of(NAME, role)

    def _furnish(self) -> None:
        """Make the roles, and give everything to its owner, unless it is so already."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            owned = "SELECT 1 FROM pg_database WHERE datname = %s AND datdba = to_regrole(%s)"
            if connection.execute(owned, [NAME, row_roles.OWNER]).fetchone():
                return
            for statement in (row_roles.MAKE, row_roles.MEMBERS, row_roles.OWNS):
                connection.execute(statement)

    def runs(self) -> bool:
        """Whether the server answers. A process number left in a file proves nothing: another may have it by now."""
        return self._answers() or any(self._answers(after=PAUSE) for _ in range(MORE_TRIES))

    def _answers(self, *, after: float = 0) -> bool:
        time.sleep(after)
        return pq.PGconn.ping(f"{self.url_of('postgres')}&connect_timeout={ANSWERS_WITHIN}".encode()) in ALIVE

    def start(self, *, durable: bool = True) -> None:
        """Start the server, after laying its data directory the first time."""
        if not (self.place.data / "PG_VERSION").exists():
            self._lay()
        options = {"listen_addresses": "", "unix_socket_directories": str(self.place.sockets)}
        options |= {} if durable else UNSAFE_BUT_FAST
        settings = " ".join(f"-c {shlex.quote(f'{name}={value}')}" for name, value in options.items())
        log = self.place.data / "log"
        self._must("pg_ctl", "start", "-w", "-s", "-D", str(self.place.data), "-l", str(log), "-o", settings, log=log)
        self._make_database()

    def stop(self) -> None:
        """Stop the server; open connections are cut, what was committed stays.

        One that is told so in the middle of its own recovery may never come to it: then it is stopped at once, and
        reads its log again at the next start.
        """
        if self._command(
            "pg_ctl", "stop", "-w", "-s", "-t", PATIENCE, "-m", "fast", "-D", str(self.place.data)
        ).returncode:
            self._must("pg_ctl", "stop", "-w", "-s", "-m", "immediate", "-D", str(self.place.data))

    def _lay(self) -> None:
        """Make the data directory beside its place, so that an interruption never leaves half of one."""
        data, fresh = self.place.data, self.place.data.with_name(f"{self.place.data.name}-unfinished")
        shutil.rmtree(fresh, ignore_errors=True)
        private_folder(fresh, self.place.user)
        locale = ("--no-locale", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--encoding=UTF8")
        self._must("initdb", "--auth=trust", "--username=postgres", "--no-sync", *locale, "-D", str(fresh))
        data.rmdir()
        fresh.rename(data)

    def _make_database(self) -> None:
        with psycopg.connect(self.url_of("postgres"), autocommit=True) as connection:
            found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME]).fetchone()
            if not found:
                connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(NAME)))

    def _must(self, program: str, *arguments: str, log: Path | None = None) -> None:
        done = self._command(program, *arguments)
        if done.returncode:
            said = (done.stderr or "") + (log.read_text(errors="replace")[-2000:] if log and log.exists() else "")
            raise DatabaseDidNotStart(f"{program} for the embedded PostgreSQL in {self.place.data} failed:\n{said}")

    def _command(self, program: str, *arguments: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(  # noqa: S603 - our own binaries, our own arguments
            [str(self.place.binaries / program), *arguments],
            **self.place.identity(),
            cwd="/",
            start_new_session=True,  # Ctrl-C at the terminal is ours to answer, not theirs
            stdin=subprocess.DEVNULL,
            # pg_ctl hands its output on to the server it starts: a pipe would never close.
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE if program == "initdb" else subprocess.DEVNULL,
            text=True,
            check=False,
        )


@contextmanager
def running(state: Path, *, durable: bool = True) -> Iterator[Server]:
    """The embedded server of `state`, running for as long as anyone is inside such a block."""
    server = Server(place_for(state))
    with (state / "postgres.users").open("a") as users:
        try:
            with _alone(state):
                fcntl.flock(users, fcntl.LOCK_SH)
                if not server.runs():
                    server.start(durable=durable)
            yield server
        finally:
            with _alone(state):
                _leave(server, users)


def start_again(state: Path, server: Server) -> None:
    """Start a server that died while it was used, unless somebody else has already. Raises DatabaseDidNotStart."""
    with _alone(state):
        if not server.runs():
            server.start()


@contextmanager
def _alone(state: Path) -> Iterator[None]:
    """Coming and going happen one at a time."""
    with (state / "postgres.door").open("a") as door:
        fcntl.flock(door, fcntl.LOCK_EX)
        yield


def _leave(server: Server, users: IO[str]) -> None:
    fcntl.flock(users, fcntl.LOCK_UN)
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return  # someone else still uses it
    if server.runs():
        server.stop()
