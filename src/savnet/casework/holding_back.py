"""Which notices no longer say what is true, and so don't go of themselves; and stopping those that wait to go.

The circular lets no duty lapse because the child came back (reading 19): it stays open, and a person decides. What
the house sees to is that a machine doesn't tell the police at ten past nine that the child who came home at nine is
missing.
"""

from datetime import datetime

from django.utils.translation import gettext_noop

from savnet.access.models import Person
from savnet.casework.case_at_hand import CaseAtHand, Key
from savnet.casework.ways import WIRED
from savnet.delivery.models import Message
from savnet.delivery.withdrawing import withdraw
from savnet.delivery.words import AttemptOutcome, Meaning
from savnet.register.resolution import NoRecipient
from savnet.rules import Obligation
from savnet.rules.words import AppointmentKind, CaseState, ObligationState

ABOUT_MISSING = frozenset({"a-1", "b-4", "b-8", "d-1", "d-2"})
"""Letters that say that the child is missing."""

CANCELS = {
    "d-1": (AppointmentKind.ARRIVAL_INTERVIEW,),
    "d-2": (AppointmentKind.AGE_EXAMINATION, AppointmentKind.ASYLUM_INTERVIEW),
}
"""The appointments that each cancellation is about."""

NO_LONGER_OWED = gettext_noop("Plikten er oppfylt på annen måte, eller gjelder ikke lenger denne mottakeren.")


def held_back(case: CaseAtHand, obligation: Obligation) -> NoRecipient | None:
    """Why this notice doesn't go of itself now, and what to do instead; None where it goes."""
    if obligation.id not in ABOUT_MISSING | {"2.2-7"}:
        return None
    if _of_an_earlier_disappearance(case, obligation):
        return NoRecipient(
            gettext_noop("Dette gjelder en tidligere forsvinning, og barnet er forsvunnet på nytt."),
            gettext_noop("Avklar med mottakeren, og noter det her."),
        )
    if obligation.id in ABOUT_MISSING and case.derivation.state is not CaseState.MISSING:
        return NoRecipient(
            gettext_noop("Barnet kom tilbake før dette ble sendt."),
            gettext_noop("Plikten står åpen. Avklar med mottakeren om meldingen likevel skal sendes."),
        )
    if obligation.id in CANCELS and not appointments_ahead(case, obligation):
        return NoRecipient(
            gettext_noop("Innkallingen er avlyst, så det er ikke noe å melde fra om."),
            gettext_noop("Avklar med enheten, og noter at det er gjort."),
        )
    return None


def _of_an_earlier_disappearance(case: CaseAtHand, obligation: Obligation) -> bool:
    return case.derivation.state is CaseState.MISSING and obligation.arisen_at < case.missing_since


def appointments_ahead(case: CaseAtHand, obligation: Obligation) -> tuple[tuple[AppointmentKind, datetime], ...]:
    """The appointments still standing that lay ahead when the child disappeared, of those the obligation cancels."""
    wanted = CANCELS[obligation.id]
    standing = case.resident.appointments.filter(kind__in=wanted, cancelled=False, at__gt=case.missing_since)
    return tuple((AppointmentKind(one.kind), one.at) for one in standing)


def no_longer_owed(case: CaseAtHand, message: Message) -> bool:
    """Whether nobody is owed this message any more: done some other way, or the receiver is another now."""
    obligation = case.obligation(key_of(message))
    return obligation is None or obligation.state is not ObligationState.OPEN


def why_not(case: CaseAtHand, message: Message) -> str | None:
    """Why a message that waits to go by wire must not go any more; None where it may."""
    obligation = case.obligation(key_of(message))
    if obligation is None or no_longer_owed(case, message):
        return NO_LONGER_OWED
    held = held_back(case, obligation)
    return held.reason if held else None


def stop_what_no_longer_holds(case: CaseAtHand, *, by: Person) -> list[Message]:
    """Withdraw each message that waits to go by wire and must not go any more; returns them.

    Called where something was recorded that may change what is true, in the same transaction. What lies on paper is
    left: a person has it in hand, and may have handed it over a moment ago.
    """
    stopped = []
    for message in waiting(case):
        if why := why_not(case, message):
            withdraw(message.id, why=why, by=str(by.pk), now=case.now)
            stopped.append(message)
    return stopped


def waiting(case: CaseAtHand) -> list[Message]:
    """The case's messages for the wire that have neither been accepted, delivered nor withdrawn."""
    wired = [one.value for one in WIRED]
    messages = Message.objects.filter(case_id=case.id, channel__in=wired, withdrawal__isnull=True)
    arrived = [Meaning.DELIVERED.value, Meaning.OPENED.value]
    messages = messages.exclude(attempts__outcome=AttemptOutcome.ACCEPTED).exclude(statuses__meaning__in=arrived)
    return list(messages.defer("sealed_letter", "sealed_data"))


def key_of(message: Message) -> Key:
    """The key of the obligation that a message meets."""
    return (message.obligation, message.recipient, message.municipality, message.copy_of, message.because)
