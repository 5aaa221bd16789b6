"""The copies that the region gets: each letter written again as it was known when it was sent (d-5)."""

from dataclasses import replace
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from savnet.access.models import Person
from savnet.casework.case_at_hand import CaseAtHand, as_composed
from savnet.casework.concern import concern_report
from savnet.casework.draft import Draft
from savnet.casework.errors import NothingOwed
from savnet.casework.police import police_report
from savnet.casework.routes import ledger_channel
from savnet.delivery.models import Message
from savnet.letters import ConcernReport, CopyCover, Envelope, PoliceReport, SentCopy
from savnet.register.routing import resolve
from savnet.rules import Obligation
from savnet.rules.events import Done
from savnet.rules.time import norwegian_day
from savnet.rules.words import Channel, Recipient

NO_LETTER = _("Det er ikke registrert noe brev å sende kopi av. Send kopien på papir, og registrer det her.")


def copy_for_the_region(case: CaseAtHand, envelope: Envelope, obligation: Obligation) -> CopyCover:
    """The cover with the copy of what was sent. The obligation's cause is the sending itself."""
    sent = case.event(obligation.because)
    if not isinstance(sent, Done) or sent.message is None:
        raise NothingOwed(NO_LETTER)
    message = Message.objects.defer("sealed_letter").get(id=UUID(sent.message))
    # A letter that was mailed and is now carried counts as sent the way that it truly went.
    copied = SentCopy(
        letter=_again(case, message, obligation), sent_at=sent.at, channel=sent.channel or Channel(message.channel)
    )
    return CopyCover(envelope=envelope, copies=(copied,))


def _again(case: CaseAtHand, message: Message, copy: Obligation) -> PoliceReport | ConcernReport:
    """The letter as it was written: from what the ledger held then, signed by whoever signed it then.

    The copy can't be the very bytes: the region is not to have the names of other residents. What is registered of
    the child stands as it is registered now.
    """
    then = as_composed(case, message.id, message.composed_at)
    mine = (copy.copy_of, message.because, message.municipality)
    original = next((o for o in then.derivation.obligations if (o.id, o.because, o.municipality) == mine), None)
    if original is None:
        raise NothingOwed(NO_LETTER)
    draft = Draft(
        case=then,
        obligation=original,
        resolution=resolve(
            Recipient(message.recipient),
            resident=case.resident,
            municipality=message.municipality,
            on=norwegian_day(message.composed_at),
        ),
        channel=ledger_channel(message),
        by=Person.objects.get(pk=message.composed_by),
        reference=message.short_id,
    )
    envelope = replace(draft.envelope, written_at=message.composed_at)
    if copy.copy_of == "a-1":
        return police_report(then, envelope, handover=draft.channel)
    return concern_report(then, envelope, original)
