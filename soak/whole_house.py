"""The whole house at work, and its processes killed: two web servers over HTTP, three workers, one database.

Two people on shift go from one disappearance to the next on the pages, for so many minutes. Whatever process is killed
meanwhile, at a named point or at any moment, another takes its place. What a page confirmed has to be in the ledger,
once; what it did not, at most once. And the letters are judged by the receiver's own ledger, as in `soak.crashes`.

Run: python -m soak.whole_house [how many minutes] [seed]
"""

import soak.ground  # noqa: F401 - Django has to be set up before what follows can be read

# isort: split

import re
import socket
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random, SystemRandom
from time import monotonic
from uuid import UUID

import psycopg
import waitress
from django.db import connections
from procrastinate import PsycopgConnector
from procrastinate.contrib.django import app
from procrastinate.contrib.django.utils import connector_params

from savnet.cases import ledger
from savnet.cases.models import Case
from savnet.running.wsgi import application
from soak.browser import Browser
from soak.children import FAMILY, here_still
from soak.crashes import Run, drain
from soak.forks import ended, fork
from soak.house import House, house, where
from soak.judging import Verdict, judge
from soak.plans import Crew, cores, drawn
from soak.points import PAGES, WORKER
from soak.saying import say
from soak.staff import Shift
from soak.warming import warm

ROLES = {"web 1": PAGES, "web 2": PAGES, "worker 1": WORKER, "worker 2": WORKER, "worker 3": WORKER}
ON_SHIFT = 2
WORD = re.compile(r"ord\d+x\d+x")
LONGEST = 1.5
"""Seconds of work after which, at the latest, about everyone is dead."""


@dataclass(frozen=True, slots=True)
class Word:
    """A form that was confirmed: where, by which word it is known, and how often it had to be asked again."""

    path: str
    word: str
    tries: int


def serve(port: int) -> None:
    """The pages, as `savnet run` serves them."""
    waitress.serve(application, listen=f"127.0.0.1:{port}", threads=8, _quiet=True)


def work_for_ever() -> None:
    """A worker as `savnet run` has it, until it is killed."""
    with app.replace_connector(PsycopgConnector(kwargs=connector_params(), min_size=1, max_size=6)):
        app.run_worker(concurrency=4, install_signal_handlers=False)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def on_shift(home: House, number: int, seed: int, until: float, doors: list[int]) -> None:
    """One person's evening: one disappearance after the other, the last one to its end."""
    browser, random = Browser(doors, door=number), Random(f"{seed} {number}")  # noqa: S311 - a plan, and no secret
    shift = Shift(home.guard, number, browser, random, book_of(home, number))
    children = 0
    while monotonic() < until:
        children += 1
        resident = here_still(home, number * 10_000 + children)
        connections.close_all()
        shift.a_disappearance(resident.id)


def book_of(home: House, number: int) -> Path:
    """Where she writes."""
    return home.folder / f"book {number}"


def through_the_evening(home: House, minutes: float, seed: int) -> tuple[Counter[str], int]:
    """Everyone at work until the last one on shift is done. Where processes were killed, and how many failed."""
    random, doors = Random(seed), [free_port(), free_port()]  # noqa: S311 - a plan, and no secret
    until = monotonic() + minutes * 60
    connections.close_all()
    works: dict[str, Callable[[], object]] = dict.fromkeys(ROLES, work_for_ever)
    works |= {f"web {number + 1}": lambda port=port: serve(port) for number, port in enumerate(doors)}  # type: ignore[misc]
    crew, people = Crew(), {fork(lambda n=n: on_shift(home, n, seed, until, doors)) for n in range(ON_SHIFT)}  # type: ignore[misc]
    while people:
        for role, points in ROLES.items():
            if not crew.at_work(role):
                crew.start(role, works[role], drawn(random, points, LONGEST))
        crew.rest()
        for person in list(people):
            if (code := ended(person)) is not None:
                people.discard(person)
                _require_well(code)
    kills = crew.kills
    crew.end()
    return kills, crew.failed


def _require_well(code: int) -> None:
    if code:
        raise RuntimeError("Somebody on shift could not go on. What stopped her stands above.")


def confirmed(home: House) -> list[Word]:
    """What the pages said was done."""
    books = [book_of(home, number) for number in range(ON_SHIFT)]
    lines = [line.split("\t") for book in books if book.exists() for line in book.read_text("utf-8").splitlines()]
    return [Word(path, word, int(tries)) for path, word, tries in lines]


def recorded(cases: list[UUID]) -> Counter[str]:
    """How many events hold each word that somebody on shift wrote."""
    found = Counter[str]()
    for case in cases:
        for entry in ledger.entries(case):
            found.update(set(WORD.findall(repr(entry.event))))
    return found


def judged(home: House, failed: int, seed: int) -> tuple[Verdict, list[Word]]:
    """After all letters have gone: what became of them, and of what was confirmed. Lost and doubled forms count too."""
    cases = list(Case.objects.filter(resident__family_name__startswith=FAMILY).values_list("id", flat=True))
    with psycopg.connect(**where(), autocommit=True) as database:
        drain(Run(home, database, Random(seed)))  # noqa: S311 - a plan, and no secret
    verdict = judge(home, cases, failed=failed)
    told, found = confirmed(home), recorded(cases)
    verdict.lost += sum(not found[one.word] for one in told if one.word)
    verdict.double_effects += sum(times - 1 for times in found.values())
    return verdict, told


def tried(home: House, minutes: float, seed: int) -> tuple[Counter[str], Verdict, list[Word]]:
    """An evening with kills, and what came of it."""
    kills, failed = through_the_evening(home, minutes, seed)
    verdict, told = judged(home, failed, seed)
    return kills, verdict, told


def main(minutes: int = 5, seed: int | None = None) -> int:
    """Run it and tell; 1 where anything that was confirmed is not there, or is there twice."""
    seed = SystemRandom().randrange(2**32) if seed is None else seed
    say(f"house: seed {seed}, {minutes} minutes")
    began = monotonic()
    with house() as home, warm(home):
        kills, verdict, told = tried(home, minutes, seed)
    say(f"  {kills.total():,} kills in {monotonic() - began:.0f} s, {cores()}")
    for point, times in sorted(kills.items()):
        say(f"    {times:6,} {point}")
    tries = sum(one.tries for one in told)
    say(f"  forms confirmed {len(told):,}, asked again {tries:,} times because a door was closed or the line broke")
    verdict.tell()
    return 0 if verdict.good and told else 1


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:3])))
