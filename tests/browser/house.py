"""The whole house as `savnet run` starts it, with the demo in it, on a database and a port of the test's own."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep
from urllib.parse import urlsplit, urlunsplit

import psycopg

from ports import free_port

SOURCE = Path(__file__).resolve().parents[2] / "src"
TESTS = SOURCE.parent / "tests"
UP_WITHIN = 600.0


@dataclass(frozen=True, slots=True)
class House:
    """A house that runs: where, and what a command needs to reach the same one."""

    address: str
    environment: dict[str, str]


@contextmanager
def running(state: Path) -> Iterator[House]:
    """A house that runs; it is stopped and its database dropped afterwards."""
    port = free_port()
    with database(f"savnet_browser_{os.getpid()}") as url, (state / "house.log").open("wb") as log:
        its = {**os.environ, **environment(state, url, port)}
        process = subprocess.Popen(
            [sys.executable, "-m", "savnet.running.command", "run"],
            env=its,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            await_page(port, process, state / "house.log")
            yield House(f"http://127.0.0.1:{port}", its)
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(30)


def told(house: House, *words: str) -> str:
    """What a program in the house's environment writes."""
    its = {**house.environment, "PYTHONPATH": f"{SOURCE}{os.pathsep}{TESTS}"}
    done = subprocess.run([sys.executable, "-m", *words], env=its, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def environment(state: Path, url: str, port: int) -> dict[str, str]:
    return {
        "PYTHONPATH": str(SOURCE),
        "DJANGO_SETTINGS_MODULE": "savnet.running.settings",
        "SAVNET_DATABASE_URL": url,
        "SAVNET_STATE_DIR": str(state),
        "SAVNET_SECRET_KEY": "only-for-browser-tests-" + "x" * 40,
        "SAVNET_DEMO": "1",
        "SAVNET_PORT": str(port),
    }


@contextmanager
def database(name: str) -> Iterator[str]:
    """A fresh database beside the tests' own."""
    given = os.environ["SAVNET_DATABASE_URL"]
    with psycopg.connect(given, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
        try:
            yield urlunsplit(urlsplit(given)._replace(path=f"/{name}"))
        finally:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def await_page(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    until = monotonic() + UP_WITHIN
    while monotonic() < until and process.poll() is None:
        with socket.socket() as knock:
            if knock.connect_ex(("127.0.0.1", port)) == 0:
                return
        sleep(0.1)
    raise AssertionError(f"The house did not come up:\n{log.read_text(encoding='utf-8', errors='replace')}")
