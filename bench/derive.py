"""Cases per second of `derive`, one process, beside the same rules written straight down; and growth with events.

The answers of both are compared on every case before anything is timed.
Run: python -m bench.derive [how many cases]
"""

import platform
import random
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from statistics import median
from time import perf_counter
from typing import Any

from bench import plain_rules
from savnet.rules import Appointment, CaseFile, Centre, Obligation, Resident, derive
from savnet.rules.events import (
    AbsenceNoticed,
    Attempted,
    ConcernRaised,
    ConsentGiven,
    DisappearanceBelieved,
    Done,
    Event,
    FactRecorded,
    InformationReceived,
    InquiryMade,
    Received,
    Returned,
    TalkHeld,
)
from savnet.rules.words import (
    ITEMS,
    Answer,
    AppointmentKind,
    Channel,
    ConcernKind,
    ConcernLevel,
    FeelsSafe,
    InformationKind,
    Operator,
    Outcome,
    Priority,
    Recipient,
)

START = datetime(2026, 3, 2, 17, tzinfo=UTC)
SIZES = (10, 20, 40, 80, 160)
ROUNDS = 5
R, C = Recipient, Channel


def done(
    obligation: str, recipient: Recipient | None, channel: Channel, **more: Any
) -> tuple[type[Event], dict[str, Any]]:
    return Done, {"obligation": obligation, "recipient": recipient, "channel": channel, **more}


def course(chance: random.Random) -> list[tuple[type[Event], dict[str, Any]]]:
    """One disappearance as the centre and the region write it down, with what varies between cases."""
    kind = chance.choice((InformationKind.SIGHTING, InformationKind.KNOWN_ADDRESS, InformationKind.FOSTER_HOME))
    place = chance.choice(("4204", "5001")) if kind is InformationKind.KNOWN_ADDRESS else None
    level = chance.choice((ConcernLevel.REASON_TO_BELIEVE, ConcernLevel.JUSTIFIED_SUSPICION))
    steps = [
        (AbsenceNoticed, {}),
        (InquiryMade, {"what": "Spurte på rommet"}),
        (DisappearanceBelieved, {}),
        done("a-1", R.POLICE_DISTRICT, chance.choice((C.IN_PERSON, C.AGREED_CHANNEL, C.PHONE))),
        done("b-4", R.CHILD_WELFARE, chance.choice((C.ENCRYPTED_EMAIL, C.POST)), reference="11"),
        done("c-1", R.REPRESENTATIVE, C.PHONE, knew="none"),
        (Attempted, {"obligation": "c-1", "recipient": R.LAWYER, "channel": C.PHONE, "outcome": Outcome.NOT_REACHED}),
        done("d-4", R.SESAM, C.SYSTEM),
        done("d-2", R.BFE, C.EMAIL),
        *((FactRecorded, {"item": item, "answer": Answer.UNKNOWN}) for item in chance.sample(ITEMS, 4)),
        done("d-5", R.REGION, C.ENCRYPTED_EMAIL, copy_of="b-4"),
        (Received, {"obligation": "b-4", "recipient": R.CHILD_WELFARE, "by": "Vakta", "reference": "26/7"}),
        done("3-3", R.DUF, C.SYSTEM),
        done("3-4", R.DECISION_UNIT, C.SYSTEM),
        (InformationReceived, {"kind": kind, "municipality": place, "relevant_to_asylum_case": chance.random() < 0.3}),
        done("2.2-7", R.REPRESENTATIVE, C.POST),
        (Returned, {}),
        done("2.2-7", R.POLICE_DISTRICT, C.EMAIL),
        done("2.2-7", R.CHILD_WELFARE, C.ENCRYPTED_EMAIL),
        done("4-3", R.ASA, C.PHONE),
        done("4-5", None, C.PHONE, more_information_needed=chance.random() < 0.5),
        (
            TalkHeld,
            {
                "why_left": "a",
                "where_stayed": "b",
                "what_done": "c",
                "feels_safe": FeelsSafe.NO,
                "asylum_relevant": True,
            },
        ),
        (ConsentGiven, {"who": "resident"}),
        done("4-19", R.REGION, C.ENCRYPTED_EMAIL),
        (ConcernRaised, {"kind": ConcernKind.TRAFFICKING, "level": level}),
        done("b-9", R.CHILD_WELFARE, C.POST),
    ]
    begins = (AbsenceNoticed, DisappearanceBelieved, Returned)
    return [step for step in steps if step[0] in begins or chance.random() < 0.9]


def case(size: int, seed: int) -> CaseFile:
    """An invented case of that many events; a long one holds several disappearances."""
    chance = random.Random(seed)  # noqa: S311 - the same cases in every run
    steps: list[tuple[type[Event], dict[str, Any]]] = []
    while len(steps) < size:
        steps += course(chance)
    events, at = [], START + timedelta(days=chance.randrange(30))
    for number, (kind, values) in enumerate(steps[:size], start=1):
        events.append(kind(at=at, number=number, **values))
        at += timedelta(minutes=chance.randrange(1, 300))
    ahead = (Appointment(kind=AppointmentKind.ASYLUM_INTERVIEW, for_=START + timedelta(days=chance.randrange(40))),)
    child = Resident(born=date(2009, 11, 20), appointments=ahead, lawyer=chance.random() < 0.8)
    return CaseFile(
        centre=Centre(operator=Operator.MUNICIPAL, municipality="3301"), resident=child, events=tuple(events)
    )


def ours(file: CaseFile, at: datetime) -> list[str]:
    """What `derive` says, one line for each obligation, so that it can be compared."""
    return sorted(map(_line, derive(file, at).obligations))


def _line(one: Obligation) -> str:
    urgent = one.priority is Priority.HIGH
    named = (one.id, one.recipient, one.municipality, one.copy_of, one.because, one.standard, one.latest, one.state)
    return " ".join(map(str, (*named, one.sent_at, one.received_by, one.reference, urgent, one.overdue)))


PLAIN = ("id", "to", "where", "copy", "because", "standard", "latest", "state", "sent", "received", "reference")


def plain(file: CaseFile, at: datetime) -> list[str]:
    """What the plain rules say, in the same lines."""
    names = (*PLAIN, "urgent", "overdue")
    return sorted(" ".join(str(row[name]) for name in names) for row in plain_rules.owed(file, at))


def compare(files: list[CaseFile], at: datetime) -> None:
    """Raise AssertionError where the two do not give the same obligations."""
    for file in files:
        if ours(file, at) != plain(file, at):
            differ = sorted(set(ours(file, at)) ^ set(plain(file, at)))
            raise AssertionError("derive and the plain rules differ:\n" + "\n".join(differ))


Rules = Callable[[CaseFile, datetime], Any]


def per_second(rules: Rules, files: list[CaseFile], at: datetime) -> float:
    """Cases per second in one round."""
    start = perf_counter()
    for file in files:
        rules(file, at)
    return len(files) / (perf_counter() - start)


def rounds(files: list[CaseFile], at: datetime) -> list[tuple[float, float]]:
    """Cases per second of both, by turns: whatever else the machine does then slows both."""
    return [(per_second(derive, files, at), per_second(plain_rules.owed, files, at)) for _ in range(ROUNDS)]


def main(number: int = 400) -> None:
    """Compare, measure and write the figures."""
    at = START + timedelta(days=60)
    say(f"derive: {number} different cases at each size, one process, Python {platform.python_version()}")
    sizes = {size: [case(size, seed) for seed in range(number)] for size in SIZES}
    mixed = [case(10 + seed % 31, seed) for seed in range(number)]
    compare([*mixed, *(file for files in sizes.values() for file in files)], at)
    _row("10 to 40", mixed, at)
    for size, files in sizes.items():
        _row(str(size), files, at)


def _row(events: str, files: list[CaseFile], at: datetime) -> None:
    both = rounds(files, at)
    mine, bare = (median(rates) for rates in zip(*both, strict=True))
    ratio = median(theirs / ours for ours, theirs in both)
    each = sum(len(file.events) for file in files) / len(files)
    figures = f"{mine:8.0f} cases/s, plain rules {bare:8.0f} cases/s, ratio {ratio:4.1f}"
    say(f"  {events:>8} events: {figures}, {1e6 / mine / each:5.1f} µs an event")


def say(line: str) -> None:
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
