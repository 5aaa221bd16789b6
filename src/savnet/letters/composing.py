"""Any letter as data for the templates: pages of blocks, in one language, with nothing left to decide."""

from typing import Any

from savnet.letters import (
    call_sheet,
    cancellation,
    concern_report,
    copy_cover,
    notice,
    office_message,
    packet,
    police_answer,
    police_report_page,
    recall,
    suspicion_notice,
)
from savnet.letters.call_sheet import CallSheet
from savnet.letters.cancellation import Cancellation
from savnet.letters.concern_report import ConcernReport
from savnet.letters.copy_cover import CopyCover
from savnet.letters.frame import Page
from savnet.letters.notice import Notice
from savnet.letters.office_message import OfficeMessage
from savnet.letters.packet import Letter, Packet
from savnet.letters.police_answer import PoliceAnswer
from savnet.letters.police_report import PoliceReport
from savnet.letters.recall import BreachDraft, RecallNotice
from savnet.letters.wording import Wording, wording

Paper = Letter | Packet | RecallNotice | BreachDraft | PoliceAnswer
"""Everything that is rendered: the letters of the duties, and what the house writes of itself."""


def compose(letter: Paper, language: str = "nb") -> dict[str, Any]:
    """The letter's whole content. The title is neutral: it is shown by viewers, and so says nothing of the case."""
    words = wording(language)
    sender, reference, _ = outside(letter)
    return {
        "language": language,
        "title": words("frame.title", office=sender, reference=reference),
        "author": sender,
        "pages": pages(letter, words),
    }


def outside(letter: Paper) -> tuple[str, str, float]:
    """Who writes, under which reference, and when, in seconds since 1970."""
    it = letter if isinstance(letter, Packet | RecallNotice | BreachDraft | PoliceAnswer) else letter.envelope
    return it.sender.office, it.reference, it.written_at.timestamp()


def pages(letter: Paper, words: Wording) -> list[Page]:
    """The letter's parts, each with its own page numbers."""
    if isinstance(letter, RecallNotice | BreachDraft):
        return [marked(page, words, exercise=letter.exercise) for page in recall.compose(letter, words)]
    if isinstance(letter, PoliceAnswer):
        return [marked(page, words, exercise=letter.exercise) for page in police_answer.compose(letter, words)]
    if isinstance(letter, Packet):
        cover = marked(packet.cover(letter, words), words, exercise=any(in_exercise(one) for one in letter.letters))
        return [cover, *(page for one in letter.letters for page in pages(one, words))]
    return [marked(page, words, exercise=in_exercise(letter)) for page in letter_pages(letter, words)]


def in_exercise(letter: Letter) -> bool:
    """Whether the letter was written in an exercise."""
    return letter.envelope.exercise


def marked(page: Page, words: Wording, *, exercise: bool) -> Page:
    """The page, with what stands across it and above it in an exercise; empty otherwise."""
    return page | {
        "watermark": words("exercise.watermark") if exercise else "",
        "warning": words("exercise.warning") if exercise else "",
    }


def letter_pages(letter: Letter, words: Wording) -> list[Page]:
    """One letter by its own kind."""
    match letter:
        case PoliceReport():
            return police_report_page.compose(letter, words)
        case ConcernReport():
            return concern_report.compose(letter, words)
        case Cancellation():
            return cancellation.compose(letter, words)
        case CopyCover():
            return copy_cover.compose(letter, words)
        case Notice():
            return notice.compose(letter, words)
        case OfficeMessage():
            return office_message.compose(letter, words)
        case CallSheet():
            return call_sheet.compose(letter, words)
        case _:
            return suspicion_notice.compose(letter, words)
