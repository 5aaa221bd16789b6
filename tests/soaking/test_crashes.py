"""The short version of the kills, in a process of its own: a copy of one with threads may wait for a lock for ever."""

import subprocess
import sys
from pathlib import Path

import pytest

KILLS = Path(__file__).with_name("kills.py")
PATIENCE = 900


@pytest.mark.slow
def test_the_kills_lose_nothing_and_do_nothing_twice() -> None:
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-q", str(KILLS)]
    run = subprocess.run(command, cwd=KILLS.parents[2], capture_output=True, text=True, timeout=PATIENCE)
    assert run.returncode == 0, run.stdout[-4000:] + run.stderr[-2000:]
