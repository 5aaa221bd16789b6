"""Scenario files: YAML on disk, read so that every problem is told with its file, its line and what is wrong."""

from collections.abc import Hashable
from pathlib import Path
from typing import Any

import yaml

from savnet.rules import NoVersionInForce, Unreadable
from savnet.rules.scenario import Scenario, read_scenario
from savnet.rules.time import norwegian_day

_KEPT = {f"tag:yaml.org,2002:{kind}" for kind in ("null", "str", "seq", "map")}


class UnreadableFile(ValueError):
    """A scenario file that cannot be read. Says in one line where and what."""

    def __init__(self, file: Path, line: int | None, what: str) -> None:
        place = f"{file}:{line}" if line else str(file)
        super().__init__(f"{place}: {' '.join(what.split())}")


class _Loader(yaml.SafeLoader):
    """YAML in which 0301 stays a municipality number, `yes` an answer, and an instant what was written."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        """As ever, but the same name twice is an error: which one was meant?"""
        seen = set()
        for key, _ in node.value:
            if key.value in seen:
                raise yaml.constructor.ConstructorError(None, None, f"{key.value!r} stands here twice", key.start_mark)
            seen.add(key.value if isinstance(key.value, str) else None)
        return super().construct_mapping(node, deep)


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag in _KEPT]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.yaml_constructors = {
    tag: build for tag, build in yaml.SafeLoader.yaml_constructors.items() if tag is None or tag in _KEPT
}


def load(file: Path) -> Scenario:
    """The scenario in a YAML file. Raises UnreadableFile."""
    text = _text(file)
    try:
        return read_scenario(yaml.load(text, _Loader))  # noqa: S506 - a SafeLoader with fewer kinds
    except yaml.MarkedYAMLError as problem:
        mark = problem.problem_mark or problem.context_mark
        raise UnreadableFile(file, mark.line + 1 if mark else None, _said(problem)) from None
    except yaml.YAMLError as problem:
        raise UnreadableFile(file, None, str(problem)) from None
    except Unreadable as problem:
        raise UnreadableFile(file, _line(text, problem.where), str(problem)) from None
    except RecursionError:
        raise UnreadableFile(file, None, "is nested too deeply to be a scenario.") from None


def located(file: Path, scenario: Scenario, problem: Unreadable | NoVersionInForce) -> UnreadableFile:
    """A problem found while following the scenario, with the line of the event that is at fault."""
    where = problem.where if isinstance(problem, Unreadable) else _too_early(scenario, problem)
    return UnreadableFile(file, _line(_text(file), where) if where else None, str(problem))


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except OSError as problem:
        raise UnreadableFile(file, None, f"{problem.strerror}.") from None
    except UnicodeDecodeError as problem:
        raise UnreadableFile(file, None, f"is no UTF-8 text ({problem.reason} at byte {problem.start}).") from None


def _said(problem: yaml.MarkedYAMLError) -> str:
    return ", ".join(filter(None, (problem.context, problem.problem)))


def _too_early(scenario: Scenario, problem: NoVersionInForce) -> tuple[str | int, ...]:
    early = (one.number for one in scenario.case.events if norwegian_day(one.at) == problem.day)
    number = next(early, None)
    return ("events", number, "at") if number else ()


def _line(text: str, where: tuple[str | int, ...]) -> int:
    """The line on which that part of the file stands; where it is missing, the line of what should hold it."""
    node = yaml.compose(text, _Loader)
    for step in where:
        node = _inside(node, step) or node
    return node.start_mark.line + 1 if node else 1


def _inside(node: yaml.Node | None, step: str | int) -> yaml.Node | None:
    if isinstance(node, yaml.SequenceNode) and str(step).isdigit() and 0 < int(step) <= len(node.value):
        child: yaml.Node = node.value[int(step) - 1]
        return child
    if isinstance(node, yaml.MappingNode):
        return next((value for key, value in node.value if key.value == step), None)
    return None
