"""Every part of the soak, one after the other: `make soak`, or `make soak ARGS="crashes 20000"` for one of them.

What stands after a part's name is for that part; its own first lines say what it takes.
"""

import subprocess
import sys

PARTS = ("deadlines", "crashes", "control", "faults", "house", "receipts", "simulation", "planted")
MODULES = {"house": "whole_house"}
"""Those that are not called as their part is."""


def main(arguments: list[str]) -> int:
    """Run all, or the one that is named, each in a process of its own. 2 where it is not known."""
    if arguments and arguments[0] not in PARTS:
        sys.stderr.write(f"No such part: {arguments[0]}. There are: {', '.join(PARTS)}\n")
        return 2
    return max(_run(name, arguments[1:]) for name in arguments[:1] or PARTS)


def _run(name: str, more: list[str]) -> int:
    command = [sys.executable, "-m", f"soak.{MODULES.get(name, name)}", *more]
    return subprocess.run(command, check=False).returncode  # noqa: S603 - our own modules


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
