"""The parts of the house: they are watched, started again, stopped together, and never outlive the supervisor."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from savnet.running import local, supervisor
from savnet.running.children import Child

WITHIN = 10.0


@pytest.fixture
def child(tmp_path: Path) -> Iterator[Callable[[str], Child]]:
    """Makes children that run a piece of Python; none survives the test."""
    made: list[Child] = []

    def make(code: str) -> Child:
        made.append(Child("prøven", (sys.executable, "-c", code), tmp_path / "child.log"))
        made[-1].log.touch()
        return made[-1]

    yield make
    for each in made:
        each.ask_to_stop()
        each.wait()


def until(holds: Callable[[], object]) -> None:
    """Wait until something holds, or fail."""
    end = time.monotonic() + WITHIN
    while not holds():
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.02)


def test_a_part_that_dies_is_reported_with_the_end_of_its_log_and_started_again(
    child: Callable[[str], Child], capsys: pytest.CaptureFixture[str]
) -> None:
    part = child("raise SystemExit('tom for blekk')")
    part.start()
    until(lambda: part.died() is not None)
    part.quick_deaths = 0
    supervisor.look_after([part])
    said = capsys.readouterr().out
    assert "Prøven stoppet av seg selv (kode 1)" in said
    assert "tom for blekk" in said
    assert "Starter prøven på nytt" in said


def test_a_part_that_is_started_again_finds_who_knocked_while_it_was_away(child: Callable[[str], Child]) -> None:
    part, door = child("pass"), local.opened(0)
    part.door = door
    answer = f"import socket; socket.socket(fileno={door.fileno()}).accept()[0].send(b'her')"
    part.command = (sys.executable, "-c", answer)
    with door, socket.create_connection(door.getsockname(), timeout=WITHIN) as knocked:
        part.start()
        assert knocked.recv(3) == b"her"
        until(lambda: part.died() is not None)
        with socket.create_connection(door.getsockname(), timeout=WITHIN) as again:
            part.start()
            assert again.recv(3) == b"her"


def test_of_two_houses_that_start_at_once_each_has_a_port() -> None:
    with local.opened(0) as first, local.opened(first.getsockname()[1]) as second:
        for door in (first, second):
            with socket.create_connection(door.getsockname(), timeout=WITHIN):
                pass
        assert first.getsockname() != second.getsockname()


def test_a_part_that_never_works_is_given_up_with_the_place_of_its_log(child: Callable[[str], Child]) -> None:
    part = child("raise SystemExit(3)")
    part.start()

    def given_up() -> bool:
        try:
            supervisor.look_after([part])
        except supervisor.CannotRun as problem:
            return str(part.log) in str(problem)
        return False

    until(given_up)


def test_stopping_lets_a_part_finish_what_it_holds(child: Callable[[str], Child]) -> None:
    part = child(
        "import signal, sys, time\n"
        "def finish(*_):\n    print('ferdig', flush=True)\n    sys.exit(0)\n"
        "signal.signal(signal.SIGTERM, finish)\nprint('klar', flush=True)\ntime.sleep(60)"
    )
    part.start()
    until(lambda: "klar" in part.last_words())
    part.ask_to_stop()
    part.wait()
    assert "ferdig" in part.last_words()


def test_a_part_that_will_not_stop_is_killed(child: Callable[[str], Child], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("savnet.running.children.PATIENCE", 0.2)
    part = child(
        "import signal, time\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\nprint('klar', flush=True)\ntime.sleep(60)"
    )
    part.start()
    until(lambda: "klar" in part.last_words())
    part.ask_to_stop()
    part.wait()
    assert part.died() == -signal.SIGKILL


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child that its parent is gone")
def test_a_killed_supervisor_takes_its_parts_with_it(tmp_path: Path) -> None:
    parent = f"""
import os, sys, time
from pathlib import Path
from savnet.running.children import Child
sleeper = "import os, time; print(os.getpid(), flush=True); time.sleep(60)"
part = Child("prøven", (sys.executable, "-c", sleeper), Path({str(tmp_path / "log")!r}))
part.start()
while not part.last_words():
    time.sleep(0.02)
os.kill(os.getpid(), 9)
"""
    subprocess.run([sys.executable, "-c", parent], check=False, timeout=WITHIN)
    pid = int((tmp_path / "log").read_text())

    def gone() -> bool:
        status = Path(f"/proc/{pid}/status")
        try:
            return "State:\tZ" in status.read_text()
        except (FileNotFoundError, ProcessLookupError):
            return True

    until(gone)


def test_ctrl_c_in_a_part_does_not_reach_it_from_the_terminal(child: Callable[[str], Child]) -> None:
    part = child("import os; print(os.getsid(0), flush=True); import time; time.sleep(60)")
    part.start()
    until(part.last_words)
    assert int(part.last_words()) != os.getsid(0)
