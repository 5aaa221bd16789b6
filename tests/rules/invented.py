"""An invented child and centre, and short names for the instants and acts that the tests speak of."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from savnet.rules import CaseFile, Centre, Derivation, Obligation, Resident, derive
from savnet.rules.events import Attempted, DisappearanceBelieved, Done, Event, Received
from savnet.rules.words import Channel, Operator, Recipient

T = datetime(2026, 3, 2, 19, tzinfo=UTC)
"""When there is reason to believe that the child has disappeared: 20.00 in Norway."""

CENTRE = Centre(operator=Operator.MUNICIPAL, municipality="3301")
CHILD = Resident(born=date(2009, 11, 20))


def after(hours: float = 0, **more: float) -> datetime:
    """An instant so long after the belief; before it, where the number is negative."""
    return T + timedelta(hours=hours, **more)


def case(*events: Event, centre: Centre = CENTRE, **child: Any) -> CaseFile:
    """A case with these events, numbered as they stand, for the invented child with other facts where given."""
    numbered = tuple(replace(one, number=number) for number, one in enumerate(events, start=1))
    return CaseFile(centre=centre, resident=replace(CHILD, **child), events=numbered)


def owed(*events: Event, at: datetime | None = None, **child: Any) -> Derivation:
    """What is owed in such a case; a month later where no instant is given."""
    return derive(case(*events, **child), at or after(24 * 30))


def believed(hours: float = 0, **more: Any) -> DisappearanceBelieved:
    """There is reason to believe that the child has disappeared."""
    return DisappearanceBelieved(at=after(hours), **more)


def done(hours: float, obligation: str, recipient: str | None = None, channel: str | None = None, **more: Any) -> Done:
    """Somebody did what is owed."""
    to = Recipient(recipient) if recipient else None
    by = Channel(channel) if channel else None
    return Done(at=after(hours), obligation=obligation, recipient=to, channel=by, **more)


def attempted(hours: float, obligation: str, recipient: str, **more: Any) -> Attempted:
    """Somebody tried."""
    return Attempted(at=after(hours), obligation=obligation, recipient=Recipient(recipient), **more)


def received(hours: float, obligation: str, recipient: str, by: str, **more: Any) -> Received:
    """Somebody at the receiver has it."""
    return Received(at=after(hours), obligation=obligation, recipient=Recipient(recipient), by=by, **more)


def reported(hours: float = 0.5) -> Done:
    """Reported missing to the police in person."""
    return done(hours, "a-1", "police_district", "in_person")


def the(answer: Derivation, id: str, recipient: str | None = None, **more: Any) -> Obligation:
    """The one obligation with that id, recipient and whatever else is named."""
    found = all_of(answer, id, recipient, **more)
    assert len(found) == 1, f"{len(found)} obligations {id} {recipient or ''} {more or ''}"
    return found[0]


def all_of(answer: Derivation, id: str, recipient: str | None = None, **more: Any) -> list[Obligation]:
    """Every obligation with that id, recipient and whatever else is named."""
    return [
        one
        for one in answer.obligations
        if one.id == id
        and recipient in {None, one.recipient}
        and all(getattr(one, name) == value for name, value in more.items())
    ]
