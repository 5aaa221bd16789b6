"""What a receiver without an account answers on the page: kept once, then taken into the ledger.

Whatever does not open looks the same: no such link, a used one, an old one, the wrong code, too many tries. Each costs
the same questions to the database. Only who has both link and code learns that the link has been used.
"""

import hmac
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.db import transaction
from django.db.models import Count

from savnet.access.models import Person
from savnet.cases import ledger
from savnet.casework.answering import answering_for
from savnet.casework.concerned import tell_of_answer
from savnet.casework.contained import each
from savnet.casework.errors import CaseworkError
from savnet.casework.not_theirs import name_right_receiver, record_not_theirs
from savnet.casework.receipt_links import code_hash, holds, token_hash
from savnet.casework.receipts import record_receipt
from savnet.delivery.mistakes import Mistake
from savnet.delivery.models import Message
from savnet.delivery.words import ReceiptWay
from savnet.followup.models import ReceiptLink, ReceiverAnswer, WrongTry
from savnet.policy.receipts import KEPT, SENT_ON, WRONG_IN_ALL, WRONG_PER_LINK, WRONG_PER_SOURCE, WRONG_WITHIN

NO_LINK = UUID(int=0)


class Outcome(StrEnum):
    """What came of an answer, as far as the receiver is told."""

    TAKEN = "taken"
    ALREADY = "already"  # only to who has both link and code
    NO = "no"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the receiver typed. `municipality` is where they say that it belongs, where it isn't theirs."""

    code: str
    by_name: str
    reference: str = ""
    theirs: bool = True
    municipality: str = ""
    why: str = ""


def answer(token: str, given: Answer, *, source: str, now: datetime) -> Outcome:
    """Take an answer, if link and code are right. `source` is a hash of where it came from."""
    with transaction.atomic():
        link = _link(token)
        right = _is_right(link, token, given.code)
        open_ = not _tried_too_often(link, source, now)
        message = _message(link)
        if link and message and right and open_ and link.used_at:
            return Outcome.ALREADY
        if not (link and message and right and open_ and holds(link, message, now)):
            _remember(link, source, now)
            return Outcome.NO
        kept = _keep(link, given, now)
    take_in(kept.pk, now=now)
    return Outcome.TAKEN


def _link(token: str) -> ReceiptLink | None:
    """The link, which nobody else may answer by meanwhile."""
    return ReceiptLink.objects.select_for_update().filter(token_hash=token_hash(token)).first()


def _message(link: ReceiptLink | None) -> Message | None:
    """What the link is for, in one question: whether it leads anywhere can't be told by how long the answer takes."""
    messages = Message.objects.select_related("withdrawal").only("id", "channel", "withdrawal__why")
    return messages.filter(id=link.message_id if link else NO_LINK).first()


def _is_right(link: ReceiptLink | None, token: str, code: str) -> bool:
    digits = "".join(sign for sign in code if sign.isdigit())
    wanted = link.code_hash if link else code_hash(token, "no such link")
    return hmac.compare_digest(wanted, code_hash(token, digits))


def _tried_too_often(link: ReceiptLink | None, source: str, now: datetime) -> bool:
    of_link = WrongTry.objects.filter(link_id=link.pk if link else NO_LINK)
    recently, in_all = of_link.filter(at__gt=now - WRONG_WITHIN).count(), of_link.count()
    from_there = WrongTry.objects.filter(source=source, at__gt=now - WRONG_WITHIN).count()
    return recently >= WRONG_PER_LINK or in_all >= WRONG_IN_ALL or from_there >= WRONG_PER_SOURCE


def _remember(link: ReceiptLink | None, source: str, now: datetime) -> None:
    """Keep the wrong try. A link that has had too many is void from now on, so that staff can make a new one."""
    WrongTry.objects.create(link=link, source=source, at=now)
    same = ReceiptLink.objects.filter(pk=link.pk if link else NO_LINK, void_at=None)
    same.alias(tries=Count("wrong_tries")).filter(tries__gte=WRONG_IN_ALL).update(void_at=now)


def forget_tries(*, now: datetime) -> None:
    """Forget from where wrong tries came, but for those that count against a link."""
    WrongTry.objects.filter(at__lt=now - KEPT, link=None).delete()
    WrongTry.objects.filter(at__lt=now - KEPT).exclude(source="").update(source="")


def _keep(link: ReceiptLink, given: Answer, now: datetime) -> ReceiverAnswer:
    link.used_at = now
    link.save(update_fields=["used_at"])
    return ReceiverAnswer.objects.create(
        link=link,
        theirs=given.theirs,
        by_name=given.by_name.strip()[:200],
        reference=given.reference.strip()[:100],
        municipality=given.municipality,
        why=given.why.strip()[:1000],
        at=now,
    )


def take_in(answer_id: int, *, now: datetime) -> bool:
    """Bring an answer into the ledger. What stands in the way is kept beside it, and it is tried again."""
    try:
        with transaction.atomic():
            kept = ReceiverAnswer.objects.select_for_update(of=("self",)).select_related("link").get(pk=answer_id)
            if kept.taken_in_at is None:
                kept.problem = _take_in(kept, now)
                kept.taken_in_at = now
                kept.save(update_fields=["taken_in_at", "problem"])
    except (CaseworkError, Mistake, ledger.DamagedLedger) as problem:
        ReceiverAnswer.objects.filter(pk=answer_id).update(problem=str(problem)[:400])
        return False
    return True


def _take_in(kept: ReceiverAnswer, now: datetime) -> str:
    """Record the answer. Returns why the receiver that they name is left for a person to find, if it is."""
    message = Message.objects.defer("sealed_letter").get(id=kept.link.message_id)
    by = answering_for(message)
    if kept.theirs:
        record_receipt(
            message.id,
            by_name=kept.by_name,
            reference=kept.reference,
            at=kept.at,
            by=by,
            now=max(now, kept.at),
            channel=ReceiptWay.PAGE,
        )
        return ""
    number = record_not_theirs(message, by_name=kept.by_name, why=kept.why, at=kept.at, by=by, now=now)
    goes_on = kept.municipality and message.obligation in SENT_ON
    problem = _name_right_receiver(kept, message, number, by=by, now=now) if goes_on else ""
    tell_of_answer(message, now=now)
    return problem


def _name_right_receiver(kept: ReceiverAnswer, message: Message, number: int, *, by: Person, now: datetime) -> str:
    """Send it where they say. What can't be right, as their own municipality, a person who is told sees to instead."""
    try:
        with transaction.atomic():
            name_right_receiver(message.case_id, number, kept.municipality, why=kept.why, by=by, now=now)
    except CaseworkError as problem:
        return str(problem)[:400]
    return ""


def take_in_all(*, now: datetime) -> None:
    """Try again to bring in what could not be brought in before. Raises NotAllDone where one fell over."""
    waiting = ReceiverAnswer.objects.filter(taken_in_at=None).order_by("pk")
    each(list(waiting.values_list("pk", flat=True)), lambda pk: take_in(pk, now=now))
