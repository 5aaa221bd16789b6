"""One line at a time to whoever ran it, at once: a long run is followed while it goes on."""

import sys


def say(line: str) -> None:
    """Write the line."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
