"""A plan as lines of text, for the terminal."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from savnet.register.imports.plan import Change, Effect, Plan

_EFFECTS = {Effect.CREATED: "ny", Effect.CHANGED: "endres", Effect.UNCHANGED: "uendret"}


def lines(plan: Plan) -> Iterator[str]:
    """What would happen, then what is doubtful, then what is wrong."""
    for change in plan.changes:
        yield from _change(change)
    if plan.ignored:
        yield f"Kolonner som ikke brukes: {', '.join(plan.ignored)}"
    yield from (f"Se etter: {warning}" for warning in plan.warnings)
    yield from (f"Feil: {error}" for error in plan.errors)
    if not plan.errors:
        yield _sum(plan)


def _change(change: Change) -> Iterator[str]:
    yield f"Rad {change.line}: {change.label} – {_EFFECTS[change.effect]}"
    if change.effect is Effect.CHANGED:
        yield from (f"    {each.label}: {_shown(each.before)} → {_shown(each.after)}" for each in change.fields)


def _sum(plan: Plan) -> str:
    counts = [f"{plan.count(effect)} {name}" for effect, name in zip(Effect, ("nye", "endres", "uendret"), strict=True)]
    return ", ".join(counts) + "."


def _shown(value: Any) -> str:
    if value is None or value in ("", ()):
        return "(tomt)"
    if isinstance(value, bool):
        return "ja" if value else "nei"
    if isinstance(value, date):
        return f"{value:%d.%m.%Y}"
    return ", ".join(value) if isinstance(value, tuple) else str(value)
