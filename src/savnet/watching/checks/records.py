"""Questions to the ledger: do the keys open the cases, and do the chains end where their cases say?"""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from django.conf import settings

from savnet.cases.chain import Place, first_link, link
from savnet.cases.errors import DamagedLedger
from savnet.cases.keys import key_of
from savnet.cases.models import Case, CaseKey, Record
from savnet.sealing import DamagedKeyFile, FileKeys, LooseRights, NoKeyFile, UnknownKey
from savnet.watching.findings import Finding, not_set_up, well, wrong

SAMPLE = 20
NOTHING_OPENS = "restore the key file from its own backup; without it nothing can be read"


def keys(now: datetime) -> Iterator[Finding]:
    """Whether the key file is there, is its owner's alone, holds every key in use, and opens a sample of cases."""
    try:
        known = FileKeys(settings.KEY_FILE).known()
    except LooseRights as problem:
        yield wrong("keys", str(problem), f"chmod 600 {settings.KEY_FILE}, and find out who has read it")
        return
    except (NoKeyFile, DamagedKeyFile) as problem:
        if isinstance(problem, NoKeyFile) and not CaseKey.objects.exists():
            yield not_set_up("keys", "no key file yet: it is made with the first case")
        else:
            yield wrong("keys", str(problem), NOTHING_OPENS)
        return
    wanted = set(CaseKey.objects.values_list("wrapping_key", flat=True).distinct())
    if lost := wanted - known:
        yield wrong("keys", f"{len(lost)} wrapping keys that cases are under are not in the file", NOTHING_OPENS)
    yield from _sample(sample())


def _sample(cases: list[UUID]) -> Iterator[Finding]:
    closed = [case_id for case_id in cases if not _opens(case_id)]
    if closed:
        yield wrong("keys", f"{len(closed)} of {len(cases)} case keys do not open, as of {closed[0]}", NOTHING_OPENS)
    else:
        yield well("keys", f"file for its owner only; {len(cases)} case keys opened")


def _opens(case_id: UUID) -> bool:
    try:
        return bool(key_of(case_id))
    except (DamagedLedger, UnknownKey):
        return False


def sample() -> list[UUID]:
    """Some cases, drawn anew each time: asked every day, all are asked in the end."""
    return list(Case.objects.order_by("?").values_list("id", flat=True)[:SAMPLE])


def heads(now: datetime) -> Iterator[Finding]:
    """Whether the chain of records of a sample of cases is whole from the first to the head."""
    cases = Case.objects.filter(id__in=sample())
    broken = [case.id for case in cases if not chain_holds(case)]
    if broken:
        says = f"{len(broken)} of {len(cases)} chains are broken, as that of case {broken[0]}"
        yield wrong("ledger", says, "run savnet verify-ledger for the extent, then restore from a backup")
    else:
        yield well("ledger", f"{len(cases)} chains whole up to their heads")


def chain_holds(case: Case) -> bool:
    """Whether every record follows the one before it, and the last is the case's head."""
    previous = first_link(
        case_id=case.id, resident_id=case.resident_id, opened_at=case.opened_at, opened_by=case.opened_by_id
    )
    number = 0
    for number, record in enumerate(Record.objects.filter(case=case).order_by("sequence"), start=1):
        place = Place(record.case_id, record.sequence, record.recorded_at, record.recorded_by_id)
        if record.sequence != number or bytes(record.previous) != previous:
            return False
        previous = link(place, bytes(record.sealed), previous)
    return (number, previous) == (case.head_sequence, bytes(case.head_hash))
