"""Section 2.3 d: UDI. Appointments are cancelled, Sesam is updated, and the region gets copies."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from savnet.rules.discharge import by_post_or_encrypted
from savnet.rules.events import AppointmentMade, CircumstancesNoted, DisappearanceBelieved
from savnet.rules.facts import Appointment
from savnet.rules.moment import Moment, Owed, owe
from savnet.rules.obligation import LegalBasis
from savnet.rules.provision import Coded, provision
from savnet.rules.time import DAY
from savnet.rules.words import Actor, AppointmentKind, Priority, Recipient, Standard

IMMINENT = timedelta(hours=72)
"""How near an appointment must be to be called imminent (reading 8): a weekend long."""


def _ahead(m: Moment, *kinds: AppointmentKind) -> tuple[datetime, ...]:
    """The appointments of these kinds that still lie ahead and now must be cancelled."""
    if not m.missing:
        return ()
    return tuple(one.for_ for one in _new(m) if one.kind in kinds and one.for_ > m.at)


def _new(m: Moment) -> tuple[Appointment, ...]:
    """All appointments when the disappearance begins; while missing, only the one just made."""
    match m.event:
        case AppointmentMade(kind=kind, for_=instant):
            return (Appointment(kind=kind, for_=instant),)
        case CircumstancesNoted():
            return tuple(one for one in m.resident.appointments if one not in m.before.appointments)
        case _:
            return m.appointments


def _cancel_arrival_interview(m: Moment, rule: Coded[[Moment], Iterator[Owed]], unit: Recipient) -> Iterator[Owed]:
    ahead = _ahead(m, AppointmentKind.ARRIVAL_INTERVIEW)
    if ahead:
        yield owe(rule, m, Actor.CENTRE, unit, standard=Standard.IMMEDIATELY, notice=True, appointments=ahead)


@provision(
    "d-1",
    point="2.3 d",
    words="hvis den mindreårige er innkalt til ankomstsamtale",
    readings=(8, 15),
    on=(DisappearanceBelieved, AppointmentMade, CircumstancesNoted),
)
def cancel_arrival_interview_with_ank(m: Moment) -> Iterator[Owed]:
    """An arrival interview lies ahead: the Arrival Unit is told, until it was renamed on 18 January 2018."""
    yield from _cancel_arrival_interview(m, cancel_arrival_interview_with_ank, Recipient.ANK)


@provision(
    "d-1",
    point="2.3 d",
    words="Koordineringsenheten (KOR) … hvis den mindreårige er innkalt til ankomstsamtale",
    readings=(8, 15),
    on=(DisappearanceBelieved, AppointmentMade, CircumstancesNoted),
)
def cancel_arrival_interview_with_kor(m: Moment) -> Iterator[Owed]:
    """An arrival interview lies ahead: the Coordination Unit is told, from 18 January 2018."""
    yield from _cancel_arrival_interview(m, cancel_arrival_interview_with_kor, Recipient.KOR)


@provision(
    "d-2",
    point="2.3 d",
    words="hvis den mindreårige er innkalt til aldersundersøkelse eller asylintervju",
    readings=(8, 15),
    on=(DisappearanceBelieved, AppointmentMade, CircumstancesNoted),
)
def cancel_age_examination_or_interview(m: Moment) -> Iterator[Owed]:
    """An age examination or asylum interview lies ahead: the Child Expertise Unit is told."""
    ahead = _ahead(m, AppointmentKind.AGE_EXAMINATION, AppointmentKind.ASYLUM_INTERVIEW)
    if ahead:
        yield owe(
            cancel_age_examination_or_interview,
            m,
            Actor.CENTRE,
            Recipient.BFE,
            standard=Standard.IMMEDIATELY,
            notice=True,
            appointments=ahead,
        )


@provision("d-3", point="2.3 d", words="høy prioritering dersom innkallingen er nært forestående", readings=(8,))
def priority(appointments: tuple[datetime, ...], *, on: datetime) -> Priority:
    """High where an appointment is imminent at the instant the message is (or would be) sent."""
    near = any(one - on <= IMMINENT for one in appointments)
    return Priority.HIGH if near else Priority.NORMAL


@provision(
    "d-4",
    point="2.3 d",
    words="snarest og senest innen 24 timer",
    readings=(1, 9, 19),
    on=(DisappearanceBelieved,),
)
def register_as_disappeared(m: Moment) -> Iterator[Owed]:
    """Registered in Sesam as disappeared, as soon as possible, within 24 hours at the latest."""
    yield owe(
        register_as_disappeared,
        m,
        Actor.CENTRE,
        Recipient.SESAM,
        standard=Standard.AS_SOON_AS_POSSIBLE,
        latest=m.at + DAY,
    )


@provision(
    "d-5",
    point="2.3 d",
    words="per post eller som vedlegg til kryptert e-post",
    readings=(6,),
    on=("a-1", "b-4", "b-8"),
)
def copy_to_the_region(m: Moment) -> Iterator[Owed]:
    """What police and child welfare were sent goes in copy to the region. Plain e-mail does not do."""
    if m.discharged is not None:
        yield owe(
            copy_to_the_region,
            m,
            Actor.CENTRE,
            Recipient.REGION,
            copy_of=m.discharged.id,
            notice=True,
            accepts=by_post_or_encrypted,
        )


@provision("d-6", point="2.3 d", words="forvaltningsloven § 13 b nr. 5")
def municipal_to_udi() -> LegalBasis:
    """Why a municipal centre may tell UDI."""
    return LegalBasis(provision="d-6", rule="forvaltningsloven § 13 b nr. 5")


@provision("d-7", point="2.3 d", words="drifts og databehandleravtalene")
def private_to_udi() -> LegalBasis:
    """Why a private centre may tell UDI."""
    return LegalBasis(provision="d-7", rule="drifts- og databehandleravtalen mellom mottaket og UDI")
