"""The short version of the faults, in a process of its own: its proxies are copies of it, and threads don't copy."""

import subprocess
import sys
from pathlib import Path

import pytest

LINES = Path(__file__).with_name("lines.py")
PATIENCE = 900


@pytest.mark.slow
def test_lines_break_and_the_database_fails_and_nothing_is_lost() -> None:
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-q", str(LINES)]
    run = subprocess.run(command, cwd=LINES.parents[2], capture_output=True, text=True, timeout=PATIENCE)
    assert run.returncode == 0, run.stdout[-4000:] + run.stderr[-2000:]
