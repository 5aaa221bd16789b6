"""Runs a part of the house that can be made to go in circles: after SIGUSR1 its main thread is busy for ever.

Used by `make bench ARGS=faults` alone: `python -m bench.fault_part MODULE ARGUMENTS`.
"""

import runpy
import signal
import sys
import time
from types import FrameType


def circle(number: int, frame: FrameType | None) -> None:
    """Awake, its connections open, and never back to its work. It sleeps so as not to heat the machine."""
    while True:
        time.sleep(0.01)


if __name__ == "__main__":
    signal.signal(signal.SIGUSR1, circle)
    sys.argv = sys.argv[1:]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
