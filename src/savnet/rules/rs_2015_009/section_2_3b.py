"""Section 2.3 b: the concern report to the child-welfare service, where it goes, and when a new one is due."""

from collections.abc import Iterator

from savnet.rules.discharge import in_writing, not_by_phone
from savnet.rules.events import ConcernRaised, DisappearanceBelieved, InformationReceived, RightReceiverNamed
from savnet.rules.moment import Moment, Owed, owe
from savnet.rules.obligation import LegalBasis, Obligation
from savnet.rules.provision import provision
from savnet.rules.rs_2015_009.right_receiver import to_the_right_service
from savnet.rules.words import Actor, ConcernKind, InformationKind, ObligationState, Recipient, Standard


@provision("b-1", point="2.3 b", words="mishandling, annen alvorlig omsorgssvikt eller menneskehandel")
def harm(concern: ConcernRaised) -> bool:
    """The child is or will be exposed to abuse, serious neglect or trafficking."""
    return concern.kind in {ConcernKind.TRAFFICKING, ConcernKind.VIOLENCE, ConcernKind.NEGLECT}


@provision("b-2", point="2.3 b", words="alvorlig eller gjentatt kriminalitet, misbruk av rusmidler")
def serious_behaviour(concern: ConcernRaised) -> bool:
    """Serious difficulties of behaviour, recorded as another kind of concern."""
    return concern.kind is ConcernKind.OTHER


def duty_to_inform(concern: ConcernRaised) -> bool:
    """Whether the concern, held with reason, sets off the duty to inform child welfare (b-1 or b-2)."""
    return concern.level is not None and (harm(concern) or serious_behaviour(concern))


@provision(
    "b-4",
    also=("b-3", "b-5"),
    point="2.3 b",
    words="uten hinder av taushetsplikt og uten ugrunnet opphold",
    readings=(7, 9, 16, 19, 21, 22),
    on=(DisappearanceBelieved, RightReceiverNamed),
)
def concern_report(m: Moment) -> Iterator[Owed]:
    """Every disappearance is reason for concern (b-3): a concern report, of the content b-5 names, without delay."""
    if isinstance(m.event, RightReceiverNamed):
        yield from _to_the_right_service(m, m.event)
        return
    elsewhere = _elsewhere(m, m.addresses[-1:])
    yield owe(
        concern_report,
        m,
        Actor.CENTRE,
        Recipient.CHILD_WELFARE,
        municipality=elsewhere or m.centre.municipality,
        also=("b-8",) if elsewhere else (),
        standard=Standard.WITHOUT_UNDUE_DELAY,
        notice=True,
        accepts=in_writing,
    )


def _to_the_right_service(m: Moment, named: RightReceiverNamed) -> Iterator[Owed]:
    """The service says that it is not theirs: the right one gets a report of its own (reading 22)."""
    reports = m.of("b-4", "b-8")
    already = {one.municipality for one in reports if one.state is not ObligationState.SUPERSEDED}
    if not m.missing or named.obligation not in {"b-4", "b-8"} or named.municipality in already:
        return
    yield owe(
        concern_report,
        m,
        Actor.CENTRE,
        Recipient.CHILD_WELFARE,
        municipality=named.municipality,
        standard=Standard.WITHOUT_UNDUE_DELAY,
        notice=True,
        accepts=in_writing,
    )


def _elsewhere(m: Moment, addresses: tuple[InformationReceived, ...]) -> str | None:
    """The municipality of the newest known address, where it is not the centre's own."""
    known = [one.municipality for one in addresses if one.municipality not in {None, m.centre.municipality}]
    return known[-1] if known else None


@provision(
    "b-8",
    point="2.3 b",
    words="og ikke til lokal barneverntjeneste",
    readings=(6, 7, 16, 21),
    on=(InformationReceived,),
)
def known_address_elsewhere(m: Moment) -> Iterator[Owed]:
    """A known address elsewhere: the report goes there. Not yet sent: it changes receiver. Sent: a new one is due."""
    where = next(m.information(InformationKind.KNOWN_ADDRESS), None)
    if not m.missing or where is None or where.municipality is None:
        return
    reports = m.of("b-4", "b-8")
    if where.municipality in {one.municipality for one in reports if one.state is not ObligationState.SUPERSEDED}:
        return
    unsent = [one for one in reports if one.state is ObligationState.OPEN]
    first = [one for one in unsent if one.id == "b-4"]
    yield _rerouted(m, first[0], where.municipality) if first else _another(m, tuple(unsent), where.municipality)


def _rerouted(m: Moment, report: Obligation, municipality: str) -> Owed:
    local = municipality == m.centre.municipality
    return owe(
        concern_report,
        m,
        Actor.CENTRE,
        Recipient.CHILD_WELFARE,
        because=report.because,
        municipality=municipality,
        also=() if local else ("b-8",),
        standard=Standard.WITHOUT_UNDUE_DELAY,
        notice=True,
        accepts=in_writing,
        replaces=report,
    )


def _another(m: Moment, unsent: tuple[Obligation, ...], municipality: str) -> Owed:
    return owe(
        known_address_elsewhere,
        m,
        Actor.CENTRE,
        Recipient.CHILD_WELFARE,
        municipality=municipality,
        standard=Standard.WITHOUT_UNDUE_DELAY,
        notice=True,
        accepts=in_writing,
        supersedes=unsent,
    )


@provision(
    "b-9",
    point="2.3 b",
    words="skal sende ny bekymringsmelding til lokal barneverntjeneste",
    readings=(16, 22),
    on=(ConcernRaised, RightReceiverNamed),
)
def new_concern_report(m: Moment) -> Iterator[Owed]:
    """Back again, and reason to believe in serious neglect or the like: a new concern report."""
    if isinstance(m.event, RightReceiverNamed):
        undelayed = Standard.WITHOUT_UNDUE_DELAY
        yield from to_the_right_service(new_concern_report, m, m.event, standard=undelayed, accepts=not_by_phone)
        return
    if m.found and isinstance(m.event, ConcernRaised) and duty_to_inform(m.event):
        yield owe(
            new_concern_report,
            m,
            Actor.CENTRE,
            Recipient.CHILD_WELFARE,
            municipality=m.centre.municipality,
            standard=Standard.WITHOUT_UNDUE_DELAY,
            notice=True,
            accepts=not_by_phone,
        )


def to_child_welfare() -> LegalBasis:
    """Why child welfare may be told, notwithstanding confidentiality (b-4, wording from 1 July 2018)."""
    return LegalBasis(provision="b-4", rule="utlendingsforskriften § 17-6 første ledd")


def to_child_welfare_before_july_2018() -> LegalBasis:
    """The same before 1 July 2018; which rule the circular then named could not be had."""
    return LegalBasis(provision="b-4", rule="opplysningsplikten til barnevernstjenesten (eldre ordlyd mangler)")
