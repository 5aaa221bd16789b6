"""The second reader: a small program of its own that reads the ledger anew, and reaches a person when the house fails.

Run it on another machine than the worker, as another user, with a database role of its own that can only read
(`savnet make-reader`): `python -m savnet.watching.second_reader`. It loads neither Django nor the house's settings,
keeps its own way to a person, and believes nothing that the house has derived: it opens the records, follows the
chains and asks `rules.derive` what is owed. What it shares with the house is the circular as code and the form of a
record; a mistake in those it can't see.

It needs the wrapping keys, and that is a price: whoever breaks into its machine can read every case there. Without
them it could see that rows exist, but not that a duty is missing from them, which is what it is for. So give it a
copy of the key file under the same rights, on a machine that takes no connections from outside; and where that can't
be had, leave it out and rely on the dead man's signal, which needs no key.
"""

import argparse
import signal
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from types import FrameType

from savnet.watching.reader.judging import Alarm, Judgement, Kind, judge
from savnet.watching.reader.reaching import NobodyReached, reach
from savnet.watching.reader.reaching import signal as signal_of_life
from savnet.watching.reader.reporting import report
from savnet.watching.reader.setup import NotSetUp, Setup, from_environment

DO = """\

Gjør dette nå:
1. Si fra på hvert mottak: skriv ut meldingene som gjenstår, lever dem selv, og ring dem som skal ringes.
2. Kjør «savnet doctor» på tjeneren, og gjør det den sier.
Fristene løper selv om systemet står.
"""
BLIND = frozenset({Kind.DATABASE, Kind.KEYS, Kind.READER})
"""What keeps it from seeing the cases: a round like that is as none for those who watch the reader."""

OVER = "Savnet: i orden igjen\n\nDet vi varslet om, er over. Gå likevel gjennom hva som skulle vært gjort imens.\n"


class Watch:
    """Remembers what was told, so that the same is not told every half minute, and so that its end is told too."""

    def __init__(self, setup: Setup) -> None:
        self.setup = setup
        self.told: frozenset[tuple[Kind, str]] = frozenset()
        self.told_at: float | None = None
        self.end_is_owed = False
        self.reached = True

    def round(self, now: datetime) -> Judgement:
        """Read, judge, and reach a person where needed."""
        self.reached = True
        found = judge(self.setup, now)
        say(f"{found.numbers}; {len(found.alarms)} alarms")
        marks = frozenset(mark for alarm in found.alarms for mark in alarm.marks)
        self.told &= marks  # what went away is told anew when it comes back
        if found.alarms and (marks - self.told or self._long_ago()):
            self._reach(alarm_text(found.alarms), marks)
        elif not found.alarms and self.end_is_owed:
            self._reach(OVER, marks)
        if self.reached and not any(alarm.kind in BLIND for alarm in found.alarms):
            self._be_seen()
        return found

    def _be_seen(self) -> None:
        """Let those who watch the reader see that it is there. One that is blind, or reaches nobody, is none."""
        if not report(self.setup):
            say("The house could not be told that this round was made.")
        if not signal_of_life(self.setup):
            say("The reader's own signal of life was not heard.")

    def _long_ago(self) -> bool:
        return self.told_at is None or time.monotonic() - self.told_at >= self.setup.again

    def _reach(self, text: str, marks: frozenset[tuple[Kind, str]]) -> None:
        try:
            reach(text, self.setup)
        except NobodyReached as problem:
            say(f"NOBODY WAS REACHED: {problem}. Trying again in {self.setup.every:.0f} s.")
            self.reached = False
            return  # what has not been told is tried again in the next round
        self.told, self.told_at, self.end_is_owed = marks, time.monotonic(), bool(marks)


def alarm_text(alarms: Sequence[Alarm]) -> str:
    """What the person gets: one line that says it all, then each alarm, then what to do."""
    return "Savnet trenger hjelp nå\n\n" + "".join(f"- {alarm.text}\n" for alarm in alarms) + DO


def say(text: str) -> None:
    """A line for whoever looks at the program."""
    sys.stderr.write(f"{datetime.now(UTC).isoformat(timespec='seconds')} {text}\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Watch until stopped; with --once, one round and exit code 1 if there was an alarm. 2: it is not set up."""
    parser = argparse.ArgumentParser(prog="python -m savnet.watching.second_reader", description=__doc__)
    parser.add_argument("--once", action="store_true", help="one round, then end with 1 if anything was wrong")
    options = parser.parse_args(arguments)
    try:
        watch = Watch(from_environment())
    except (NotSetUp, ValueError, OSError) as problem:
        say(f"The second reader can't start: {problem}")
        return 2
    if options.once:
        return 1 if watch.round(datetime.now(UTC)).alarms else 0
    signal.signal(signal.SIGTERM, _stop)
    while True:
        watch.round(datetime.now(UTC))
        time.sleep(watch.setup.every)


def _stop(number: int, frame: FrameType | None) -> None:
    sys.exit(0)


if __name__ == "__main__":
    sys.exit(main())
