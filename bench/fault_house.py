"""A whole house of its own for the faults: database, mail server, web, worker, second reader, and how each is hurt."""

import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg

from bench.clock_ahead import Clock, library
from bench.fault_outside import Outside, Page, listening
from savnet.demo import receivers
from savnet.demo.authority import issue_for_server, new_authority
from savnet.running import embedded
from savnet.running.place import place_for

KINDS: Mapping[str, tuple[str, ...]] = {
    "web": ("kill", "stop", "circle", "ahead", "behind"),
    "worker": ("kill", "stop", "circle", "ahead", "behind"),
    "database": ("kill", "stop", "ahead", "behind"),
    "mail": ("kill", "stop"),
    "reader": ("kill", "stop", "circle", "ahead", "behind"),
}
"""How each part is hurt: killed; stopped where it stands, its connections open; busy in a circle; its clock set."""
APART = 20 * 60
"""Seconds that a clock is set ahead or behind."""
WELL_WITHIN = 400
SIGNALS = {"kill": signal.SIGKILL, "stop": signal.SIGSTOP, "circle": signal.SIGUSR1}
PART = (sys.executable, "-m", "bench.fault_part")
NOT_OURS = ("SAVNET_", "LD_PRELOAD", "CLOCK_AHEAD")
FORGET = "TRUNCATE watching_heartbeat, watching_wayout, procrastinate_periodic_defers"
"""What a wrong clock has left behind would be a fault of its own later: ticks that are used up before their time."""


class NotWell(Exception):
    """A house that nobody has hurt is not well: the fault can't be tried, and what its parts said is told."""


@dataclass
class House:
    """The processes, the page that lies open, and who listens outside."""

    state: Path
    database: embedded.Server
    environment: Mapping[str, str]
    commands: Mapping[str, tuple[str, ...]]
    clocks: Mapping[str, Clock]
    outside: Outside
    page: Page
    processes: dict[str, "subprocess.Popen[bytes]"] = field(default_factory=dict)

    def begin(self, hurt: frozenset[str]) -> None:
        """Start what was hurt anew, and all where that was the database, and wait until everything is well."""
        if "database" in hurt or not self.processes:
            self.end()
            self._start_database()
            hurt = frozenset(self.commands)
        for part in hurt:
            self._start(part)
        with psycopg.connect(self.database.url, autocommit=True) as connection:
            connection.execute(FORGET)
        self.outside.forget()
        self._until_well()

    def _start_database(self) -> None:
        clock = self.clocks["database"]
        clock.set_ahead(0)
        with ALONE, also(clock.environment()):
            self.database.start()

    def _start(self, part: str) -> None:
        self._end(part)
        self.clocks[part].set_ahead(0)
        environment = {**self.environment, **self.clocks[part].environment()}
        with (self.state / f"{part}.log").open("wb") as log:
            self.processes[part] = subprocess.Popen(  # noqa: S603 - ours
                (*PART, *self.commands[part]), env=environment, stdout=log, stderr=log, start_new_session=True
            )

    def hurt(self, part: str, kind: str) -> None:
        """Do to it what the kind says."""
        if kind in SIGNALS:
            pids = family(postmaster(self.database)) if part == "database" else [self.processes[part].pid]
            for pid in pids:
                os.kill(pid, SIGNALS[kind])
        else:
            self.clocks[part].set_ahead(APART if kind == "ahead" else -APART)

    def _until_well(self) -> None:
        """Wait until the page shows no banner, and both signals have been heard."""
        end = time.monotonic() + WELL_WITHIN
        while time.monotonic() < end:
            if len(self.outside.signals) == 2 and not self.outside.worried and self.page.ask() == (True, False):
                self.page.use()
                return
            time.sleep(0.5)
        logs = "\n".join(f"{one.name}: {one.read_text()[-800:]}" for one in self.state.glob("*.log"))
        raise NotWell(f"The house did not become well: {self.page.ask()}, {sorted(self.outside.signals)}\n{logs}")

    def end(self) -> None:
        """End every process, also those that stand still."""
        for part in list(self.processes):
            self._end(part)
        end_database(self.database)

    def _end(self, part: str) -> None:
        if process := self.processes.pop(part, None):
            process.kill()
            process.wait()


@dataclass(frozen=True, slots=True)
class Model:
    """A house made ready, with tables and somebody who is signed in; every house that is hurt is a copy of it."""

    folder: Path
    database: embedded.Server
    secret: str
    cookie: str


def model(folder: Path) -> Model:
    """Make one ready."""
    folder.mkdir(mode=0o711)
    tls(folder)
    database, secret = embedded.Server(place_for(folder)), secrets.token_hex(32)
    database.start()
    try:
        cookie = prepared(surroundings(folder, database.url, secret=secret, ear=1, web=1, mail=1))
    finally:
        database.stop()
    return Model(folder, database, secret, cookie)


@contextmanager
def running(folder: Path, of: Model) -> Iterator[House]:
    """A house on a database, ports and keys of its own, made ready but for the start of its parts."""
    folder.mkdir(mode=0o711)
    shutil.copytree(of.folder / "keys", folder / "keys")
    outside, database = Outside(), embedded.Server(place_for(folder))
    web, mail = free_port(), free_port()
    copy = ("cp", "-a", f"{of.database.place.data}/.", str(database.place.data))  # with its owner, who is another
    subprocess.run(copy, check=True)  # noqa: S603 - ours
    built = library(folder)
    with listening(outside, tls(folder)) as ear:
        environment = surroundings(folder, database.url, secret=of.secret, ear=ear, web=web, mail=mail)
        clocks = {part: Clock(folder / f"{part}.clock", built) for part in KINDS}
        commands = words(folder, web=web, mail=mail)
        house = House(folder, database, environment, commands, clocks, outside, Page(web, of.cookie))
        try:
            yield house
        finally:
            house.end()


def tls(folder: Path) -> Path:
    """The certificate of whoever listens outside, and beside it that of its authority."""
    begin = datetime.now(UTC) - timedelta(days=1)
    authority = new_authority("Prøve", begin)
    server = issue_for_server(authority, ("localhost",), valid_from=begin, valid_until=begin + timedelta(days=9))
    (folder / "ca.pem").write_bytes(authority.certificate_pem())
    (folder / "tls.pem").write_bytes(server.certificate_pem() + server.key_pem())
    return folder / "tls.pem"


def surroundings(folder: Path, url: str, *, secret: str, ear: int, web: int, mail: int) -> dict[str, str]:
    """The environment of every part."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(NOT_OURS)}
    authority, keys = (folder / "ca.pem").read_text(), str(folder / "keys" / "wrapping.json")
    return {
        **clean,
        **receivers.environment(folder / "post-room", port=mail),
        "DJANGO_SETTINGS_MODULE": "savnet.running.settings",
        "SAVNET_STATE_DIR": str(folder),
        "SAVNET_DATABASE_URL": url,
        "SAVNET_DEMO": "1",
        "SAVNET_IDLE_MINUTES": "60",
        "SAVNET_LONGEST_SESSION_MINUTES": "720",
        "SAVNET_SECRET_KEY": secret,
        "SAVNET_HOSTS": "127.0.0.1",
        "SAVNET_KEY_FILE": keys,
        "SAVNET_ALIVE_URL": f"https://localhost:{ear}/house",
        "SAVNET_ALIVE_CA": authority,
        "SAVNET_READER_DATABASE_URL": url.replace("postgres@", "savnet_reader@", 1),
        "SAVNET_READER_PASSWORD": "only-for-the-faults-of-this-bench",
        "SAVNET_READER_KEYS": keys,
        "SAVNET_READER_WEBHOOK": f"https://localhost:{ear}/alarm",
        "SAVNET_READER_WEBHOOK_CA": authority,
        "SAVNET_READER_ALIVE_URL": f"https://localhost:{ear}/reader",
        "SAVNET_READER_ALIVE_CA": authority,
        "SAVNET_READER_SITE": f"http://127.0.0.1:{web}/helse/klar/",
    }


def words(folder: Path, *, web: int, mail: int) -> dict[str, tuple[str, ...]]:
    """How each part is started; the database stands already."""
    return {
        "mail": ("savnet.demo.post_room_server", f"--room={folder / 'post-room'}", f"--port={mail}"),
        "web": ("waitress", f"--listen=127.0.0.1:{web}", "--threads=8", "savnet.running.wsgi:application"),
        "worker": ("django", "procrastinate", "worker", "--concurrency=4"),
        "reader": ("savnet.watching.second_reader",),
    }


SIGN_IN = """
from django.contrib.auth import login
from django.http import HttpRequest
from importlib import import_module
from savnet.access.models import Person
from savnet.access.rights import Role
from savnet.sealing import FileKeys
from django.conf import settings
FileKeys.create(settings.KEY_FILE)
person = Person.objects.create_user("vakt", name="Vera Vakt", role=Role.NATIONAL_OVERSEER)
request = HttpRequest()
request.session = import_module(settings.SESSION_ENGINE).SessionStore()
login(request, person, backend=settings.AUTHENTICATION_BACKENDS[0])
request.session.save()
print(f"{settings.SESSION_COOKIE_NAME}={request.session.session_key}")
"""


def prepared(environment: Mapping[str, str]) -> str:
    """Tables, the reader's role, and somebody who is signed in; returns her session's cookie."""
    django = (sys.executable, "-m", "django")
    for command in (("migrate", "--verbosity=0"), ("make_reader",)):
        subprocess.run((*django, *command), env=environment, check=True, stdout=subprocess.DEVNULL)  # noqa: S603
    shell = (*django, "shell", "--no-imports", "-c", SIGN_IN)
    done = subprocess.run(shell, env=environment, check=True, stdout=subprocess.PIPE, text=True)  # noqa: S603 - ours
    return done.stdout.split()[-1]


ALONE = threading.Lock()


@contextmanager
def also(environment: Mapping[str, str]) -> Iterator[None]:
    """This environment for what is started within. Starting is done by one at a time: it is of the whole process."""
    os.environ.update(environment)
    try:
        yield
    finally:
        for name in environment:
            del os.environ[name]


def family(pid: int) -> list[int]:
    """A process and its children: PostgreSQL is many."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *map(int, children)]


def postmaster(database: embedded.Server) -> int:
    """The first process of the database."""
    return int((database.place.data / "postmaster.pid").read_text().split()[0])


def end_database(database: embedded.Server) -> None:
    """End every process of the database, also those that stand still."""
    try:
        pids = family(postmaster(database))
    except (OSError, IndexError, ValueError):
        return
    for pid in reversed(pids):
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    until_gone(pids)
    # One that nobody has asked after yet keeps its number, and would seem to hold these.
    (database.place.data / "postmaster.pid").unlink(missing_ok=True)
    for lock in database.place.sockets.glob(".s.PGSQL.*"):
        lock.unlink()


def until_gone(pids: list[int]) -> None:
    """Wait until they are gone, or are but names that nobody has asked after."""
    end = time.monotonic() + 10
    while time.monotonic() < end and any(lives(pid) for pid in pids):
        time.sleep(0.05)


def lives(pid: int) -> bool:
    """Whether there is such a process, and it has not ended."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in {"Z", "X"}
    except OSError:
        return False


def free_port() -> int:
    """A port that nobody has now."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
