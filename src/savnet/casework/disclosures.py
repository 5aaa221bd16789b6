"""Requests from outside for information about a child: noted, decided on, and answered with four fields and no more.

Utlendingsloven § 84 b: the police may be given them on a written request. The immigration authorities can't ask the
staff of a centre about an unaccompanied minor, and are refused here.
"""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from savnet.access.models import Person
from savnet.casework.errors import CaseworkError, NothingOwed
from savnet.casework.instants import refuse_ahead
from savnet.casework.police_answers import answer_of, as_given
from savnet.letters import Rendered, render
from savnet.register.models import AskedBy, InformationRequest, RequestDecision, Resident
from savnet.rules.time import norwegian_day
from savnet.rules.words import Channel

POLICE_BASIS = "utlendingsloven § 84 b"
REFUSAL_BASIS = "utlendingsloven § 84 b, jf. taushetsplikten"


class Given(StrEnum):
    """The four things that may be given."""

    IDENTITY = "identity"  # name, birth date and nationality
    STAY = "stay"  # when the child moved in and out
    AWAY = "away"  # how long leaves lasted
    MOVED_TO = "moved_to"  # the new residence


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A request as it came."""

    asked_by: AskedBy
    office: str
    person: str
    reference: str
    written: bool
    dated: date | None
    purpose: str


class NotLawful(CaseworkError):
    """The law does not let this be given. The text says why, and what to do instead."""


class LetterChanged(Exception):
    """What is kept of an answer no longer makes the letter that was signed. See the backup, and report it."""


def note_request(resident: Resident, asked: Asked, *, by: Person, now: datetime) -> InformationRequest:
    """Note that somebody has asked. What the law forbids is refused at once, and noted as refused."""
    if asked.dated and asked.dated > norwegian_day(now):
        raise CaseworkError(_("Datoen er ikke kommet ennå."), field="dated")
    if asked.written and asked.dated is None:
        raise CaseworkError(_("Skriv datoen på brevet."), field="dated")
    request = InformationRequest(
        resident=resident,
        asked_by=asked.asked_by.value,
        office=asked.office.strip(),
        person=asked.person.strip(),
        reference=asked.reference.strip(),
        written=asked.written,
        dated=asked.dated,
        purpose=asked.purpose.strip(),
        noted_at=now,
        noted_by=by,
    )
    if why := forbidden(request):
        request.decision, request.why, request.legal_basis = RequestDecision.REFUSED.value, why, REFUSAL_BASIS
        request.decided_at, request.decided_by = now, by
    request.save(force_insert=True)
    return request


def forbidden(request: InformationRequest) -> str:
    """Why nothing may be given, whoever decides, in Norwegian since it is kept; empty where somebody may decide."""
    if request.asked_by == AskedBy.IMMIGRATION.value and request.resident.unaccompanied:
        return gettext_noop(
            "Utlendingsmyndighetene kan ikke kreve opplysninger om enslige mindreårige av ansatte i mottak."
        )
    if request.asked_by != AskedBy.POLICE.value:
        return gettext_noop("Bestemmelsen gjelder bare politiet. Mottaket har taushetsplikt.")
    if not request.written:
        return gettext_noop("Politiet må be om opplysningene skriftlig.")
    return ""


def decide(
    request_id: UUID, fields: Collection[Given], *, moved_to: str, why: str, by: Person, now: datetime
) -> InformationRequest:
    """Give these fields, or with none refuse. Raises NotLawful, and NothingOwed where it was decided on before."""
    if not why.strip():
        raise CaseworkError(_("Skriv hvorfor."), field="why")
    with transaction.atomic():
        request = _open(request_id)
        if fields and forbidden(request):
            raise NotLawful(_("Dette kan ikke utleveres etter utlendingsloven § 84 b."))
        given = bool(fields)
        request.decision = (RequestDecision.GIVEN if given else RequestDecision.REFUSED).value
        request.legal_basis = POLICE_BASIS if given else REFUSAL_BASIS
        request.why, request.decided_at, request.decided_by = why.strip(), now, by
        if given:
            request.given = as_given(request, set(fields), moved_to=moved_to.strip(), by=by, now=now)
            request.letter_sha256 = render(answer_of(request)).sha256
        request.save()
        return request


def _open(request_id: UUID) -> InformationRequest:
    found = InformationRequest.objects.select_for_update(of=("self",)).select_related("resident__centre")
    request = found.get(id=request_id)
    if request.decision:
        raise NothingOwed(_("Begjæringen er allerede avgjort."))
    return request


def answer_letter(request: InformationRequest) -> Rendered:
    """The letter that was signed. Raises LetterChanged where what is kept does not make the same letter any more."""
    letter = render(answer_of(request))
    if hashlib.sha256(letter.pdf).hexdigest() != request.letter_sha256:
        raise LetterChanged(f"The answer {request.short_id} is not the letter that was signed.")
    return letter


def hand_over_answer(request_id: UUID, how: Channel, *, at: datetime, now: datetime) -> InformationRequest:
    """Note that the letter left the house. Noted twice, the first counts."""
    refuse_ahead(at, now, field="at")
    with transaction.atomic():
        request = InformationRequest.objects.select_for_update(of=("self",)).get(id=request_id)
        if request.decision != RequestDecision.GIVEN.value:
            raise NothingOwed(_("Det er ikke bestemt at noe skal utleveres."))
        if request.decided_at and at < request.decided_at.replace(second=0, microsecond=0):
            raise CaseworkError(_("Brevet kan ikke være levert før det ble bestemt."), field="at")
        if request.handed_over_at is None:
            request.handed_over_at, request.handed_over_how = at, how.value
            request.save(update_fields=["handed_over_at", "handed_over_how"])
        return request
