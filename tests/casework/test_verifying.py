"""`verify_ledger` reads every letter beside its ledger: changed, swapped, lost or smuggled in, each is named."""

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import StringIO
from typing import Any
from uuid import UUID

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from casework.invented import Story
from savnet.cases import ledger
from savnet.cases import verifying as ledgers
from savnet.cases.models import Record
from savnet.casework.kept import letter_bytes, letter_purpose
from savnet.casework.verifying import GONE, NOT_TOLD, VerifiedLetters, verify
from savnet.delivery.models import Message
from savnet.rules.events import LetterComposed
from savnet.rules.words import Recipient

pytestmark = pytest.mark.django_db
Damages = set[tuple[UUID, int | None, UUID | None, str]]
BROKEN = "the seal of the letter is broken"


@contextmanager
def triggers_off() -> Iterator[None]:
    """What a database administrator can do."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET LOCAL session_replication_role = replica")
        yield
        cursor.execute("SET LOCAL session_replication_role = origin")


def tamper(message: Message, **values: Any) -> None:
    with triggers_off():
        assert Message.objects.filter(id=message.id).update(**values) == 1


def damages() -> Damages:
    found: Damages = set()
    verify(lambda one: found.add((one.case_id, one.sequence, one.message_id, one.what)))
    return found


def number(case: Story, message: Message) -> int:
    (event,) = case.recorded(LetterComposed, message=str(message.id))
    return event.number


@pytest.fixture
def told(story: Callable[..., Story], nowhere: None) -> Story:
    """A child missing, and every letter that goes by itself composed."""
    return story().told()


def test_whole_letters_are_counted_and_none_is_damaged(told: Story) -> None:
    reports: list[ledgers.Damage] = []
    count, read = verify(reports.append)
    kept = list(Message.objects.all())
    assert kept
    assert reports == []
    assert (count.cases, count.damaged) == (1, 0)
    assert read == VerifiedLetters(letters=len(kept), bytes=sum(len(one.sealed_letter) for one in kept))


def test_calls_and_what_is_ticked_off_are_whole_too(told: Story) -> None:
    told.call(Recipient.REPRESENTATIVE)
    told.to_the_police()
    assert damages() == set()


@pytest.mark.parametrize("place", [0, 11, 12, 1000, -17, -1])
def test_a_letter_with_one_byte_changed_is_named_by_case_record_and_message(told: Story, place: int) -> None:
    message = told.letter("b-4")
    changed = bytearray(message.sealed_letter)
    changed[place] ^= 1
    tamper(message, sealed_letter=bytes(changed))
    assert damages() == {(told.id, number(told, message), message.id, BROKEN)}


def test_letters_swapped_between_two_messages_are_named_on_both(told: Story) -> None:
    one, two = (Message.objects.get(id=told.letter(duty).id) for duty in ("a-1", "b-4"))
    tamper(one, sealed_letter=two.sealed_letter, letter_sha256=two.letter_sha256)
    tamper(two, sealed_letter=one.sealed_letter, letter_sha256=one.letter_sha256)
    hashes = "the hash kept with the letter is not the one in the ledger"
    assert damages() == {
        (told.id, number(told, message), message.id, what) for message in (one, two) for what in (hashes, BROKEN)
    }


def test_another_letter_sealed_with_the_right_key_is_named_by_its_hash(told: Story) -> None:
    message = told.letter("b-4")
    forged = ledger.seal_for(told.id, letter_purpose(message.id), letter_bytes(message) + b" ")
    tamper(message, sealed_letter=forged)
    what = "the letter is not the one that the ledger tells of"
    assert damages() == {(told.id, number(told, message), message.id, what)}


def test_a_letter_that_is_gone_is_named(told: Story) -> None:
    message, record = told.letter("b-4"), number(told, told.letter("b-4"))
    with triggers_off():
        Message.objects.filter(id=message.id).delete()
    assert damages() == {(told.id, record, message.id, GONE)}


def test_a_letter_that_the_ledger_does_not_tell_of_is_named(told: Story) -> None:
    extra = Message.objects.get(id=told.letter("b-4").id)
    extra.pk = uuid.uuid4()
    extra.save(force_insert=True)
    assert damages() == {(told.id, None, extra.pk, NOT_TOLD)}


def test_a_letter_of_a_case_that_does_not_exist_is_named(told: Story) -> None:
    stray = Message.objects.get(id=told.letter("b-4").id)
    stray.pk, stray.case_id = uuid.uuid4(), uuid.uuid4()
    stray.save(force_insert=True)
    assert damages() == {(stray.case_id, None, stray.pk, "belongs to no case")}


def test_a_letter_moved_to_another_duty_is_named(told: Story) -> None:
    message = told.letter("b-4")
    tamper(message, obligation="d-5", municipality=None)
    what = "is about something else than the ledger says: obligation, municipality"
    assert damages() == {(told.id, number(told, message), message.id, what)}


def test_a_ledger_cut_off_and_its_head_put_back_is_betrayed_by_the_letters(told: Story) -> None:
    """The chain alone can't show this cut; what was composed since is still there."""
    cut = min(number(told, message) for message in Message.objects.all())
    case = told.case
    with triggers_off():
        Record.objects.filter(case=case, sequence__gte=cut).delete()
        last = Record.objects.get(case=case, sequence=cut - 1)
        type(case).objects.filter(id=case.id).update(head_sequence=cut - 1, head_hash=last.hash)
    assert damages() == {(told.id, None, message.id, NOT_TOLD) for message in Message.objects.all()}


def test_a_letter_composed_while_the_ledger_was_read_is_no_damage(told: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    known = ledgers._lines()
    before = list(known)
    told.call(Recipient.REPRESENTATIVE)
    monkeypatch.setattr(ledgers, "_lines", lambda: iter(before))
    assert damages() == set()


def test_the_command_names_case_and_message_counts_letters_and_fails(told: Story) -> None:
    message, out = told.letter("b-4"), StringIO()
    tamper(message, sealed_letter=bytes(500))
    letters = Message.objects.count()
    with pytest.raises(CommandError, match=rf", {letters} letters of \d+ bytes read: 1 damages") as failed:
        call_command("verify_ledger", stdout=out)
    assert failed.value.returncode == 1
    assert out.getvalue() == f"case {told.id}, record {number(told, message)}, message {message.id}: {BROKEN}\n"
