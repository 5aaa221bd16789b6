"""A letter that its receiver has, and the links by which a person there may answer: one that holds, and dead ones."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from django.db.models import Count, Q
from django.test import Client
from django.utils import timezone

from savnet.casework import by_hand, carrying, receipt_links, sending
from savnet.casework.case_at_hand import at_hand
from savnet.casework.holding_back import key_of
from savnet.casework.receipt_links import Secret, keep, new_secret
from savnet.delivery.channels.paper import HandOver
from savnet.delivery.following import stands
from savnet.delivery.models import Message, Receipt
from savnet.followup.models import ReceiptLink, ReceiverAnswer
from savnet.policy.receipts import LINK_HOLDS, WRONG_IN_ALL
from savnet.rules.events import Received
from savnet.rules.words import Channel
from soak.house import House, missing_child

WORN = WRONG_IN_ALL - 3
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


@dataclass(slots=True)
class Sent:
    """One letter that has gone, the link that holds, and links that do not, by why."""

    message: Message
    secret: Secret
    made_at: datetime
    dead: dict[str, Secret] = field(default_factory=dict)
    wrong: int = 0

    @property
    def id(self) -> UUID:
        return self.message.id

    @property
    def mail(self) -> str:
        """The address that reports speak of; what is handed over on paper has none."""
        return self.message.address if "@" in self.message.address else "bv@granvik.example"

    def confirm(self, client: Client, name: str) -> int:
        """A named person at the receiver answers with the code that she has; the answer's status."""
        given = {"code": self.secret.spoken, "by_name": name, "reference": f"BV-{name}", "whose": "ours"}
        return client.post(f"/k/{self.secret.token}/", given).status_code

    def again(self) -> None:
        """A new link, where the one that held has been guessed at nearly too often, or will soon have run out."""
        if self.wrong < WORN and timezone.now() - self.made_at < LINK_HOLDS - DAY:
            return
        self.dead["void"], self.secret = self.secret, new_secret()
        self.wrong, self.made_at = 0, timezone.now()
        keep(self.message, self.secret, wired=False, now=self.made_at)


def composed(home: House, number: int) -> dict[str, Message]:
    """A child goes missing, and the notices about her are written; each by its duty."""
    case_id = missing_child(home, number)
    return {one.obligation: one for one in sending.send(case_id, by=home.guard, now=timezone.now())}


def sent(home: House, number: int, *, police: bool = True) -> list[Sent]:
    """The concern report about a child, really sent; and the police report, handed over to nobody named."""
    messages, now = composed(home, number), timezone.now()
    carrying.carry(messages["b-4"].id, now=now)
    gone = [messages["b-4"]]
    if police:
        handed = HandOver(channel=Channel.IN_PERSON, at=now)
        by_hand.hand_over(messages["a-1"].id, handed, by=home.guard, now=now)
        gone.append(messages["a-1"])
    return [linked(one, timezone.now()) for one in gone]


def linked(message: Message, now: datetime) -> Sent:
    """The letter with a link that ran out, one that nobody may use any more, and one that holds."""
    held = receipt_links.to_read_out(message, now=now) or new_secret()
    old = new_secret()
    link = keep(message, old, wired=False, now=now - LINK_HOLDS - MINUTE)
    ReceiptLink.objects.filter(pk=link.pk).update(void_at=None)  # it only ran out
    fresh = new_secret()
    keep(message, fresh, wired=False, now=now)
    return Sent(message, fresh, now, {"expired": old, "void": held})


def received(letters: list[Sent]) -> tuple[int, int]:
    """How many receipts and answers there are to these letters."""
    ids = [one.id for one in letters]
    answers = ReceiverAnswer.objects.filter(link__message_id__in=ids).aggregate(many=Count("id"))["many"]
    return Receipt.objects.filter(message_id__in=ids).count(), answers


def shown_as_received(one: Sent) -> list[str]:
    """Each place in which the house has this letter as received: rows, the answer of delivery, ledger, derivation."""
    message = Message.objects.defer("sealed_letter", "sealed_data").get(id=one.id)
    case = at_hand(message.case_id, timezone.now())
    owed = case.obligation(key_of(message))
    said = {
        "a receipt": Receipt.objects.filter(message=message).exists(),
        "an answer": ReceiverAnswer.objects.filter(Q(link__message_id=message.id)).exists(),
        "delivery": stands(message).received,
        "the ledger": any(
            isinstance(event, Received) and event.obligation == message.obligation for event in case.events
        ),
        "the derivation": bool(owed and owed.received_at),
    }
    return [name for name, true in said.items() if true]


def drawn_name(random: Random) -> str:
    """Whom a program or a person calls herself; invented."""
    return f"{random.choice(('Vera', 'Kari', 'Ola', 'Bot'))} {random.choice(('Vakt', 'Påfunn', 'Oppdiktet'))}"
