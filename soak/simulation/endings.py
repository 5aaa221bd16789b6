"""How it goes on: back, gone again, corrected, closed; and what goes wrong in the house itself meanwhile."""

from datetime import timedelta

from savnet.access.models import Person
from savnet.access.proposals import ProposalKind
from savnet.casework import corrections, returning, silence, two_persons
from savnet.casework.case_at_hand import at_hand
from savnet.followup.models import Alarm, OnDuty
from savnet.policy.turns import PAUSES
from savnet.rules.events import Event, Returned
from savnet.rules.words import ReturnedHow
from soak.simulation import doings, meanwhile, receivers
from soak.simulation.life import Deed, Life
from soak.simulation.whiles import DAY, HOUR, MINUTE


def come_back(life: Life) -> None:
    """Back, found or reported anew; or nothing is heard for long."""
    if life.chance(0.2):
        life.later(3 * DAY, 60 * DAY, come_back)
        life.later(5 * DAY, 40 * DAY, meanwhile.go_through_the_case)
        return
    came_back(life, life.random.choice(list(ReturnedHow)))


def came_back(life: Life, how: ReturnedHow) -> None:
    """The return is noted, and what follows is set going; some are gone again the same day."""
    returning.note_return(
        life.case, how=how, by=life.someone, now=life.now, municipality="9901" if how != "to_centre" else None
    )
    noted(life)
    for _ in range(3):
        life.later(HOUR, 3 * DAY, doings.deal_with_what_is_left)
    life.later(2 * HOUR, DAY if life.chance(0, "closing") else 5 * DAY, close)
    if life.chance(0.15):
        life.later(HOUR, 2 * DAY, meanwhile.worry)
    if life.chance(0.25) and len(life.truth.beliefs) < 3:
        life.later(3 * HOUR, 4 * DAY, doings.miss_the_child)
    if life.chance(0.2) and how is ReturnedHow.REPORTED_ANEW:
        life.later(HOUR, DAY, come_to_the_centre)


def come_to_the_centre(life: Life) -> None:
    returning.note_return(life.case, how=ReturnedHow.TO_CENTRE, by=life.someone, now=life.now)
    noted(life)


def noted(life: Life) -> None:
    """Remember what the house has written of the return, and which disappearance it ended."""
    known = {number for numbers in life.truth.returned.values() for number in numbers}
    for one in _recorded(life):
        if isinstance(one, Returned) and one.number not in known:
            belief = max((number for number in life.truth.beliefs if number < one.number), default=None)
            if belief is not None:
                life.truth.returned.setdefault(belief, []).append(one.number)
                life.truth.noted_at.setdefault(belief, life.now)
                life.tell(f"back: {one.how} (no. {one.number})")


def _recorded(life: Life) -> tuple[Event, ...]:
    return at_hand(life.case, life.now).events


def believe_it_began_earlier(life: Life) -> None:
    """Somebody finds out that there was reason to believe it before: one person may say so."""
    number, fields = _moved(life, -life.random.randrange(1, 300))
    corrections.correct(life.case, number, fields, why="Naboen så det tidligere.", by=life.someone, now=life.now)
    _remember(life, number, fields)


def believe_it_began_later(life: Life) -> None:
    """One person tries to gain time. The house must refuse."""
    number, fields = _moved(life, life.random.randrange(1, 300))
    corrections.correct(life.case, number, fields, why="Det var senere.", by=life.someone, now=life.now)


def agree_that_it_began_later(life: Life) -> None:
    """Two persons agree, with a reason."""
    number, fields = _moved(life, life.random.randrange(1, 300))
    content = {"number": number, "fields": fields, "why": "Klokka på kontoret gikk feil."}
    _two(life, ProposalKind.LATER, content)
    _remember(life, number, fields)


def _moved(life: Life, minutes: int) -> tuple[int, dict[str, str]]:
    number = max(life.truth.beliefs, default=0)
    at = life.truth.beliefs.get(number, life.now) + timedelta(minutes=minutes)
    return number, {"at": min(at, life.now).isoformat()}


def _remember(life: Life, number: int, fields: dict[str, str]) -> None:
    life.truth.beliefs[number] = type(life.now).fromisoformat(fields["at"])
    life.tell(f"the belief no. {number} is now dated {fields['at']}")


def close(life: Life) -> None:
    """Two persons say that it is over."""
    before = doings._open(life)
    _two(life, ProposalKind.CLOSING, {"source": "Barnet selv"})
    life.seen["closed with owed"] = [one.id for one in before]


def _two(life: Life, kind: ProposalKind, content: dict[str, object]) -> None:
    first, second = life.random.sample(life.at_work(), 2)
    proposal = two_persons.propose(kind, content, by=first, now=life.now, case_id=life.case)
    two_persons.confirm(proposal.id, by=second, now=life.now)


# The house itself


def somebody_leaves(life: Life) -> None:
    """One of the staff has no access any more; it may be the one who follows the case up."""
    people = life.at_work()
    if len(people) > 2:
        gone = life.random.choice(people)
        Person.objects.filter(pk=gone.pk).update(is_active=False)
        life.tell(f"{gone.username} has left")


def fall_asleep(life: Life) -> None:
    """No worker runs for a while."""
    life.truth.asleep_until = life.now + timedelta(minutes=life.random.randrange(30, 900))
    life.later(15 * HOUR, 15 * HOUR, wake_up)


def wake_up(life: Life) -> None:
    """By now the workers run again."""


def take_it_on(life: Life) -> None:
    """Somebody answers an alarm, and so keeps it still for a while."""
    subjects = list(
        Alarm.objects.filter(case_id=life.case).order_by("subject").values_list("subject", flat=True).distinct()
    )
    if subjects:
        pause = life.random.choice(PAUSES)
        subject = life.random.choice(subjects)
        silence.acknowledge(life.case, subject, pause=pause, by=life.someone, now=life.now)
        life.tell(f"took on {subject} for {pause}")


def plan_the_roster(life: Life) -> None:
    """Two days of shifts, with holes; and those who won't hear anything."""
    people = life.at_work()
    begins = life.now - 4 * HOUR
    shifts = []
    for number in range(7):
        if life.chance(0.75):
            at = begins + number * 8 * HOUR
            person = life.random.choice(people)
            shifts.append(
                OnDuty(person=person, begins=at, ends=at + 8 * HOUR, place=0, added_by=person, added_at=life.now)
            )
    OnDuty.objects.bulk_create(shifts)
    life.world.staff.out_of_reach = {one.pk for one in people if life.chance(0.2)}


def perhaps(life: Life) -> None:
    """Draw what comes to pass in this disappearance, each with how often it does."""
    mishaps: tuple[tuple[Deed, float, str], ...] = (
        (believe_it_began_earlier, 0.2, "corrections"),
        (believe_it_began_later, 0.2, "corrections"),
        (agree_that_it_began_later, 0.15, "corrections"),
        (somebody_leaves, 0.2, "the staff"),
        (fall_asleep, 0.12, "the staff"),
        (take_it_on, 0.35, "the staff"),
        (close, 0.1, "closing"),
        (meanwhile.hear_where_the_child_is, 0.3, ""),
        (meanwhile.ask_the_police, 0.15, ""),
        (meanwhile.go_through_the_case, 0.2, ""),
        (receivers.answer_by_machine, 0.3, "receivers"),
        (receivers.confirm_on_the_page, 0.3, "receivers"),
    )
    for deed, share, theme in mishaps:
        if life.chance(share, theme):
            life.later(10 * MINUTE, 12 * HOUR, deed)
