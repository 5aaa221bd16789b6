"""The watcher under faults: hurt each part of a house that runs, and each pair of parts, in every way.

Parts: web, worker, database, mail server, second reader, and the ladder of alarms. Ways: killed, stopped where it
stands with its connections open, going in circles, its clock set 20 minutes ahead or behind; the ladder stands
still while the worker beats. An open page asks as `watch.js` does, and somebody outside listens to the second
reader's alarms and to both dead man's signals (told when one has been silent for two minutes). For each fault:
seconds until the banner, and until the person outside. The second reader alone is no matter for a banner.

Run: make bench ARGS=faults, with FAULTS=single (the default), double or all, or names such as worker-kill+web-stop.
HOUSES says how many houses are hurt side by side, each on a database and ports of its own; PART=2/3 takes the second
third of the faults.
"""

import itertools
import os
import queue
import sys
import tempfile
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from bench.fault_house import KINDS, House, NotWell, running
from bench.fault_model import Model, model
from bench.machine import machine

BANNER_WITHIN, OUTSIDE_WITHIN = 60.0, 180.0
LADDER_WITHIN = 150.0
"""Until the banner where nobody goes up the ladder and nothing else is wrong: it is gone up once a minute."""
GIVE_UP = 240.0
WITHOUT_BANNER = frozenset({"reader"})


@dataclass(frozen=True, slots=True)
class Told:
    """One fault, and after how many seconds who was told; None where nobody was before we gave up."""

    fault: str
    banner: float | None
    outside: float | None

    @property
    def wants_banner(self) -> bool:
        """Whether those at the pages are to be told: not of the second reader alone."""
        return bool(parts_of(self.fault) - WITHOUT_BANNER)

    @property
    def late(self) -> bool:
        """Whether anybody was told too late."""
        within = LADDER_WITHIN if parts_of(self.fault) <= {"ladder", "reader"} else BANNER_WITHIN
        banner = self.wants_banner and (self.banner or GIVE_UP) > within
        return banner or (self.outside or GIVE_UP) > OUTSIDE_WITHIN

    def __str__(self) -> str:
        banner = f"{self.banner:6.1f} s" if self.banner else "    none"
        return f"{self.fault:32} banner {banner}   outside {self.outside or float('inf'):6.1f} s"


def parts_of(fault: str) -> frozenset[str]:
    """Which parts a fault hurts."""
    return frozenset(one.split("-")[0] for one in fault.split("+") if one)


def exercise(house: House, fault: str) -> Told:
    """Hurt a house that is well, and wait until all who should know do."""
    seen: list[float] = []
    told, stop, since = None, threading.Event(), time.monotonic()
    for one in fault.split("+"):
        house.hurt(*one.split("-"))
    page = threading.Thread(target=house.page.lie_open, args=(since, stop, seen), daemon=True)
    page.start()
    wants = bool(parts_of(fault) - WITHOUT_BANNER)
    while time.monotonic() - since < GIVE_UP and (told is None or (wants and not seen)):
        time.sleep(0.2)
        told = told or house.outside.told_at(since)
    stop.set()
    page.join()
    return Told(fault, seen[0] if seen else None, told - since if told else None)


def faults(wanted: str) -> list[str]:
    """The names of the faults."""
    single = [f"{part}-{kind}" for part, kinds in KINDS.items() for kind in kinds]
    double = [f"{a}+{b}" for a, b in itertools.combinations(single, 2) if parts_of(a) != parts_of(b)]
    known = {"single": single, "double": double, "all": single + double}
    return known.get(wanted) or wanted.split(",")


def share(all_faults: list[str], part: str) -> list[str]:
    """The part of them that is to be taken now, such as 2/3."""
    number, of = map(int, part.split("/"))
    return all_faults[number - 1 :: of]


def one_house(
    folder: Path, of: Model, waiting: "queue.SimpleQueue[str]", answers: "queue.SimpleQueue[Told | None]"
) -> None:
    """Take faults for as long as there are any."""
    try:
        with running(folder, of) as house:
            take(house, waiting, answers)
    finally:
        answers.put(None)


def take(house: House, waiting: "queue.SimpleQueue[str]", answers: "queue.SimpleQueue[Told | None]") -> None:
    """One fault after the other."""
    hurt: frozenset[str] = frozenset()
    while True:
        try:
            fault = waiting.get_nowait()
        except queue.Empty:
            return
        try:
            house.begin(hurt)
        except NotWell as problem:
            sys.stderr.write(f"Before {fault}: {problem}\nAll of it is started anew.\n")
            house.begin(frozenset({"database"}))
        answers.put(exercise(house, fault))
        hurt = parts_of(fault)


def measured(wanted: list[str], houses: int) -> Iterable[Told]:
    """Every fault's answer, as they come."""
    waiting: queue.SimpleQueue[str] = queue.SimpleQueue()
    answers: queue.SimpleQueue[Told | None] = queue.SimpleQueue()
    for fault in wanted:
        waiting.put(fault)
    with tempfile.TemporaryDirectory(prefix="savnet-faults-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o711)
        first = model(Path(folder) / "model")
        threads = [
            threading.Thread(target=one_house, args=(Path(folder) / str(number), first, waiting, answers))
            for number in range(houses)
        ]
        for thread in threads:
            thread.start()
        ended = 0
        while ended < houses:
            answer = answers.get()
            ended += answer is None
            if answer:
                yield answer
        for thread in threads:
            thread.join()


def main() -> int:
    """Every fault; 1 if any was told too late, or was not tried."""
    wanted = share(faults(os.environ.get("FAULTS", "single")), os.environ.get("PART", "1/1"))
    houses = min(int(os.environ.get("HOUSES", "1")), len(wanted))
    sys.stdout.write(f"Faults of the watcher: {len(wanted)}, {houses} houses side by side, on {machine()}\n")
    told = []
    for one in measured(wanted, houses):
        told.append(one)
        sys.stdout.write(f"{one}{'   LATE' if one.late else ''}\n")
        sys.stdout.flush()
    late = [one.fault for one in told if one.late]
    banner = max((one.banner or GIVE_UP for one in told if one.wants_banner), default=0)
    outside = max((one.outside or GIVE_UP for one in told), default=0)
    sys.stdout.write(
        f"{len(told)} of {len(wanted)} faults; worst: banner {banner:.1f} s, outside {outside:.1f} s; "
        f"late: {', '.join(late) or 'none'}\n"
    )
    return 1 if late or len(told) < len(wanted) else 0


if __name__ == "__main__":
    sys.exit(main())
