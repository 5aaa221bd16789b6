"""`savnet run`: the whole house on one machine, from an empty folder to a page that answers; one Ctrl-C ends it."""

import fcntl
import os
import signal
import socket
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from django.core.exceptions import ImproperlyConfigured

from savnet.access.row_roles import APP, WORKER
from savnet.running import embedded, local, preparing
from savnet.running.children import Child

HOST = "127.0.0.1"
READY_WITHIN = 180.0
"""Seconds. It takes a few where nothing else runs; one who waits is better served than one who must try again."""
MOST_QUICK_DEATHS = 3
LOGS = "logs"
PYTHON = (sys.executable, "-m")


class CannotRun(Exception):
    """Why the house can't be started, in words for whoever typed the command."""


class Asked(Exception):
    """Someone asked for a stop: Ctrl-C, or a signal."""


def main(arguments: Sequence[str]) -> int:
    """Run until asked to stop; returns the exit code."""
    if arguments:
        sys.stderr.write("savnet run tar ingen argumenter. Porten settes med SAVNET_PORT.\n")
        return 2
    for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, _asked)
    try:
        with alone(local.state()), local.ready() as database:
            return house(local.state(), database)
    except (CannotRun, embedded.DatabaseDidNotStart, ImproperlyConfigured) as problem:
        sys.stderr.write(f"\n{problem}\n")
        return 1
    except Asked:
        say("Savnet er stoppet.")
        return 0


def house(state: Path, database: embedded.Server | None) -> int:
    """Prepare the database and the pages, then keep the parts alive."""
    port = wanted_port()
    say("Savnet starter …")
    parts: list[Child] = []
    try:
        parts += post_room(state)  # after this Django may read the settings of e-mail
        if preparing.bring_up_to_date(state / LOGS):
            say("Legger inn oppdiktede mottak, beboere og saker …")
            preparing.move_in()
        own = roles(database)
        parts += [started(state, name, command, own.get(name)) for name, command in workers(port).items()]
        wait_for(port, parts)
        welcome(port, state)
        return keep_alive(parts, state, database)
    finally:
        stop(parts)


def post_room(state: Path) -> list[Child]:
    """The mail server of the demo, unless e-mail goes elsewhere; after this Django may read its settings."""
    door = local.settle_post(state)
    if door is None:
        return []
    room, at = f"--room={state / local.POST_ROOM}", f"--door={door.fileno()}"
    return [started(state, "postrommet", (*PYTHON, "savnet.demo.post_room_server", room, at), door=door)]


def workers(port: int) -> dict[str, tuple[str, ...]]:
    """What needs the database: the worker that sends, and the pages."""
    pages = (*PYTHON, "waitress", f"--listen={HOST}:{port}", "--threads=8", "savnet.running.wsgi:application")
    return {"arbeideren": (*PYTHON, "django", "procrastinate", "worker", "--concurrency=4"), "nettstedet": pages}


def roles(database: embedded.Server | None) -> dict[str, dict[str, str]]:
    """Who each part is to the embedded database: neither owns a table, and neither can look past row security."""
    if database is None:
        return {}
    whose = {"arbeideren": WORKER, "nettstedet": APP}
    return {name: {"SAVNET_DATABASE_URL": database.url_as(role)} for name, role in whose.items()}


def started(
    state: Path,
    name: str,
    command: tuple[str, ...],
    environment: Mapping[str, str] | None = None,
    door: socket.socket | None = None,
) -> Child:
    """A part of the house at work, with an empty log."""
    logs = state / LOGS
    logs.mkdir(mode=0o700, exist_ok=True)
    part = Child(name, command, logs / f"{name}.log", environment or {}, door)
    part.log.write_bytes(b"")
    part.start()
    return part


def wait_for(port: int, parts: Sequence[Child]) -> None:
    """Wait until the pages answer."""
    end = time.monotonic() + READY_WITHIN
    while time.monotonic() < end:
        look_after(parts)
        with socket.socket() as attempt:
            if attempt.connect_ex((HOST, port)) == 0:
                return
        time.sleep(0.05)
    raise CannotRun(f"Nettstedet svarte ikke innen {READY_WITHIN:.0f} sekunder. Se loggen: {parts[-1].log}")


def keep_alive(parts: Sequence[Child], state: Path, database: embedded.Server | None) -> int:
    """Look after the database, if it is ours, and the parts until someone asks for a stop."""
    while True:
        # The database first: the parts can't be started again while it is away.
        if database and not database.runs():
            bring_back(state, database)
        look_after(parts)
        time.sleep(0.5)


def bring_back(state: Path, database: embedded.Server) -> None:
    """Start the database again; what it left behind when it died may be in the way for a moment."""
    say("Databasen stoppet av seg selv. Starter den på nytt.")
    end = time.monotonic() + READY_WITHIN
    while True:
        try:
            embedded.start_again(state, database)
        except embedded.DatabaseDidNotStart:
            if time.monotonic() > end:
                raise
            time.sleep(0.5)
        else:
            say("Databasen er i gang igjen. Det som var lagret, er i behold.")
            return


def look_after(parts: Sequence[Child]) -> None:
    """Start again what has died, and say so; give up on a part that dies at once every time."""
    for part in parts:
        code = part.died()
        if code is None:
            continue
        say(f"{part.name.capitalize()} stoppet av seg selv (kode {code}). Slutten av loggen:\n{part.last_words()}")
        if part.quick_deaths >= MOST_QUICK_DEATHS:
            raise CannotRun(f"{part.name.capitalize()} lar seg ikke starte. Hele loggen: {part.log}")
        say(f"Starter {part.name} på nytt.")
        part.start()


def stop(parts: Sequence[Child]) -> None:
    """Stop everything; the parts stop side by side."""
    for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, signal.SIG_IGN)  # a second Ctrl-C must not leave half of it running
    for part in parts:
        part.ask_to_stop()
    for part in parts:
        part.wait()


def wanted_port() -> int:
    """The port of the pages, if it is a port and free."""
    text = os.environ.get("SAVNET_PORT", "8000")
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise CannotRun(f"SAVNET_PORT er «{text}», men må være et tall fra 1 til 65535.")
    with socket.socket() as attempt:
        attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            attempt.bind((HOST, int(text)))
        except OSError as problem:
            raise CannotRun(
                f"Port {text} på {HOST} kan ikke brukes ({problem.strerror}). Velg en annen: SAVNET_PORT=8080 make run"
            ) from problem
    return int(text)


@contextmanager
def alone(state: Path) -> Iterator[None]:
    """Only one `make run` at a time in one folder; the lock ends with the process, however it ends."""
    with (state / "run.lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as problem:
            lock.seek(0)
            raise CannotRun(
                f"Savnet kjører allerede fra denne mappen (prosess {lock.read().strip()}). Stopp den med Ctrl-C der."
            ) from problem
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield


def welcome(port: int, state: Path) -> None:
    """Say where the house is and who may enter."""
    say(f"\nSavnet er klar:  http://localhost:{port}/\n")
    for line in preparing.users():
        say(f"  {line}")
    say(f"\nLogger: {state / LOGS}\nStopp med Ctrl-C.")


def say(text: str) -> None:
    """Tell whoever sits at the terminal, at once."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def _asked(signum: int, frame: FrameType | None) -> None:
    raise Asked
