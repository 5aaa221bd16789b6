"""A post room of the test's own, on a free port, in a process of its own as in the demo."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from time import monotonic, sleep

import pytest

from ports import free_port


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("post-room")


@pytest.fixture(scope="module")
def port() -> int:
    return free_port()


@pytest.fixture(scope="module")
def server(room: Path, port: int) -> Iterator[int]:
    """The number of the port that the demo's mail server listens at."""
    command = [sys.executable, "-m", "savnet.demo.post_room_server", "--room", str(room), "--port", str(port)]
    source = Path(__file__).resolve().parents[2] / "src"
    with subprocess.Popen(command, env={**os.environ, "PYTHONPATH": str(source)}) as process:
        try:
            _await(port, process)
            yield port
        finally:
            process.terminate()
            assert process.wait(10) == 0


def _await(port: int, process: subprocess.Popen[bytes]) -> None:
    until = monotonic() + 30
    while monotonic() < until and process.poll() is None:
        with socket.socket() as knock:
            if knock.connect_ex(("127.0.0.1", port)) == 0:
                return
        sleep(0.05)
    raise AssertionError("the post room did not open")
