"""Section 4, "Mottak": the centre receives the child, tells everyone, holds the talk and follows it up."""

from collections.abc import Iterator

from savnet.rules.events import (
    ConcernRaised,
    Event,
    Returned,
    RightReceiverNamed,
    TalkHeld,
    TransportDone,
    TransportRequested,
)
from savnet.rules.moment import Moment, Owed, owe
from savnet.rules.provision import provision
from savnet.rules.rs_2015_009.right_receiver import to_the_right_service
from savnet.rules.words import Actor, ConcernKind, ConcernLevel, Recipient

POLICE_OR_CHILD_WELFARE = frozenset({"police", "police_district", "child_welfare"})


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


@provision("4-13", point="4", words="utenom UDIs kontortid", readings=(18,), on=(TransportRequested,))
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


@provision("4-18", point="4", words="begrunnet mistanke", readings=(22,), on=(ConcernRaised, RightReceiverNamed))
def report_justified_suspicion(m: Moment) -> Iterator[Owed]:
    """Back again, and a justified suspicion: child welfare and the region are told."""
    if isinstance(m.event, RightReceiverNamed):
        yield from to_the_right_service(report_justified_suspicion, m, m.event)
        return
    if not (m.found and isinstance(m.event, ConcernRaised)):
        return
    if m.event.level is ConcernLevel.JUSTIFIED_SUSPICION:
        home = m.centre.municipality
        rule = report_justified_suspicion
        yield owe(rule, m, Actor.CENTRE, Recipient.CHILD_WELFARE, municipality=home, notice=True)
        yield owe(rule, m, Actor.CENTRE, Recipient.REGION, notice=True)


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
