"""Fourteen invented children. Their DUF numbers are of a year to come, so that they are nobody's."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from savnet.delivery.certificates import add_certificate
from savnet.demo.receivers import certificate_for
from savnet.register.models import (
    Alias,
    Appointment,
    Centre,
    Contact,
    ContactKind,
    NetworkPerson,
    Resident,
    SocialAccount,
    Telephone,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Invented:
    """What is registered of one child. `years` is the age, so that it stays the same whenever the demo is run."""

    given: str
    family: str
    years: int
    sex: str
    citizenship: str
    languages: str
    original: str = ""
    lawyer: bool = True
    representative: bool = True
    extra: dict[str, object] = field(default_factory=dict)


CHILDREN: tuple[Invented, ...] = (
    Invented(
        given="Amanuel",
        family="Tesfaoppdikt",
        years=16,
        sex="male",
        citizenship="Eritrea",
        languages="tigrinja",
        original="ኣማኑኤል ተስፋ",
    ),
    Invented(
        given="Zahra",
        family="Fiktivzada",
        years=15,
        sex="female",
        citizenship="Afghanistan",
        languages="dari",
        original="زهرا فکتیوزاده",
    ),
    Invented(
        given="Yusuf",
        family="Oppdiktov",
        years=17,
        sex="male",
        citizenship="Syria",
        languages="arabisk",
        original="يوسف أوبديكتوف",
    ),
    Invented(
        given="Linh",
        family="Papirnguyen",
        years=16,
        sex="female",
        citizenship="Vietnam",
        languages="vietnamesisk",
        extra={"asylum_case_at": "une"},
    ),
    Invented(
        given="Bilal",
        family="Tenktahmed",
        years=17,
        sex="male",
        citizenship="Somalia",
        languages="somali",
        lawyer=False,
    ),
    Invented(
        given="Meron",
        family="Eksempelsen",
        years=14,
        sex="female",
        citizenship="Etiopia",
        languages="amharisk",
        original="ሜሮን",
    ),
    Invented(
        given="Omid", family="Prøvestad", years=17, sex="male", citizenship="Afghanistan", languages="dari, engelsk"
    ),
    Invented(
        given="", family="", years=16, sex="male", citizenship="Jemen", languages="arabisk", original="سليم المثالي"
    ),
    Invented(
        given="Nadia",
        family="Fantasiva",
        years=15,
        sex="female",
        citizenship="Algerie",
        languages="arabisk, fransk",
        representative=False,
    ),
    Invented(given="Tariq", family="Diktmann", years=16, sex="male", citizenship="Sudan", languages="arabisk"),
    Invented(
        given="Selam",
        family="Luftslott",
        years=17,
        sex="female",
        citizenship="Eritrea",
        languages="tigrinja",
        extra={"permit": True},
    ),
    Invented(
        given="Karim",
        family="Skinnbarlig",
        years=16,
        sex="male",
        citizenship="Marokko",
        languages="arabisk",
        extra={"accompanied_by": "En mann som sier han er onkel"},
    ),
    Invented(
        given="Hodan", family="Skyggebye", years=16, sex="female", citizenship="Somalia", languages="somali, engelsk"
    ),
    Invented(
        given="Dawit", family="Funnetsen", years=17, sex="male", citizenship="Eritrea", languages="tigrinja, engelsk"
    ),
)
IN_SOLVAER = range(8, 12)
"""Those of them who live in Solvær; the others live in Granvik."""


def furnish(granvik: Centre, solvaer: Centre, now: datetime) -> list[Resident]:
    """All the children, in the order of the list."""
    return [
        _resident(one, number, solvaer if number in IN_SOLVAER else granvik, now) for number, one in enumerate(CHILDREN)
    ]


def _resident(one: Invented, number: int, centre: Centre, now: datetime) -> Resident:
    duf = duf_number(number, now.year)
    resident, new = Resident.objects.get_or_create(
        centre=centre,
        duf_number=duf,
        defaults={
            "given_name": one.given,
            "family_name": one.family,
            "original_name": one.original,
            "identity_uncertain": not one.given,
            "born": _born(one.years, number, now.date()),
            "born_uncertain": number % 3 == 1,
            "sex": one.sex,
            "citizenship": one.citizenship,
            "languages": one.languages,
            "interpreter": "no" if "engelsk" in one.languages else "yes",
            "room": f"{101 + number}",
            "arrived": now.date() - timedelta(days=40 + 9 * number),
            "description": f"Om lag {158 + number * 2} cm, slank, mørkt hår.",
            "clothing": "Svart boblejakke, grå joggebukse, hvite joggesko.",
            "travel_documents": "",
            **one.extra,
        },
    )
    if new:
        _around(resident, one, number, now)
    return resident


def duf_number(number: int, year: int) -> str:
    """A DUF number with right check digits, of next year, so that no child can have it."""
    stem = f"{year + 1}{990000 + number * 7}"
    weights = (4, 6, 3, 2, 4, 6, 3, 2, 7, 5)
    return f"{stem}{sum(int(d) * w for d, w in zip(stem, weights, strict=True)) % 11:02d}"


def _born(years: int, number: int, today: date) -> date:
    """A birthday that makes the child `years` old today; the seventh turns 18 in five days."""
    month_back = 30 * (number % 12 + 1)
    if number == 6:
        soon = today + timedelta(days=5)
        return soon.replace(year=soon.year - years - 1, day=min(soon.day, 28))
    day = today - timedelta(days=month_back)
    return day.replace(year=day.year - years, day=min(day.day, 28))


def _around(resident: Resident, one: Invented, number: int, now: datetime) -> None:
    Alias.objects.create(resident=resident, name=f"{one.given or 'Salim'} H.")
    Telephone.objects.create(resident=resident, number=f"+47 00 66 {number:02d} 00")
    if number % 2 == 0:
        SocialAccount.objects.create(resident=resident, service="Snapchat", handle=f"oppdiktet.{number:02d}")
        NetworkPerson.objects.create(
            resident=resident,
            kind="friend",
            name="Ibrahim Tenktvenn",
            relation="venn fra forrige mottak",
            phone=f"+47 00 77 {number:02d} 00",
            place="Storfjell",
        )
    if one.representative:
        _contact(resident, ContactKind.REPRESENTATIVE, "Rita Fiktivsen", "", f"+47 00 88 {number:02d} 10", now)
    if one.lawyer:
        _contact(resident, ContactKind.LAWYER, "Advokat Arne Påfunn", "Advokatfirmaet Påfunn", "+47 00 99 00 10", now)
    if number in {0, 3}:
        Appointment.objects.create(resident=resident, kind="asylum_interview", at=_morning(now, days=2 + number * 7))
    if number in {9, 13}:
        Appointment.objects.create(resident=resident, kind="arrival_interview", at=_morning(now, days=number - 8))


def _contact(resident: Resident, kind: ContactKind, name: str, firm: str, phone: str, now: datetime) -> None:
    email = f"{'representant' if kind is ContactKind.REPRESENTATIVE else 'advokat'}@paafunn.example"
    Contact.objects.create(
        resident=resident,
        kind=kind,
        name=name,
        firm=firm,
        phone=phone,
        email=email,
        address="Postboks 7\n0000 Granvik",
        valid_from=now.date() - timedelta(days=300),
    )
    add_certificate(email, certificate_for(email), by="demo", now=now)


def _morning(now: datetime, *, days: int) -> datetime:
    return (now + timedelta(days=days)).replace(hour=8, minute=0, second=0, microsecond=0)
