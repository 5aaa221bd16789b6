"""The whole on paper: whom to tell, how and by when, with boxes to tick, and every letter after it.

With this in hand the duty survives that everything electric is down.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from savnet.letters import blocks
from savnet.letters.blanks import Blank
from savnet.letters.blocks import Block
from savnet.letters.call_sheet import CallSheet
from savnet.letters.cancellation import Cancellation
from savnet.letters.concern_report import ConcernReport
from savnet.letters.copy_cover import CopyCover
from savnet.letters.frame import Page, office_page, point
from savnet.letters.notice import Notice
from savnet.letters.office_message import OfficeMessage
from savnet.letters.parts import Receiver, Sender
from savnet.letters.police_report import PoliceReport
from savnet.letters.police_report_page import receipt, requests
from savnet.letters.suspicion_notice import SuspicionNotice
from savnet.letters.times import moment
from savnet.letters.wording import Wording
from savnet.rules.words import ITEMS, Channel, Standard

Letter = PoliceReport | ConcernReport | Cancellation | CopyCover | Notice | SuspicionNotice | OfficeMessage | CallSheet


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One thing to do: which provision demands it, to whom or in which register if any, how, and by when."""

    duty: str
    standard: Standard
    receiver: Receiver | None = None
    channel: Channel | None = None
    latest: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Packet:
    """Varslingspakke på papir."""

    sender: Sender
    written_at: datetime
    reference: str
    tasks: tuple[Task, ...]
    letters: tuple[Letter, ...] = ()
    without_child: bool = False
    """Made before anybody is missed: what would stand in the letters is then a form to fill in by hand."""

    def blanks(self) -> tuple[Blank, ...]:
        """None: the packet is for the worst night, and is printed with what there is. Blanks are filled in by hand."""
        return ()


def cover(packet: Packet, words: Wording) -> Page:
    """The first sheet: everything that must be done, in the order given."""
    return office_page(
        packet.sender,
        words,
        written_at=packet.written_at,
        reference=packet.reference,
        title=words("packet.title"),
        blocks=[*inside(packet, words), *(asked(words) if packet.without_child else ())],
    )


def inside(packet: Packet, words: Wording) -> Iterator[Block]:
    """How to use the packet, and the list of what to do."""
    yield blocks.paragraph(words("packet.lead_without_child" if packet.without_child else "packet.lead"))
    yield blocks.points(words.all("packet.rule"))
    yield blocks.heading(words("packet.tasks"))
    head = [words(f"packet.{column}") for column in ("what", "how", "latest", "done", "received")]
    yield blocks.form(
        head,
        (row(task, words) for task in packet.tasks),
        widths=(3.8, 1.9, 1.9, 1.6, 2.0),
        tick_under=words("packet.tick"),
    )
    yield blocks.lines(words.all("packet.line"), columns=2)


def asked(words: Wording) -> Iterator[Block]:
    """What is filled in by hand: who is missing, the nine items, what we ask of the police, and their receipt."""
    yield blocks.heading(words("packet.form"))
    yield blocks.lines(words.all("packet.child"), columns=2)
    yield blocks.heading(words("police.items"))
    names = enumerate((words(f"item.{name}") for name in ITEMS), start=1)
    empty = (blocks.item(str(number), name, answer="", text="") for number, name in names)
    yield blocks.items(empty, (words("police.question"), words("police.answer")), by_hand=words.all("police.by_hand"))
    yield from requests(words)
    yield from receipt(words)


def row(task: Task, words: Wording) -> tuple[str, ...]:
    """One task; the two last columns are for the hand."""
    receiver = (task.receiver.name, task.receiver.phone) if task.receiver else ()
    what = [words(f"task.{task.duty}"), *filter(None, receiver), words("packet.point", point=point(task.duty))]
    how = words(f"channel.{task.channel}") if task.channel else ""
    return ("\n".join(what), how, deadline(task, words), "", "")


def deadline(task: Task, words: Wording) -> str:
    """The circular's standard, and the instant where it names one."""
    standard = words(f"standard.{task.standard}")
    return f"{standard}\n{words('packet.no_later_than', at=moment(task.latest, words))}" if task.latest else standard
