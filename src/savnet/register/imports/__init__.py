"""Lists out of other systems: first a plan that changes nothing, then all of it or none.

plan = plan_residents(data, "beboere.csv", centre=centre, today=today)   # what would be created and changed
apply(plan)  # refuses if anything has changed since
"""

from savnet.register.imports.plan import Change, ChangedSince, Effect, HasErrors, Plan, apply
from savnet.register.imports.rows import Problem
from savnet.register.imports.sheet import UnreadableFile
from savnet.register.imports.sources import plan_centres, plan_recipients, plan_residents, plan_routes

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
    "plan_recipients",
    "plan_residents",
    "plan_routes",
]
