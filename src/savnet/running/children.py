"""A child process of `make run`: started in a session of its own, with its words in a log file of its own."""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

PATIENCE = 10.0  # seconds a child gets to finish what it holds before it is killed
QUICK_DEATH = 5.0  # a child that lives shorter than this did not work at all
TAIL = 15
PR_SET_PDEATHSIG = 1


@dataclass(slots=True)
class Child:
    """One part of the house that runs as a process: what it is called, how it is started, where its log is."""

    name: str
    command: tuple[str, ...]
    log: Path
    environment: Mapping[str, str] = field(default_factory=dict)
    door: socket.socket | None = None
    """The socket it listens on, if it was opened for it: it gets it at each start, and finds who knocked meanwhile."""
    quick_deaths: int = 0
    _process: "subprocess.Popen[bytes] | None" = field(default=None, repr=False)
    _started: float = 0.0

    def start(self) -> None:
        """Start it, away from the terminal's Ctrl-C: the supervisor decides in which order all stop."""
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603 - our own programs
                self.command,
                env={**os.environ, **self.environment},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                pass_fds=[self.door.fileno()] if self.door else [],
                start_new_session=True,
                preexec_fn=_die_with_parent if sys.platform == "linux" else None,
            )
        self._started = time.monotonic()

    def died(self) -> int | None:
        """Its exit code if it has ended by itself; counts an end that came at once."""
        code = self._process.poll() if self._process else None
        if code is not None:
            lived = time.monotonic() - self._started
            self.quick_deaths = self.quick_deaths + 1 if lived < QUICK_DEATH else 0
        return code

    def ask_to_stop(self) -> None:
        """Ask it to stop; it may finish what it holds."""
        if self._process and self._process.poll() is None:
            self._process.terminate()

    def wait(self) -> None:
        """Wait until it has stopped; kill it when it takes too long."""
        if self._process is None:
            return
        try:
            self._process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def last_words(self) -> str:
        """The end of its log."""
        return "\n".join(self.log.read_text(encoding="utf-8", errors="replace").splitlines()[-TAIL:])


def _die_with_parent() -> None:
    """Ask Linux to stop this child when the supervisor is killed, so that no port stays taken."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() == 1:  # the parent died between fork and here
        os._exit(1)
