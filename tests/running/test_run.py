"""The two commands of a newcomer end here: an empty folder becomes a house that answers, and Ctrl-C leaves nothing."""

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import psutil
import psycopg
import pytest

from ports import free_port
from running.test_embedded import first_process
from savnet.running import embedded
from savnet.running.place import place_for

pytestmark = pytest.mark.slow
WITHIN = 90.0
RUN = [sys.executable, "-m", "savnet.running.command", "run"]


@dataclass(slots=True)
class House:
    """A `savnet run` in a folder of its own."""

    process: "subprocess.Popen[str]"
    said: Path
    port: int

    def wait_until_it_answers(self) -> str:
        """The page that whoever is not signed in gets."""
        end = time.monotonic() + WITHIN
        while time.monotonic() < end:
            assert self.process.poll() is None, self.said.read_text()
            if "Savnet er klar" in self.said.read_text():
                return self.page("/")
            time.sleep(0.1)
        raise AssertionError(self.said.read_text())

    def page(self, path: str) -> str:
        """A page as a browser would get it."""
        with urllib.request.urlopen(f"http://localhost:{self.port}{path}", timeout=10) as answer:
            text: str = answer.read().decode()
            return text

    def is_ready(self) -> bool:
        """Whether the pages say that they reach the database."""
        try:
            return '"ready": true' in self.page("/helse/klar/")
        except OSError:  # refused, or 503
            return False

    def children(self) -> list[psutil.Process]:
        """Everything it has started, children's children too."""
        return psutil.Process(self.process.pid).children(recursive=True)

    def stop(self) -> int:
        """Ctrl-C."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(30)


@pytest.fixture(scope="module")
def state() -> Iterator[Path]:
    """An empty folder of state that the embedded database's own user can reach."""
    folder = Path(tempfile.mkdtemp(prefix="savnet-run-"))
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def house(state: Path) -> Iterator[House]:
    """The house, started as a newcomer's shell would start it."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("SAVNET_", "DJANGO_"))}
    port = free_port()
    environment = {**clean, "SAVNET_STATE_DIR": str(state), "SAVNET_PORT": str(port)}
    said = state / "said"
    with said.open("w") as out:
        process = subprocess.Popen(RUN, env=environment, stdout=out, stderr=out, text=True)
    house = House(process, said, port)
    yield house
    if process.poll() is None:
        house.stop()


def test_an_empty_folder_becomes_a_house_that_answers_and_names_who_may_enter(house: House, state: Path) -> None:
    page = house.wait_until_it_answers()
    assert "Savnet" in page
    said = house.said.read_text()
    assert re.search(r"^ {2}\S+ +\S", said, re.MULTILINE), said
    assert '{"at":' not in said, said  # the logs are in their files, and the terminal says where
    assert f"Logger: {state / 'logs'}" in said
    assert (state / "logs" / "oppstarten.log").exists()
    for address in re.findall(r'(?:href|src)="(/static/[^"]+)"', page):
        assert house.page(address)


def test_one_ctrl_c_ends_everything_and_says_so(house: House, state: Path) -> None:
    house.wait_until_it_answers()
    started = house.children()
    assert len(started) >= 3
    assert house.stop() == 0
    assert "Savnet er stoppet." in house.said.read_text()
    assert "Traceback" not in house.said.read_text()
    psutil.wait_procs(started, timeout=5)
    assert [each for each in started if each.is_running() and each.status() != psutil.STATUS_ZOMBIE] == []
    assert not embedded.Server(place_for(state)).runs()


def test_a_killed_part_comes_back_and_is_spoken_of(house: House) -> None:
    house.wait_until_it_answers()
    web = next(each for each in house.children() if "waitress" in " ".join(each.cmdline()))
    web.kill()
    end = time.monotonic() + WITHIN
    while True:
        try:
            assert "Savnet" in house.page("/")
            break
        except OSError:  # refused, or cut off while it died
            assert time.monotonic() < end, house.said.read_text()
            time.sleep(0.1)
    assert "Nettstedet stoppet av seg selv" in house.said.read_text()


def test_a_killed_database_comes_back_by_itself_and_so_do_pages_and_worker(house: House, state: Path) -> None:
    house.wait_until_it_answers()
    killed, back = datetime.now(UTC), "Databasen er i gang igjen."
    first_process(embedded.Server(place_for(state))).kill()
    end = time.monotonic() + WITHIN
    while not (back in house.said.read_text() and house.is_ready() and worker_beat_since(killed, state)):
        assert house.process.poll() is None, house.said.read_text()
        assert time.monotonic() < end, house.said.read_text()
        time.sleep(0.2)
    said = house.said.read_text()
    assert "Databasen stoppet av seg selv. Starter den på nytt." in said
    assert said.count(back) == 1


def worker_beat_since(instant: datetime, state: Path) -> bool:
    """Whether a worker has gone through what is owed since then."""
    try:
        with psycopg.connect(embedded.Server(place_for(state)).url) as connection:
            found = connection.execute("SELECT 1 FROM watching_heartbeat WHERE at > %s LIMIT 1", [instant]).fetchone()
    except psycopg.OperationalError:
        return False
    return found is not None


def test_a_second_start_in_the_same_folder_is_refused_and_leaves_the_first_alone(house: House, state: Path) -> None:
    house.wait_until_it_answers()
    second = subprocess.run(
        RUN,
        env={**os.environ, "SAVNET_STATE_DIR": str(state), "SAVNET_PORT": str(free_port())},
        capture_output=True,
        text=True,
        check=False,
        timeout=WITHIN,
    )
    assert second.returncode == 1
    assert "kjører allerede" in second.stderr
    assert "Savnet" in house.page("/")
