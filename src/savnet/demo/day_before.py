"""What the demo has agreed beforehand: when everyone is counted, who is out by agreement, and who is to be moved."""

from datetime import datetime, time, timedelta

from savnet.access.models import Person
from savnet.casework import leaves, readiness, transfers
from savnet.register.models import Centre, DailyTime, Resident

TIMES = (
    ("Frokost", time(8), "1234567"),
    ("Skole", time(8, 30), "12345"),
    ("Middag", time(17), "1234567"),
    ("Kveldsrunde", time(22, 30), "1234567"),
)
POLICE_AT_NIGHT = "+47 00 44 00 02"


def furnish(everyone: list[Resident], by: Person, now: datetime) -> None:
    """Times, agreements and a transfer, as the shift and the leaders made them; done once."""
    granvik, solvaer = everyone[0].centre, everyone[-1].centre
    for name, clock, weekdays in TIMES:
        DailyTime.objects.create(centre=granvik, name=name, clock=clock, weekdays=weekdays, from_instant=now)
    Centre.objects.filter(id__in=[granvik.id, solvaer.id]).update(police_on_call=POLICE_AT_NIGHT)
    number = granvik.on_call_phone
    readiness.note_test_call(granvik, number, whose="Vakttelefonen", answered=True, note="", by=by, now=now)
    at_the_library(everyone[6], by, now)
    on_the_bus(everyone[9], granvik, now)


def at_the_library(child: Resident, by: Person, now: datetime) -> None:
    """Out by agreement, and back before supper."""
    hours = {"from_at": now - timedelta(hours=1), "return_at": now + timedelta(hours=3)}
    leaves.agree(child, {"kind": "agreed", "place": "Granvik bibliotek", **hours}, by=by, now=now)


def on_the_bus(child: Resident, to: Centre, now: datetime) -> None:
    """Left Solvær this afternoon, and is awaited."""
    by = Person.objects.get(username="nattevakt2")
    how = {"how": "Buss", "escort": "Kari Følgesen", "escort_phone": "+47 00 44 00 10"}
    hours = {"departs_at": now - timedelta(hours=1), "expected_at": now + timedelta(hours=3)}
    move = transfers.plan(child, to, how | hours, by=by, now=now - timedelta(hours=20))
    transfers.depart(move, by=by, now=now - timedelta(hours=1))
