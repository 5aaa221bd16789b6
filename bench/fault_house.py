"""A whole house of its own for the faults: database, mail server, web, worker, second reader, and how each is hurt."""

import os
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
from pathlib import Path

import psycopg

from bench.clock_ahead import Clock, library
from bench.fault_database import end_database, family, postmaster
from bench.fault_model import Model, surroundings, tls, words
from bench.fault_outside import Outside, Page, listening
from savnet.running import embedded
from savnet.running.place import place_for

KINDS: Mapping[str, tuple[str, ...]] = {
    "ladder": ("still",),  # first, for it is done in the database, which the next fault may take away
    "web": ("kill", "stop", "circle", "ahead", "behind"),
    "worker": ("kill", "stop", "circle", "ahead", "behind"),
    "database": ("kill", "stop", "ahead", "behind"),
    "mail": ("kill", "stop"),
    "reader": ("kill", "stop", "circle", "ahead", "behind"),
}
"""How each part is hurt: killed; stopped where it stands, its connections open; busy in a circle; its clock set.

The ladder of alarms stands still where a worker beats, and does all else, but never goes up it.
"""
APART = 20 * 60
"""Seconds that a clock is set ahead or behind."""
WELL_WITHIN = 400
SIGNALS = {"kill": signal.SIGKILL, "stop": signal.SIGSTOP, "circle": signal.SIGUSR1}
PART = (sys.executable, "-m", "bench.fault_part")
FORGET = "TRUNCATE watching_heartbeat, watching_wayout, procrastinate_periodic_defers"
"""What a wrong clock has left behind would be a fault of its own later: ticks that are used up before their time."""
SOUND = "savnet.casework.tasks.sound"
STAND_STILL = f"""
    CREATE OR REPLACE FUNCTION postponed() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN NEW.scheduled_at := now() + interval '1 day'; RETURN NEW; END $$;
    CREATE TRIGGER stand_still BEFORE INSERT ON procrastinate_jobs FOR EACH ROW
        WHEN (NEW.task_name = '{SOUND}') EXECUTE FUNCTION postponed();
"""
GO_UP_AGAIN = f"""
    DROP TRIGGER IF EXISTS stand_still ON procrastinate_jobs;
    DELETE FROM procrastinate_jobs WHERE task_name = '{SOUND}' AND status = 'todo';
"""  # noqa: S608 - our own word alone


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
        for part in hurt & self.commands.keys():
            self._start(part)
        self._do(FORGET + ";" + GO_UP_AGAIN)
        self.outside.forget()
        self._until_well()

    def _do(self, statements: str) -> None:
        with psycopg.connect(self.database.url, autocommit=True) as connection:
            connection.execute(statements)

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
        if part == "ladder":
            self._do(STAND_STILL)
        elif kind in SIGNALS:
            if part == "database":
                self._signal_database(SIGNALS[kind])
            else:
                os.kill(self.processes[part].pid, SIGNALS[kind])
        else:
            self.clocks[part].set_ahead(APART if kind == "ahead" else -APART)

    def _signal_database(self, sent: int) -> None:
        """To its head and every child of it; one that has just ended by itself needs none."""
        head, *children = family(postmaster(self.database))
        os.kill(head, sent)
        for child in children:
            with suppress(ProcessLookupError):
                os.kill(child, sent)

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


def free_port() -> int:
    """A port that nobody has now."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
