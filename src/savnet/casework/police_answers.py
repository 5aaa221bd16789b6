"""What is given to the police on a written request: taken from the register once, kept as it was, and made a letter."""

from collections.abc import Collection
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from savnet.access.models import Person
from savnet.casework.draft import sender
from savnet.casework.in_norwegian import in_norwegian
from savnet.letters import PoliceAnswer, Sender, WhoSheIs
from savnet.register.models import InformationRequest, LeaveKind, Resident, Transfer, TransferState

Kept = dict[str, Any]


@in_norwegian
def as_given(request: InformationRequest, fields: Collection[str], *, moved_to: str, by: Person, now: datetime) -> Kept:
    """The letter's whole content as the register has it now; of the child nothing beside `fields` and the name."""
    resident = request.resident
    kept: Kept = {
        "sender": asdict(sender(resident.centre, by)),
        "written_at": now.replace(microsecond=0).isoformat(),
        "name": resident.name,
    }
    if "identity" in fields:
        kept["identity"] = {"born": _day(resident.born), "nationality": resident.citizenship}
    if "stay" in fields:
        kept["stay"] = [_day(resident.arrived), _day(resident.left)]
    if "away" in fields:
        kept["away"] = [[began.isoformat(), ended.isoformat()] for began, ended in leaves(resident, now)]
    if "moved_to" in fields:
        kept["moved_to"] = moved_to or known_residence(resident)
    return kept


def leaves(resident: Resident, now: datetime) -> list[tuple[datetime, datetime]]:
    """When leaves that have begun began and ended; nothing of where or with whom.

    A stay for the sake of her health is no leave, and when it was is not the police's to know by this provision.
    """
    agreed = resident.leaves.filter(replaced_by=None).exclude(kind=LeaveKind.HEALTH.value)
    begun = agreed.filter(from_at__lte=now).order_by("from_at")
    spans = ((one.from_at, min(one.ended_at or one.return_at, one.return_at)) for one in begun)
    return [(began, ended) for began, ended in spans if ended > began]


def known_residence(resident: Resident) -> str:
    """The centre that the child last moved to, as far as the register knows; empty where it knows of none."""
    moved = Transfer.objects.filter(resident=resident, state=TransferState.ARRIVED).select_related("to_centre")
    last = moved.order_by("arrived_at").last()
    return last.to_centre.name if last else ""


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def answer_of(request: InformationRequest) -> PoliceAnswer:
    """The letter, from what is kept."""
    kept: Kept = request.given or {}
    who = kept.get("identity") or {}
    sent_by = {**kept["sender"], "address": tuple(kept["sender"]["address"])}
    asked_on = request.dated or request.noted_at.date()
    return PoliceAnswer(
        sender=Sender(**sent_by),
        receiver=tuple(filter(None, (request.office, request.person))),
        written_at=datetime.fromisoformat(kept["written_at"]),
        reference=request.short_id,
        their_reference=request.reference,
        asked_on=asked_on,
        who=WhoSheIs(name=kept["name"], born=_read_day(who.get("born")), nationality=who.get("nationality") or ""),
        identity="identity" in kept,
        stay=(_read_day(kept["stay"][0]), _read_day(kept["stay"][1])) if "stay" in kept else None,
        away=_read_spans(kept["away"]) if "away" in kept else None,
        moved_to=kept.get("moved_to"),
        exercise=request.resident.centre.invented,
    )


def _read_day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _read_spans(spans: list[list[str]]) -> tuple[tuple[datetime, datetime], ...]:
    return tuple((datetime.fromisoformat(began), datetime.fromisoformat(ended)) for began, ended in spans)
