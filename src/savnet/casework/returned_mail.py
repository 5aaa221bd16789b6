"""Mail that came back to our own address: a letter in return goes another way; what people write is shown to people.

Nothing here is ever a receipt. What claims that a letter did not arrive is believed only of a message that we did send
by e-mail, to the very address that it names; whoever could forge that gains no more than a second sending of it.
"""

import hashlib
import logging
from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import DataError, transaction
from django.db.models import Max, Min, QuerySet

from savnet.access.models import Person
from savnet.cases import ledger
from savnet.casework.queue import enqueue
from savnet.delivery.channels.encrypted_email.returns import Returned, ReturnKind, read
from savnet.delivery.mailbox import BACK, Mailbox, MailboxClosed, opened
from savnet.delivery.models import ChannelStatus, Message, ReturnedMail
from savnet.delivery.words import AttemptOutcome, Meaning
from savnet.rules.words import Channel

LONGEST_BACK = timedelta(days=365)
"""What is said to be older is said so by a mail with a wrong date."""

log = logging.getLogger(__name__)
MAY_COME_BACK = [AttemptOutcome.ACCEPTED.value, AttemptOutcome.UNKNOWN.value]


def take_in(*, now: datetime) -> int:
    """Take in what is new in the mailbox; returns how many. Safe to run twice: the same mail is taken in once."""
    if not settings.RETURN_MAILBOX:
        return 0
    try:
        with opened(settings.RETURN_MAILBOX, ca=settings.SMTP_CA) as mailbox:
            return _all_new(mailbox, now)
    except MailboxClosed as problem:
        log.warning("the mailbox for what comes back is closed", exc_info=problem)
        return 0


def _all_new(mailbox: Mailbox, now: datetime) -> int:
    taken = 0
    for name, raw in mailbox.new(look_from(now)):
        try:
            taken += take_in_one(raw, now=now) is not None
        except (DataError, ValueError, ArithmeticError) as unfit:
            # One that nobody foresaw lies where it was, is told of every time, and keeps no other from being read.
            log.exception("mail that came back could not be taken in", exc_info=unfit)
            continue
        mailbox.taken_in(name)
    return taken


def look_from(now: datetime) -> datetime:
    """From when to look: two weeks back, or a day before what was last taken in where the mailbox was closed since.

    Oldest first is taken in, so nothing that came before that still waits.
    """
    newest = ReturnedMail.objects.aggregate(at=Max("read_at"))["at"]
    last = ReturnedMail.objects.filter(read_at=newest).aggregate(at=Min("at"))["at"] or now
    return min(now - BACK, max(last, now - LONGEST_BACK) - timedelta(days=1))


def take_in_one(raw: bytes, *, now: datetime) -> ReturnedMail | None:
    """Take in one mail; None where it is our own (a canary), or here already."""
    returned = read(raw)
    if returned.sender == settings.MAIL_FROM.lower():
        return None
    message = Message.objects.filter(id=returned.about).first() if returned.about else None
    with transaction.atomic():
        row, new = ReturnedMail.objects.get_or_create(
            sha256=hashlib.sha256(raw).hexdigest(),
            defaults={
                "message": message,
                "kind": returned.kind.value,
                "believed": message is not None and _believed(returned, message),
                "sender": returned.sender[:254],
                "at": min(returned.at or now, now),
                "read_at": now,
                "sealed_text": _sealed(message, returned, raw),
            },
        )
        if not new:
            return None
        if message and row.believed:
            _came_back(message, returned, row)
    return row


def _believed(returned: Returned, message: Message) -> bool:
    """Whether a report of failure is about something that we did send there."""
    if returned.kind not in {ReturnKind.FAILED, ReturnKind.DELAYED}:
        return False
    tried = message.attempts.filter(channel=Channel.ENCRYPTED_EMAIL, outcome__in=MAY_COME_BACK)
    return any(one.address.lower() in returned.receivers for one in tried)


def _came_back(message: Message, returned: Returned, row: ReturnedMail) -> None:
    """What the mail server said, kept as any channel's word; and the worker is asked to see to what follows."""
    ChannelStatus.objects.bulk_create(
        [
            ChannelStatus(
                message=message,
                channel=Channel.ENCRYPTED_EMAIL.value,
                name=f"{returned.kind.value} {returned.status}".strip(),
                meaning=(Meaning.FAILED if returned.permanent else Meaning.EXPIRED).value,
                at=row.at,
                read_at=row.read_at,
                description="E-posten kom i retur." if returned.kind is ReturnKind.FAILED else "E-posten er forsinket.",
            )
        ],
        ignore_conflicts=True,
    )
    enqueue(message.id)


def _sealed(message: Message | None, returned: Returned, raw: bytes) -> bytes | None:
    """What somebody wrote, under the case's key. Of mail that is about no message of ours nothing is kept."""
    if message is None or not returned.text:
        return None
    return ledger.seal_for(message.case_id, _purpose(hashlib.sha256(raw).hexdigest()), returned.text.encode("utf-8"))


def text_of(mail: ReturnedMail) -> str:
    """What somebody wrote, to be shown to whoever may see the case; empty where nothing was kept."""
    if mail.sealed_text is None or mail.message is None:
        return ""
    return ledger.open_for(mail.message.case_id, _purpose(mail.sha256), bytes(mail.sealed_text)).decode("utf-8")


def _purpose(sha256: str) -> str:
    return f"returned mail {sha256}"


def to_look_at(case_ids: Collection[UUID]) -> QuerySet[ReturnedMail]:
    """What came back in these cases and nobody has seen to yet, oldest first."""
    unseen = ReturnedMail.objects.filter(message__case_id__in=case_ids, seen_at=None)
    return unseen.select_related("message").exclude(kind=ReturnKind.RELAYED.value).order_by("read_at")


def mark_seen(mail: ReturnedMail, *, by: Person, now: datetime) -> None:
    """Somebody has read it. It is no receipt: she notes one where the writer confirms that they have the letter."""
    ReturnedMail.objects.filter(id=mail.id, seen_at=None).update(seen_at=now, seen_by=str(by.pk))
