"""Change the wrapping key: a new one is made, every case key is wrapped anew, and old ones are forgotten on request."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db import connection, transaction

from savnet.cases.errors import DamagedLedger
from savnet.cases.keys import bound_to, key_file, unwrapped
from savnet.cases.models import CaseKey
from savnet.sealing import FileKeys, UnknownKey, Wrapped

BATCH = 200


@dataclass(slots=True)
class Rotation:
    """What a rotation did. `resumed` says that it finished one that had been stopped, and made no new key."""

    key_id: str
    resumed: bool
    rewrapped: int = 0
    unopened: list[UUID] = field(default_factory=list)


def rotate() -> Rotation:
    """Rotate to a new wrapping key, or finish a rotation that was stopped midway."""
    keys = key_file()
    resumed = CaseKey.objects.exclude(wrapping_key=keys.current()).exists()
    rotation = Rotation(keys.current() if resumed else keys.add(), resumed)
    last: UUID | None = None
    while batch := _rewrap_batch(keys, rotation, last):
        last = batch[-1].case_id
    return rotation


def _rewrap_batch(keys: FileKeys, rotation: Rotation, after: UUID | None) -> Sequence[CaseKey]:
    """A batch is one transaction: stopped midway, each key is whole under the old wrapping key or the new."""
    with transaction.atomic():
        waiting = CaseKey.objects.select_for_update().exclude(wrapping_key=rotation.key_id).order_by("case_id")
        batch = list((waiting.filter(case_id__gt=after) if after else waiting)[:BATCH])
        rewrapped = [kept for kept in batch if _rewrap(keys, rotation, kept)]
        CaseKey.objects.bulk_update(rewrapped, ["wrapping_key", "sealed"])
    rotation.rewrapped += len(rewrapped)
    return batch


def _rewrap(keys: FileKeys, rotation: Rotation, kept: CaseKey) -> bool:
    try:
        key = unwrapped(kept.case_id, Wrapped(kept.wrapping_key, bytes(kept.sealed)))
    except (DamagedLedger, UnknownKey):
        rotation.unopened.append(kept.case_id)  # named in the end; one damaged key must not keep the rest from moving
        return False
    wrapped = keys.wrap(key, bound_to(kept.case_id))
    kept.wrapping_key, kept.sealed = wrapped.key_id, wrapped.sealed
    return True


def retire() -> tuple[list[str], dict[str, int]]:
    """Forget the old wrapping keys that wrap no case. Returns those, and how many cases each kept one still wraps."""
    keys = key_file()
    retired: list[str] = []
    in_use: dict[str, int] = {}
    with transaction.atomic(), connection.cursor() as cursor:
        # Waits for those who are opening cases: they may hold an old wrapping key that no committed row shows yet.
        cursor.execute(f"LOCK TABLE {CaseKey._meta.db_table} IN EXCLUSIVE MODE")
        for key_id in sorted(keys.known() - {keys.current()}):
            if wrapped := CaseKey.objects.filter(wrapping_key=key_id).count():
                in_use[key_id] = wrapped
            else:
                keys.retire(key_id)
                retired.append(key_id)
    return retired, in_use
