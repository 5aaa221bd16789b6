"""Residents and centres from a file out of another system: first a plan that changes nothing, then all or nothing.

plan = plan_residents(data, "beboere.csv", centre=centre, today=today)   # what would be created and changed
apply(plan)                                                             # refuses if anything has changed since
"""

from savnet.register.imports.plan import Change, ChangedSince, Effect, HasErrors, Plan, Problem, apply
from savnet.register.imports.sheet import UnreadableFile
from savnet.register.imports.sources import plan_centres, plan_residents

__all__ = [
    "Change",
    "ChangedSince",
    "Effect",
    "HasErrors",
    "Plan",
    "Problem",
    "UnreadableFile",
    "apply",
    "plan_centres",
    "plan_residents",
]
