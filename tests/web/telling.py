"""What the tests of the case's screens share: a sheet filled in as it stands, and a child who disappears."""

from datetime import datetime, timedelta
from typing import Any

from django.forms import MultiWidget
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from savnet.access.models import Person
from savnet.cases.models import Case
from savnet.casework import absence
from savnet.casework.case_at_hand import CaseAtHand, at_hand
from savnet.register.models import Recipient, Resident
from savnet.rules import Obligation
from savnet.rules.words import ITEMS, ObligationState
from savnet.rules.words import Recipient as Kind
from savnet.web.shown import slug

OFFICES = (
    (Kind.POLICE_DISTRICT, "fjordkanten", "Fjordkanten politidistrikt"),
    (Kind.CHILD_WELFARE, "9901", "Barnevernstjenesten i Granvik"),
    (Kind.CHILD_WELFARE, "9903", "Barnevernstjenesten i Storfjell"),
    (Kind.REGION, "fjord", "UDI Regionkontor Fjord"),
    (Kind.BFE, "", "Barnefaglig enhet (BFE)"),
)
ALL_UNKNOWN = {f"{item}_answer": "unknown" for item in ITEMS} | {
    "worries": "Vi er redde for at noen utnytter barnet.",
    "where_answer": "unknown",
    "do": "send",
}


def furnish_offices() -> None:
    """Offices that only paper reaches: no mail server is needed to send to them."""
    for kind, number, name in OFFICES:
        Recipient.objects.create(
            kind=kind.value,
            number=number,
            name=name,
            phone="+47 00 00 99 99",
            address="Postboks 1\n0000 Granvik",
            confirmed=True,
            invented=True,
        )


def filled(client: Client, address: str, /, **given: Any) -> dict[str, Any]:
    """The sheet as the browser would send it untouched, but for what the test fills in."""
    form = client.get(address).context["form"]
    data: dict[str, Any] = {}
    for bound in form:
        widget, value = bound.field.widget, bound.value()
        if isinstance(widget, MultiWidget):
            parts = zip(widget.widgets_names, widget.widgets, widget.decompress(value), strict=True)
            data |= {f"{bound.html_name}{name}": one.format_value(part) or "" for name, one, part in parts}
        else:
            data[bound.html_name] = "" if value is None else value
    return {name: value for name, value in (data | given).items() if value != "" or name in given}


def send_in(client: Client, address: str, **given: Any) -> HttpResponse:
    """Open the sheet, fill it in and send it."""
    response: HttpResponse = client.post(address, filled(client, address, **given))
    return response


def missing(resident: Resident, by: Person, *, since: timedelta = timedelta(minutes=40)) -> Case:
    """The case of a child of whom there has been reason to believe for a while that she has disappeared."""
    then = timezone.now() - since
    case = absence.notice(resident, by=by, now=then - timedelta(minutes=30))
    absence.believe(case.id, by=by, now=then)
    return case


def page(case: Case, rest: str = "") -> str:
    return f"/saker/{case.id}/{rest}"


def now_of(case: Case, at: datetime | None = None) -> CaseAtHand:
    return at_hand(case.id, at or timezone.now())


def open_ids(case: Case) -> list[str]:
    """The ids of what is owed now, UDI's too."""
    return [one.id for one in now_of(case).derivation.obligations if one.state is ObligationState.OPEN]


def duty(case: Case, id_: str, recipient: str | None = None) -> Obligation:
    """The newest obligation with that id."""
    found = [
        one
        for one in now_of(case).derivation.obligations
        if one.id == id_ and (recipient is None or one.recipient == recipient)
    ]
    return found[-1]


def at_duty(case: Case, screen: str, id_: str, recipient: str | None = None) -> str:
    """The address of a screen about one obligation."""
    return page(case, f"{screen}/{slug(duty(case, id_, recipient))}/")
