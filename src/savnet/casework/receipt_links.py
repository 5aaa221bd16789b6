"""The link and the code by which a receiver without an account confirms: made with the letter, shown to whoever calls.

The link tells nothing of the case, and alone it opens nothing. The code stands in the letter, or is read out on the
phone. Only their hashes lie open in the database; what can be read again is sealed under the case's key.
"""

import hashlib
import hmac
import json
import secrets
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from savnet.cases import ledger
from savnet.casework.gone_astray import is_stopped
from savnet.delivery.channels.paper import BY_HAND
from savnet.delivery.models import Message
from savnet.followup.models import ReceiptLink
from savnet.letters import Confirmation
from savnet.policy.receipts import ASKED, CODE_DIGITS, LINK_HOLDS
from savnet.rules import Obligation
from savnet.rules.words import Recipient


@dataclass(frozen=True, slots=True)
class Secret:
    """The two parts that together open the page once."""

    token: str
    code: str

    @property
    def address(self) -> str:
        """Where the link leads; empty where the house has no address of its own."""
        return f"{settings.ADDRESS}{reverse('confirm', args=[self.token])}" if settings.ADDRESS else ""

    @property
    def spoken(self) -> str:
        """The code as it is printed and read out: «1234 5678»."""
        return f"{self.code[:4]} {self.code[4:]}"


def new_secret() -> Secret:
    """A token that nobody can guess, and a code that can be read out on the phone."""
    return Secret(secrets.token_urlsafe(16), f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}}")


def asks(obligation: Obligation) -> bool:
    """Whether the receiver of this notice is asked to confirm on the page."""
    return obligation.is_notice and obligation.recipient in ASKED


def printed(secret: Secret, *, wired: bool) -> Confirmation:
    """What the letter says of it. On paper there is no address: link and code never lie in the clear together."""
    return Confirmation(address=secret.address if wired else "", code=secret.spoken)


def keep(message: Message, secret: Secret, *, wired: bool, now: datetime) -> ReceiptLink:
    """Keep the link of a message; from now on it is the one that counts."""
    with transaction.atomic():
        void(message, now=now)
        return ReceiptLink.objects.create(
            message_id=message.id,
            case_id=message.case_id,
            token_hash=token_hash(secret.token),
            code_hash=code_hash(secret.token, secret.code),
            sealed=ledger.seal_for(message.case_id, _purpose(message), _written(secret)),
            printed=wired and bool(secret.address),
            made_at=now,
            expires_at=now + LINK_HOLDS,
        )


def void(message: Message, *, now: datetime) -> None:
    """Let no link of this message open any more."""
    ReceiptLink.objects.filter(message_id=message.id, void_at=None, used_at=None).update(void_at=now)


def to_read_out(message: Message, *, now: datetime) -> Secret | None:
    """The link and code to give whoever was called back; None where there is none that holds."""
    link = newest(message)
    if link is None or not holds(link, message, now):
        return None
    told = json.loads(ledger.open_for(message.case_id, _purpose(message), bytes(link.sealed)))
    return Secret(told["token"], told["code"])


def may_renew(message: Message, *, now: datetime) -> bool:
    """Whether a new link may be made: the receiver is asked, has not answered, and has none that holds.

    None is made for a letter that reached the wrong one.
    A letter that went on paper after it was written for the wire has both link and code in it: that link is void.
    """
    link = newest(message)
    used = link is not None and link.used_at is not None
    asked = Recipient(message.recipient) in ASKED and not is_stopped(message)
    return asked and not used and not (link and holds(link, message, now))


def renew(message: Message, *, now: datetime) -> Secret | None:
    """A new link and code, to read out; the one that holds where there is one."""
    if may_renew(message, now=now):
        keep(message, new_secret(), wired=False, now=now)
    return to_read_out(message, now=now)


def newest(message: Message) -> ReceiptLink | None:
    """The link that counts, if there is any."""
    return ReceiptLink.objects.filter(message_id=message.id).order_by("-made_at").first()


def holds(link: ReceiptLink, message: Message, now: datetime) -> bool:
    """Whether the link can still be answered by. Nobody confirms a letter that reached the wrong one.

    One that was withdrawn for another reason may have arrived all the same, and whoever has it may say so.
    """
    on_paper = link.printed and message.channel in BY_HAND
    stands = link.void_at is None and link.used_at is None and link.expires_at > now
    return stands and not on_paper and not is_stopped(message)


def token_hash(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def code_hash(token: str, code: str) -> str:
    """What is kept of a code: of no use to a thief of the database without the house's own key."""
    return hmac.new(settings.SECRET_KEY.encode(), f"receipt {token} {code}".encode(), hashlib.sha256).hexdigest()


def _purpose(message: Message) -> str:
    return f"receipt link {message.id}"


def _written(secret: Secret) -> bytes:
    return json.dumps({"token": secret.token, "code": secret.code}).encode()
