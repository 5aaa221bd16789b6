"""The world in which every case of the simulation plays: two centres, those who work there, and their receivers."""

import hashlib
import json
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

from django.db import connections, transaction
from django.test.utils import override_settings, setup_databases, teardown_databases

from savnet.access.models import Person
from savnet.access.rights import Role
from savnet.cases import reading
from savnet.cases.models import Record
from savnet.cases.reading import Entry
from savnet.demo import places
from savnet.demo.offices import OFFICES
from savnet.followup import ways
from savnet.followup.texts import Words
from savnet.letters.composing import compose, outside
from savnet.letters.rendering import Rendered
from savnet.register.models import Centre, Recipient, RecipientChannel
from savnet.rules.words import Channel
from savnet.rules.words import Recipient as Kind

CHANNELS: tuple[tuple[Kind, str, tuple[tuple[Channel, str], ...]], ...] = (
    (Kind.POLICE_DISTRICT, "fjordkanten", ((Channel.EFORMIDLING, "210000001"),)),
    (Kind.CHILD_WELFARE, "9901", ((Channel.FIKS, "9901"), (Channel.SVARUT, "210000002"))),
    (Kind.CHILD_WELFARE, "9902", ((Channel.EFORMIDLING, "210000003"),)),
    (Kind.REGION, "fjord", ((Channel.EFORMIDLING, "210000005"),)),
    (Kind.KOR, "", ((Channel.EFORMIDLING, "210000004"),)),
)
"""What some offices have beside encrypted e-mail. Child welfare in Storfjell has nothing but paper."""


MOST_REMEMBERED = 2000


class Staff:
    """The way out of the house to our own people; whoever sleeps or has no signal is not reached by it."""

    name = "simulated"
    set_up = True

    def __init__(self) -> None:
        self.out_of_reach: set[Any] = set()

    def reaches(self, person: Person) -> bool:
        return True

    def tell(self, person: Person, words: Words) -> None:
        if person.pk in self.out_of_reach:
            raise ways.NotReached("No answer.")


@dataclass(frozen=True, slots=True)
class World:
    """What is there before any child goes missing."""

    centres: tuple[Centre, Centre]
    staff: Staff


@contextmanager
def world() -> Iterator[World]:
    """The world while it stands, on a database of its own, with letters that are quickly written."""
    with ExitStack() as kept, tempfile.TemporaryDirectory(prefix="savnet-simulation-") as folder:
        kept.enter_context(override_settings(DEMO=True, KEY_FILE=Path(folder) / "keys.json", ORGANISATION_NUMBER=""))
        kept.enter_context(_database())
        staff = Staff()
        kept.enter_context(mock.patch.dict(ways._WAYS, {staff.name: staff}, clear=True))
        for where in ("savnet.casework.sending.render", "savnet.casework.by_hand.render"):
            kept.enter_context(mock.patch(where, quickly))
        kept.enter_context(mock.patch.object(reading, "opened_record", remembered(reading.opened_record)))
        yield World(_furnished(), staff)


@contextmanager
def _database() -> Iterator[None]:
    connections["default"].settings_dict["TEST"]["NAME"] = f"simulation_{os.getpid()}"
    kept = setup_databases(verbosity=0, interactive=False)
    try:
        yield
    finally:
        teardown_databases(kept, verbosity=0)


@contextmanager
def one_life() -> Iterator[None]:
    """A transaction that is undone in the end, so that each case finds the world as the one before found it."""
    whole = transaction.atomic()
    whole._from_testcase = True  # type: ignore[attr-defined] # what commits a row before the network must be let do so
    with whole:
        yield
        transaction.set_rollback(True)


def remembered(opened_record: Callable[[bytes, Record], Entry]) -> Callable[[bytes, Record], Entry]:
    """Open each sealed record once: the same hash is the same record, and a case is read hundreds of times."""
    known: dict[bytes, Entry] = {}

    def opened(key: bytes, record: Record) -> Entry:
        place = bytes(record.hash)
        if place not in known:
            known.clear() if len(known) > MOST_REMEMBERED else None
            known[place] = opened_record(key, record)
        return known[place]

    return opened


def quickly(letter: Any, language: str = "nb") -> Rendered:
    """The letter's whole content as bytes, without the typesetter: how it looks is proved elsewhere."""
    content = compose(letter, language)
    written = json.dumps([content, [str(one) for one in outside(letter)]], ensure_ascii=False, sort_keys=True).encode()
    return Rendered(
        pdf=written, sha256=hashlib.sha256(written).hexdigest(), title=content["title"], file_name="melding.pdf"
    )


def _furnished() -> tuple[Centre, Centre]:
    granvik, solvaer = places.furnish()
    for centre, short in ((granvik, "g"), (solvaer, "s")):
        for number in range(3):
            _person(f"{short}-vakt{number}", Role.SHIFT_STAFF, centre=centre)
        _person(f"{short}-leder", Role.CENTRE_LEADER, centre=centre)
    for number in range(2):
        _person(f"region{number}", Role.REGIONAL_OFFICER, region="fjord")
        _person(f"asa{number}", Role.ASA_OFFICER)
    _person("nasjonal", Role.NATIONAL_OVERSEER)
    _offices()
    return granvik, solvaer


def _person(username: str, role: Role, **where: Any) -> Person:
    return Person.objects.create_user(
        username, name=username.title(), title="Miljøarbeider", role=role, phone="+47 00 11 00 11", **where
    )


def _offices() -> None:
    beside = {(kind, number): ways for kind, number, ways in CHANNELS}
    for kind, number, name, phone, email, language in OFFICES:
        office = Recipient.objects.create(
            kind=kind.value,
            number=number,
            invented=True,
            name=name,
            phone=phone,
            address="Postboks 1\n0000 Granvik",
            language=language,
            source="Oppdiktet",
            confirmed=True,
        )
        found = [*beside.get((kind, number), ()), *([(Channel.ENCRYPTED_EMAIL, email)] if email else [])]
        for order, (channel, address) in enumerate(found):
            RecipientChannel.objects.create(recipient=office, channel=channel.value, address=address, order=order)
