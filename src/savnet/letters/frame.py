"""What surrounds the inside of every letter: sender, address, date, reference, legal basis, footer."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from savnet.letters.blocks import Block, callout, fine_print, signature
from savnet.letters.parts import Envelope, Sender
from savnet.letters.times import day, local
from savnet.letters.wording import Wording

Page = dict[str, Any]
WORDING_CHANGED = date(2018, 7, 1)  # how 2.3 b read before could not be had


def page(
    envelope: Envelope, words: Wording, *, title: str, blocks: list[Block], mark: str = "", form: str = "none"
) -> Page:
    """One letter, ready for the template. `mark` stands in the margin of its first page (a copy, high priority)."""
    frame = office_page(
        envelope.sender,
        words,
        written_at=envelope.written_at,
        reference=envelope.reference,
        title=title,
        blocks=[
            *blocks,
            *confirmation(envelope, words),
            legal_basis(envelope, words),
            fine_print(words(f"official.{form}")),
        ],
    )
    return frame | {"mark": mark, "receiver": [envelope.receiver.name, *envelope.receiver.address]}


def confirmation(envelope: Envelope, words: Wording) -> Iterator[Block]:
    """How the receiver confirms that a named person has the letter."""
    if confirm := envelope.confirm:
        where = words("confirm.at", address=confirm.address) if confirm.address else words("confirm.link_apart")
        rows = (where, words("confirm.code", code=confirm.code), words("confirm.not_yours"))
        yield callout(words("confirm.title"), rows)


def office_page(
    sender: Sender, words: Wording, *, written_at: datetime, reference: str, title: str, blocks: list[Block]
) -> Page:
    """A page that is for the office itself: no receiver, and no legal basis since nothing is disclosed."""
    return {
        "title": title,
        "mark": "",
        "sender": {"office": sender.office, "lines": list(sender.address)},
        "receiver": [],
        "particulars": particulars(sender, words, written_at=written_at, reference=reference),
        "blocks": blocks,
        "footer": words("frame.footer", office=sender.office, reference=reference),
        "page_of": words("frame.page_of"),
    }


def particulars(sender: Sender, words: Wording, *, written_at: datetime, reference: str) -> list[list[str]]:
    """Date, reference and whom to call, beside the address."""
    rows = [
        (words("frame.date"), day(local(written_at).date(), words)),
        (words("frame.reference"), reference),
        (words("frame.contact"), sender.person),
        (words("frame.phone"), sender.phone),
        (words("frame.on_call"), sender.on_call),
        (words("frame.email"), sender.email),
    ]
    return [list(row) for row in rows if row[1]]


def legal_basis(envelope: Envelope, words: Wording) -> Block:
    """Which provision demands this letter, and which makes the disclosure lawful."""
    duty = words(
        "basis.duty", circular=words("basis.circular", version=day(envelope.version, words)), point=point(envelope.duty)
    )
    return {"kind": "basis", "title": words("basis.title"), "text": f"{duty} {words(disclosure(envelope))}"}


def disclosure(envelope: Envelope) -> str:
    """The catalogue's key for why the disclosure is lawful."""
    child_welfare = envelope.basis in {"b-4", "b-8", "b-9"}
    if child_welfare and envelope.version < WORDING_CHANGED:
        return "basis.child_welfare_before_2018"
    return "basis.b-4" if child_welfare else f"basis.{envelope.basis}"


def point(provision: str) -> str:
    """Where in the circular a provision stands: a-1 in 2.3 a, 2.2-7 in 2.2, 4-14 in 4."""
    chapter = provision.rsplit("-", 1)[0]
    return f"2.3 {chapter}" if chapter in {"a", "b", "c", "d"} else chapter


def signed(envelope: Envelope, words: Wording) -> Block:
    """Who answers for the letter."""
    sender = envelope.sender
    return signature(words("frame.closing"), sender.person, sender.role, sender.office)
