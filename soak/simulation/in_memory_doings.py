"""What happens in a case in memory, drawn step by step."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from savnet.rules import Centre, Obligation, Resident
from savnet.rules.events import (
    AbsenceExplained,
    AbsenceNoticed,
    Attempted,
    CircumstancesNoted,
    Corrected,
    DisappearanceBelieved,
    Done,
    Event,
    InformationReceived,
    InquiryMade,
    Received,
    Returned,
    TalkHeld,
    TransferArrived,
    TransferStarted,
)
from savnet.rules.words import Channel, FeelsSafe, InformationKind, ObligationState, Operator, Outcome, ReturnedHow
from soak.simulation.in_memory import BY_EVENTS, Memory
from soak.simulation.whiles import DAY

CHANNELS = tuple(one for one in Channel if one is not Channel.SYSTEM)


def absence(case: Memory) -> None:
    if not case.missing:
        seen = case.now - case.random.randrange(60, 40_000) * timedelta(seconds=1)
        case.record(AbsenceNoticed, last_observed=seen, fact="absence")


def explained(case: Memory) -> None:
    if not case.missing and case.chance(0.2):
        case.record(AbsenceExplained, fact="explained")


def inquiry(case: Memory) -> None:
    case.record(InquiryMade, what="Lette overalt.")


def belief(case: Memory) -> None:
    """Often somebody says it only a while after there was reason to believe it."""
    if case.missing:
        return
    absences = [one.at for one in case.facts.values() if one.kind in {"absence", "returned", "belief", "explained"}]
    at = case.now
    if absences and case.chance(0.5):
        at = max(absences) + (case.now - max(absences)) * case.random.random()
    case.record(DisappearanceBelieved, at, fact="belief")


def act(case: Memory) -> None:
    """Something is done about a duty: in the right way or another, or only tried."""
    open_ = [one for one in case.derived.obligations if one.state is ObligationState.OPEN and one.id not in BY_EVENTS]
    for one in case.random.sample(open_, min(len(open_), case.random.randrange(1, 5))):
        whose = _whose(case, one.because)
        kind, says = _act(case, one)
        number = case.record(kind, fact=kind.type, **says)
        case.facts[number].says["gone"] = whose
        case.facts[number].says.setdefault("knew", None)


def _whose(case: Memory, because: int) -> int:
    """The disappearance that a duty with this cause belongs to; what arises from an act, that which the act does."""
    cause = case.facts.get(because)
    if cause and "gone" in cause.says:
        return int(cause.says["gone"])
    return max((one.number for one in case.gone if one.number <= because), default=0)


def _act(case: Memory, one: Obligation) -> tuple[type[Event], dict[str, Any]]:
    about = {
        "obligation": one.id,
        "recipient": one.recipient,
        "municipality": one.municipality,
        "copy_of": one.copy_of,
        "because": one.because,
        "channel": case.random.choice(CHANNELS),
    }
    if case.chance(0.3):
        return Attempted, {**about, "outcome": case.random.choice(list(Outcome))}
    return Done, {**about, "knew": case.random.choice(("none", None)) if one.id == "c-1" else None}


def receipt(case: Memory) -> None:
    """A named person confirms one of the notices that have gone."""
    sent = [one for one in case.derived.obligations if one.sent_at and one.received_at is None]
    if sent:
        one = case.random.choice(sent)
        says = {"municipality": one.municipality, "copy_of": one.copy_of, "because": one.because}
        case.record(
            Received, fact="received", obligation=one.id, recipient=one.recipient, by="Vakta", reference="26/7", **says
        )


def heard(case: Memory) -> None:
    kind = case.random.choice((InformationKind.SIGHTING, InformationKind.KNOWN_ADDRESS, InformationKind.PRISON))
    place = case.random.choice(("9902", "9903")) if kind is InformationKind.KNOWN_ADDRESS else None
    if case.missing:
        case.record(InformationReceived, fact="heard", kind=kind, municipality=place)


def returned(case: Memory) -> None:
    if case.gone and (case.missing or case.chance(0.2)):
        case.record(Returned, fact="returned", how=case.random.choice(list(ReturnedHow)))


def talk(case: Memory) -> None:
    if case.gone and not case.missing:
        told = {"why_left": "x", "where_stayed": "x", "what_done": "x", "feels_safe": FeelsSafe.YES}
        case.record(TalkHeld, **told)


def moving(case: Memory) -> None:
    """Between two centres: from one to the other, arrived or not."""
    if case.moving_to is None and not case.gone:
        case.moving_to = "9902"
        case.record(TransferStarted, to_centre="Solvær", municipality="9902")
    elif case.moving_to and not case.missing:
        case.record(TransferArrived, to_centre="Solvær", municipality="9902", fact="arrived")
        case.moving_to = None


def lawyer(case: Memory) -> None:
    """A lawyer is appointed, perhaps while the child is missing."""
    if not case.resident.lawyer and case.missing and case.moving_to is None and "lawyer" not in case.alarms:
        now = Resident(
            born=case.resident.born,
            lawyer=True,
            guardian=case.resident.guardian,
            appointments=case.resident.appointments,
        )
        number = case.record(CircumstancesNoted, centre=_home(case), resident=now)
        case.alarms["lawyer"] = [number, case.missing.covered]


def _home(case: Memory) -> Centre:
    arrived = [one.says["municipality"] for one in case.facts.values() if one.kind == "arrived"]
    return Centre(operator=Operator.MUNICIPAL, municipality=(arrived or [case.centre.municipality])[-1])


def moved_belief(case: Memory) -> None:
    """The time believed was wrong: it is moved, and never past what else has happened."""
    last = case.missing
    if last is None or case.chance(0.5):
        return
    others = [one.at for one in case.events if one.number != last.number]
    before = max((at for at in others if at < last.at), default=last.at - DAY)
    after = min((at for at in others if at > last.at), default=case.now)
    at = before + (after - before) * case.random.uniform(0.05, 0.95)
    case.record(Corrected, event=last.number, fields={"at": at.isoformat()})
    case.facts[last.number].at = at


def struck(case: Memory) -> None:
    """An act or a receipt was recorded wrongly, and never was. What arose from it is then not owed either."""
    causes = {one.says.get("because") for one in case.facts.values()}
    acts = [one for one in case.facts.values() if one.kind in {"done", "attempted", "received"}]
    acts = [one for one in acts if one.number not in causes]
    if acts and case.chance(0.4):
        one = case.random.choice(acts)
        case.record(Corrected, event=one.number, fields={"withdrawn": True})
        del case.facts[one.number]


BEFORE: tuple[Callable[[Memory], None], ...] = (absence, absence, belief, belief, belief, moving, explained)
MISSING: tuple[Callable[[Memory], None], ...] = (
    *(act,) * 9,
    receipt,
    receipt,
    heard,
    inquiry,
    lawyer,
    moved_belief,
    struck,
    moving,
    returned,
    returned,
)
BACK: tuple[Callable[[Memory], None], ...] = (*(act,) * 4, receipt, talk, struck, returned, absence, belief, moving)


def one_step(case: Memory) -> str:
    """Time passes, and something happens. Returns what."""
    case.passes()
    what = case.random.choice(MISSING if case.missing else BACK if case.gone else BEFORE)
    what(case)
    return what.__name__
