"""How the report to the police reads: who is missing, the nine items, what we ask for, and their receipt."""

from collections.abc import Iterator

from savnet.letters import blocks
from savnet.letters.blocks import Block, Row
from savnet.letters.child_facts import person, said
from savnet.letters.frame import Page, page, signed
from savnet.letters.police_report import PoliceReport
from savnet.letters.times import day, moment
from savnet.letters.wording import Wording
from savnet.rules.words import ITEMS, AlertScope


def compose(report: PoliceReport, words: Wording) -> list[Page]:
    """The report as one letter."""
    mark = words("police.copy_mark") if report.without_residents else ""
    return [
        page(
            report.envelope, words, title=words("police.title"), blocks=[*inside(report, words)], mark=mark, form="a-2"
        )
    ]


def inside(report: PoliceReport, words: Wording) -> Iterator[Block]:
    """The report from its first sentence to the police's receipt."""
    yield blocks.paragraph(
        words("police.lead", office=report.envelope.sender.office, at=moment(report.believed_at, words))
    )
    if report.dangers:
        yield blocks.callout(words("police.dangers"), report.dangers)
    yield blocks.heading(words("police.who"))
    yield who(report, words)
    yield blocks.heading(words("police.when"))
    yield blocks.facts(times(report, words))
    yield blocks.heading(words("police.items"))
    head = (words("police.question"), words("police.answer"))
    yield blocks.items(answers(report, words), head, by_hand=words.all("police.by_hand"))
    yield from residents(report, words)
    yield from traces(report, words)
    yield from requests(words)
    yield signed(report.envelope, words)
    yield from receipt(words)


def who(report: PoliceReport, words: Wording) -> Block:
    """The child, with the photo if there is one. Its description names nobody: a reader's software speaks it aloud."""
    rows = [
        *person(report.child, words),
        (words("police.scope"), words(f"scope.{report.scope}") if report.scope.strip() else ""),
    ]
    if report.photo is None:
        return blocks.facts(rows)
    taken = report.photo.taken
    caption = words("police.photo_taken", date=day(taken, words)) if taken else words("police.photo")
    return blocks.pictured(rows, report.photo.data, alt=words("police.photo_alt"), caption=caption)


def times(report: PoliceReport, words: Wording) -> list[Row]:
    """When the child was last seen, when the absence was noticed, and since when the child is believed missing."""
    seen, unknown = report.last_observed, words("answer.unknown")
    return [
        (words("police.last_observed"), moment(seen.at, words) if seen.at else unknown),
        (words("police.last_place"), seen.place or unknown),
        (words("police.last_by"), seen.by or unknown),
        (words("police.absence"), moment(report.absence_noticed_at, words) if report.absence_noticed_at else unknown),
        (words("police.believed"), moment(report.believed_at, words)),
        (words("police.handover"), words(f"channel.{report.handover}")),
    ]


def answers(report: PoliceReport, words: Wording) -> Iterator[Block]:
    """The nine items in the circular's order."""
    for number, name in enumerate(ITEMS, start=1):
        reply = report.reply(name)
        answer = words(f"answer.{reply.answer}") if reply.asked else ""
        yield blocks.item(str(number), words(f"item.{name}"), answer=answer, text=reply.text)


def residents(report: PoliceReport, words: Wording) -> Iterator[Block]:
    """Other residents who may know something; in the copy to others, that they have been left out."""
    if report.without_residents:
        yield blocks.fine_print(words("police.residents_left_out"))
    elif report.named_residents:
        head = [words(f"police.resident_{column}") for column in ("name", "knows", "with_whom")]
        rows = [(one.name, one.knows, one.with_whom or words("answer.unknown")) for one in report.named_residents]
        yield blocks.heading(words("police.residents"))
        yield blocks.table(head, rows, widths=(2, 3, 2))


def traces(report: PoliceReport, words: Wording) -> Iterator[Block]:
    """Description and traces; what nobody has looked into is named, so that silence is not taken for "no"."""
    asked = [(words(f"trace.{name}"), said(reply, words)) for name, reply in report.traces.each() if reply.asked]
    left = [words(f"trace.{name}").lower() for name, reply in report.traces.each() if not reply.asked]
    yield blocks.heading(words("police.traces"))
    if asked:
        yield blocks.facts(asked)
    if left:
        yield blocks.fine_print(words("police.not_looked_into", what=", ".join(left).replace("imei", "IMEI")))


def requests(words: Wording) -> Iterator[Block]:
    """What the centre asks the police to do."""
    yield blocks.heading(words("police.requests"))
    yield blocks.points(words.all("police.request"))


def receipt(words: Wording) -> Iterator[Block]:
    """What the police fill in and give back: a phone call is no report, and a report without a number is no case."""
    yield blocks.heading(words("police.receipt"))
    yield blocks.lines(words.all("police.receipt_line"))
    head = [words(f"police.alert_{column}") for column in ("scope", "yes", "no", "reason")]
    yield blocks.form(
        head, ([words(f"alert.{scope}"), "", "", ""] for scope in AlertScope), widths=(2.2, 0.7, 0.7, 3.4)
    )
