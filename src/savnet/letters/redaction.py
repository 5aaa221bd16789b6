"""The copy of a police report for those who have no need of other residents' names."""

import re
import unicodedata
from dataclasses import fields, replace

from savnet.letters.parts import Child, Reply
from savnet.letters.police_report import NamedResident, PoliceReport, Traces
from savnet.rules.words import Answer

THIRD_PARTIES = ("a-6", "a-7")
SHORTEST_NAME = 3
LEFT_OUT = "[…]"


def redacted(report: PoliceReport) -> PoliceReport:
    """The report as the region gets it (d-5): every answer stands, other residents don't.

    The circular demands a copy of what was sent, yet names other residents as something for the police to know, and
    each receiver is to have no more than its purpose needs. So the copy keeps all nine answers, and leaves out the
    named residents and the words to a-6 and a-7, which are about third parties, many of them children. Where a
    named resident is mentioned in any other answer, the name is struck there too. The copy says so on its face, and
    that the police have the whole. If the region can show that it needs the rest, it asks, and that is a new
    disclosure with its own basis.
    """
    strike = striker(report)
    return replace(
        report,
        named_residents=(),
        without_residents=True,
        items={
            name: withheld(reply) if name in THIRD_PARTIES else strike.reply(reply)
            for name, reply in report.items.items()
        },
        dangers=tuple(strike.text(danger) for danger in report.dangers),
        traces=strike.traces(report.traces),
        last_observed=replace(
            report.last_observed, place=strike.text(report.last_observed.place), by=strike.text(report.last_observed.by)
        ),
    )


def withheld(reply: Reply) -> Reply:
    """The answer without its words."""
    return replace(reply, text=LEFT_OUT) if reply.text and reply.answer is Answer.YES else replace(reply, text="")


class Striker:
    """Strikes names out of texts: as whole words, in any case, however spaced or composed, in the genitive too."""

    def __init__(self, names: set[str]) -> None:
        longest_first = sorted((plain(name) for name in names), key=len, reverse=True)
        either = "|".join(r"\s+".join(map(re.escape, name.split())) for name in longest_first)
        self.pattern = re.compile(rf"\b(?:{either})(?:['’]?s)?\b", re.IGNORECASE) if names else None

    def text(self, text: str) -> str:
        """The text without the names."""
        return self.pattern.sub(LEFT_OUT, plain(text)) if self.pattern else text

    def reply(self, reply: Reply) -> Reply:
        """The same answer, its words without the names."""
        return replace(reply, text=self.text(reply.text))

    def traces(self, traces: Traces) -> Traces:
        """The same traces, their words without the names."""
        return Traces(**{field.name: self.reply(getattr(traces, field.name)) for field in fields(Traces)})


def plain(text: str) -> str:
    """The text with each letter and its accents as one: else the same name typed on another machine slips through."""
    return unicodedata.normalize("NFC", text)


def striker(report: PoliceReport) -> Striker:
    """A striker of the names of a report's named residents."""
    return Striker(names_of(report.named_residents, report.child))


def names_of(residents: tuple[NamedResident, ...], child: Child) -> set[str]:
    """The residents' names, whole and in parts, but for what is the child's own name as well."""
    own = {part.casefold() for name in (child.name, *child.aliases) for part in name.split()}
    names = {resident.name for resident in residents}
    parts = {part for name in names for part in name.split() if len(part) >= SHORTEST_NAME}
    return {name for name in names | parts if name.strip() and name.casefold() not in own}


def without_residents(text: str, residents: tuple[NamedResident, ...], *, child: Child) -> str:
    """A text fit for others than the police: without the named residents. For what a caller quotes elsewhere."""
    return Striker(names_of(residents, child)).text(text)
