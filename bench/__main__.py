"""Every measurement in this folder, one after the other: `make bench`, or `make bench ARGS=send` for one of them.

`start` installs everything anew and `faults` waits for alarms: both take minutes, and run only when asked for by name.
"""

import pkgutil
import subprocess
import sys

import bench
from bench.machine import machine

NO_MEASUREMENTS = {"__main__", "machine", "plain_rules", "copies", "country", "hands", "telling_apart"}
ONLY_WHEN_ASKED = {
    "start",
    "faults",
    "matrix",
    "canaries",
    "oracle",
    "pages",
    "journeys",
    "outbox",
    "alarms",
    "drill",
    "refusals",
}


def measurements() -> list[str]:
    """The modules that measure something: those that can be run by themselves."""
    names = sorted(one.name for one in pkgutil.iter_modules(bench.__path__))
    return [name for name in names if name not in NO_MEASUREMENTS]


def main(wanted: list[str]) -> int:
    """Run them, each in a process of its own so that none warms up another. 2 where one is not known."""
    known = measurements()
    if unknown := [name for name in wanted if name not in known]:
        sys.stderr.write(f"No such measurement: {', '.join(unknown)}. There are: {', '.join(known)}\n")
        return 2
    sys.stdout.write(f"Measured on: {machine()}\n")
    sys.stdout.flush()
    return max(
        subprocess.run([sys.executable, "-m", f"bench.{name}"], check=False).returncode  # noqa: S603 - our own modules
        for name in wanted or [name for name in known if name not in ONLY_WHEN_ASKED]
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
