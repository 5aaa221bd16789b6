"""The report to the police, from the nine answers in the ledger and what is registered of the child."""

from datetime import datetime

from savnet.casework.case_at_hand import CaseAtHand
from savnet.casework.child import child, photo, traces
from savnet.casework.facts import ItemAnswer, absence_now, answered, last_observed
from savnet.letters import Envelope, LastObserved, NamedResident, PoliceReport, Reply
from savnet.rules.events import AgeExamined, DisappearanceBelieved, Returned
from savnet.rules.words import ITEMS, Channel


def police_report(case: CaseAtHand, envelope: Envelope, *, handover: Channel) -> PoliceReport:
    """The report as it would go now."""
    answers = {item: answered(case, item) for item in ITEMS}
    seen, residents, concerns = (answers[item].details for item in ("a-3", "a-7", "a-9"))
    return PoliceReport(
        envelope=envelope,
        child=child(case.resident),
        scope=scope(case),
        handover=handover,
        absence_noticed_at=absence_noticed_at(case),
        believed_at=case.missing_since,
        items={item: reply(one) for item, one in answers.items()},
        last_observed=LastObserved(at=last_observed(case), place=seen.get("place", ""), by=seen.get("by", "")),
        named_residents=tuple(NamedResident(**one) for one in residents.get("residents", ())),
        traces=traces(case.resident, clothing=seen.get("clothing", ""), earlier=earlier_disappearances(case)),
        dangers=tuple(concerns.get("dangers", ())),
        photo=photo(case.resident),
    )


def reply(one: ItemAnswer) -> Reply:
    """An answer as the letters hold it."""
    return Reply(one.answer, one.text)


def scope(case: CaseAtHand) -> str:
    """The provision that makes the child one of the circular's."""
    resident = case.resident
    examined = [one for one in case.happened if isinstance(one, AgeExamined)]
    if not resident.registered_in_duf:
        return "not_registered"
    if resident.accompanied_by:
        return "1-6"
    if resident.permit:
        return "1-7"
    return "1-5" if examined and examined[-1].most_likely_over_18 else "1-3"


def absence_noticed_at(case: CaseAtHand) -> datetime | None:
    """When this absence was noticed; None where the belief came first."""
    absence = absence_now(case)
    return absence.at if absence else None


def earlier_disappearances(case: CaseAtHand) -> int:
    """How many times the child had disappeared before this."""
    count, missing = 0, False
    for one in case.happened:
        if isinstance(one, DisappearanceBelieved):
            count, missing = count + (not missing and one.at < case.missing_since), True
        elif isinstance(one, Returned):
            missing = False
    return count
