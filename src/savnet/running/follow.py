"""`savnet follow`: read a scenario file and say what is owed, for a person or as JSON. Needs no database."""

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml

from savnet.rules import Derivation, NoVersionInForce, Unreadable, derive, read_instant, write_instant
from savnet.rules.obligation import Obligation
from savnet.rules.scenario import Scenario, read_scenario
from savnet.running.follow_table import show

CANNOT_READ = 2
"""Exit code for a file, or an instant, that cannot be read."""


class _Loader(yaml.SafeLoader):
    """YAML in which 0301 stays a municipality number, `yes` an answer, and an instant what was written."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag in {"tag:yaml.org,2002:null"}]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command. Returns the exit code: 0, or 2 with one line on standard error."""
    asked = _arguments(arguments)
    try:
        scenario, answer = _follow(asked)
    except (OSError, UnicodeDecodeError, yaml.YAMLError, NoVersionInForce, Unreadable) as problem:
        sys.stderr.write(f"{asked.file}{_line_of(asked.file, problem)}: {' '.join(str(problem).split())}\n")
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


def _follow(asked: argparse.Namespace) -> tuple[Scenario, Derivation]:
    """The scenario and its answer. Where an instant is asked about, only what was recorded by then counts."""
    scenario = load(Path(asked.file))
    at = _instant(asked.at) if asked.at else scenario.ask
    if at is None:
        return scenario, derive(scenario.case, scenario.last_instant)
    return scenario, derive(scenario.case, at, known_at=at)


def _instant(text: str) -> datetime:
    try:
        return read_instant(text)
    except Unreadable as problem:
        raise Unreadable(("--at",), problem.what) from None


def load(path: Path) -> Scenario:
    """The scenario in a YAML file. Raises OSError, yaml.YAMLError or Unreadable."""
    return read_scenario(yaml.load(path.read_text(encoding="utf-8"), _Loader))  # noqa: S506 - a SafeLoader with fewer kinds


def _line_of(file: str, problem: Exception) -> str:
    """`:12` where the problem can be placed on a line of the file."""
    if not isinstance(problem, Unreadable) or not problem.where:
        return ""
    node = yaml.compose(Path(file).read_text(encoding="utf-8"), _Loader)
    for step in problem.where:
        node = _inside(node, step) or node
    return f":{node.start_mark.line + 1}" if node else ""


def _inside(node: yaml.Node | None, step: str | int) -> yaml.Node | None:
    if isinstance(node, yaml.SequenceNode) and str(step).isdigit() and 0 < int(step) <= len(node.value):
        child: yaml.Node = node.value[int(step) - 1]
        return child
    if isinstance(node, yaml.MappingNode):
        return next((value for key, value in node.value if key.value == step), None)
    return None


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
