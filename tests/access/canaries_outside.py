"""Where a field may turn up beside the pages: letters, mails, calendars, notices, numbers, and the access log itself.

Who may be told what by letter is said here anew, by receiver, from the circular and the privacy note.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from email.parser import BytesParser
from email.policy import default
from pathlib import Path

from cryptography.hazmat.primitives.serialization.pkcs7 import pkcs7_decrypt_der
from django.core import mail as outbox
from django.test import Client, override_settings

from access.matrix_canaries import Searched, found_in, text_of
from access.matrix_world import World
from savnet.access.look_rows import Look
from savnet.access.models import Person
from savnet.access.rights import EVERYTHING, Classes, FieldClass, Role
from savnet.casework.kept import data_bytes, letter_bytes
from savnet.delivery.channel import Envelope
from savnet.delivery.channels.encrypted_email import mail
from savnet.delivery.models import Message
from savnet.demo import receivers
from savnet.followup import calendars
from savnet.followup.by_email import ByEmail
from savnet.followup.models import Alarm, StaffNotice
from savnet.followup.texts import Kind, words
from savnet.watching import doctor, metrics

NOTHING: Classes = frozenset()
ID, W, S, TP, R = (
    FieldClass.IDENTITY,
    FieldClass.WHEREABOUTS,
    FieldClass.SUSPICION,
    FieldClass.THIRD_PARTY,
    FieldClass.ROUTING,
)
TOLD: Mapping[str, Classes] = {
    "police_district": EVERYTHING,  # the nine questions of 2.3 a, and what is learnt later
    "child_welfare": EVERYTHING - {TP},  # the concern: everything but other residents
    "region": EVERYTHING - {TP},  # copies, other residents left out
    "representative": frozenset({R, ID, W, S}),
    "lawyer": frozenset({R, ID, W, S}),
    "kor": frozenset({R, ID}),  # that appointments can't be met
    "bfe": frozenset({R, ID}),
}
"""What may stand in a letter to each kind of receiver; another gets who the child is and no more."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """Something that leaves the house, or lies where others than the case's own people read it."""

    where: str
    content: bytes
    may_hold: Classes


def search_outside(world: World, room: Path) -> Searched:
    """All of it. `room` is a folder for the invented receivers' keys."""
    searched = Searched()
    for one in everything(world, room):
        searched.pages += 1
        searched.texts += bool(one.content)
        for word in found_in(text_of(one.content), world.canaries):
            what, kind = world.canaries.fields[word]
            searched.found.add(what)
            if kind not in one.may_hold:
                searched.leaks.append(f"{what} ({kind}) in {one.where}")
    return searched


def everything(world: World, room: Path) -> Iterator[Outgoing]:
    yield from letters(world, room)
    yield from to_our_own_people(world)
    yield from numbers(world.now)
    yield from access_log()


def letters(world: World, room: Path) -> Iterator[Outgoing]:
    """Each letter as the receiver reads it, as data beside it, and as the mail that any server on the way sees."""
    for message in Message.objects.filter(case_id=world.case.id):
        may_hold = TOLD.get(message.recipient, frozenset({R, ID}))
        where = f"a letter to {message.recipient} ({message.obligation})"
        letter = letter_bytes(message)
        raw = mailed(message, letter, room)
        yield Outgoing(where, letter, may_hold)
        yield Outgoing(f"{where}, its data", data_bytes(message) or b"", may_hold)
        yield Outgoing(f"{where}, on the way", raw, NOTHING)
        yield from (Outgoing(f"{where}, opened", part, may_hold) for part in opened(raw, room))


def mailed(message: Message, letter: bytes, room: Path) -> bytes:
    """The e-mail as it goes out."""
    address, sender = f"{message.recipient.replace('_', '-')}@granvik.example", receivers.sender(room)
    envelope = Envelope(message_id=message.id, address=address, at=message.composed_at, repeat=2)
    signer = mail.Signer(certificate=sender.certificate, key=sender.key)
    certificate = receivers.receiver(address, room).certificate
    made = mail.compose(envelope, letter, sender=receivers.SENDER, signer=signer, certificate=certificate)
    return made.as_bytes()


def opened(raw: bytes, room: Path) -> Iterator[bytes]:
    """Its parts, after the receiver has opened it."""
    outside = BytesParser(policy=default).parsebytes(raw)
    own = receivers.receiver(str(outside["To"]), room)
    inside = pkcs7_decrypt_der(outside.get_payload(decode=True), own.certificate, own.key, [])  # type: ignore[arg-type]
    for part in BytesParser(policy=default).parsebytes(inside).walk():
        if not part.is_multipart():
            yield part.get_payload(decode=True)  # type: ignore[misc]


def to_our_own_people(world: World) -> Iterator[Outgoing]:
    """E-mail of every kind in every language, calendars of every role, and the rows that say whom was told."""
    with override_settings(EMAIL_HOST="mail.example", DEFAULT_FROM_EMAIL="savnet@mottak.example"):
        for person in Person.objects.filter(role__in=Role.values):
            person.email = "ansatt@mottak.example"
            for kind, language in ((kind, language) for kind in Kind for language in ("nb", "nn", "en")):
                ByEmail().tell(person, words(kind, language))
        for sent in outbox.outbox:
            yield Outgoing("a mail to our own people", sent.message().as_bytes(), NOTHING)
    for person in Person.objects.filter(is_active=True):
        link = calendars.new_link(person, now=world.now)
        answer = Client().get(f"/kalender/{link}.ics")
        if answer.status_code != 200:
            raise AssertionError(f"The calendar of {person.username} was answered {answer.status_code}.")
        yield Outgoing(f"the calendar of {person.role}", answer.content, NOTHING)
    for row in (*StaffNotice.objects.values(), *Alarm.objects.values()):
        yield Outgoing("a row about who was told", json.dumps(row, default=str).encode(), NOTHING)


def numbers(now: datetime) -> Iterator[Outgoing]:
    """What those who run the machine see."""
    yield Outgoing("metrics", metrics.text(now).encode(), NOTHING)
    for finding in doctor.examine(now):
        yield Outgoing("the doctor", repr(finding).encode(), NOTHING)


def access_log() -> Iterator[Outgoing]:
    """Who looked at what: pseudonyms, screens and classes, and never what was there."""
    for row in Look.objects.values():
        yield Outgoing("the access log", json.dumps(row, default=str).encode(), NOTHING)
