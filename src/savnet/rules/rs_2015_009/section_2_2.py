"""Section 2.2: when the centre must find out, report, and tell everyone that the child is back or where she is."""

from collections.abc import Iterator
from datetime import datetime

from savnet.rules.discharge import in_writing
from savnet.rules.events import (
    AbsenceExplained,
    AbsenceNoticed,
    Act,
    DisappearanceBelieved,
    Event,
    InformationReceived,
    InquiryMade,
    Returned,
)
from savnet.rules.moment import Disappearance, Moment, Owed, owe
from savnet.rules.obligation import Told
from savnet.rules.provision import provision
from savnet.rules.words import About, Actor, ObligationState, Standard

TOLD_LATE = "told_late"
"""Sets 2.2-7 off for somebody who was first told of the disappearance when there already was more to tell."""


def _inquired(event: Event) -> bool:
    return isinstance(event, InquiryMade | AbsenceExplained | Returned)


def _inquiry(event: Event) -> bool:
    return isinstance(event, InquiryMade)


@provision("2.2-1", point="2.2", words="umiddelbart undersøke årsaken", readings=(12, 20), on=(AbsenceNoticed,))
def examine_the_reason(m: Moment) -> Iterator[Owed]:
    """Somebody was not where she should be: find out why, at once."""
    yield owe(examine_the_reason, m, Actor.CENTRE, standard=Standard.IMMEDIATELY, met_by=_inquired)


@provision("2.2-4", point="2.2", words="undersøke nærmere omstendighetene", readings=(20,), on=(DisappearanceBelieved,))
def examine_the_circumstances(m: Moment) -> Iterator[Owed]:
    """Look closer into how she disappeared; the answers feed the police report. Takes the place of 2.2-1."""
    earlier = tuple(one for one in m.of("2.2-1") if one.state is ObligationState.OPEN)
    yield owe(examine_the_circumstances, m, Actor.CENTRE, met_by=_inquiry, supersedes=earlier)


@provision(
    "2.2-7",
    also=("2.2-6", "4-14"),
    point="2.2",
    words="skriftlig til samtlige instanser som har mottatt melding",
    readings=(2, 3, 4, 16, 17),
    on=(InformationReceived, Returned, TOLD_LATE),
)
def tell_all_who_were_told(m: Moment) -> Iterator[Owed]:
    """Word of where the child is, or of the return, goes in writing to everyone who was told she was missing."""
    if m.disappearance is None:
        return
    everyone = tuple(m.disappearance.told.values())
    if isinstance(m.event, Returned):
        yield from (_tell(m, one, m.event.number) for one in everyone)
    elif isinstance(m.event, InformationReceived):
        if m.missing and m.event.about is About.WHEREABOUTS:
            yield from (_tell(m, one, m.event.number) for one in everyone)
    elif m.newly_told and isinstance(m.event, Act):
        yield from (_tell(m, m.newly_told, cause.number) for cause in _still_to_hear(m, m.disappearance))


def _still_to_hear(m: Moment, of: Disappearance) -> Iterator[Event]:
    """What somebody who is first told now must hear too: what the letter can't hold, and always of the return."""
    yield from (one for one in of.whereabouts if one.at == m.at or _learnt_since(one, m.written_at))
    yield from of.returns


def _learnt_since(information: InformationReceived, written_at: datetime | None) -> bool:
    """Whether it was recorded only after the letter had been written, so that it can't stand in it (reading 17)."""
    return written_at is not None and (information.recorded_at or information.at) > written_at


def _tell(m: Moment, told: Told, because: int) -> Owed:
    return owe(
        tell_all_who_were_told,
        m,
        Actor.CENTRE,
        told.recipient,
        municipality=told.municipality,
        because=because,
        standard=Standard.IMMEDIATELY,
        notice=True,
        accepts=in_writing,
    )
