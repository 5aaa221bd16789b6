"""A port for a server that a test starts later, in a process of its own."""

import socket
from random import SystemRandom

OURS = range(20_000, 32_000)
"""Below those that Linux gives to whoever asks for any: nobody who dials out gets one while the server starts."""


def free_port() -> int:
    """One that nobody listens at."""
    while True:
        port = SystemRandom().choice(OURS)
        with socket.socket() as free:
            try:
                free.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
