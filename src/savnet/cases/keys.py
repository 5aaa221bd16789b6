"""The key of each case: made with the case, wrapped by a key outside the database, and used for all its content."""

from collections.abc import Collection
from uuid import UUID

from django.conf import settings
from django.db import connection

from savnet.cases.errors import DamagedLedger, NoSuchCase
from savnet.cases.models import Case, CaseKey
from savnet.sealing import FileKeys, KeyService, NoKeyFile, Tampered, Wrapped, binding, new_key, open_sealed, seal


def key_service() -> KeyService:
    """The wrapping keys, in the file that the settings name."""
    return key_file()


def key_file() -> FileKeys:
    """The key file; made on the very first use, never where cases already exist that another file must open."""
    try:
        return FileKeys(settings.KEY_FILE)
    except NoKeyFile:
        if CaseKey.objects.exists():
            raise
        return FileKeys.create(settings.KEY_FILE)


def make_key(case: Case) -> bytes:
    """A new key for a new case, kept wrapped."""
    with connection.cursor() as cursor:
        # Taken before the wrapping key is read: retiring a wrapping key waits for those who may be using it.
        cursor.execute(f"LOCK TABLE {CaseKey._meta.db_table} IN ROW EXCLUSIVE MODE")
    key = new_key()
    wrapped = key_service().wrap(key, bound_to(case.id))
    CaseKey.objects.create(case=case, wrapping_key=wrapped.key_id, sealed=wrapped.sealed)
    return key


def key_of(case_id: UUID) -> bytes:
    """The case's key. Raises DamagedLedger if it does not open, UnknownKey if its wrapping key is not at hand."""
    return keys_of([case_id])[case_id]


def keys_of(case_ids: Collection[UUID]) -> dict[UUID, bytes]:
    """The same of several cases, asked of the database at once."""
    kept, service = CaseKey.objects.in_bulk(case_ids), key_service()
    if gone := [one for one in case_ids if one not in kept]:
        raise _without_key(gone[0])
    wrapped = ((one, kept[one]) for one in case_ids)
    return {one: unwrapped(one, Wrapped(key.wrapping_key, bytes(key.sealed)), service=service) for one, key in wrapped}


def _without_key(case_id: UUID) -> Exception:
    if Case.objects.filter(id=case_id).exists():
        return DamagedLedger(case_id, None, "the key of the case is gone")
    return NoSuchCase(case_id)


def unwrapped(case_id: UUID, wrapped: Wrapped, *, service: KeyService | None = None) -> bytes:
    """The case's key from its wrapped form; by `service`, where the wrapping keys have been read already."""
    try:
        return (service or key_service()).unwrap(wrapped, bound_to(case_id))
    except Tampered as broken:
        raise DamagedLedger(case_id, None, "the key of the case does not open") from broken


def bound_to(case_id: UUID) -> bytes:
    """What a case's wrapped key is bound to, so that it opens for no other case."""
    return binding("cases.case_key", case_id)


def seal_for(case_id: UUID, purpose: str, data: bytes) -> bytes:
    """Seal something that belongs to a case, such as a letter, under the key of the case. `purpose` names it."""
    return seal(key_of(case_id), data, binding("cases.sealed_for", case_id, purpose))


def open_for(case_id: UUID, purpose: str, sealed: bytes) -> bytes:
    """Open what `seal_for` sealed for the same case and purpose. Raises Tampered for anything else."""
    return open_sealed(key_of(case_id), sealed, binding("cases.sealed_for", case_id, purpose))
