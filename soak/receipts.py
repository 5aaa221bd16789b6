"""Everything that is no named person's receipt, tried on letters that really went out: none may become one.

What fetches links, follows them and sends every form; what guesses links and codes; programs that answer e-mail,
reports of every kind, and people who write back; channels that say delivered, read and confirmed, doubled and in any
order; and scanners in a real browser that run script. Beside them people confirm as they should, and each of those must
count. First some receivers are silent, on a clock of the run's own: when is somebody told, by the house's own ladder?

Run: python -m soak.receipts [how many attempts] [seed]
"""

import soak.ground  # noqa: F401 - Django has to be set up before what follows can be read

# isort: split

import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from random import Random, SystemRandom
from time import monotonic

from django.test.utils import override_settings

from soak.house import House, house
from soak.receiving.apart import apart
from soak.receiving.machines_by_http import by_http
from soak.receiving.silent import SILENT, Silence, silence
from soak.receiving.street import run_streets
from soak.receiving.tally import Tally
from soak.saying import say

ADDRESS = "https://savnet.example"
BY_HTTP = 50
"""One in so many attempts goes over a real line, to a web server in a process of its own."""
BROWSED = 2_000
"""One in so many is a scanner in a real browser."""


@contextmanager
def open_house() -> Iterator[House]:
    """A house whose pages answer, and that reads what comes back from a folder of its own."""
    with house() as home, override_settings(**answering(home.folder)):
        logging.disable(logging.WARNING)  # every answer that a program gets wrong would be a line
        yield home


def answering(folder: Path) -> dict[str, object]:
    """The settings that the pages and the mailbox need; mail to our own people goes to the receiver's server, too."""
    returned = folder / "returned"
    returned.mkdir()
    return {
        "ADDRESS": ADDRESS,
        "ALLOWED_HOSTS": ["testserver", "127.0.0.1", "localhost"],
        "SECURE_SSL_REDIRECT": False,
        "RETURN_MAILBOX": f"folder:{returned}",
        "EMAIL_HOST": "localhost",
        "EMAIL_BACKEND": "django.core.mail.backends.locmem.EmailBackend",
        "DEFAULT_FROM_EMAIL": "vakt@savnet.example",
    }


def tried(home: House, attempts: int, random: Random) -> tuple[Silence, Tally]:
    """The silent first, then all that is no receipt."""
    quiet = apart(partial(silence, home, SILENT, Random(random.getrandbits(32)))).result()  # noqa: S311 - a plan
    tally = by_http(home, attempts // BY_HTTP, browsed=-(-attempts // BROWSED), random=random)
    tally.add(run_streets(home, attempts - tally.attempts, streets=os.cpu_count() or 1, random=random))
    return quiet, tally


def main(attempts: int = 100_000, seed: int | None = None) -> int:
    """Run it and tell; 1 where one false receipt was seen, or one true one was not."""
    seed = SystemRandom().randrange(2**32) if seed is None else seed
    say(f"receipts: seed {seed}")
    began = monotonic()
    with open_house() as home:
        quiet, tally = tried(home, attempts, Random(seed))  # noqa: S311 - a plan, and no secret
    tally.tell(monotonic() - began)
    quiet.tell()
    return 0 if tally.good and quiet.good else 1


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:3])))
