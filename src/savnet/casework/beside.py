"""What is composed beside a letter, for every channel by which it may come to go; and why one can't carry it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from savnet.casework.case_at_hand import CaseAtHand
from savnet.delivery.channels.eformidling.archive_notice import ArchiveNotice, remark_for
from savnet.delivery.channels.fiks.fitting import DoesNotFit
from savnet.delivery.channels.fiks.from_letter import concern_message
from savnet.delivery.channels.svarut.cover import Cover
from savnet.letters import ConcernReport, CopyCover, Letter
from savnet.register.models import Municipality
from savnet.register.resolution import NoRecipient, Resolution
from savnet.register.routing import resolve
from savnet.rules import Obligation
from savnet.rules.time import norwegian_day
from savnet.rules.words import Channel, Recipient


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A letter that is written, and what it is about: from this all that goes beside it is made."""

    case: CaseAtHand
    obligation: Obligation
    resolution: Resolution
    letter: Letter
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """What goes beside a letter, by channel; and why it does not fit those that it was not made for to fit."""

    parts: Mapping[Channel, bytes]
    unfit: Mapping[Channel, str]


def beside(written: Written, channels: Iterable[Channel]) -> Beside:
    """What each of these channels needs beside the letter. Some need nothing."""
    parts, unfit = {}, {}
    for channel in set(channels) & _MAKERS.keys():
        try:
            parts[channel] = _MAKERS[channel](written)
        except DoesNotFit as misfit:
            unfit[channel] = misfit.reason
    return Beside(parts=parts, unfit=unfit)


def _archived(written: Written) -> bytes:
    resident = written.case.resident
    copy_of = written.obligation.copy_of
    return ArchiveNotice(
        title=written.title,
        sender=written.letter.envelope.sender.office,
        receiver=written.resolution.name,
        written_by=written.letter.envelope.sender.person,
        written_at=written.case.now,
        name=resident.name,
        number=resident.duf_number or "",
        copies=_copies(written),
        remark=remark_for(written.obligation.id, copy_of),
    ).write()


def _copies(written: Written) -> tuple[str, ...]:
    """The region has a copy of the reports to police and child welfare (d-5)."""
    centre = written.case.resident.centre
    if isinstance(written.letter, CopyCover) or written.obligation.id not in {"a-1", "b-4"} or not centre.region:
        return ()
    try:
        return (resolve(Recipient.REGION, resident=written.case.resident, on=norwegian_day(written.case.now)).name,)
    except NoRecipient:
        return ()  # the duty to send the copy says so by itself


def _covered(written: Written) -> bytes:
    return Cover(receiver=written.resolution.name, address=_lines(written.resolution.address)).write()


def _formed(written: Written) -> bytes:
    """The portal's form of a concern report. Raises DoesNotFit for other letters, and for one that doesn't fit it."""
    number = written.resolution.municipality
    if not isinstance(written.letter, ConcernReport) or not number:
        raise DoesNotFit("Bare bekymringsmeldinger kan sendes gjennom Fiks.")
    centre = written.case.resident.centre
    place = f"{centre.postal_code} {centre.postal_place}".strip()
    return concern_message(
        written.letter,
        written.resolution.language,
        municipality=number,
        municipality_name=Municipality.objects.get(number=number).name,
        lives_at=tuple(filter(None, (centre.name, centre.address, place))),
    ).data()


def _lines(address: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in address.splitlines() if line.strip())


_MAKERS: Mapping[Channel, Callable[[Written], bytes]] = {
    Channel.EFORMIDLING: _archived,
    Channel.SVARUT: _covered,
    Channel.FIKS: _formed,
}
