"""Looks made in an emergency while the access log could not be written: kept in files, and taken in when it can be.

Only break-glass comes here (I8); whatever else can't be logged is not shown. A file holds ids and no names, and is
readable by its owner only. The process that wrote it takes it in, since another host can't see it.
"""

import json
import logging
import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from uuid import UUID, uuid4

from django.conf import settings

from savnet.access.looks import Looking, write
from savnet.access.models import Look, Person
from savnet.access.rights import Action, FieldClass
from savnet.access.row_security import house

AFTERWARDS = "written_afterwards"

log = logging.getLogger(__name__)


def keep(person: Person, looking: Looking) -> None:
    """Keep a look until the log can be written. On disk before this returns; raises OSError where even that fails."""
    folder = _folder()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    aside = folder / f".{uuid4().hex}"
    with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        json.dump(_written(person, looking), file)
        file.flush()
        os.fsync(file.fileno())
    aside.rename(folder / f"{looking.at:%Y%m%dT%H%M%S%f}-{uuid4().hex}.json")


def waiting() -> list[Path]:
    """The looks that wait, the oldest first."""
    return sorted(_folder().glob("*.json"))


def take_in() -> int:
    """Write every waiting look to the log, and say how many; one that was written before a crash only once.

    One that can't be read, or is nobody's, goes on waiting for a person (the doctor names it) and stops no other.
    """
    taken = 0
    for file in waiting():
        with house("looks made in an emergency are written when the log can be"):
            try:
                person_id, looking = _read(file)
                person = Person.objects.get(id=person_id)
            except (ValueError, KeyError, TypeError, Person.DoesNotExist) as problem:
                log.error("a look that waits can't be read", exc_info=problem)
                continue
            if not Look.objects.filter(person_id=person_id, at=looking.at, screen=looking.screen).exists():
                write(person, looking)
        file.unlink(missing_ok=True)
        taken += 1
    return taken


def _folder() -> Path:
    return Path(settings.STATE) / "spool" / "looks"


def _written(person: Person, looking: Looking) -> dict[str, object]:
    return {
        "person": str(person.pk),
        "at": looking.at.isoformat(),
        "screen": looking.screen,
        "action": looking.action.value,
        "why": looking.why,
        "allowed": looking.allowed,
        "subject": str(looking.subject or ""),
        "subject_centre": str(looking.subject_centre or ""),
        "classes": list(_sorted(looking)),
    }


def _sorted(looking: Looking) -> Iterator[str]:
    yield from sorted(one.value for one in looking.classes)


def _read(file: Path) -> tuple[UUID, Looking]:
    kept = json.loads(file.read_text(encoding="utf-8"))
    looking = Looking(
        at=datetime.fromisoformat(kept["at"]),
        screen=kept["screen"],
        action=Action(kept["action"]),
        why=kept["why"],
        allowed=kept["allowed"],
        subject=UUID(kept["subject"]) if kept["subject"] else None,
        subject_centre=UUID(kept["subject_centre"]) if kept["subject_centre"] else None,
        classes=[FieldClass(one) for one in kept["classes"]],
    )
    return UUID(kept["person"]), replace(looking, why=f"{looking.why} {AFTERWARDS}")
