"""Who has been given what of a child, when, how, and on which legal basis: every disclosure, whatever led to it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from savnet.access.classes import letter_classes
from savnet.access.rights import Classes, FieldClass
from savnet.casework.case_at_hand import CaseAtHand
from savnet.casework.plan import messages_by_key
from savnet.casework.recall import Error, errors
from savnet.delivery.models import Message
from savnet.register.models import InformationRequest, Resident
from savnet.rules import Obligation
from savnet.rules.events import Act, Event


@dataclass(frozen=True, slots=True, kw_only=True)
class Disclosure:
    """One time that somebody outside got to know something. `obligation` is None for an answer to a request.

    `basis` is why it was lawful, `provision` where that stands; `demanded_by` is what demanded that it was told. Where
    a letter reached somebody in `error`, nothing made it lawful.
    """

    at: datetime
    receiver: str
    classes: Classes
    basis: str
    provision: str
    demanded_by: str
    how: str | None = None
    obligation: Obligation | None = None
    request: InformationRequest | None = None
    error: Error | None = None
    received_by: str = ""
    received_at: datetime | None = None
    reference: str = ""


ANSWERED: Classes = frozenset({FieldClass.ROUTING, FieldClass.IDENTITY})
"""What an answer to the police holds, whichever of the four they were given."""


def disclosures(resident: Resident, case: CaseAtHand | None) -> tuple[Disclosure, ...]:
    """All of them, the newest first."""
    told = [*_notices(case), *_astray(case)] if case else []
    answered = [_answered(one) for one in requests(resident) if one.handed_over_at]
    return tuple(sorted([*told, *answered], key=lambda one: one.at, reverse=True))


def requests(resident: Resident) -> list[InformationRequest]:
    """Every request for information about the child, the newest first."""
    asked = InformationRequest.objects.filter(resident=resident).select_related("noted_by", "decided_by")
    return list(asked.order_by("-noted_at"))


def _notices(case: CaseAtHand) -> list[Disclosure]:
    """A notice that was sent, or a call that was made; what only was tried disclosed nothing."""
    letters = messages_by_key(case)
    found = []
    for one in case.derivation.obligations:
        if one.is_notice and one.sent_at and one.recipient:
            letter = letters.get(one.key)
            receiver = letter.recipient_name if letter else ""
            found.append(_notice(case, one, receiver))
    return found


def _notice(case: CaseAtHand, one: Obligation, receiver: str) -> Disclosure:
    lawful = one.legal_basis
    return Disclosure(
        at=one.sent_at or case.now,
        receiver=receiver,
        classes=letter_classes(one.id),
        basis=lawful.rule if lawful else f"{one.basis.text} punkt {one.basis.point}",
        provision=lawful.provision if lawful else one.id,
        demanded_by=one.id,
        how=_how(case.event(one.discharged_by) if one.discharged_by else None),
        obligation=one,
        received_by=one.received_by or "",
        received_at=one.received_at,
        reference=one.reference or "",
    )


def _how(act: Event | None) -> str | None:
    return act.channel.value if isinstance(act, Act) and act.channel else None


def _astray(case: CaseAtHand) -> list[Disclosure]:
    """Letters that reached somebody who should not have had them."""
    gone = errors(case.happened)
    letters = Message.objects.only("id", "obligation").in_bulk([UUID(one.event.message) for one in gone])
    return [
        Disclosure(
            at=one.event.at,
            receiver=one.event.receiver or "",
            classes=letter_classes(letters[UUID(one.event.message)].obligation),
            basis="",
            provision="",
            demanded_by="",
            error=one,
        )
        for one in gone
    ]


def _answered(request: InformationRequest) -> Disclosure:
    where = {FieldClass.WHEREABOUTS} if "moved_to" in (request.given or {}) else set()
    return Disclosure(
        at=request.handed_over_at or request.noted_at,
        receiver=f"{request.office}, {request.person}",
        classes=ANSWERED | where,
        basis=request.legal_basis,
        provision="",
        demanded_by="",
        how=request.handed_over_how or None,
        request=request,
        reference=request.reference,
    )
