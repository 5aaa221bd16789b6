"""Section 3: what the regional office does while the child is missing. No deadline stands in this section."""

from collections.abc import Iterator

from savnet.rules.discharge import not_by_phone
from savnet.rules.events import DisappearanceBelieved, InformationReceived, MeasureEnded, RightReceiverNamed
from savnet.rules.moment import Moment, Owed, owe
from savnet.rules.provision import provision
from savnet.rules.rs_2015_009.right_receiver import to_the_right_service
from savnet.rules.words import Actor, InformationKind, Recipient

ADDRESS = InformationKind.KNOWN_ADDRESS
IN_CARE = (InformationKind.CHILD_WELFARE_INSTITUTION, InformationKind.FOSTER_HOME)


@provision("3-2", also=("3-1",), point="3", words="«melding om forsvinning» i merknadsfeltet", on=("d-5",))
def register_police_copy(m: Moment) -> Iterator[Owed]:
    """The copy of the police report is registered in DUF as a sensitive document, with the fixed remark."""
    if m.discharged and m.discharged.copy_of == "a-1":
        yield owe(register_police_copy, m, Actor.REGION, Recipient.DUF, remark="melding om forsvinning")


@provision("3-3", also=("3-1",), point="3", words="«bekymring» ved registrering av bekymringsmeldingen", on=("d-5",))
def register_concern_copy(m: Moment) -> Iterator[Owed]:
    """The copy of the concern report is registered in DUF as a sensitive document, with the fixed remark."""
    if m.discharged and m.discharged.copy_of in {"b-4", "b-8"}:
        yield owe(register_concern_copy, m, Actor.REGION, Recipient.DUF, remark="bekymring")


@provision("3-4", point="3", words="etatsintern melding til aktuell vedtaksenhet", on=("d-5",))
def tell_the_decision_unit(m: Moment) -> Iterator[Owed]:
    """The first copy has come: the decision unit is told that there is information in the case."""
    if m.discharged and not m.of("3-4"):
        yield owe(tell_the_decision_unit, m, Actor.REGION, Recipient.DECISION_UNIT, notice=True)


@provision("3-5", point="3", words="mottaksmerknadsfeltet under integreringsfanen", on=(InformationReceived,))
def note_new_information(m: Moment) -> Iterator[Owed]:
    """New information after the disappearance is noted in DUF."""
    if m.disappearance:
        yield owe(note_new_information, m, Actor.REGION, Recipient.DUF)


@provision("3-6", point="3", words="relevante for asylsaksbehandlingen", on=(InformationReceived,))
def pass_on_to_the_asylum_case(m: Moment) -> Iterator[Owed]:
    """New information of weight for the asylum case goes to where the case lies: UDI's unit, UNE or PU."""
    if m.disappearance and isinstance(m.event, InformationReceived) and m.event.relevant_to_asylum_case:
        yield owe(pass_on_to_the_asylum_case, m, Actor.REGION, m.resident.asylum_case_at, notice=True)


@provision(
    "3-7",
    point="3",
    words="melde den mindreårige inn i DUF igjen",
    readings=(7,),
    on=(InformationReceived, DisappearanceBelieved),
)
def register_known_address(m: Moment) -> Iterator[Owed]:
    """A known address: the child is entered in DUF again, with the new address."""
    if m.disappearance:
        for known in m.information(ADDRESS):
            yield owe(register_known_address, m, Actor.REGION, Recipient.DUF, because=known.number)


@provision(
    "3-8",
    point="3",
    words="lokalt barnevern i den kommunen den mindreårige oppholder seg",
    readings=(7, 16, 22),
    on=(InformationReceived, DisappearanceBelieved, RightReceiverNamed),
)
def report_concern_where_the_child_is(m: Moment) -> Iterator[Owed]:
    """A known address: the region itself reports concern to the child-welfare service there."""
    if isinstance(m.event, RightReceiverNamed):
        rule = report_concern_where_the_child_is
        yield from to_the_right_service(rule, m, m.event, actor=Actor.REGION, accepts=not_by_phone)
        return
    if m.disappearance:
        for known in m.information(ADDRESS):
            yield owe(
                report_concern_where_the_child_is,
                m,
                Actor.REGION,
                Recipient.CHILD_WELFARE,
                because=known.number,
                municipality=known.municipality,
                notice=True,
                accepts=not_by_phone,
            )


def _in_care(m: Moment) -> bool:
    return bool(m.disappearance) and isinstance(m.event, InformationReceived) and m.event.kind in IN_CARE


def _in_prison(m: Moment) -> bool:
    told = isinstance(m.event, InformationReceived) and m.event.kind is InformationKind.PRISON
    return bool(m.disappearance) and told


@provision(
    "3-10",
    point="3",
    words="ansvarlig barnevernstjeneste er oppført som adresse",
    on=(InformationReceived,),
)
def enter_child_welfare_as_address(m: Moment) -> Iterator[Owed]:
    """In an institution or foster home: the address entered is the responsible child-welfare service."""
    if _in_care(m):
        yield owe(enter_child_welfare_as_address, m, Actor.REGION, Recipient.DUF)


@provision("3-11", point="3", words="har overtatt omsorgsansvaret", on=(InformationReceived,))
def tell_that_child_welfare_cares(m: Moment) -> Iterator[Owed]:
    """The decision unit is told that child welfare has taken over the care."""
    if _in_care(m):
        yield owe(tell_that_child_welfare_cares, m, Actor.REGION, Recipient.DECISION_UNIT, notice=True)


@provision("3-12", point="3", words="aktuelt fengsel er oppført som adresse", on=(InformationReceived,))
def enter_prison_as_address(m: Moment) -> Iterator[Owed]:
    """Imprisoned: the address entered is the prison."""
    if _in_prison(m):
        yield owe(enter_prison_as_address, m, Actor.REGION, Recipient.DUF)


@provision("3-13", point="3", words="beskjed … om fengslingen", on=(InformationReceived,))
def tell_of_the_imprisonment(m: Moment) -> Iterator[Owed]:
    """The decision unit is told of the imprisonment."""
    if _in_prison(m):
        yield owe(tell_of_the_imprisonment, m, Actor.REGION, Recipient.DECISION_UNIT, notice=True)


@provision("3-14", point="3", words="endre adresse i DUF og gi beskjed til aktuell vedtaksenhet", on=(MeasureEnded,))
def change_address_when_measure_ends(m: Moment) -> Iterator[Owed]:
    """Care or imprisonment has ended: the address in DUF is changed, and the decision unit is told."""
    if m.disappearance:
        yield owe(change_address_when_measure_ends, m, Actor.REGION, Recipient.DUF)
        yield owe(change_address_when_measure_ends, m, Actor.REGION, Recipient.DECISION_UNIT, notice=True)
