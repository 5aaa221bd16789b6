"""The letters of UDI's own offices: internal messages, the region's concern report, ASA's request to the police; and
what the centre sends the region for the asylum case once there is consent (4-19).
"""

from collections.abc import Callable
from dataclasses import replace

from savnet.casework.child import child, identity, representative
from savnet.casework.concern import known_address, police_reference
from savnet.casework.draft import Draft
from savnet.letters import ConcernAbout, ConcernReport, Letter, OfficeMessage, Reply
from savnet.register.models import Municipality
from savnet.rules.events import Done, InformationReceived, LetterComposed

NEEDS_WORDS = frozenset({"4-19"})
"""What the centre never sends along with the rest: somebody has to write what it is to hold."""


def office_message(draft: Draft) -> OfficeMessage:
    """A message from one office to another. Of news it holds what and where, never who told of it."""
    case, cause = draft.case, draft.case.event(draft.obligation.because)
    news = cause if isinstance(cause, InformationReceived) and draft.obligation.id == "3-6" else None
    return OfficeMessage(
        envelope=draft.envelope,
        child=identity(case.resident),
        centre=case.resident.centre.name,
        missing_since=case.missing_since,
        returned_at=case.derivation.returned_at,
        kind=news.kind if news else None,
        municipality=municipality_name(news.municipality) if news else "",
        text=draft.said,
    )


def regions_concern(draft: Draft) -> Letter:
    """The region's own report to child welfare where the child is (3-8): its own worry, and the address."""
    case, told_police = draft.case, draft.case.current("a-1")
    address = known_address(case, draft.obligation.municipality)
    return ConcernReport(
        envelope=draft.envelope,
        child=child(case.resident),
        about=ConcernAbout.KNOWN_ADDRESS,
        missing_since=case.missing_since,
        worries=draft.said,
        whereabouts=Reply.yes(municipality_name(draft.obligation.municipality)),
        known_address=address,
        representative=representative(case.resident),
        police_told_at=told_police.sent_at if told_police else None,
        police_reference=police_reference(case),
    )


def passed_on(draft: Draft) -> OfficeMessage:
    """What the centre sent with consent (4-19), in the centre's own words, and what the region adds (4-20)."""
    return replace(office_message(draft), text="\n\n".join(filter(None, (sent_with_consent(draft), draft.said))))


def sent_with_consent(draft: Draft) -> str:
    """What the centre wrote in the letter that met 4-19; empty where it went on paper without a letter of ours."""
    sent = draft.case.event(draft.obligation.because)
    message = sent.message if isinstance(sent, Done) else None
    composed = (one for one in draft.case.happened if isinstance(one, LetterComposed))
    return next((one.note or "" for one in composed if message and one.message == message), "")


def municipality_name(number: str | None) -> str:
    """The name of a municipality, or its number where nobody knows the name; empty where none is given."""
    if not number:
        return ""
    return Municipality.objects.filter(number=number).values_list("name", flat=True).first() or number


WRITERS: dict[str, Callable[[Draft], Letter]] = {
    **dict.fromkeys(("3-4", "3-6", "3-11", "3-13", "3-14", "4-3", "4-6", "4-19"), office_message),
    "3-8": regions_concern,
    "4-20": passed_on,
}
"""The letter of each duty."""
