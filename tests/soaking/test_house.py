"""The short evening of kills, in a process of its own: what it kills are copies of it, and threads don't copy."""

import subprocess
import sys
from pathlib import Path

import pytest

EVENING = Path(__file__).with_name("evening.py")
PATIENCE = 900


@pytest.mark.slow
def test_processes_die_under_people_on_shift_and_what_was_confirmed_holds() -> None:
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-q", str(EVENING)]
    run = subprocess.run(command, cwd=EVENING.parents[2], capture_output=True, text=True, timeout=PATIENCE)
    assert run.returncode == 0, run.stdout[-4000:] + run.stderr[-2000:]
