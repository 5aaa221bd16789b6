"""`savnet run`: the whole house on one machine, from an empty folder to a page that answers; one Ctrl-C ends it."""

import fcntl
import os
import signal
import socket
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from savnet.running import embedded, local
from savnet.running.children import Child

HOST = "127.0.0.1"
READY_WITHIN = 60.0
MOST_QUICK_DEATHS = 3


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
        with alone(local.state()), local.ready():
            return house(local.state())
    except (CannotRun, embedded.DatabaseDidNotStart) as problem:
        sys.stderr.write(f"\n{problem}\n")
        return 1
    except Asked:
        say("Savnet er stoppet.")
        return 0


def house(state: Path) -> int:
    """Prepare the database and the pages, then keep the parts alive."""
    port = wanted_port()
    say("Savnet starter …")
    post_port = local.settle_post(state)
    prepare()
    parts = children(state, port, post_port)
    try:
        for part in parts:
            part.start()
        wait_for(port, parts)
        welcome(port, state)
        return keep_alive(parts)
    finally:
        stop(parts)


def prepare() -> None:
    """Bring database and static files up to date; the first time, move the invented centres in."""
    # Imported here: Django can be loaded only after the environment is set.
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0, interactive=False)
    if not collected():
        call_command("collectstatic", verbosity=0, interactive=False)
    # Imported here: models exist only after Django is set up.
    from django.contrib.auth import get_user_model

    if not get_user_model().objects.exists():
        say("Legger inn oppdiktede mottak, beboere og saker …")
        call_command("demo_data")


def collected() -> bool:
    """Whether the static files lie ready, none of them older than what it was made from."""
    # Imported here: Django can be loaded only after the environment is set.
    from django.conf import settings
    from django.contrib.staticfiles.finders import get_finders

    ready = Path(settings.STATIC_ROOT) / "staticfiles.json"
    if not ready.exists():
        return False
    made = ready.stat().st_mtime
    files = (storage.path(name) for finder in get_finders() for name, storage in finder.list([]))
    return all(Path(file).stat().st_mtime <= made for file in files)


def children(state: Path, port: int, post_port: int | None) -> list[Child]:
    """The parts of the house, in the order in which they start."""
    logs = state / "logs"
    logs.mkdir(mode=0o700, exist_ok=True)
    python = (sys.executable, "-m")
    commands = {
        "arbeideren": (*python, "django", "procrastinate", "worker"),
        "nettstedet": (
            *python,
            "waitress",
            f"--listen={HOST}:{port}",
            "--threads=8",
            "savnet.running.wsgi:application",
        ),
    }
    if post_port:
        room = f"--room={state / local.POST_ROOM}"
        commands = {"postrommet": (*python, "savnet.demo.post_room_server", room, f"--port={post_port}"), **commands}
    for name in commands:
        (logs / f"{name}.log").write_bytes(b"")
    return [Child(name, command, logs / f"{name}.log") for name, command in commands.items()]


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


def keep_alive(parts: Sequence[Child]) -> int:
    """Look after the parts until someone asks for a stop."""
    while True:
        look_after(parts)
        time.sleep(0.5)


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
    for line in users():
        say(f"  {line}")
    say(f"\nLogger: {state / 'logs'}\nStopp med Ctrl-C.")


def users() -> list[str]:
    """One line for each person of the demo."""
    # Imported here: models exist only after Django is set up.
    from django.contrib.auth import get_user_model

    people = get_user_model().objects.select_related("centre").order_by("centre__name", "username")
    return [f"{person.get_username():<16} {person.name}, {person.title}" for person in people]


def say(text: str) -> None:
    """Tell whoever sits at the terminal, at once."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def _asked(signum: int, frame: FrameType | None) -> None:
    raise Asked
