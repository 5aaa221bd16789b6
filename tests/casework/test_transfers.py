"""Moving to another centre: exactly one centre answers for the child at every instant, on the bus as well."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casework.invented import ANSWERS, HOUR, MINUTE, NOW
from savnet.access.models import Person
from savnet.cases.models import Case
from savnet.casework import absence, asking, by_hand, facts, sending, transfers
from savnet.casework.case_at_hand import CaseAtHand, at_hand
from savnet.casework.errors import CaseworkError, NotNow, WrongTime
from savnet.casework.plan import messages_by_key, plan
from savnet.delivery.channels.paper import HandOver
from savnet.register.models import Centre, PoliceDistrict, PresenceQuestion, Resident, Transfer, TransferState
from savnet.rules.events import AbsenceNoticed, TransferArrived, TransferStarted
from savnet.rules.words import CaseState, Channel, NoticedHow, Recipient

Make = Callable[..., Resident]
DEPARTS, EXPECTED = NOW + HOUR, NOW + 4 * HOUR
LOST = EXPECTED + 31 * MINUTE


def planned(child: Resident, to: Centre, by: Person, **more: Any) -> Transfer:
    course = {"how": "Buss", "escort": "Kari Følge", "departs_at": DEPARTS, "expected_at": EXPECTED} | more
    return transfers.plan(child, to, course, by=by, now=NOW)


@pytest.fixture
def selam(child: Make) -> Resident:
    return child(given_name="Selam")


def case_of(child: Resident) -> CaseAtHand:
    return at_hand(Case.objects.get(resident=child).id, NOW + timedelta(days=20))


def answers(child: Resident) -> Centre:
    return Resident.objects.get(id=child.id).centre


def test_a_child_that_arrives_lives_at_the_receiver(
    selam: Resident, solvaer: Centre, guard: Person, other_guard: Person
) -> None:
    move = planned(selam, solvaer, guard)
    transfers.depart(move, by=guard, now=DEPARTS)
    assert answers(selam) == guard.centre
    transfers.arrive(move, by=other_guard, now=EXPECTED)
    assert answers(selam) == solvaer
    asking.ask_about_everyone(now=LOST)
    assert not Case.objects.exists()


def test_a_child_that_does_not_arrive_is_noted_as_absent_with_the_sender(
    selam: Resident, solvaer: Centre, guard: Person
) -> None:
    move = planned(selam, solvaer, guard)
    transfers.depart(move, by=guard, now=DEPARTS)
    asking.ask_about_everyone(now=EXPECTED + 29 * MINUTE)
    assert not Case.objects.exists()
    asking.ask_about_everyone(now=LOST)
    asking.ask_about_everyone(now=LOST + MINUTE)
    case = case_of(selam)
    (noticed,) = [one for one in case.events if isinstance(one, AbsenceNoticed)]
    assert noticed.how is NoticedHow.NOT_ARRIVED
    assert case.case.centre == guard.centre
    assert [one.name for one in case.derivation.gaps if one.name == "in_transit"]
    assert PresenceQuestion.objects.get().because == "transfer"


def test_one_who_was_never_noted_as_gone_and_does_not_arrive_is_asked_about_too(
    selam: Resident, solvaer: Centre, guard: Person
) -> None:
    planned(selam, solvaer, guard)
    asking.ask_about_everyone(now=LOST)
    assert case_of(selam).derivation.state is CaseState.ABSENT


def test_lost_on_the_bus_goes_to_the_senders_police_and_child_welfare(
    selam: Resident, solvaer: Centre, guard: Person, nowhere: None
) -> None:
    move = planned(selam, solvaer, guard)
    transfers.depart(move, by=guard, now=DEPARTS)
    asking.ask_about_everyone(now=LOST)
    case_id = case_of(selam).id
    absence.believe(case_id, by=guard, now=LOST + HOUR)
    by_id = {one.obligation.id: one.receiver for one in plan(at_hand(case_id, LOST + HOUR))}
    assert by_id["b-4"].number == "9901"
    assert "Granvik" in by_id["a-1"].reason


def test_arriving_late_accounts_for_the_absence_and_moves_the_case(
    selam: Resident, solvaer: Centre, guard: Person, other_guard: Person
) -> None:
    move = planned(selam, solvaer, guard)
    transfers.depart(move, by=guard, now=DEPARTS)
    asking.ask_about_everyone(now=LOST)
    transfers.arrive(move, by=other_guard, now=LOST + HOUR)
    case = case_of(selam)
    assert case.derivation.state is CaseState.NONE
    assert case.case.centre == answers(selam) == solvaer
    assert not PresenceQuestion.objects.filter(answered_at=None).exists()
    assert not [one for one in case.derivation.gaps if one.name == "in_transit"]


def test_one_who_was_missing_and_arrives_is_back_and_those_who_were_told_hear_it(
    selam: Resident, solvaer: Centre, guard: Person, other_guard: Person, nowhere: None
) -> None:
    """Those who look for the child are the sender's police and region, wherever the child turns up."""
    elsewhere = PoliceDistrict.objects.create(key="andre-siden", name="Andre siden politidistrikt")
    Centre.objects.filter(id=solvaer.id).update(agreed_police_district=elsewhere, region="fjell")
    solvaer.refresh_from_db()
    move = planned(selam, solvaer, guard)
    transfers.depart(move, by=guard, now=DEPARTS)
    asking.ask_about_everyone(now=LOST)
    case_id = case_of(selam).id
    absence.believe(case_id, by=guard, now=LOST + HOUR)
    facts.record_answers(case_id, ANSWERS, by=guard, now=LOST + HOUR)
    sending.send(case_id, by=guard, now=LOST + HOUR)
    letter = next(one for one in messages_by_key(at_hand(case_id, LOST + HOUR)).values() if one.obligation == "a-1")
    given = HandOver(channel=Channel.IN_PERSON, at=LOST + HOUR, received_by="Betjent Vakt")
    by_hand.hand_over(letter.id, given, by=guard, now=LOST + HOUR)
    transfers.arrive(move, by=other_guard, now=LOST + 2 * HOUR)
    case = case_of(selam)
    assert case.derivation.state is CaseState.FOUND
    again = {one.obligation.recipient: one.receiver for one in plan(case, held=True) if one.obligation.id == "2.2-7"}
    assert again[Recipient.POLICE_DISTRICT].name == letter.recipient_name == "Fjordkanten politidistrikt"


def test_a_cancelled_transfer_leaves_the_child_where_it_was(
    selam: Resident, solvaer: Centre, guard: Person, other_guard: Person
) -> None:
    move = planned(selam, solvaer, guard)
    transfers.depart(move, by=guard, now=DEPARTS)
    transfers.cancel(move, "Bussen snudde.", by=guard, now=DEPARTS + HOUR)
    asking.ask_about_everyone(now=LOST)
    assert not Case.objects.exists()
    with pytest.raises(NotNow, match="avsluttet"):
        transfers.arrive(move, by=other_guard, now=LOST)
    assert answers(selam) == guard.centre


def test_a_case_that_is_there_hears_of_the_journey_and_of_its_end(
    selam: Resident, solvaer: Centre, guard: Person, other_guard: Person
) -> None:
    case = absence.notice(selam, by=guard, now=NOW - HOUR)
    absence.explain(case.id, by=guard, now=NOW - 30 * MINUTE, why="Var på biblioteket.")
    move = planned(selam, solvaer, guard)
    transfers.depart(move, by=guard, now=DEPARTS)
    transfers.arrive(move, by=other_guard, now=EXPECTED)
    moved = [type(one) for one in case_of(selam).events if isinstance(one, TransferStarted | TransferArrived)]
    assert moved == [TransferStarted, TransferArrived]


def test_arrival_confirmed_twice_is_confirmed_once(
    selam: Resident, solvaer: Centre, guard: Person, other_guard: Person
) -> None:
    move = planned(selam, solvaer, guard)
    for minute in range(2):
        transfers.arrive(move, by=other_guard, now=EXPECTED + minute * MINUTE)
    assert Transfer.objects.get().arrived_at == EXPECTED


def test_a_child_who_is_away_is_not_sent_anywhere(selam: Resident, solvaer: Centre, guard: Person) -> None:
    absence.notice(selam, by=guard, now=NOW - HOUR)
    with pytest.raises(NotNow, match="ikke her"):
        planned(selam, solvaer, guard)


def test_two_transfers_at_a_time_are_refused(selam: Resident, solvaer: Centre, guard: Person) -> None:
    planned(selam, solvaer, guard)
    with pytest.raises(NotNow, match="allerede"):
        planned(selam, solvaer, guard)


def test_an_arrival_that_has_passed_is_refused(selam: Resident, solvaer: Centre, guard: Person) -> None:
    with pytest.raises(WrongTime):
        planned(selam, solvaer, guard, departs_at=NOW - 2 * HOUR, expected_at=NOW - HOUR)


STEPS = st.lists(
    st.sampled_from(["plan", "depart", "arrive", "cancel", "ask", "believe", "wait"]), min_size=1, max_size=14
)


@given(steps=STEPS)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_exactly_one_centre_answers_at_every_instant(
    steps: list[str], child: Make, granvik: Centre, solvaer: Centre, guard: Person, other_guard: Person
) -> None:
    """I7: whatever happens in whatever order, the sender answers until an arrival is confirmed; then the receiver."""
    selam, now, course = child(given_name="Selam"), NOW, []
    at_first = answers(selam)
    for step in steps:
        now += 50 * MINUTE
        confirmed = _do(step, selam, {granvik.id: guard, solvaer.id: other_guard}, now)
        here = answers(selam)
        assert here == (confirmed or (course[-1][1] if course else at_first))
        course.append((now, here))
        case = Case.objects.filter(resident=selam).first()
        assert case is None or case.centre == here
    assert all(transfers.answering_centre(answered_for, at) == where.id for at, where in course
               for answered_for in [Resident.objects.get(id=selam.id)])  # fmt: skip


def _do(step: str, child: Resident, people: dict[Any, Person], now: Any) -> Centre | None:
    """One step, by whoever may take it; what the house refuses is no step. Returns the centre that confirmed."""
    child = Resident.objects.get(id=child.id)
    by, move = people[child.centre_id], child.transfers.order_by("planned_at").last()
    other = next(one for one in people.values() if one.centre_id != child.centre_id)
    try:
        match step:
            case "plan":
                course = {"how": "Tog", "departs_at": now + MINUTE, "expected_at": now + 100 * MINUTE}
                transfers.plan(child, other.centre, course, by=by, now=now)  # type: ignore[arg-type]
            case "depart" if move:
                transfers.depart(move, by=by, now=now)
            case "cancel" if move:
                transfers.cancel(move, "", by=by, now=now)
            case "arrive" if move and move.open:
                transfers.arrive(move, by=people[move.to_centre_id], now=now)
                return move.to_centre
            case "ask":
                asking.ask_about_everyone(now=now)
            case "believe":
                case = Case.objects.filter(resident=child).first()
                if case and case.state == CaseState.ABSENT:
                    absence.believe(case.id, by=by, now=now)
    except CaseworkError:
        return None
    return None


def test_the_state_says_how_it_ended(selam: Resident, solvaer: Centre, guard: Person) -> None:
    move = planned(selam, solvaer, guard)
    assert transfers.cancel(move, "Plassen falt bort.", by=guard, now=NOW).state == TransferState.CANCELLED
    assert transfers.cancel(move, "Igjen.", by=guard, now=NOW).cancelled_why == "Plassen falt bort."
