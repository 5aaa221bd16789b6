"""What the demo has agreed beforehand: when everyone is counted, who is out, who is to be moved, a photograph."""

from datetime import datetime, time, timedelta
from io import BytesIO

from PIL import Image, ImageDraw

from savnet.access.models import Person
from savnet.cases.models import Case
from savnet.casework import absence, asking, exercises, leaves, readiness, returning, roster, transfers
from savnet.demo.cases import called, told_in_writing
from savnet.register.models import Centre, DailyTime, Resident
from savnet.register.photographs import keep_photo
from savnet.rules.time import norwegian_day
from savnet.rules.words import ReturnedHow

TIMES = (
    ("Frokost", time(8), "1234567"),
    ("Skole", time(8, 30), "12345"),
    ("Middag", time(17), "1234567"),
    ("Kveldsrunde", time(22, 30), "1234567"),
)
POLICE_AT_NIGHT = "+47 00 44 00 02"


def furnish(everyone: list[Resident], by: Person, now: datetime) -> None:
    """Times, agreements and a transfer, as the shift and the leaders made them; done once."""
    granvik, solvaer = everyone[0].centre, everyone[8].centre
    for name, clock, weekdays in TIMES:
        DailyTime.objects.create(centre=granvik, name=name, clock=clock, weekdays=weekdays, from_instant=now)
    Centre.objects.filter(id__in=[granvik.id, solvaer.id]).update(police_on_call=POLICE_AT_NIGHT)
    number = granvik.on_call_phone
    readiness.note_test_call(granvik, number, whose="Vakttelefonen", answered=True, note="", by=by, now=now)
    evening = {"begins": now - timedelta(hours=5), "ends": now + timedelta(hours=9)}
    roster.put_on_duty(by, place=1, by=Person.objects.get(username="leder"), now=now, **evening)
    at_the_library(everyone[6], by, now)
    on_the_bus(everyone[9], granvik, now)
    to_be_moved(everyone[7], solvaer, by, now)
    drawn(everyone[6], now)
    exercised(granvik, Person.objects.get(username="leder"), now - timedelta(days=20))


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


def to_be_moved(child: Resident, to: Centre, by: Person, now: datetime) -> None:
    """Moves in three days; nobody has said yet that he has left."""
    hours = {"departs_at": now + timedelta(days=3), "expected_at": now + timedelta(days=3, hours=5)}
    how = {"how": "Tog og buss", "escort": "Kari Følgesen", "escort_phone": "+47 00 44 00 10"}
    transfers.plan(child, to, how | hours, by=by, now=now - timedelta(hours=26))


def drawn(child: Resident, now: datetime) -> None:
    """A picture of nobody, as a photograph that there is consent to keep."""
    picture = Image.new("RGB", (480, 600), "#d6dde4")
    pen = ImageDraw.Draw(picture)
    pen.ellipse((60, 400, 420, 900), fill="#5b6b7b")
    pen.ellipse((140, 110, 340, 390), fill="#8796a5")
    file = BytesIO()
    picture.save(file, "PNG")
    day = norwegian_day(now - timedelta(days=60))
    keep_photo(child, file.getvalue(), consent_by="Rita Fiktivsen", consent_on=day, taken=day)


def exercised(centre: Centre, leader: Person, began: datetime) -> None:
    """An exercise that went well but for Sesam, which nobody thought of."""
    exercise = exercises.begin(centre, by=leader, now=began)
    asking.answer(exercise.child.questions.get(), here=False, by=leader, now=began + timedelta(minutes=4))
    case_id = Case.objects.get(resident=exercise.child).id
    why = "Ikke på rommet, og telefonen er slått av."
    absence.believe(case_id, by=leader, now=began + timedelta(minutes=15), why=why)
    told_in_writing(case_id, by=leader, now=began + timedelta(minutes=31))
    called(case_id, by=leader, now=began + timedelta(minutes=44))
    home = began + timedelta(minutes=70)
    returning.note_return(case_id, how=ReturnedHow.TO_CENTRE, by=leader, now=home)
    exercises.end(exercise, by=leader, now=home + timedelta(minutes=2))
