"""Concern reports to child welfare: of a disappearance, to where a known address is, and after a return."""

from savnet.casework.case_at_hand import CaseAtHand
from savnet.casework.child import child, representative
from savnet.casework.facts import answered
from savnet.casework.police import earlier_disappearances, reply
from savnet.letters import ConcernAbout, ConcernReport, Envelope, Reply
from savnet.rules import Obligation
from savnet.rules.events import ConcernRaised, InformationReceived, PoliceCaseOpened, TalkHeld
from savnet.rules.words import CONCERN_ITEM, Answer, InformationKind


def concern_report(case: CaseAtHand, envelope: Envelope, obligation: Obligation) -> ConcernReport:
    """What we worry about, and where the child may be, as answered (b-5)."""
    said = answered(case, CONCERN_ITEM)
    elsewhere = obligation.id == "b-8" or "b-8" in obligation.also
    told_police = case.current("a-1")
    return ConcernReport(
        envelope=envelope,
        child=child(case.resident),
        about=ConcernAbout.KNOWN_ADDRESS if elsewhere else ConcernAbout.DISAPPEARANCE,
        missing_since=case.missing_since,
        worries=said.text,
        whereabouts=Reply(Answer(said.details.get("where_answer", Answer.NOT_ASKED)), said.details.get("where", "")),
        known_address=known_address(case, obligation.municipality) if elsewhere else "",
        possible_cities=tuple(said.details.get("cities", ())),
        representative=representative(case.resident),
        police_told_at=told_police.sent_at if told_police else None,
        police_reference=police_reference(case),
        measures=reply(answered(case, "a-11")),
        earlier_disappearances=_earlier(case),
        child_informed=Reply(Answer.NO),
    )


def police_reference(case: CaseAtHand) -> str:
    """Their case number, once they have said it; before that what they confirmed under, if anything."""
    opened = (one.reference for one in reversed(case.happened) if isinstance(one, PoliceCaseOpened))
    told = case.current("a-1")
    return next(filter(None, opened), None) or (told.reference if told else None) or ""


def concern_after_return(case: CaseAtHand, envelope: Envelope, raised: ConcernRaised) -> ConcernReport:
    """A new report after the return (b-9, 4-18): what is suspected, and where the child has been."""
    since = case.derivation.returned_at or raised.at
    talk = next((one for one in reversed(case.happened) if isinstance(one, TalkHeld) and one.at >= since), None)
    stayed = talk.where_stayed if talk else None
    return ConcernReport(
        envelope=envelope,
        child=child(case.resident),
        about=ConcernAbout.RETURN,
        missing_since=case.missing_since,
        returned_at=case.derivation.returned_at,
        worries=raised.text or "",
        whereabouts=Reply.yes(stayed) if stayed else Reply(Answer.UNKNOWN),
        representative=representative(case.resident),
        measures=reply(answered(case, "a-11")),
        earlier_disappearances=_earlier(case),
    )


def known_address(case: CaseAtHand, municipality: str | None) -> str:
    """The address that was learnt of in that municipality, as it was told."""
    told = [
        one.text
        for one in case.happened
        if isinstance(one, InformationReceived)
        and one.kind is InformationKind.KNOWN_ADDRESS
        and one.municipality == municipality
        and one.text
    ]
    return told[-1] if told else ""


def _earlier(case: CaseAtHand) -> Reply:
    count = earlier_disappearances(case)
    return Reply.yes(str(count)) if count else Reply(Answer.NO)
