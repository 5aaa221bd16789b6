"""Exercises: a whole disappearance with invented people, in an invented copy of the centre that nothing leaves.

The copy is a centre of its own. So everything that looks at one centre sees either the real children or the invented
ones, never both, and the database refuses to move a child from one to the other (decision 0020).
"""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from savnet.access.models import Person
from savnet.casework import asking
from savnet.casework.errors import NotNow
from savnet.casework.instants import spoken
from savnet.register.addresses import EXERCISE_NUMBER, EXERCISE_PLACE, EXERCISE_POSTAL_CODE, EXERCISE_STREET
from savnet.register.models import (
    Centre,
    Contact,
    ContactKind,
    Exercise,
    NetworkPerson,
    PresenceQuestion,
    Resident,
    Telephone,
)
from savnet.rules.time import OSLO, norwegian_day

COPIED = (
    "kind",
    "operator",
    "operator_name",
    "municipality_id",
    "agreed_police_district_id",
    "police_agreement",
    "grace_minutes",
)
"""What of the centre the exercise needs to be like the real thing. Its numbers and its addresses stay behind."""

PEOPLE: tuple[tuple[str, str, str, str, str, int], ...] = (
    ("Aster", "Øvelsesen", "female", "Eritrea", "tigrinja", 16),
    ("Darian", "Oppdiktsen", "male", "Afghanistan", "dari", 15),
    ("Hamse", "Tenktsen", "male", "Somalia", "somali", 17),
    ("Rojin", "Liksomsen", "female", "Syria", "kurdisk", 16),
)
"""Given name, family name, sex, citizenship, language, age. The first is the one who is missed."""

SUPPER = "Kveldsmat"


def running(centre_id: UUID) -> Exercise | None:
    """The exercise at this centre that has not ended."""
    return Exercise.objects.filter(centre_id=centre_id, ended_at=None).select_related("place", "child").first()


def begin(centre: Centre, *, by: Person, now: datetime) -> Exercise:
    """Begin an exercise: the copy of the centre, its children, and the first of them missed at supper."""
    with transaction.atomic():
        held = Centre.objects.select_for_update(of=("self",), no_key=True).get(id=centre.id)
        if held.invented or running(held.id):
            raise NotNow(_("Det pågår allerede en øvelse. Avslutt den først."))
        place = _place(held, now)
        children = [_child(place, number, now) for number in range(len(PEOPLE))]
        made = Exercise.objects.create(centre=held, place=place, child=children[0], started_at=now, started_by=by)
        expected = now - timedelta(minutes=45)
        asking.ask(children[0], PresenceQuestion.Because.ROLL_CALL, what=SUPPER, expected_at=expected, now=now)
        return made


def end(exercise: Exercise, *, by: Person, now: datetime) -> Exercise:
    """End it. What was done stays, for the summary. Said twice, it is said once."""
    Exercise.objects.filter(id=exercise.id, ended_at=None).update(ended_at=now, ended_by=by)
    exercise.refresh_from_db()
    return exercise


def _place(centre: Centre, now: datetime) -> Centre:
    local = now.astimezone(OSLO)
    name = f"{centre.name} – øvelse {local:%d.%m.%Y} {spoken(now, now)}.{local:%S}"
    facts = {field: getattr(centre, field) for field in COPIED}
    return Centre.objects.create(
        name=name,
        exercise_of=centre,
        phone=EXERCISE_NUMBER,
        on_call_phone=EXERCISE_NUMBER,
        address=EXERCISE_STREET,
        postal_code=EXERCISE_POSTAL_CODE,
        postal_place=EXERCISE_PLACE,
        **facts,
    )


def _child(place: Centre, number: int, now: datetime) -> Resident:
    given, family, sex, citizenship, language, years = PEOPLE[number]
    today = norwegian_day(now)
    child = Resident.objects.create(
        centre=place,
        given_name=given,
        family_name=family,
        born=date(today.year - years, 1, 1),
        sex=sex,
        citizenship=citizenship,
        languages=language,
        room=f"{11 + number}",
        description=_("Omtrent 165 cm, mørkt hår. Finnes ikke: dette er en øvelse."),
        clothing=_("Blå jakke, svarte bukser."),
    )
    _around(child, today - timedelta(days=200))
    return child


def _around(child: Resident, since: date) -> None:
    """Those who are to be told, and what a search could follow. None of it can be reached."""
    for kind, name in ((ContactKind.REPRESENTATIVE, "Randi Øvelsesen"), (ContactKind.LAWYER, "Advokat Tenkt")):
        Contact.objects.create(
            resident=child, kind=kind, name=name, phone=EXERCISE_NUMBER, address=EXERCISE_STREET, valid_from=since
        )
    Telephone.objects.create(resident=child, number=EXERCISE_NUMBER)
    NetworkPerson.objects.create(resident=child, kind="friend", name="En venn som ikke finnes")
