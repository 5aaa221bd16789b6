"""From a clean clone to the first page, and the second start: what a newcomer waits for.

Clones the last commit to a folder of its own, with its own port and state, and types `make run` there. Packages come
from wherever pip and npm fetch them, or from their caches on this machine. Run: make bench ARGS=start
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.machine import machine

ROOT = Path(__file__).resolve().parents[1]
PATIENCE = 1200.0
MAKE = shutil.which("make") or "make"
GIT = shutil.which("git") or "git"


@contextmanager
def clone() -> Iterator[Path]:
    """A clean clone that the embedded database's own user can reach."""
    folder = Path(tempfile.mkdtemp(prefix="savnet-start-"))
    folder.chmod(0o711)
    try:
        subprocess.run([GIT, "clone", "--quiet", "--no-hardlinks", str(ROOT), str(folder / "savnet")], check=True)  # noqa: S603 - our own repository
        yield folder / "savnet"
    finally:
        shutil.rmtree(folder)


def start(checkout: Path) -> float:
    """Seconds from `make run` to the first page; then Ctrl-C."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("SAVNET_", "DJANGO_", "MAKE"))}
    port = free_port()
    said = checkout.parent / "said"
    begin = time.monotonic()
    with said.open("w") as out:
        process = subprocess.Popen(  # noqa: S603 - our own command
            [MAKE, "run"],
            cwd=checkout,
            env={**clean, "SAVNET_PORT": str(port)},
            stdout=out,
            stderr=out,
            start_new_session=True,
        )
    try:
        wait_for_page(port, process, said)
        return time.monotonic() - begin
    finally:
        stop(process)


def wait_for_page(port: int, process: "subprocess.Popen[bytes]", said: Path) -> None:
    """Until the sign-in page is there. Raises RuntimeError with what was said if it never comes."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        try:
            with urllib.request.urlopen(f"http://localhost:{port}/", timeout=10) as answer:
                if b"Savnet" in answer.read():
                    return
        except OSError:  # nobody listens yet
            time.sleep(0.05)
    raise RuntimeError(f"No page came:\n{said.read_text(encoding='utf-8')[-3000:]}")


def stop(process: "subprocess.Popen[bytes]") -> None:
    """Ctrl-C to make and what it runs."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGINT)
    process.wait(60)


def free_port() -> int:
    """A port that nobody has now."""
    with socket.socket() as attempt:
        attempt.bind(("127.0.0.1", 0))
        return int(attempt.getsockname()[1])


def main() -> None:
    """Measure and write the figures."""
    with clone() as checkout:
        commit = subprocess.run(  # noqa: S603 - our own repository
            [GIT, "-C", str(checkout), "rev-parse", "--short", "HEAD"], check=True, capture_output=True, text=True
        ).stdout.strip()
        sys.stdout.write(f"start: commit {commit}, {machine()}\n")
        first = start(checkout)
        sys.stdout.write(f"  clean clone to first page: {first:.1f} s, packages and fonts included\n")
        second = start(checkout)
        sys.stdout.write(f"  second start to first page: {second:.1f} s; ratio {first / second:.0f}\n")


if __name__ == "__main__":
    main()
