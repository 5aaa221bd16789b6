"""The watcher under faults: kill, stop or livelock each part of a house that runs, and each pair of parts.

A house of its own is started: database, web, worker, second reader. An open page asks as `watch.js` does, and somebody
outside listens to the second reader's alarms and to both dead man's signals (told when one has been silent for two
minutes). For each fault: seconds until the banner, and until the person outside. A fault that must not give a banner
(the second reader alone) has none. Takes about a minute and a half for each fault.

Run: make bench ARGS=faults, with FAULTS=single (the default), double or all, or names such as worker-kill+web-stop.
"""

import itertools
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from bench.machine import machine

EVERY, AGAIN, PATIENCE, LOST = 10.0, 3.0, 8.0, 2
"""What `watch.js` does: a round, another try, how long it waits, how many failures make a banner."""
SIGNAL_MISSED = 120.0
BANNER_WITHIN, OUTSIDE_WITHIN = 60.0, 180.0
GIVE_UP = 200.0
PARTS = ("web", "worker", "database", "reader")
KINDS = ("kill", "stop")
ENGINE = (sys.executable, "-m")


@dataclass
class Outside:
    """The person outside: alarms that came, and when each dead man's signal was last heard."""

    alarms: list[float] = field(default_factory=list)
    signals: dict[str, float] = field(default_factory=dict)
    worried: bool = False

    def hear(self, path: str, body: bytes) -> None:
        """An alarm, the word that it is over, or a signal of life."""
        if path != "/alarm":
            self.signals[path] = time.monotonic()
            return
        self.worried = json.loads(body)["text"].startswith("Savnet trenger hjelp")
        if self.worried:
            self.alarms.append(time.monotonic())

    def told_at(self, since: float) -> float | None:
        """When she knew: the first alarm after the fault, or a signal that has been away for too long."""
        alarm = min((at for at in self.alarms if at > since), default=None)
        missed = min((at + SIGNAL_MISSED for at in self.signals.values()), default=None)
        known = [at for at in (alarm, missed) if at is not None and at <= time.monotonic()]
        return min(known, default=None)


@contextmanager
def listening(outside: Outside, tls: Path) -> Iterator[int]:
    """A server under TLS that takes alarms at /alarm and signals elsewhere."""
    import ssl

    class Ear(BaseHTTPRequestHandler):
        def heard(self) -> None:
            outside.hear(self.path, self.rfile.read(int(self.headers.get("Content-Length", 0))))
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        do_GET = do_POST = heard  # noqa: N815 - http.server calls them so

        def log_message(self, *_: object) -> None:
            """Only the figures are printed."""

    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(tls)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Ear)
    server.daemon_threads = True
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()


@dataclass
class House:
    """The processes, the signed-in page, and how each part is hurt."""

    state: Path
    port: int
    cookie: str
    outside: Outside
    processes: dict[str, "subprocess.Popen[bytes]"]
    postmaster: Callable[[], int]
    start: Callable[[], None]

    def begin(self) -> None:
        """Start every part anew, whatever became of it, and wait until all is well."""
        self.start()
        self.outside.alarms.clear()
        self.outside.signals.clear()
        self.outside.worried = False
        until_well(self)

    def hurt(self, part: str, kind: str) -> None:
        """Kill it, or stop it where it stands: as dead, but with every connection open."""
        number = signal.SIGKILL if kind == "kill" else signal.SIGSTOP
        pids = family(self.postmaster()) if part == "database" else [self.processes[part].pid]
        for pid in pids:
            os.kill(pid, number)

    def ask(self) -> tuple[bool, bool]:
        """One round of the page: did the house answer, and with a banner?"""
        address = f"http://127.0.0.1:{self.port}/vakt/?av-seg-selv"
        request = urllib.request.Request(address, headers={"Cookie": self.cookie})
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE) as answer:  # noqa: S310 - our own address
                return True, b"role=" in answer.read()
        except urllib.error.HTTPError as refused:
            if refused.code == 401:
                raise
            return False, False
        except OSError:
            return False, False


def family(pid: int) -> list[int]:
    """A process and its children: PostgreSQL is many."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *map(int, children)]


def page_of(house: House, since: float, stop: threading.Event, seen: list[float]) -> None:
    """The open page, at the worst moment: it had just asked when the fault came."""
    failed, wait = 0, EVERY
    while not stop.wait(wait):
        answered, banner = house.ask()
        failed = 0 if answered else failed + 1
        if banner or failed >= LOST:
            seen.append(time.monotonic() - since)
            return
        wait = EVERY if answered else AGAIN


def exercise(house: House, fault: str) -> tuple[float | None, float | None]:
    """Hurt a house that is well, and wait. Returns seconds until the banner, and until the person outside."""
    hurts = [one.split("-") for one in fault.split("+")]
    since, stop, seen = time.monotonic(), threading.Event(), []
    for part, kind in hurts:
        house.hurt(part, kind)
    page = threading.Thread(target=page_of, args=(house, since, stop, seen), daemon=True)
    page.start()
    told = None
    expects_banner = any(part != "reader" for part, _ in hurts)
    while time.monotonic() - since < GIVE_UP and (told is None or (expects_banner and not seen)):
        time.sleep(0.2)
        told = told or house.outside.told_at(since)
    stop.set()
    page.join()
    return (seen[0] if seen else None), (told - since if told else None)


@contextmanager
def running() -> Iterator[House]:
    """A whole house on a database, ports and keys of its own; every process is ended afterwards, stopped or not."""
    from datetime import UTC, datetime, timedelta

    from savnet.demo.authority import issue_for_server, new_authority
    from savnet.running import embedded

    with tempfile.TemporaryDirectory(prefix="savnet-faults-", ignore_cleanup_errors=True) as folder:
        state = Path(folder)
        state.chmod(0o711)
        begin = datetime.now(UTC) - timedelta(days=1)
        authority = new_authority("Prøve", begin)
        server = issue_for_server(authority, ("localhost",), valid_from=begin, valid_until=begin + timedelta(days=9))
        (state / "ca.pem").write_bytes(authority.certificate_pem())
        (state / "tls.pem").write_bytes(server.certificate_pem() + server.key_pem())
        outside = Outside()
        database = embedded.Server(embedded.place_for(state))
        processes: dict[str, subprocess.Popen[bytes]] = {}
        port = free_port()

        def end() -> None:
            for process in processes.values():
                process.kill()
                process.wait()
            processes.clear()
            end_database(database)

        def start() -> None:
            end()
            database.start()
            processes.update({name: started(name, words, environment) for name, words in commands(port).items()})

        database.start()
        try:
            with listening(outside, state / "tls.pem") as ear:
                environment = surroundings(state, database.url, ear=ear, port=port)
                cookie = prepared(environment)
                yield House(state, port, cookie, outside, processes, lambda: postmaster(database), start)
        finally:
            end()


def postmaster(database: object) -> int:
    """The first process of the database."""
    return int((database.place.data / "postmaster.pid").read_text().split()[0])  # type: ignore[attr-defined]


def end_database(database: object) -> None:
    """End every process of the database, also those that stand still."""
    try:
        pids = family(postmaster(database))
    except (OSError, IndexError, ValueError):
        return
    for pid in reversed(pids):
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue
    until_gone(pids)
    # One that nobody has asked after yet keeps its number, and would seem to hold these.
    (database.place.data / "postmaster.pid").unlink(missing_ok=True)  # type: ignore[attr-defined]
    for lock in database.place.sockets.glob(".s.PGSQL.*"):  # type: ignore[attr-defined]
        lock.unlink()


def until_gone(pids: list[int]) -> None:
    """Wait until they are gone, or are but names that nobody has asked after."""
    end = time.monotonic() + 10
    while time.monotonic() < end and any(lives(pid) for pid in pids):
        time.sleep(0.05)


def lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in {"Z", "X"}
    except OSError:
        return False


def surroundings(state: Path, url: str, *, ear: int, port: int) -> dict[str, str]:
    """The environment of every part."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("SAVNET_")}
    authority = (state / "ca.pem").read_text()
    return {
        **clean,
        "DJANGO_SETTINGS_MODULE": "savnet.running.settings",
        "SAVNET_STATE_DIR": str(state),
        "SAVNET_DATABASE_URL": url,
        "SAVNET_DEMO": "1",
        "SAVNET_SECRET_KEY": secrets.token_hex(32),
        "SAVNET_HOSTS": "127.0.0.1",
        "SAVNET_KEY_FILE": str(state / "keys" / "wrapping.json"),
        "SAVNET_ALIVE_URL": f"https://localhost:{ear}/house",
        "SAVNET_ALIVE_CA": authority,
        "SAVNET_READER_DATABASE_URL": url.replace("postgres@", "savnet_reader@", 1),
        "SAVNET_READER_PASSWORD": "only-for-the-faults-of-this-bench",
        "SAVNET_READER_KEYS": str(state / "keys" / "wrapping.json"),
        "SAVNET_READER_WEBHOOK": f"https://localhost:{ear}/alarm",
        "SAVNET_READER_WEBHOOK_CA": authority,
        "SAVNET_READER_ALIVE_URL": f"https://localhost:{ear}/reader",
        "SAVNET_READER_ALIVE_CA": authority,
        "SAVNET_READER_SITE": f"http://127.0.0.1:{port}/helse/klar/",
    }


def commands(port: int) -> dict[str, tuple[str, ...]]:
    """How each part is started; the database stands already."""
    return {
        "web": (*ENGINE, "waitress", f"--listen=127.0.0.1:{port}", "--threads=8", "savnet.running.wsgi:application"),
        "worker": (*ENGINE, "django", "procrastinate", "worker", "--concurrency=4"),
        "reader": (*ENGINE, "savnet.watching.second_reader"),
    }


def started(name: str, words: tuple[str, ...], environment: dict[str, str]) -> "subprocess.Popen[bytes]":
    with (Path(environment["SAVNET_STATE_DIR"]) / f"{name}.log").open("wb") as log:
        return subprocess.Popen(words, env=environment, stdout=log, stderr=log, start_new_session=True)  # noqa: S603 - ours


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


def prepared(environment: dict[str, str]) -> str:
    """Tables, the reader's role, and somebody who is signed in; returns her session's cookie."""
    for words in (("migrate", "--verbosity=0"), ("make_reader",)):
        subprocess.run((*ENGINE, "django", *words), env=environment, check=True, stdout=subprocess.DEVNULL)  # noqa: S603
    words = (*ENGINE, "django", "shell", "--no-imports", "-c", SIGN_IN)
    done = subprocess.run(words, env=environment, check=True, stdout=subprocess.PIPE, text=True)  # noqa: S603 - ours
    return done.stdout.split()[-1]


def until_well(house: House) -> None:
    """Wait until the page shows no banner, and both signals have been heard."""
    end = time.monotonic() + 150
    while time.monotonic() < end:
        if house.ask() == (True, False) and len(house.outside.signals) == 2 and not house.outside.worried:
            return
        time.sleep(0.5)
    logs = "\n".join(f"{one.name}: {one.read_text()[-800:]}" for one in house.state.glob("*.log"))
    raise SystemExit(f"The house did not become well: {house.ask()}, {sorted(house.outside.signals)}\n{logs}")


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def faults(wanted: str) -> list[str]:
    """The names of the faults."""
    single = [f"{part}-{kind}" for part in PARTS for kind in KINDS]
    double = [f"{a}+{b}" for a, b in itertools.combinations(single, 2) if a.split("-")[0] != b.split("-")[0]]
    known = {"single": single, "double": double, "all": single + double}
    return known.get(wanted) or wanted.split(",")


def main() -> int:
    """Every fault, one after the other; 1 if any was told too late."""
    late, banners, outsiders = [], [0.0], [0.0]
    sys.stdout.write(f"Faults of the watcher, on {machine()}\n")
    with running() as house:
        for fault in faults(os.environ.get("FAULTS", "single")):
            house.begin()
            banner, outside = exercise(house, fault)
            needs = set(fault.replace("+", "-").split("-")) & {"web", "worker", "database"}
            if (needs and (banner or GIVE_UP) > BANNER_WITHIN) or (outside or GIVE_UP) > OUTSIDE_WITHIN:
                late.append(fault)
            banners.append(banner or 0)
            outsiders.append(outside or GIVE_UP)
            shown = f"{banner:6.1f} s" if banner else "    none"
            sys.stdout.write(f"{fault:32} banner {shown}   outside {outside or float('inf'):6.1f} s\n")
            sys.stdout.flush()
    sys.stdout.write(f"worst: banner {max(banners):.1f} s, outside {max(outsiders):.1f} s; late: {late or 'none'}\n")
    return 1 if late else 0


if __name__ == "__main__":
    sys.exit(main())
