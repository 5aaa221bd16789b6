"""Send: compose each letter, fix its bytes, put its hash in the ledger and its job in the queue, in one transaction."""

import uuid
from collections.abc import Callable, Collection
from dataclasses import asdict, replace
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext

from savnet.access.models import Person
from savnet.cases import ledger
from savnet.casework import receipt_links
from savnet.casework.beside import Beside, Written, beside
from savnet.casework.case_at_hand import CaseAtHand, at_hand, up_to_date
from savnet.casework.errors import NothingOwed, NotReady
from savnet.casework.kept import data_purpose, letter_purpose
from savnet.casework.message_events import composed
from savnet.casework.next_way import go_on_by
from savnet.casework.plan import Key, Planned, letter_for, messages_by_key, owed_by_letter, plan, planned
from savnet.casework.queue import enqueue
from savnet.casework.routes import candidates, open_ones
from savnet.casework.ways import WIRED
from savnet.delivery.beside import pack
from savnet.delivery.composing import About, Receiver
from savnet.delivery.composing import compose as fix
from savnet.delivery.models import Message
from savnet.letters import Letter, render
from savnet.rules import Obligation
from savnet.rules.words import Actor


def send(
    case_id: UUID,
    *,
    by: Person,
    now: datetime,
    only: Collection[Key] | None = None,
    held: bool = False,
    actor: Actor = Actor.CENTRE,
    said: str = "",
) -> list[Message]:
    """Compose and queue every notice that the centre (or `actor`) owes and that has a receiver (or `only` these).

    What is composed already is not composed again, so that two who press at once send once. Notices without a
    receiver are left: `plan` says why. So is what is held back because it no longer says what is true, unless a
    person decides that it goes all the same (`held`). `said` is her own words for the letter. Raises NotReady, and
    sends nothing, where a letter has a blank.
    """
    with ledger.hold(case_id):
        case = up_to_date(case_id, by=by, now=now)
        ready = [one for one in plan(case, held=held, only=only, actor=actor) if one.ready]
        return _compose_all(case, ready, by=by, said=said)


def _compose_all(case: CaseAtHand, chosen: list[Planned], *, by: Person, said: str) -> list[Message]:
    written = [(one, uuid.uuid4()) for one in chosen]
    letters = [letter_for(case, one, by=by, message_id=message_id, said=said) for one, message_id in written]
    _refuse_blanks(letters)
    messages = [
        _confirmable(case, one, letter, message_id=message_id, by=by)
        for (one, message_id), letter in zip(written, letters, strict=True)
    ]
    if messages:
        fixed = (composed(message, at=case.now, by=by, said=said) for message in messages)
        ledger.record(case.id, *fixed, by=by, now=case.now)
    return messages


def _refuse_blanks(letters: list[Letter]) -> None:
    blanks = dict.fromkeys(blank.in_words() for letter in letters for blank in letter.blanks())
    if blanks:
        raise NotReady(tuple(blanks))


def _confirmable(case: CaseAtHand, one: Planned, letter: Letter, *, message_id: UUID, by: Person) -> Message:
    """Compose; a receiver who has no account here gets a link and a code with it, to confirm by."""
    if not receipt_links.asks(one.obligation):
        return _compose(case, one, letter, message_id=message_id, by=by)
    secret = receipt_links.new_secret()
    confirm = receipt_links.printed(secret, wired=one.way.wired)
    asking = replace(letter, envelope=replace(letter.envelope, confirm=confirm))
    message = _compose(case, one, asking, message_id=message_id, by=by)
    receipt_links.keep(message, secret, wired=one.way.wired, now=case.now)
    return message


def _compose(case: CaseAtHand, one: Planned, letter: Letter, *, message_id: UUID, by: Person) -> Message:
    rendered = render(letter, one.receiver.language)
    parts = _beside(case, one, letter, rendered.title) if one.way.wired else None
    message = compose_message(
        case, one, rendered.pdf, message_id=message_id, by=by, data=pack(parts.parts) if parts else None
    )
    if parts:
        _start(case, one, message, parts, by=by)
    return message


def _beside(case: CaseAtHand, one: Planned, letter: Letter, title: str) -> Beside:
    """What goes beside the letter, for every channel by which it may come to go."""
    written = Written(case=case, obligation=one.obligation, resolution=one.receiver, letter=letter, title=title)
    return beside(written, (way.channel for way in one.receiver.channels))


def _start(case: CaseAtHand, one: Planned, message: Message, parts: Beside, *, by: Person) -> None:
    """Put it in the queue; by the next way where the written letter turns out not to fit the planned one."""
    found = candidates(one.obligation, one.receiver, case.resident.centre, case.now, beside=parts)
    planned_way = next((way for way in found if way.channel == message.channel), None)
    if planned_way and planned_way.hindrance:
        go_on_by(case, message, open_ones(found), why=planned_way.hindrance, by=by)
    if message.channel in WIRED:
        enqueue(message.id)


def compose_message(
    case: CaseAtHand, one: Planned, content: bytes, *, message_id: UUID, by: Person, data: bytes | None = None
) -> Message:
    """Fix the bytes as a message, and what goes beside them, sealed under the case's key."""
    basis = one.obligation.legal_basis
    return fix(
        case.id,
        About.of(one.obligation.key),
        receiver=Receiver(name=one.receiver.name, address=one.way.address, channel=one.way.channel),
        purpose=one.obligation.id,
        legal_basis=asdict(basis) if basis else None,
        exercise=case.resident.centre.invented,
        letter=content,
        sealed_letter=ledger.seal_for(case.id, letter_purpose(message_id), content),
        by=str(by.pk),
        now=case.now,
        message_id=message_id,
        data=data,
        sealed_data=None if data is None else ledger.seal_for(case.id, data_purpose(message_id), data),
    )


def send_copies(case_id: UUID, *, by: Person, now: datetime) -> list[Message]:
    """The copies to the region follow by themselves once police or child welfare have been sent theirs (d-5).

    One that can't be written stays owed, and a person sees what is blank when she comes to send it. Copies are the
    centre's: what an office outside it has sent makes none follow, and nobody there signs them.
    """
    if by.centre_id is None:
        return []
    return _send_whole(at_hand(case_id, now), lambda owed: owed.id == "d-5", by=by)


def _send_whole(case: CaseAtHand, wanted: Callable[[Obligation], bool], *, by: Person) -> list[Message]:
    keys = {one.key for one in owed_by_letter(case) if wanted(one)}
    ready = [one for one in plan(case, only=keys) if one.ready] if keys else []
    whole = {one.obligation.key for one in ready if _can_be_written(case, one, by)}
    return send(case.id, by=by, now=case.now, only=whole) if whole else []


def _can_be_written(case: CaseAtHand, one: Planned, by: Person) -> bool:
    try:
        return not letter_for(case, one, by=by, message_id=uuid.UUID(int=0)).blanks()
    except NothingOwed:
        return False  # it was sent on paper without a letter of ours: only a person has what to copy


def send_anew(case_id: UUID, stopped: Collection[Message], *, by: Person, now: datetime) -> list[Message]:
    """Compose again what was stopped on its way and is still owed, to whoever is to have it now.

    Who sent it has decided that it goes; what is blank in it now stays owed until somebody has filled it in.
    """
    causes = {(one.obligation, one.because) for one in stopped}
    return _send_whole(at_hand(case_id, now), lambda owed: (owed.id, owed.because) in causes, by=by)


def preview(case_id: UUID, key: Key, *, by: Person, now: datetime, said: str = "") -> Letter:
    """The letter as it would be written now; it may still have blanks. Raises NoRecipient or NothingOwed."""
    case = at_hand(case_id, now)
    obligation = case.obligation(key)
    if obligation is None:
        raise NothingOwed(gettext("Denne plikten finnes ikke lenger i saken."))
    return letter_for(case, planned(case, obligation), by=by, message_id=uuid.UUID(int=0), said=said)


def ensure_message(case: CaseAtHand, one: Planned, content: Callable[[UUID], bytes], *, by: Person) -> Message:
    """The message of an obligation that a person meets with voice or hand; composed now if there is none.

    `content` writes what it holds, under the message id it is given.
    """
    existing = messages_by_key(case).get(one.obligation.key)
    if existing:
        return existing
    message_id = uuid.uuid4()
    message = compose_message(case, one, content(message_id), message_id=message_id, by=by)
    ledger.record(case.id, composed(message, at=case.now, by=by), by=by, now=case.now)
    return message
