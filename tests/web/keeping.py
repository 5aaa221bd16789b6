"""What the tests of the register's screens share: sending in a sheet as a browser does, and a picture."""

import io
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from PIL import Image

from savnet.access.models import Person
from savnet.cases.models import Case
from savnet.casework import absence
from savnet.register.models import Resident
from savnet.web.times import OSLO


def sent(client: Client, address: str, **given: Any) -> HttpResponse:
    """The answer to a sheet that is sent in; the token is fresh unless the test gives one."""
    response: HttpResponse = client.post(address, {"token": str(uuid4())} | given)
    return response


def page(resident: Resident, rest: str = "") -> str:
    """The address of one of the child's pages."""
    return f"/beboere/{resident.id}/{rest}"


def today() -> str:
    """Today in Oslo, as a date field sends it."""
    return timezone.now().astimezone(OSLO).date().isoformat()


def reported_missing(resident: Resident, by: Person, now: datetime | None = None) -> Case:
    """The child's case, from the moment there is reason to believe that she has disappeared."""
    at = now or timezone.now()
    case = absence.notice(resident, by=by, now=at)
    absence.believe(case.id, by=by, now=at)
    return case


def picture() -> bytes:
    """A small PNG."""
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(out, "PNG")
    return out.getvalue()
