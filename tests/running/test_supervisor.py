"""`savnet run` says in plain words why it can't start, and never starts twice in one folder."""

import fcntl
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from ports import free_port
from savnet.running import supervisor


def test_a_taken_port_is_named_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as taken:
        taken.bind((supervisor.HOST, 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        monkeypatch.setenv("SAVNET_PORT", port)
        with pytest.raises(supervisor.CannotRun, match=f"Port {port}.*SAVNET_PORT="):
            supervisor.wanted_port()


@pytest.mark.parametrize("text", ["", "åtte", "0", "65536", "-1"])
def test_what_is_no_port_is_refused(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAVNET_PORT", text)
    with pytest.raises(supervisor.CannotRun, match="tall fra 1 til 65535"):
        supervisor.wanted_port()


def test_a_second_start_in_the_same_folder_is_refused_and_names_the_first(tmp_path: Path) -> None:
    with (
        supervisor.alone(tmp_path),
        pytest.raises(supervisor.CannotRun, match="kjører allerede"),
        supervisor.alone(tmp_path),
    ):
        pass


def test_the_folder_is_free_again_afterwards(tmp_path: Path) -> None:
    with supervisor.alone(tmp_path):
        pass
    with (tmp_path / "run.lock").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)


def test_arguments_are_not_silently_ignored(capsys: pytest.CaptureFixture[str]) -> None:
    assert supervisor.main(["--port", "9000"]) == 2
    assert "SAVNET_PORT" in capsys.readouterr().err


def test_a_real_database_without_the_rest_of_the_settings_is_refused_in_one_line(
    tmp_path: Path,
) -> None:
    only = {"SAVNET_DATABASE_URL": "postgresql://savnet@db.example/savnet", "SAVNET_STATE_DIR": str(tmp_path)}
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("SAVNET_", "DJANGO_"))}
    environment["SAVNET_PORT"] = str(free_port())
    done = subprocess.run(
        [sys.executable, "-m", "savnet.running.command", "run"],
        env=environment | only,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.strip().splitlines() == [
        "SAVNET_SECRET_KEY is not set. Set SAVNET_SECRET_KEY, or SAVNET_SECRET_KEY_FILE to a file that holds it."
    ]
