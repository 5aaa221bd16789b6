"""`savnet follow`: read a scenario file and say what is owed, for a person or as JSON. Needs no database."""

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from savnet.rules import Derivation, NoVersionInForce, Unreadable, derive, read_instant, write_instant
from savnet.rules.obligation import Obligation
from savnet.rules.scenario import Scenario
from savnet.running.follow_table import show
from savnet.running.scenario_file import UnreadableFile, load, located

CANNOT_READ = 2
"""Exit code for a file, or an instant, that cannot be read."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command. Returns the exit code: 0, or 2 with one line on standard error."""
    asked = _arguments(arguments)
    try:
        scenario, answer = follow(Path(asked.file), _instant(asked.at) if asked.at else None)
    except (UnreadableFile, Unreadable) as problem:
        sys.stderr.write(f"{problem}\n")
        return CANNOT_READ
    if asked.json:
        sys.stdout.write(json.dumps(as_json(answer), ensure_ascii=False, indent=2) + "\n")
    else:
        show(scenario.title, answer)
    return 0


def _arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="savnet follow", description="Say what RS 2015-009 demands in a case.")
    parser.add_argument("file", help="a scenario file (YAML)")
    parser.add_argument("--at", metavar="INSTANT", help="ask what was owed, and known, at this instant (ISO 8601)")
    parser.add_argument("--json", action="store_true", help="print one JSON object instead of a table")
    return parser.parse_args(arguments)


def follow(file: Path, at: datetime | None = None) -> tuple[Scenario, Derivation]:
    """The scenario in a file and its answer at `at`, or else when it asks itself. Raises UnreadableFile."""
    scenario = load(file)
    try:
        return scenario, answer(scenario, at)
    except (NoVersionInForce, Unreadable) as problem:
        raise located(file, scenario, problem) from None


def answer(scenario: Scenario, at: datetime | None = None) -> Derivation:
    """What is owed. Where an instant is asked about, what was known then; else all that the scenario holds."""
    at = at or scenario.ask
    if at is None:
        return derive(scenario.case, scenario.last_instant)
    return derive(scenario.case, at, known_at=at)


def _instant(text: str) -> datetime:
    try:
        return read_instant(text)
    except Unreadable as problem:
        raise Unreadable(("--at",), problem.what) from None


def as_json(answer: Derivation) -> dict[str, Any]:
    """The answer in the shape that scenarios, the API and this command share."""
    return {
        "at": write_instant(answer.at),
        "state": str(answer.state),
        "version": answer.version.isoformat(),
        "refused": [
            {"provision": one.provision, "responsible": one.responsible, "why": one.why} for one in answer.refused
        ],
        "obligations": [_obligation(one) for one in answer.obligations],
    }


def _obligation(one: Obligation) -> dict[str, Any]:
    return {
        "id": one.id,
        "also": list(one.also),
        "actor": str(one.actor),
        "recipient": one.recipient and str(one.recipient),
        "municipality": one.municipality,
        "copy_of": one.copy_of,
        "because": one.because,
        "standard": str(one.standard),
        "latest": _when(one.latest),
        "state": str(one.state),
        "priority": str(one.priority),
        "sent_at": _when(one.sent_at),
        "received_at": _when(one.received_at),
        "received_by": one.received_by,
        "reference": one.reference,
        "remark": one.remark,
        "overdue": one.overdue,
        "basis": {"text": one.basis.text, "point": one.basis.point, "words": one.basis.words},
    }


def _when(instant: datetime | None) -> str | None:
    return write_instant(instant) if instant else None
