"""Section 2.3 a: the report to the local police district, what it must answer, and why it may be disclosed."""

from collections.abc import Iterator, Mapping

from savnet.rules.discharge import to_the_police
from savnet.rules.events import DisappearanceBelieved, FactRecorded, RightReceiverNamed
from savnet.rules.moment import Moment, Owed, owe
from savnet.rules.obligation import LegalBasis
from savnet.rules.provision import Coded, provision
from savnet.rules.time import DAY
from savnet.rules.words import Actor, Answer, Recipient, Standard


@provision(
    "a-1",
    also=("2.2-2", "2.2-3", "a-2"),
    point="2.3 a",
    words="straks og senest innen 24 timer … personlig frammøte eller etter avtale med politiet",
    readings=(1, 5, 9, 19, 22),
    on=(DisappearanceBelieved, RightReceiverNamed),
)
def report_to_the_police(m: Moment) -> Iterator[Owed]:
    """Reported missing at once, within 24 hours at the latest, in person or as agreed. A phone call does not do."""
    if isinstance(m.event, RightReceiverNamed):
        yield from _to_the_right_district(m, m.event)
        return
    yield owe(
        report_to_the_police,
        m,
        Actor.CENTRE,
        Recipient.POLICE_DISTRICT,
        standard=Standard.AT_ONCE,
        latest=m.at + DAY,
        notice=True,
        accepts=to_the_police,
    )


def _to_the_right_district(m: Moment, named: RightReceiverNamed) -> Iterator[Owed]:
    """The district says that it is not theirs: the right one is told at once, within the same 24 hours (reading 22)."""
    if not m.missing or named.obligation != "a-1" or m.disappearance is None:
        return
    if named.municipality in {one.municipality for one in m.of("a-1")}:
        return
    limit = m.disappearance.began.at + DAY
    yield owe(
        report_to_the_police,
        m,
        Actor.CENTRE,
        Recipient.POLICE_DISTRICT,
        municipality=named.municipality,
        standard=Standard.AT_ONCE,
        latest=limit if limit > m.at else None,
        notice=True,
        accepts=to_the_police,
    )


Facts = Mapping[str, FactRecorded]


def _answer(facts: Facts, item: str) -> Answer:
    fact = facts.get(item)
    return fact.answer if fact else Answer.NOT_ASKED


@provision("a-3", point="2.3 a", words="sist var observert")
def last_observed(facts: Facts) -> Answer:
    """When the child was last observed at the centre."""
    return _answer(facts, "a-3")


@provision("a-4", point="2.3 a", words="gitt informasjon eller mottaket har gjort observasjoner")
def statements_and_observations(facts: Facts) -> Answer:
    """Whether the child said, or the centre saw, something that may matter."""
    return _answer(facts, "a-4")


@provision("a-5", point="2.3 a", words="tatt med seg eiendelene")
def belongings(facts: Facts) -> Answer:
    """Whether the belongings are gone too."""
    return _answer(facts, "a-5")


@provision("a-6", point="2.3 a", words="nettverk i Norge")
def network(facts: Facts) -> Answer:
    """Whether there are friends, family or others in Norway."""
    return _answer(facts, "a-6")


@provision("a-7", point="2.3 a", words="andre navngitte beboere")
def other_residents(facts: Facts) -> Answer:
    """Whether other residents, by name, know where the child may be. Their names go to the police only."""
    return _answer(facts, "a-7")


@provision("a-8", point="2.3 a", words="aldersundersøkelse, og eventuelt tidspunktet")
def age_examination(facts: Facts) -> Answer:
    """Whether an age examination was done, and when."""
    return _answer(facts, "a-8")


@provision("a-9", point="2.3 a", words="eventuelle hendelser eller bekymringer i forkant")
def earlier_concerns(facts: Facts) -> Answer:
    """Whether something happened or worried somebody beforehand."""
    return _answer(facts, "a-9")


@provision("a-10", point="2.3 a", words="fra representant og/eller advokat")
def what_representative_and_lawyer_know(facts: Facts) -> Answer:
    """What the representative and the lawyer could tell. Not reached is "not obtained", never "no"."""
    return _answer(facts, "a-10")


@provision("a-11", point="2.3 a", words="barneverntjenesten eller … (BUP)")
def measures(facts: Facts) -> Answer:
    """Whether child welfare or BUP had measures under way. BUP is health data."""
    return _answer(facts, "a-11")


CONTENT: tuple[Coded[[Facts], Answer], ...] = (
    last_observed,
    statements_and_observations,
    belongings,
    network,
    other_residents,
    age_examination,
    earlier_concerns,
    what_representative_and_lawyer_know,
    measures,
)
"""The nine questions the police report answers, in the circular's order."""


def not_asked(facts: Facts) -> tuple[str, ...]:
    """The ids of the items nobody has answered yet. Only these are incomplete; "unknown" is an answer."""
    return tuple(item.id for item in CONTENT if item(facts) is Answer.NOT_ASKED)


@provision("a-12", point="2.3 a", words="forvaltningsloven § 13 b nr. 5")
def municipal_to_police() -> LegalBasis:
    """Why a municipal centre may tell the police."""
    return LegalBasis(provision="a-12", rule="forvaltningsloven § 13 b nr. 5")


@provision("a-13", point="2.3 a", words="drifts- og databehandleravtalene")
def private_to_police() -> LegalBasis:
    """Why a private centre may tell the police."""
    return LegalBasis(provision="a-13", rule="drifts- og databehandleravtalen mellom mottaket og UDI")
