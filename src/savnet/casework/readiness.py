"""Would we be ready? What is in place of what a disappearance needs, for each child, and what is lacking.

A point is in place, or lacking, or staff have asked and there is none (a child without a telephone). The last counts as
in place for a while, and is then asked again: what was true of a child who had just come is not true for ever.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from savnet.access.models import Person
from savnet.access.rights import Role
from savnet.casework.register_keeping import saved
from savnet.delivery.certificates import sealable
from savnet.policy.presence import NUMBER_TEST_HOLDS
from savnet.register.circumstances import current_contact
from savnet.register.models import Centre, Contact, ContactKind, NumberTest, Photo, ReadinessAnswer, Resident
from savnet.rules.time import norwegian_day

Text = Any  # a sentence that waits for the reader's language

NOT_CERTIFIED = _("Gyldig sertifikat mangler. Meldingen må leveres på papir til det er ordnet.")
ACTS = (ContactKind.REPRESENTATIVE, ContactKind.GUARDIAN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One thing to have in place. `mend` names the screen that mends it, with what its address needs.

    What no screen of the centre's mends is `kept_by` somebody else, whom to ask.
    """

    item: str
    what: Text
    in_place: bool
    says: Text = ""
    mend: str = ""
    mend_with: tuple[object, ...] = ()
    mend_query: str = ""
    may_be_none: bool = False
    kept_by: Role | None = None


@dataclass(frozen=True, slots=True)
class Readiness:
    """How ready the house is for one child, or a centre for any."""

    points: tuple[Point, ...]

    @property
    def lacking(self) -> tuple[Point, ...]:
        """What to mend."""
        return tuple(one for one in self.points if not one.in_place)

    @property
    def score(self) -> int:
        """What part is in place, in per cent, rounded down: 100 only where nothing is lacking."""
        return 100 * (len(self.points) - len(self.lacking)) // len(self.points)


def dialled(number: str) -> str:
    """A number as it is dialled, so that the same number written in two ways is one."""
    digits = re.sub(r"[^\d+]", "", number)
    return re.sub(r"^(\+|00)47", "", digits)


def tested(centre: Centre, now: datetime) -> frozenset[str]:
    """The numbers that somebody answered lately; a later call that nobody answered counts against."""
    newest: dict[str, bool] = {}
    for one in NumberTest.objects.filter(centre=centre, at__gt=now - NUMBER_TEST_HOLDS).order_by("at"):
        newest[dialled(one.number)] = one.answered
    return frozenset(number for number, answered in newest.items() if answered)


def note_test_call(
    centre: Centre, number: str, *, whose: str, answered: bool, note: str, by: Person, now: datetime
) -> NumberTest:
    """Keep that a number was called, and whether the right one answered."""
    made = NumberTest(centre=centre, number=number, whose=whose, answered=answered, note=note, at=now, by=by)
    return saved(made)


def there_is_none(resident: Resident, item: str, why: str, *, by: Person, now: datetime) -> ReadinessAnswer:
    """Keep that somebody asked, and that there is none."""
    return saved(ReadinessAnswer(resident=resident, item=item, why=why, at=now, by=by))


@dataclass(frozen=True, slots=True)
class Known:
    """What is read once for all children: the numbers that somebody has answered, and whom letters can be sealed to."""

    numbers: frozenset[str]
    certified: frozenset[str]


def known_at(centre: Centre, now: datetime) -> Known:
    """For every child of the centre."""
    written_to = Contact.objects.filter(resident__centre=centre).exclude(email="").values_list("email", flat=True)
    return Known(tested(centre, now), sealable(set(written_to), now))


def ready_for(resident: Resident, now: datetime, known: Known | None = None) -> Readiness:
    """How ready the house is for this child, which `with_all` or `everyone` has read."""
    known = known or known_at(resident.centre, now)
    return Readiness(tuple(_answered(_points(resident, known, now), resident, now)))


def everyone(centre: Centre, now: datetime) -> list[tuple[Resident, Readiness]]:
    """Each child of the centre, the least ready first; asks the database as often for fifty as for five."""
    known = known_at(centre, now)
    rows = _with_all(Resident.objects.filter(centre=centre, left__isnull=True))
    found = [(one, ready_for(one, now, known)) for one in rows]
    return sorted(found, key=lambda one: (one[1].score, one[0].name))


def with_all(resident_id: UUID) -> Resident:
    """The child with everything that readiness looks at."""
    return _with_all(Resident.objects.filter(id=resident_id)).get()


def _with_all(rows: QuerySet[Resident]) -> QuerySet[Resident]:
    around = ("contacts", "telephones", "network", "social_accounts", "appointments", "readiness_answers")
    pictured = Exists(Photo.objects.filter(resident=OuterRef("pk")))
    return rows.annotate(has_photo=pictured).select_related("centre").prefetch_related(*around)


def _answered(points: Iterable[Point], resident: Resident, now: datetime) -> Iterator[Point]:
    """The points, with those in place of which staff have lately found that there is none."""
    lately = [one for one in resident.readiness_answers.all() if one.at > now - NUMBER_TEST_HOLDS]
    none: Mapping[str, ReadinessAnswer] = {one.item: one for one in reversed(lately)}
    for point in points:
        said = none.get(point.item)
        if said and not point.in_place and point.may_be_none:
            yield Point(item=point.item, what=point.what, in_place=True, says=said.why)
        else:
            yield point


def _points(resident: Resident, known: Known, now: datetime) -> Iterator[Point]:
    day = norwegian_day(now)
    acts = next(filter(None, (current_contact(resident, kind, day) for kind in ACTS)), None)
    yield from _contact(resident, acts, "representative", known)
    yield from _contact(resident, current_contact(resident, ContactKind.LAWYER, day), "lawyer", known)
    for point in _DESCRIBED:
        yield point(resident)


_WHO: Mapping[str, tuple[Text, Text, Text, Text]] = {
    "representative": (
        _("Representant"),
        _("Nummeret til representanten"),
        _("Sertifikatet til representanten"),
        _("Ingen representant er registrert. Representanten skal ringes når barnet forsvinner."),
    ),
    "lawyer": (
        _("Advokat"),
        _("Nummeret til advokaten"),
        _("Sertifikatet til advokaten"),
        _("Ingen advokat er registrert. Advokaten skal ringes når barnet forsvinner."),
    ),
}


def _contact(resident: Resident, contact: Contact | None, item: str, known: Known) -> Iterator[Point]:
    who, number, _certificate, nobody = _WHO[item]
    query = f"?rolle={item}"
    yield Point(
        item=item,
        what=who,
        in_place=contact is not None,
        says=contact.name if contact else nobody,
        mend="contact-new",
        mend_with=(resident.id,),
        mend_query=query,
        may_be_none=True,
    )
    if contact is None:
        return
    yield _dialled(resident, contact, item, number, known)
    if contact.email:
        yield _sealed_to(contact, item, known)


def _dialled(resident: Resident, contact: Contact, item: str, number: Text, known: Known) -> Point:
    """Whether somebody answers there."""
    here = (resident.id, contact.id)
    if not contact.phone:
        says = _("Telefonnummeret mangler.")
        return Point(item=f"{item}_phone", what=number, in_place=False, says=says, mend="contact-edit", mend_with=here)
    return Point(
        item=f"{item}_phone",
        what=number,
        in_place=dialled(contact.phone) in known.numbers,
        says=_("Ring og hør om noen svarer. Nummeret er ikke prøvd på 90 dager."),
        mend="contact-test",
        mend_with=here,
    )


def _sealed_to(contact: Contact, item: str, known: Known) -> Point:
    """Whether a letter to that address can go by encrypted e-mail; a keeper of the register mends it, by address."""
    there = contact.email.lower() in known.certified
    return Point(
        item=f"{item}_certificate",
        what=_WHO[item][2],
        in_place=there,
        says=contact.email if there else f"{contact.email}: {NOT_CERTIFIED}",
        kept_by=Role.REGISTER_KEEPER,
    )


def _described(resident: Resident) -> Point:
    told = bool(resident.description and resident.clothing)
    says = _("Skriv hvordan barnet ser ut og hva det pleier å ha på seg.")
    return Point(
        item="description",
        what=_("Signalement"),
        in_place=told,
        says="" if told else says,
        mend="description",
        mend_with=(resident.id,),
    )


def _pictured(resident: Resident) -> Point:
    pictured = bool(getattr(resident, "has_photo", None))
    return Point(
        item="photo",
        what=_("Bilde med samtykke"),
        in_place=pictured,
        says="" if pictured else _("Uten bilde er barnet vanskelig å finne igjen. Spør om samtykke."),
        mend="photo",
        mend_with=(resident.id,),
        may_be_none=True,
    )


def _reached(resident: Resident) -> Point:
    there = bool(resident.telephones.all() or resident.social_accounts.all())
    return Point(
        item="telephone",
        what=_("Barnets telefon eller profil"),
        in_place=there,
        says="" if there else _("Ingen telefon og ingen profil er registrert."),
        mend="telephone-new",
        mend_with=(resident.id,),
        may_be_none=True,
    )


def _known_by(resident: Resident) -> Point:
    there = bool(resident.network.all())
    return Point(
        item="network",
        what=_("Nettverk"),
        in_place=there,
        says="" if there else _("Ingen venner eller familie er registrert. Politiet spør om dem."),
        mend="network-new",
        mend_with=(resident.id,),
        may_be_none=True,
    )


def _summoned(resident: Resident) -> Point:
    there = any(not one.cancelled for one in resident.appointments.all())
    return Point(
        item="appointments",
        what=_("Innkallinger"),
        in_place=there,
        says="" if there else _("Ingen innkalling er registrert. Er barnet innkalt, skal det avbestilles."),
        mend="appointment-new",
        mend_with=(resident.id,),
        may_be_none=True,
    )


def _identified(resident: Resident) -> Point:
    there = bool(resident.born and resident.duf_number)
    return Point(
        item="identity",
        what=_("Fødselsdato og DUF-nummer"),
        in_place=there,
        says="" if there else _("Fødselsdatoen avgjør hvem som har ansvaret, og DUF-nummeret hvem barnet er."),
        mend="resident-edit",
        mend_with=(resident.id,),
        may_be_none=True,
    )


_DESCRIBED: tuple[Callable[[Resident], Point], ...] = (
    _described,
    _pictured,
    _reached,
    _known_by,
    _summoned,
    _identified,
)
