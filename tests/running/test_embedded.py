"""The embedded PostgreSQL: it starts from nothing, serves whoever comes, and stops when the last one leaves."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psutil
import psycopg
import pytest

from savnet.running import embedded, place

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can run a server as another user")


@pytest.fixture
def state() -> Iterator[Path]:
    """A folder of state that the server's own user can reach; pytest's own folders are closed to others."""
    folder = Path(tempfile.mkdtemp(prefix="savnet-state-"))
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder)


def test_it_starts_from_nothing_keeps_what_was_written_and_stops_after_its_last_user(state: Path) -> None:
    with embedded.running(state, durable=False) as server, psycopg.connect(server.url) as connection:
        connection.execute("CREATE TABLE kept (word text)")
        connection.execute("INSERT INTO kept VALUES ('blåbær')")
    assert not server.runs()
    with embedded.running(state, durable=False) as server, psycopg.connect(server.url) as connection:
        assert connection.execute("SELECT word FROM kept").fetchall() == [("blåbær",)]


def test_the_first_to_leave_does_not_stop_it_for_the_second(state: Path) -> None:
    with embedded.running(state, durable=False) as outer:
        with embedded.running(state, durable=False):
            pass
        assert outer.runs()
        with psycopg.connect(outer.url) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)
    assert not outer.runs()


def test_a_killed_user_does_not_keep_it_alive_nor_stop_it_for_the_next(state: Path) -> None:
    killed = f"""
import os
from pathlib import Path
from savnet.running import embedded
with embedded.running(Path({str(state)!r}), durable=False):
    os.kill(os.getpid(), 9)
"""
    assert subprocess.run([sys.executable, "-c", killed], check=False).returncode == -9
    with embedded.running(state, durable=False) as server, psycopg.connect(server.url) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
    assert not server.runs()


def test_an_interrupted_first_start_leaves_nothing_that_stops_the_next(state: Path) -> None:
    where = place.place_for(state)
    unfinished = where.data.with_name("postgres-unfinished")
    unfinished.mkdir()
    (unfinished / "PG_VERSION").write_text("18\n")
    with embedded.running(state, durable=False) as server, psycopg.connect(server.url) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
    assert not unfinished.exists()


def test_whoever_gives_up_while_it_starts_leaves_no_server_behind(state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(server: embedded.Server) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(embedded.Server, "_make_database", interrupted)
    with pytest.raises(KeyboardInterrupt), embedded.running(state, durable=False):
        pass
    assert not embedded.Server(place.place_for(state)).runs()


def test_only_its_owner_may_enter_its_data(state: Path) -> None:
    with embedded.running(state, durable=False) as server:
        assert server.place.data.stat().st_mode & 0o077 == 0


def test_a_path_too_long_for_a_socket_gets_a_short_one(state: Path) -> None:
    long = state / ("mappe-" * 20)
    long.mkdir(mode=0o711)
    with embedded.running(long, durable=False) as server, psycopg.connect(server.url) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
        assert server.place.sockets != server.place.data
    shutil.rmtree(server.place.sockets)


def test_a_folder_with_spaces_and_quotes_works(state: Path) -> None:
    odd = state / "Ann's «mappe» 100 %"
    odd.mkdir(mode=0o711)
    with embedded.running(odd, durable=False) as server, psycopg.connect(server.url) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)


def first_process(server: embedded.Server) -> psutil.Process:
    """The process that all others of the server come from."""
    return psutil.Process(int((server.place.data / "postmaster.pid").read_text().splitlines()[0]))


@pytest.mark.parametrize("whole", [True, False])
def test_a_killed_server_is_noticed_and_comes_back_with_what_was_written(state: Path, *, whole: bool) -> None:
    with embedded.running(state) as server:
        with psycopg.connect(server.url) as connection:
            connection.execute("CREATE TABLE kept (word text)")
        first = first_process(server)
        others = first.children()
        # The first goes first: it would clear the others away by itself once it missed one.
        for process in (first, *(others if whole else ())):
            with suppress(psutil.NoSuchProcess):
                process.kill()
        psutil.wait_procs([first, *others], timeout=10)
        assert not server.runs()
        embedded.start_again(state, server)
        embedded.start_again(state, server)
        with psycopg.connect(server.url) as connection:
            assert connection.execute("SELECT * FROM kept").fetchall() == []
    assert not server.runs()


def test_a_server_that_recovers_from_a_killed_connection_is_not_taken_for_dead(state: Path) -> None:
    with embedded.running(state, durable=False) as server, psycopg.connect(server.url) as connection:
        psutil.Process(connection.info.backend_pid).kill()
        assert server.runs()


def test_a_data_folder_that_others_may_enter_is_refused(state: Path) -> None:
    (state / "postgres").mkdir(mode=0o755)
    with pytest.raises(PermissionError, match="may enter"):
        place.place_for(state)


def test_a_server_that_refuses_to_start_says_what_postgresql_said(state: Path) -> None:
    with embedded.running(state, durable=False) as server:
        data = server.place.data
    (data / "postgresql.conf").write_text("no_such_setting = 1\n")
    with pytest.raises(embedded.DatabaseDidNotStart, match="no_such_setting"), embedded.running(state):
        pass


@as_root
def test_a_checkout_closed_to_others_is_left_closed_and_the_data_lie_elsewhere(
    state: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    closed = state / "closed"
    closed.mkdir(mode=0o700)
    monkeypatch.setattr(place, "ELSEWHERE", state)
    with embedded.running(closed, durable=False) as server, psycopg.connect(server.url) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
    assert not server.place.data.is_relative_to(closed)
    assert closed.stat().st_mode & 0o077 == 0
    assert str(server.place.data.parent) in capsys.readouterr().err


@as_root
def test_programs_that_its_user_cannot_reach_are_copied(state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    closed = state / "closed"
    closed.mkdir(mode=0o700)
    package = place.programs().parent.parent
    for part in (package / "pginstall18", package.with_name(f"{package.name}.libs")):
        shutil.copytree(part, closed / part.relative_to(package.parent), symlinks=True)
    monkeypatch.setattr(place, "programs", lambda: closed / package.name / "pginstall18" / "bin")
    with embedded.running(state, durable=False) as server, psycopg.connect(server.url) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
    assert not server.place.binaries.is_relative_to(closed)
