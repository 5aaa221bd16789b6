"""The verdict: what the receiver has, beside what the house says. The receiver is right."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, fields
from uuid import UUID

from savnet.cases import verifying
from savnet.casework.case_at_hand import CaseAtHand, at_hand
from savnet.casework.holding_back import key_of
from savnet.casework.ways import WIRED
from savnet.delivery.models import Message
from savnet.rules.events import Done
from savnet.rules.words import ObligationState
from soak.house import House
from soak.saying import say
from soak.sink import Arrival, arrivals

UUID_IN = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
ALWAYS = {"b-4", "d-1", "d-2"}
"""What every case of a run has by e-mail, as soon as somebody has sent."""


@dataclass(slots=True)
class Verdict:
    """Counts; all but the first four must be nought."""

    messages: int = 0
    arrived: int = 0
    duplicates: int = 0
    with_a_person: int = 0
    lost: int = 0
    double_effects: int = 0
    unmarked: int = 0
    stuck: int = 0
    damaged: int = 0
    failed: int = 0

    @property
    def clean(self) -> bool:
        """Whether nothing went wrong."""
        bad = (self.lost, self.double_effects, self.unmarked, self.stuck, self.damaged, self.failed)
        return self.messages > 0 and not any(bad)

    @property
    def good(self) -> bool:
        """Whether nothing went wrong, and something arrived."""
        return self.arrived > 0 and self.clean

    def __add__(self, other: "Verdict") -> "Verdict":
        both = ((getattr(self, one.name), getattr(other, one.name)) for one in fields(self))
        return Verdict(*(mine + theirs for mine, theirs in both))

    @property
    def short(self) -> str:
        """What must be nought, in a line."""
        bad = f"lost {self.lost}, double {self.double_effects}, stuck {self.stuck}, unmarked {self.unmarked}"
        return f"{self.messages:,} letters, {bad}, failed {self.failed}"

    def tell(self) -> None:
        say(f"  letters {self.messages:,}, arrived {self.arrived:,}, given to a person {self.with_a_person:,}")
        say(f"  lost {self.lost}, double effects {self.double_effects}, stuck {self.stuck}")
        say(f"  duplicates {self.duplicates:,}, all under the same message id; not marked as a repeat {self.unmarked}")
        say(f"  damaged ledgers {self.damaged}; processes that failed without being killed {self.failed}")


def judge(house: House, cases: Iterable[UUID], *, failed: int = 0, ledgers: bool = True) -> Verdict:
    """Every case against the receiver's ledger, and all ledgers against themselves unless that is for later."""
    came: dict[UUID, list[Arrival]] = {}
    for one in arrivals(house.ledger):
        came.setdefault(_uuid(one.message_id), []).append(one)
    verdict = Verdict(failed=failed)
    verdict.duplicates = sum(len(times) - 1 for times in came.values())
    verdict.unmarked = sum(1 for times in came.values() for again in times[1:] if again.repeat < 2)
    known = set[UUID]()
    for case_id in cases:
        case = at_hand(case_id, house.clock.now())
        letters = [one for one in Message.objects.filter(case_id=case_id) if one.obligation in ALWAYS | {"d-5"}]
        known |= {one.id for one in letters}
        _judge_case(case, letters, came, verdict)
    verdict.double_effects += len(came.keys() - known)  # sent, and then undone here
    verdict.damaged = damaged() if ledgers else 0
    return verdict


def damaged() -> int:
    """How many ledgers are not what they were when they were written."""
    return verifying.verify(lambda damage: say(f"  {damage}")).damaged


def _judge_case(case: CaseAtHand, letters: list[Message], came: dict[UUID, list[Arrival]], verdict: Verdict) -> None:
    done = Counter(UUID(one.message) for one in case.events if isinstance(one, Done) and one.message)
    verdict.lost += len(ALWAYS - {one.obligation for one in letters})
    verdict.double_effects += sum(times - 1 for times in done.values())
    arrived_about = Counter(key_of(one) for one in letters if one.id in came)
    verdict.double_effects += sum(times - 1 for times in arrived_about.values())
    for letter in letters:
        verdict.messages += 1
        verdict.arrived += int(letter.id in came)
        _judge_letter(case, letter, verdict, arrived=letter.id in came, done=letter.id in done)


def _judge_letter(case: CaseAtHand, letter: Message, verdict: Verdict, *, arrived: bool, done: bool) -> None:
    """Arrived and recorded; or not, and then a person has it, and the duty stands open."""
    owed = case.obligation(key_of(letter))
    open_still = owed is not None and owed.state is ObligationState.OPEN
    by_hand = letter.channel not in WIRED
    verdict.with_a_person += by_hand
    verdict.lost += not arrived and (done or not open_still)
    verdict.stuck += open_still and not by_hand


def _uuid(message_id: str) -> UUID:
    found = UUID_IN.search(message_id)
    if not found:
        raise ValueError(f"{message_id} is none of our message ids.")
    return UUID(found.group())
