"""Section 4: the child reports anew, is found or comes back. First UDI's duties, then the centre's."""

from collections.abc import Iterator
from dataclasses import dataclass

from savnet.rules.discharge import not_by_phone
from savnet.rules.events import (
    ConcernRaised,
    DufUpdated,
    Event,
    Returned,
    TalkHeld,
    TransportDone,
    TransportRequested,
)
from savnet.rules.moment import Moment, Owed, owe
from savnet.rules.provision import provision
from savnet.rules.words import Actor, ConcernKind, ConcernLevel, Recipient, ReturnedHow

POLICE = frozenset({"police", "police_district"})
POLICE_OR_CHILD_WELFARE = POLICE | {"child_welfare"}


@provision("4-0", point="4", words="særskilte rutiner for mottaksplassering", on=(Returned,))
def special_placement(m: Moment) -> Iterator[Owed]:
    """Applicants under § 8-8 a: a reference to RS 2018-001, shown and never a task."""
    if m.first_return and m.resident.paragraph_8_8a:
        yield owe(special_placement, m, Actor.REGION, already=m.event)


@provision("4-1", point="4", words="avklare hvor personen kan innkvarteres", on=(Returned,))
def clarify_where_to_live(m: Moment) -> Iterator[Owed]:
    """The region clarifies where the child is to live."""
    if m.first_return:
        yield owe(clarify_where_to_live, m, Actor.REGION)


def police_updated_duf(event: Event) -> bool:
    """Whether the police already made the changes in DUF; that is "done by police", not skipped (4-2)."""
    return isinstance(event, DufUpdated) and event.by in POLICE


@provision(
    "4-2",
    also=("4-10",),
    point="4",
    words="med mindre politiet allerede har gjort endringene i DUF",
    on=(Returned,),
)
def register_again(m: Moment) -> Iterator[Owed]:
    """Registered in Sesam again with the new address, unless the police already made the changes."""
    if m.first_return:
        already = m.disappearance.duf_updated if m.disappearance else None
        yield owe(register_again, m, Actor.REGION, Recipient.SESAM, met_by=police_updated_duf, already=already)


@provision("4-3", point="4", words="behov for ytterligere opplysning av asylsaken", on=(Returned,))
def ask_asa(m: Moment) -> Iterator[Owed]:
    """The region asks ASA whether the asylum case needs more information."""
    if m.first_return:
        yield owe(ask_asa, m, Actor.REGION, Recipient.ASA, notice=True)


@dataclass(frozen=True, slots=True)
class ContactPoint:
    """A way to reach a unit that the circular itself names."""

    unit: Recipient
    name: str
    phone: str | None = None
    email: str | None = None


@provision("4-4", point="4", words="vakttelefon … emaprio@udi.no")
def ways_to_reach_asa() -> tuple[ContactPoint, ...]:
    """Where ASA can be reached, as the circular names it (version of 3 July 2018)."""
    return (
        ContactPoint(Recipient.ASA, "Dublin vakttelefon", phone="93494265"),
        ContactPoint(Recipient.ASA, "BFE vakttelefon", phone="40555288"),
        ContactPoint(Recipient.ASA, "emaprio", email="emaprio@udi.no"),
    )


@provision("4-5", point="4", words="før transport tilbake til mottaket", on=("4-3",))
def assess_need_for_information(m: Moment) -> Iterator[Owed]:
    """ASA assesses whether the child is to be taken to PU, the police or UDI before the centre."""
    yield owe(assess_need_for_information, m, Actor.ASA)


@provision("4-6", point="4", words="anmode lokalt politidistrikt om å innhente mer informasjon", on=("4-5",))
def request_police_inquiry(m: Moment) -> Iterator[Owed]:
    """More information is needed: ASA's responsibility to ask the local police district."""
    if getattr(m.event, "more_information_needed", False):
        yield owe(request_police_inquiry, m, Actor.ASA, Recipient.POLICE_DISTRICT, notice=True)


@provision("4-7", point="4", words="refundere reiseutgiftene", on=(TransportDone,))
def reimburse_travel(m: Moment) -> Iterator[Owed]:
    """The region reimburses the travel of the child and any companion."""
    if m.disappearance:
        yield owe(reimburse_travel, m, Actor.REGION)


@provision("4-8", point="4", words="Behov for følgeperson skal vurderes i samarbeid", on=(Returned,))
def assess_companion(m: Moment) -> Iterator[Owed]:
    """Found by others: the need for a companion is assessed with police or child welfare where the child was found."""
    if isinstance(m.event, Returned) and m.event.how is ReturnedHow.FOUND_BY_OTHER:
        yield owe(
            assess_companion, m, Actor.REGION, Recipient.POLICE_DISTRICT, municipality=m.event.municipality, notice=True
        )


@provision("4-9", point="4", words="mest sannsynlig er over 18 år, i mottak for voksne", on=(Returned,))
def place_with_adults(m: Moment) -> Iterator[Owed]:
    """The age examination says most likely over 18: placed with adults. This does not end minority (1-4)."""
    if m.first_return and m.age_examined_over_18:
        yield owe(place_with_adults, m, Actor.REGION)


@provision(
    "4-12",
    point="4",
    words="uavhengig av om de har ledig plass",
    readings=(18,),
    on=(Returned, TransportRequested),
)
def receive_the_child(m: Moment) -> Iterator[Owed]:
    """Back, or asked by police or child welfare (either, reading 18): received, full house or not."""
    asked = isinstance(m.event, TransportRequested) and m.event.by in POLICE_OR_CHILD_WELFARE
    if m.disappearance and (m.first_return or asked) and not m.of("4-12"):
        yield owe(receive_the_child, m, Actor.CENTRE)


def _transported(event: Event) -> bool:
    return isinstance(event, TransportDone)


@provision("4-13", point="4", words="utenom UDIs kontortid", on=(TransportRequested,))
def organise_transport(m: Moment) -> Iterator[Owed]:
    """Police or child welfare ask outside UDI's office hours: the centre organises the transport."""
    request = m.event
    if not (m.disappearance and isinstance(request, TransportRequested)):
        return
    if request.outside_office_hours and request.by in POLICE_OR_CHILD_WELFARE:
        yield owe(organise_transport, m, Actor.CENTRE, met_by=_transported)


def all_four_answered(event: Event) -> bool:
    """Whether the talk gave an answer on each of the four topics."""
    if not isinstance(event, TalkHeld):
        return False
    return all((event.why_left, event.where_stayed, event.what_done, event.feels_safe))


@provision("4-15", point="4", words="oppfølgingssamtale", on=(Returned,))
def hold_the_talk(m: Moment) -> Iterator[Owed]:
    """The follow-up talk: why she left, where she stayed, what she did, whether she feels safe."""
    if m.first_return:
        yield owe(hold_the_talk, m, Actor.CENTRE, met_by=all_four_answered, accepts=lambda act: False)


@provision("4-16", point="4", words="følg rutinene i … RS 2015-007", on=(ConcernRaised,))
def follow_rs_2015_007(m: Moment) -> Iterator[Owed]:
    """Concern about trafficking or violence: the routines of RS 2015-007."""
    serious = {ConcernKind.TRAFFICKING, ConcernKind.VIOLENCE}
    if m.disappearance and isinstance(m.event, ConcernRaised) and m.event.kind in serious:
        yield owe(follow_rs_2015_007, m, Actor.CENTRE)


@provision("4-17", point="4", words="personmappe på mottaket", on=(TalkHeld,))
def file_the_talk(m: Moment) -> Iterator[Owed]:
    """What the talk gave goes into the personal file, without health data."""
    if m.found:
        yield owe(file_the_talk, m, Actor.CENTRE, Recipient.PERSONAL_FILE)


@provision("4-18", point="4", words="begrunnet mistanke", readings=(16,), on=(ConcernRaised,))
def report_justified_suspicion(m: Moment) -> Iterator[Owed]:
    """Back again, and a justified suspicion: child welfare and the region are told."""
    if not (m.found and isinstance(m.event, ConcernRaised)):
        return
    if m.event.level is ConcernLevel.JUSTIFIED_SUSPICION:
        home = m.centre.municipality
        rule = report_justified_suspicion
        yield owe(rule, m, Actor.CENTRE, Recipient.CHILD_WELFARE, municipality=home, notice=True, accepts=not_by_phone)
        yield owe(rule, m, Actor.CENTRE, Recipient.REGION, notice=True, accepts=not_by_phone)


@provision(
    "4-19",
    point="4",
    words="etter samtykke fra beboeren eller beboerens representant/verge",
    readings=(14,),
    on=(TalkHeld,),
)
def send_what_the_asylum_case_needs(m: Moment) -> Iterator[Owed]:
    """What matters for the asylum case goes to the region, but only after consent; until then it is withheld."""
    if m.found and isinstance(m.event, TalkHeld) and m.event.asylum_relevant:
        yield owe(send_what_the_asylum_case_needs, m, Actor.CENTRE, Recipient.REGION, notice=True, needs_consent=True)


@provision("4-20", point="4", words="videreformidle opplysningene til ASA", on=("4-19",))
def pass_on_to_asa(m: Moment) -> Iterator[Owed]:
    """The region passes on to ASA what the centre sent."""
    yield owe(pass_on_to_asa, m, Actor.REGION, Recipient.ASA, notice=True)
