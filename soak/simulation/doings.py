"""What the centre's staff and UDI's officers do in a case, each through the same use cases as the screens."""

from datetime import datetime, timedelta

from savnet.access.models import Person
from savnet.access.rights import Role
from savnet.casework import absence, by_hand, facts, returning, sending
from savnet.casework.case_at_hand import CaseAtHand, at_hand
from savnet.casework.ways import WIRED
from savnet.delivery.channels.paper import HandOver
from savnet.delivery.channels.telephone import Call
from savnet.delivery.models import Message
from savnet.demo.cases import ANSWERS
from savnet.rules import Obligation
from savnet.rules.words import Actor, Channel, FeelsSafe, ObligationState, Recipient
from soak.simulation import endings, receivers
from soak.simulation.life import Life
from soak.simulation.whiles import DAY, HOUR, MINUTE

SYSTEMS = frozenset({Recipient.SESAM, Recipient.DUF, Recipient.PERSONAL_FILE})


def miss_the_child(life: Life) -> None:
    """Somebody is not where she should be. Some are explained, some believed at once, some only the next day."""
    seen = life.now - timedelta(minutes=life.random.randrange(5, 900))
    case = absence.notice(life.child, by=life.someone, now=life.now, last_observed=seen)
    life.case_id = case.id
    if life.chance(0.5):
        life.later(MINUTE, 40 * MINUTE, look_for_the_child)
    life.later(5 * MINUTE, 90 * MINUTE, explain if life.chance(0.06) else believe)


def look_for_the_child(life: Life) -> None:
    absence.inquire(life.case, by=life.someone, now=life.now, what="Lette overalt.", finding="Ikke funnet.")


def explain(life: Life) -> None:
    absence.explain(life.case, by=life.someone, now=life.now, why="Var på besøk.")


def believe(life: Life) -> None:
    """There is reason to believe it; often somebody says so only a while after there was."""
    since = facts.absence_now(at_hand(life.case, life.now))
    at = life.now
    if since and life.chance(0.5):
        at = max(since.at, life.now - timedelta(minutes=life.random.randrange(600)))
    begins(life, at)


def begins(life: Life, at: datetime) -> None:
    """The belief is recorded, and all that follows is set going."""
    derivation = absence.believe(life.case, by=life.someone, now=life.now, at=at)
    number = max((one.because for one in derivation.obligations if one.id == "2.2-4"), default=0)
    if not number or number in life.truth.beliefs:
        return  # already known, or no child in the circular's sense any more
    life.truth.beliefs[number] = at
    life.truth.sent_all_at = None
    life.tell(f"believed to have disappeared from {at:%d.%m. %H.%M.%S} UTC (no. {number})")
    life.later(MINUTE, 30 * MINUTE, answer_the_police_questions)
    life.later(30 * MINUTE, 20 * HOUR if life.chance(0.2) else 3 * HOUR, send_everything)
    for _ in range(life.random.randrange(4)):
        life.later(MINUTE, 26 * HOUR, call_those_to_be_called)
    life.later(MINUTE, 30 * HOUR, enter_in_the_systems)
    life.later(2 * HOUR, 40 * HOUR, deal_with_what_is_left)
    longest = 1 if life.chance(0, "closing") else life.random.choice((1, 1, 3, 3, 20))
    life.later(HOUR, longest * DAY, endings.come_back)
    endings.perhaps(life)


def answer_the_police_questions(life: Life) -> None:
    facts.record_answers(life.case, ANSWERS, by=life.someone, now=life.now)


def send_everything(life: Life) -> None:
    """The click that sends. It must find everything answered first."""
    answer_the_police_questions(life)
    sent = sending.send(life.case, by=life.someone, now=life.now)
    life.truth.sent_all_at = life.now
    life.tell("sent " + ", ".join(f"{one.obligation} to {one.recipient} by {one.channel}" for one in sent))
    life.later(20 * MINUTE, 5 * HOUR, carry_what_is_on_paper)
    if life.chance(0.1, "back at once"):
        life.later(MINUTE, 30 * MINUTE, endings.come_back)
    life.later(10 * MINUTE, 12 * HOUR, receivers.confirm_on_the_page)


def carry_what_is_on_paper(life: Life) -> None:
    """Letters that go by hand are handed over or posted; now and then one is forgotten, or told of twice."""
    for letter in _on_paper(life):
        if life.chance(0.15):
            life.later(HOUR, 9 * HOUR, carry_what_is_on_paper)
            continue
        taken = life.chance(0.5) and letter.obligation != "d-5"  # copies go by post
        name = "Vakthavende" if taken else ""
        channel = Channel.IN_PERSON if taken or letter.obligation == "a-1" else Channel.POST
        handed = HandOver(channel=channel, at=life.now, received_by=name)
        by_hand.hand_over(letter.id, handed, by=life.someone, now=life.now)
        life.truth.by_hand.add(letter.id)
        life.truth.receipts |= {letter.id} if name else set()
        life.tell(f"carried {letter.obligation} to {letter.recipient} {'and got a name' if name else ''}")


def _on_paper(life: Life) -> list[Message]:
    wired = [one.value for one in WIRED]
    letters = Message.objects.filter(case_id=life.case, withdrawal=None, channel__in=["in_person", "post"])
    case = at_hand(life.case, life.now)
    due = {one.key for one in case.derivation.obligations if one.state is ObligationState.OPEN}
    return [one for one in letters.exclude(channel__in=wired).order_by("composed_at", "id") if _key(one) in due]


def _key(letter: Message) -> tuple[str, str, str | None, str | None, int]:
    return (letter.obligation, letter.recipient, letter.municipality, letter.copy_of, letter.because)


def call_those_to_be_called(life: Life) -> None:
    """Representative and lawyer: some answer, some don't, some only the third time."""
    for one in _open(life):
        if one.id == "c-1" and life.chance(0.7):
            reached = life.chance(0.5)
            made = Call(
                number="+47 00 88 00 10",
                at=life.now,
                reached=reached,
                spoke_with="Rita" if reached else "",
                knew="none" if reached else None,
            )
            by_hand.call(life.case, one.key, made, by=life.someone, now=life.now)
            letter = Message.objects.get(
                case_id=life.case, obligation="c-1", recipient=one.recipient, because=one.because
            )
            life.truth.told_by_hand.add(letter.id)
            if reached:
                life.truth.by_hand.add(letter.id)
                life.truth.receipts.add(letter.id)


def enter_in_the_systems(life: Life) -> None:
    for one in _open(life):
        if one.recipient in SYSTEMS and life.chance(0.8):
            by_hand.tick_off(life.case, one.key, by=_who(life, one), now=life.now, reference="S-1")
            letter = Message.objects.filter(case_id=life.case, obligation=one.id, because=one.because).last()
            life.truth.by_hand |= {letter.id} if letter else set()


def deal_with_what_is_left(life: Life) -> None:
    """Everybody does what is theirs, a while later and not always."""
    carry_what_is_on_paper(life)
    enter_in_the_systems(life)
    for one in _open(life):
        if life.chance(0.75):
            _do(life, one)


def _do(life: Life, one: Obligation) -> None:
    if one.id in {"2.2-1", "2.2-4"}:
        look_for_the_child(life)
    elif one.id == "4-15":
        hold_the_talk(life)
    elif one.recipient is None or one.actor is not Actor.CENTRE:
        channel = Channel.POST if one.recipient else None
        by_hand.mark_done(life.case, one.key, by=_who(life, one), now=life.now, channel=channel)
    elif one.id in {"2.2-7", "d-5", "b-9"}:
        sending.send(life.case, by=life.someone, now=life.now, only=[one.key])


def hold_the_talk(life: Life) -> None:
    talk = returning.Talk(
        why_left="x", where_stayed="x", what_done="x", feels_safe=FeelsSafe.YES, asylum_relevant=life.chance(0.2)
    )
    returning.hold_talk(life.case, talk, by=life.someone, now=life.now)


def _open(life: Life) -> list[Obligation]:
    case: CaseAtHand = at_hand(life.case, life.now)
    return [one for one in case.derivation.obligations if one.state is ObligationState.OPEN]


def _who(life: Life, one: Obligation) -> Person:
    if one.actor is Actor.CENTRE:
        return life.someone
    role = Role.REGIONAL_OFFICER if one.actor is Actor.REGION else Role.ASA_OFFICER
    return life.random.choice(list(Person.objects.filter(role=role).order_by("username")))
