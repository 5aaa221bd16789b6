"""The things that can be imported, each from the bytes of a file to a plan."""

from datetime import date

from savnet.register.imports.centres import Centres
from savnet.register.imports.plan import Plan, make_plan
from savnet.register.imports.recipients import Recipients
from savnet.register.imports.residents import Residents
from savnet.register.imports.routes import Routes
from savnet.register.imports.sheet import read_sheet
from savnet.register.models import Centre


def plan_residents(data: bytes, name: str, *, centre: Centre, today: date) -> Plan:
    """What importing this file would do to the residents of this centre. `name` tells CSV from XLSX by its ending."""
    intake = Residents(centre, today)
    return make_plan(read_sheet(data, name, intake.columns), intake)


def plan_centres(data: bytes, name: str, *, today: date) -> Plan:
    """What importing this file would do to the register of centres."""
    intake = Centres(today)
    return make_plan(read_sheet(data, name, intake.columns), intake)


def plan_recipients(data: bytes, name: str, *, today: date) -> Plan:
    """What importing this file would do to the register of those who are told."""
    intake = Recipients(today)
    return make_plan(read_sheet(data, name, intake.columns), intake)


def plan_routes(data: bytes, name: str, *, today: date) -> Plan:
    """What importing this file would do to the table of which police district a municipality belongs to."""
    intake = Routes(today)
    return make_plan(read_sheet(data, name, intake.columns), intake)
