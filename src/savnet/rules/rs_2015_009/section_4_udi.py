"""Section 4, "UDI": the child reports anew, is found or comes back, and what UDI then does."""

from collections.abc import Iterator
from dataclasses import dataclass

from savnet.rules.events import (
    DufUpdated,
    Event,
    Returned,
    TransportDone,
)
from savnet.rules.moment import Moment, Owed, owe
from savnet.rules.provision import provision
from savnet.rules.words import Actor, Recipient, ReturnedHow

POLICE = frozenset({"police", "police_district"})


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


@provision("4-20", point="4", words="videreformidle opplysningene til ASA", on=("4-19",))
def pass_on_to_asa(m: Moment) -> Iterator[Owed]:
    """The region passes on to ASA what the centre sent."""
    yield owe(pass_on_to_asa, m, Actor.REGION, Recipient.ASA, notice=True)
