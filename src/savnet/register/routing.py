"""Who gets a notice: found by rule and number, never typed, and always with the reason.

One function per kind of receiver. Where the receiver is known but no address is, the receiver is still named; only
where nobody can be named is NoRecipient raised.
"""

from collections.abc import Callable
from datetime import date

from django.conf import settings
from django.utils.translation import gettext, gettext_noop

from savnet.register.circumstances import current_contact
from savnet.register.models import (
    ContactKind,
    MunicipalityPoliceDistrict,
    PoliceDistrict,
    Recipient,
    Resident,
)
from savnet.register.models.validity import holding
from savnet.register.municipalities import in_force
from savnet.register.resolution import NoRecipient, Resolution, Way, disarmed, from_contact, from_office, norwegian_date
from savnet.rules.words import Channel
from savnet.rules.words import Recipient as Kind

Resolver = Callable[[Kind, Resident, str | None, date], Resolution]

UNITS: dict[Kind, tuple[str, str]] = {
    Kind.KOR: (
        "Koordineringsenheten (KOR)",
        gettext_noop("KOR skal ha beskjed når barnet er innkalt til ankomstsamtale (pkt. 2.3 d)."),
    ),
    Kind.ANK: (
        "Ankomstenheten (ANK)",
        gettext_noop("ANK skulle ha beskjed når barnet var innkalt til ankomstsamtale (pkt. 2.3 d)."),
    ),
    Kind.BFE: (
        "Barnefaglig enhet (BFE)",
        gettext_noop(
            "BFE skal ha beskjed når barnet er innkalt til aldersundersøkelse eller asylintervju (pkt. 2.3 d)."
        ),
    ),
    Kind.ASA: (
        "Asylavdelingen (ASA)",
        gettext_noop("ASA vurderer om asylsaken må opplyses bedre (pkt. 4)."),
    ),
    Kind.DECISION_UNIT: (
        "Vedtaksenheten i Asylavdelingen (ASA)",
        gettext_noop("Asylsaken ligger hos UDI (pkt. 3)."),
    ),
    Kind.UNE: ("Utlendingsnemnda (UNE)", gettext_noop("Asylsaken ligger hos UNE (pkt. 3).")),
    Kind.PU: ("Politiets utlendingsenhet (PU)", gettext_noop("Asylsaken ligger hos PU (pkt. 3).")),
}
REGISTERS: dict[Kind, tuple[str, str]] = {
    Kind.SESAM: ("Sesam", gettext_noop("Forsvinningen og tilbakekomsten registreres i Sesam.")),
    Kind.DUF: ("DUF", gettext_noop("Meldingene og adressen registreres i DUF.")),
    Kind.PERSONAL_FILE: (
        "Personmappa",
        gettext_noop("Opplysningene fra samtalen føres i personmappa på mottaket (pkt. 4)."),
    ),
}
KOR_REPLACED_ANK = date(2018, 1, 18)


def resolve(recipient: Kind, *, resident: Resident, municipality: str | None = None, on: date) -> Resolution:
    """Who is to have a notice about this child on that day.

    `municipality` is the number of another municipality than the centre's, where the rule says so (b-8, 3-8, 4-6,
    4-8). Raises NoRecipient where nobody can be named.
    """
    found = _RESOLVERS[recipient](recipient, resident, municipality, on)
    return disarmed(found) if resident.centre.invented else found


def _contact(kind: Kind, resident: Resident, municipality: str | None, on: date) -> Resolution:
    capacity = ContactKind(kind.value)
    contact = current_contact(resident, capacity, on)
    if contact is None:
        name = str(capacity.label).lower()
        raise NoRecipient(
            gettext("Det er ikke registrert noen %(name)s for beboeren.") % {"name": name},
            gettext("Finn ut hvem som er %(name)s, og legg inn navn og telefonnummer på beboeren.") % {"name": name},
        )
    return from_contact(contact)


def _police_district(kind: Kind, resident: Resident, municipality: str | None, on: date) -> Resolution:
    centre = resident.centre
    agreed = centre.agreed_police_district
    if agreed is not None and municipality in {None, centre.municipality_id}:
        reason = gettext("%(centre)s har avtalt med politiet at %(district)s tar imot meldingene.") % {
            "centre": centre.name,
            "district": agreed.name,
        }
        return _district(agreed, reason, on, confirmed=True, municipality=centre.municipality_id)
    place = in_force(municipality or centre.municipality_id, on)
    route = (
        MunicipalityPoliceDistrict.objects.filter(holding(on), municipality=place).select_related("district").first()
    )
    if route is None:
        raise NoRecipient(
            gettext("Det er ikke registrert hvilket politidistrikt %(name)s kommune (%(number)s) hører til.")
            % {"name": place.name, "number": place.number},
            gettext("Ring politiet på stedet, og legg inn politidistriktet på mottaket eller kommunen."),
        )
    words = {"district": route.district.name, "municipality": place.name}
    if place.number == centre.municipality_id:
        reason = gettext("%(district)s dekker %(municipality)s kommune, der mottaket ligger.") % words
    else:
        reason = gettext("%(district)s dekker %(municipality)s kommune.") % words
    if not route.confirmed:
        reason += " " + gettext("Koblingen mellom kommune og distrikt er ikke bekreftet.")
    return _district(route.district, reason, on, confirmed=route.confirmed, municipality=place.number)


def _district(
    district: PoliceDistrict, reason: str, on: date, *, confirmed: bool, municipality: str | None
) -> Resolution:
    return from_office(
        Kind.POLICE_DISTRICT,
        _row(Kind.POLICE_DISTRICT, district.key, on),
        name=district.name,
        reason=reason,
        on=on,
        confirmed=confirmed,
        number=district.key,
        municipality=municipality,
    )


def _child_welfare(kind: Kind, resident: Resident, municipality: str | None, on: date) -> Resolution:
    own = resident.centre.municipality_id
    place = in_force(municipality or own, on)
    here = gettext("Mottaket ligger i %(name)s kommune (%(number)s).") % {"name": place.name, "number": place.number}
    there = gettext("Barnet har eller hadde tilhold på en kjent adresse i %(name)s kommune (%(number)s).") % {
        "name": place.name,
        "number": place.number,
    }
    return from_office(
        kind,
        _row(kind, place.number, on),
        name=f"Barnevernstjenesten i {place.name} kommune",
        reason=here if place.number == own else there,
        on=on,
        number=place.number,
        municipality=place.number,
    )


def _region(kind: Kind, resident: Resident, municipality: str | None, on: date) -> Resolution:
    centre = resident.centre
    region = centre.exercise_of.region if centre.exercise_of else centre.region
    row = _row(kind, region, on) if region else None
    if row is None:
        raise NoRecipient(
            gettext("%(name)s er ikke knyttet til et regionkontor i UDI som er i bruk.") % {"name": centre.name},
            gettext("Legg inn regionkontoret blant mottakerne, og velg det på mottaket."),
        )
    reason = gettext("%(region)s følger opp %(centre)s.") % {"region": row.name, "centre": centre.name}
    return from_office(kind, row, name=row.name, reason=reason, on=on, number=row.number)


def _unit(kind: Kind, resident: Resident, municipality: str | None, on: date) -> Resolution:
    name, reason = UNITS[kind]
    if kind is Kind.ANK and on >= KOR_REPLACED_ANK:
        kind, (name, reason) = Kind.KOR, UNITS[Kind.KOR]
        reason = gettext("Ankomstenheten ble Koordineringsenheten (KOR) %(day)s. %(reason)s") % {
            "day": norwegian_date(KOR_REPLACED_ANK),
            "reason": gettext(reason),
        }
    return from_office(kind, _row(kind, "", on), name=name, reason=gettext(reason), on=on)


def _register(kind: Kind, resident: Resident, municipality: str | None, on: date) -> Resolution:
    name, reason = REGISTERS[kind]
    way = Way(channel=Channel.SYSTEM)
    return Resolution(kind=kind, name=name, label=name, reason=gettext(reason), confirmed=True, channels=(way,))


def _row(kind: Kind, number: str, on: date) -> Recipient | None:
    """The office in force. Invented offices exist in the demo only, and real ones outside it only."""
    offices = Recipient.objects.filter(holding(on), kind=kind.value, number=number, invented=settings.DEMO)
    return offices.prefetch_related("channels").first()


_RESOLVERS: dict[Kind, Resolver] = {
    Kind.POLICE_DISTRICT: _police_district,
    Kind.CHILD_WELFARE: _child_welfare,
    Kind.REGION: _region,
    **dict.fromkeys((Kind.REPRESENTATIVE, Kind.GUARDIAN, Kind.LAWYER), _contact),
    **dict.fromkeys(UNITS, _unit),
    **dict.fromkeys(REGISTERS, _register),
}
