"""The concern report to the child-welfare service (2.3 b): what we worry about, and where the child may be."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from savnet.letters import blocks
from savnet.letters.blanks import Blank, empty, unanswered
from savnet.letters.blocks import Block, Row
from savnet.letters.child_facts import person, said
from savnet.letters.frame import Page, page, signed
from savnet.letters.parts import NOT_ASKED, Child, Contact, Envelope, Reply
from savnet.letters.times import moment
from savnet.letters.wording import Wording
from savnet.rules.words import Recipient


class ConcernAbout(StrEnum):
    """What has happened that the service must hear of."""

    DISAPPEARANCE = "disappearance"  # b-4
    KNOWN_ADDRESS = "known_address"  # b-8 from the centre, 3-8 from the region: to the municipality of the address
    RETURN = "return"  # b-9, 4-18: the child is back, and something is wrong


@dataclass(frozen=True, slots=True, kw_only=True)
class ConcernReport:
    """Bekymringsmelding. `worries` is what we worry about, `whereabouts` where the child may be (b-5).

    After a return, `whereabouts` is where the child has been. `representative` is None where none is appointed.
    """

    envelope: Envelope
    child: Child
    about: ConcernAbout
    missing_since: datetime
    worries: str
    whereabouts: Reply
    returned_at: datetime | None = None
    known_address: str = ""
    possible_cities: tuple[str, ...] = ()
    representative: Contact | None = None
    police_told_at: datetime | None = None
    police_reference: str = ""
    measures: Reply = NOT_ASKED
    earlier_disappearances: Reply = NOT_ASKED
    child_informed: Reply = NOT_ASKED

    def __post_init__(self) -> None:
        self.envelope.require(Recipient.CHILD_WELFARE)
        if (self.about is ConcernAbout.RETURN) != (self.returned_at is not None):
            raise ValueError("A concern report after a return says when the child returned, and no other does.")

    def blanks(self) -> tuple[Blank, ...]:
        """What the report must say before it goes."""
        texts = [("worries", self.worries)]
        if self.about is ConcernAbout.KNOWN_ADDRESS:
            texts.append(("known_address", self.known_address))
        asked = unanswered([("whereabouts", self.whereabouts.answer)])
        return (*self.envelope.blanks(), *self.child.blanks(), *empty(texts), *asked)


def compose(report: ConcernReport, words: Wording) -> list[Page]:
    """The report as one letter."""
    title = words(f"concern.title_{report.about}")
    return [page(report.envelope, words, title=title, blocks=[*inside(report, words)], form="b-5")]


def inside(report: ConcernReport, words: Wording) -> Iterator[Block]:
    """The report from its first sentence to what we ask of the service."""
    yield blocks.paragraph(lead(report, words))
    yield blocks.heading(words("concern.worries"))
    if report.about is not ConcernAbout.RETURN:
        yield blocks.paragraph(words("concern.presumption"))
    yield blocks.paragraph(report.worries)
    yield blocks.heading(words(f"concern.where_{report.about}"))
    yield blocks.facts(places(report, words))
    if report.possible_cities:
        yield blocks.paragraph(words("concern.cities_why"))
    yield blocks.heading(words("concern.child"))
    yield blocks.facts(person(report.child, words))
    yield blocks.heading(words("concern.around"))
    yield blocks.facts(around(report, words))
    yield blocks.heading(words("concern.requests"))
    yield blocks.points(words.all("concern.request"))
    yield signed(report.envelope, words)


def lead(report: ConcernReport, words: Wording) -> str:
    """What has happened, in one or two sentences."""
    returned = moment(report.returned_at, words) if report.returned_at else ""
    return words(
        f"concern.lead_{report.about}",
        office=report.envelope.sender.office,
        since=moment(report.missing_since, words),
        returned=returned,
    )


def places(report: ConcernReport, words: Wording) -> list[Row]:
    """Where the child may be, or has been."""
    return [
        (words("concern.known_address"), report.known_address),
        (words("concern.whereabouts"), said(report.whereabouts, words)),
        (words("concern.possible_cities"), ", ".join(report.possible_cities)),
    ]


def around(report: ConcernReport, words: Wording) -> list[Row]:
    """Who else has been told or takes part, and what is known from before."""
    who = report.representative
    told = moment(report.police_told_at, words) if report.police_told_at else words("concern.police_not_yet")
    return [
        (words("concern.representative"), reachable(who) if who else words("concern.no_representative")),
        (words("concern.police"), told),
        (words("concern.police_reference"), report.police_reference),
        *(
            (words(f"concern.{name}"), said(reply, words))
            for name, reply in (
                ("measures", report.measures),
                ("earlier_disappearances", report.earlier_disappearances),
                ("child_informed", report.child_informed),
            )
            if reply.asked
        ),
    ]


def reachable(contact: Contact) -> str:
    """A person's name, office and number on one line."""
    return ", ".join(part for part in (contact.name, contact.office, contact.phone) if part)
