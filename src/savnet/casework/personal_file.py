"""The child's personal file at the centre, as RS 2015-009 fills it: the reports that were sent, and the talks.

Health data never stand in the personal file. So the reports are not shown as they went, but written again as they were
known then, without what is classed as health in `access.classes`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import gettext

from savnet.access.classes import FACTS
from savnet.access.models import Person
from savnet.access.rights import FieldClass
from savnet.casework.case_at_hand import CaseAtHand, as_composed
from savnet.casework.concern import concern_after_return, concern_report
from savnet.casework.draft import Draft
from savnet.casework.errors import NothingOwed
from savnet.casework.plan import messages_by_key
from savnet.casework.police import police_report
from savnet.casework.routes import ledger_channel
from savnet.delivery.models import Message
from savnet.letters import ConcernReport, PoliceReport, Rendered, Reply, redacted, render
from savnet.register.resolution import Resolution
from savnet.rules import Obligation
from savnet.rules.events import ConcernRaised, TalkHeld
from savnet.rules.words import Answer, Channel, ObligationState, Recipient

REPORTS = frozenset({"a-1", "b-4", "b-8", "b-9", "4-18"})
"""The duties whose letters belong in the file: the form to the police, and the reports to child welfare."""

LEFT_OUT = "Utelatt. Helseopplysninger skal ikke stå i personmappen."


@dataclass(frozen=True, slots=True)
class FiledReport:
    """One report in the file, and when it was sent."""

    obligation: Obligation
    message: Message


@dataclass(frozen=True, slots=True)
class FiledTalk:
    """One follow-up talk. `entered_at` is when it was entered in the file; None where that is still owed (4-17)."""

    talk: TalkHeld
    entered_at: datetime | None


@dataclass(frozen=True, slots=True)
class PersonalFile:
    """What of a case stands in the file, the newest first."""

    reports: tuple[FiledReport, ...]
    talks: tuple[FiledTalk, ...]


def personal_file(case: CaseAtHand) -> PersonalFile:
    """The file as it stands."""
    return PersonalFile(tuple(_reports(case))[::-1], tuple(_talks(case))[::-1])


def _reports(case: CaseAtHand) -> Iterator[FiledReport]:
    letters = messages_by_key(case)
    for one in case.derivation.obligations:
        message = letters.get(one.key)
        if one.id in REPORTS and one.recipient is not Recipient.REGION and one.sent_at and message:
            yield FiledReport(one, message)


def _talks(case: CaseAtHand) -> Iterator[FiledTalk]:
    entered = {
        one.because: one.discharged_at
        for one in case.derivation.obligations
        if one.id == "4-17" and one.state is ObligationState.DISCHARGED
    }
    for one in case.happened:
        if isinstance(one, TalkHeld):
            yield FiledTalk(one, entered.get(one.number))


def report_for_the_file(case: CaseAtHand, filed: FiledReport) -> Rendered:
    """The report as it was written, without health data and without other residents."""
    message = filed.message
    letter = without_health(_again(case, message, filed.obligation))
    return render(redacted(letter) if isinstance(letter, PoliceReport) else letter, "nb")


def without_health(letter: PoliceReport | ConcernReport) -> PoliceReport | ConcernReport:
    """The same letter; that there was anything to leave out does not show either."""
    if isinstance(letter, PoliceReport):
        health = {item: Reply(Answer.YES, LEFT_OUT) for item, kind in FACTS.items() if kind is FieldClass.HEALTH}
        return replace(letter, items={**letter.items, **health})
    return replace(letter, measures=Reply(Answer.YES, LEFT_OUT))


def _again(case: CaseAtHand, message: Message, owed: Obligation) -> PoliceReport | ConcernReport:
    """Written again from what the ledger held then, signed by whoever signed it then."""
    then = as_composed(case, message.id, message.composed_at)
    original = next((one for one in then.derivation.obligations if one.key == owed.key), owed)
    draft = Draft(
        case=then,
        obligation=original,
        resolution=_receiver(message),
        channel=ledger_channel(message),
        by=Person.objects.get(pk=message.composed_by),
        reference=message.short_id,
    )
    envelope = replace(draft.envelope, written_at=message.composed_at)
    if owed.id == "a-1":
        return police_report(then, envelope, handover=_handed(draft.channel))
    if owed.id in {"b-4", "b-8"}:
        return concern_report(then, envelope, original)
    raised = then.event(owed.because)
    if not isinstance(raised, ConcernRaised):
        raise NothingOwed(gettext("Bekymringen som meldingen bygger på, er strøket."))
    return concern_after_return(then, envelope, raised)


def _handed(channel: Channel) -> Channel:
    return channel if channel in {Channel.IN_PERSON, Channel.AGREED_CHANNEL} else Channel.IN_PERSON


def _receiver(message: Message) -> Resolution:
    """The receiver as the message names it: who it is in the register today is another matter."""
    return Resolution(
        kind=Recipient(message.recipient),
        name=message.recipient_name,
        label=message.recipient_name,
        reason="",
        confirmed=True,
    )
