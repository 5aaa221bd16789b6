"""What must follow in memory: each duty, limit, receipt and alarm, against what is true and against whole numbers."""

from collections import Counter
from datetime import UTC, datetime, timedelta

from savnet.rules import CaseFile, Derivation, derive
from savnet.rules.words import ObligationState
from soak.simulation import facts as true
from soak.simulation.facts import Gone
from soak.simulation.in_memory import BY_EVENTS, Memory
from soak.simulation.wrong import Broken

CALLED_FOR = ("a-1", "2.2-4", "b-4", "c-1", "d-4")
NUMBERED = frozenset({"a-1", "d-4"})
EARLY = true.TELLING | {"d-4"}
"""What may have been done before the belief is dated."""
DAY_IN_MICROSECONDS = 86_400_000_000


def look(case: Memory, *, thoroughly: bool) -> int:
    """Look at everything. Raises Broken for the first that does not hold; returns how many checks were made."""
    derived, gone = case.derived, case.gone
    limits(case, derived, gone)
    called_for(case, derived, gone)
    done_and_received(case, derived)
    copies(derived)
    for one in gone:
        everyone_is_told(case, derived, one)
    if not thoroughly:
        return 5
    the_order_of_writing_decides_nothing(case, derived)
    what_was_known_then(case)
    return 7


def limits(case: Memory, derived: Derivation, gone: list[Gone]) -> None:
    """I6: 24 hours from the belief as it is now dated; overdue from the microsecond after, and not before."""
    began = {one.number: one.at for one in gone}
    for one in derived.obligations:
        if one.id not in NUMBERED:
            continue
        start = began.get(one.because)
        length = None if start is None or one.latest is None else _micro(one.latest) - _micro(start)
        if length != DAY_IN_MICROSECONDS:
            raise Broken(f"I6: {one.id} is due {length} microseconds after {start}")
        late = one.state is ObligationState.OPEN and _micro(case.now) > _micro(start or case.now) + DAY_IN_MICROSECONDS
        if one.overdue is not late:
            raise Broken(f"{one.id} is overdue: {one.overdue}, and should be {late}")


def _micro(at: datetime) -> int:
    return (at - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)


def called_for(case: Memory, derived: Derivation, gone: list[Gone]) -> None:
    """Each disappearance of a child between 15 and 18 calls for all of it, however often; no other does."""
    for one in gone:
        owed = {duty.id: duty for duty in derived.obligations if duty.because == one.number}
        missing = [id for id in CALLED_FOR if id not in owed]
        if one.covered and missing:
            raise Broken(f"disappearance {one.number} does not call for {', '.join(missing)}")
        if not one.covered and owed:
            raise Broken(f"disappearance {one.number} is not the circular's, and calls for {', '.join(owed)}")
        if one.covered and not one.heard and owed["b-4"].municipality != one.home:
            raise Broken(f"I7: {one.home} answers for the child, and {owed['b-4'].municipality} is written to")
    lawyer = case.alarms.get("lawyer")
    called = [one for one in derived.obligations if one.recipient == "lawyer" and lawyer and one.because == lawyer[0]]
    if lawyer and lawyer[1] and not called:
        raise Broken("a lawyer was appointed, and nobody is to call")


def done_and_received(case: Memory, derived: Derivation) -> None:
    """Met by what the circular lets count alone; received by a named person's word alone (I2)."""
    for one in derived.obligations:
        if one.id in BY_EVENTS or one.state in {ObligationState.SUPERSEDED, ObligationState.WITHHELD}:
            continue
        since = None if one.id in EARLY else one.arisen_at
        acts = [act for act in case.facts.values() if "channel" in act.says or act.kind == "received"]
        mine = [act for act in acts if act.key == one.key and (since is None or act.at >= since)]
        at = min((act.at for act in mine if true.counts(act)), default=None)
        received = any(act.kind == "received" for act in mine)
        if (one.state is ObligationState.DISCHARGED) is not (at is not None):
            raise Broken(f"{one.key} is {one.state}, and was met {at}")
        if one.is_notice and one.sent_at != at:
            raise Broken(f"{one.key} was sent {one.sent_at}, and should be {at}")
        if (one.received_at is not None) is not received:
            raise Broken(f"I2: {one.key} was received {one.received_at}; somebody said so: {received}")


def copies(derived: Derivation) -> None:
    """The region gets a copy of each report that has gone."""
    sent = Counter(one.id for one in derived.obligations if one.id in {"a-1", "b-4", "b-8"} and one.sent_at)
    owed = Counter(one.copy_of for one in derived.obligations if one.id == "d-5")
    if sent != owed:
        raise Broken(f"sent {dict(sent)}, copies owed {dict(owed)}")


def everyone_is_told(case: Memory, derived: Derivation, gone: Gone) -> None:
    """I5: of a return, all who were ever told or tried; of where the child is, all who had been by then."""
    if not gone.covered:
        return
    for number in gone.returns:
        _same(derived, number, set(gone.told), "the return")
    for number, at in gone.heard.items():
        _same(derived, number, {who for who, since in gone.told.items() if since <= at}, "where the child is")


def _same(derived: Derivation, because: int, told: true.Told, what: str) -> None:
    found = [one for one in derived.obligations if one.id == "2.2-7" and one.because == because]
    owed = Counter((None if one.recipient is None else one.recipient.value, one.municipality) for one in found)
    if owed != Counter(told):
        raise Broken(f"I5: told {sorted(map(str, told))}, of {what} {sorted(map(str, owed))}")


def the_order_of_writing_decides_nothing(case: Memory, derived: Derivation) -> None:
    """The same events in another order give the same answer."""
    shuffled = list(case.events)
    case.random.shuffle(shuffled)
    again = derive(CaseFile(centre=case.centre, resident=case.resident, events=tuple(shuffled)), case.now)
    if again != derived:
        raise Broken("the order in which events are handed over changes what is owed")


def what_was_known_then(case: Memory) -> None:
    """I9: asked what was known at some instant, the house answers as it did then."""
    then = case.random.choice(case.events).recorded_at or case.now
    known = tuple(one for one in case.events if one.recorded_at and one.recorded_at <= then)
    answered = derive(CaseFile(centre=case.centre, resident=case.resident, events=known), then)
    if derive(case.file, then, known_at=then) != answered:
        raise Broken(f"what was known at {then} is not what was known then")
