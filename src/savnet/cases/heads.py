"""Where each ledger ended at an instant, signed and kept elsewhere: what shows that a tail was cut or all rewritten.

The chain of a case shows a change to any record, but whoever can write everything can write a shorter chain with an
earlier head. Only what was written down before, where that person can't reach it, tells.
"""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection

from savnet.access.looks_verifying import LookEnd, ends
from savnet.cases.errors import DamagedLedger
from savnet.cases.verifying import Damage
from savnet.sealing import NoKeyFile, Signer

FORM = "savnet heads 1"
SIGNING_KEY = "heads-signing-key"

NOW = """
    SELECT c.id, c.head_sequence, encode(c.head_hash, 'hex'), r.recorded_at, r.hash IS NOT DISTINCT FROM c.head_hash
    FROM cases_case c LEFT JOIN cases_record r ON r.case_id = c.id AND r.sequence = c.head_sequence
    ORDER BY c.id
"""
THEN = """
    SELECT h.case_id, h.sequence, h.hash, encode(r.hash, 'hex'),
           (SELECT coalesce(max(sequence), 0) FROM cases_record WHERE case_id = h.case_id)
    FROM unnest(%s::uuid[], %s::int[], %s::text[]) AS h (case_id, sequence, hash)
    LEFT JOIN cases_record r ON r.case_id = h.case_id AND r.sequence = h.sequence
    ORDER BY 1
"""


class NotHeads(Exception):
    """The file of heads can't be trusted: it is none, or was changed since, or another key signed it."""


@dataclass(frozen=True, slots=True)
class Head:
    """The last record of a case: its number, its hash, and when it was recorded."""

    case_id: UUID
    sequence: int
    hash: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class Heads:
    """Where every ledger, and every chain of the access log, ended when this was written."""

    written_at: datetime
    heads: tuple[Head, ...]
    looks: tuple[LookEnd, ...] = ()


def heads_now(now: datetime) -> Heads:
    """Where every ledger ends, as of one instant. Raises DamagedLedger where a case's end isn't its last record."""
    with connection.cursor() as cursor:
        cursor.execute(NOW)
        rows = cursor.fetchall()
    for case_id, sequence, _, _, whole in rows:
        if not whole:
            raise DamagedLedger(case_id, sequence, "is not the record that the case says it ends with")
    return Heads(now, tuple(Head(*row[:4]) for row in rows), ends())


def write_heads(path: Path, now: datetime) -> Heads:
    """Write where every ledger ends to a new file, signed. Raises FileExistsError: no file is ever replaced."""
    heads = heads_now(now)
    signer = _signer()
    content = _content(heads, signer.public)
    text = json.dumps({**content, "signature": signer.sign(_bytes(content))}, indent=1)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(f"{text}\n")
        file.flush()
        os.fsync(file.fileno())
    return heads


def read_heads(path: Path) -> Heads:
    """The heads in a file. Raises NotHeads, or NoKeyFile where the key that should have signed it is gone."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        signature = str(found.pop("signature"))
        if found["form"] != FORM:
            raise ValueError(found["form"])
        heads = _parsed(found)
    except (ValueError, KeyError, TypeError, AttributeError) as unreadable:
        raise NotHeads(f"{path} is not a file of heads that write-heads has written.") from unreadable
    signer = Signer(signing_key())
    if found["signed_by"] != signer.public:
        raise NotHeads(f"{path} was signed with another key than {signing_key()}. Restore the key that signed it.")
    if not signer.signed(_bytes(found), signature):
        raise NotHeads(f"{path} was changed after it was signed. Use another copy of it.")
    return heads


def compare(then: Heads) -> Iterator[Damage]:
    """Every case whose ledger is shorter than it was then, or was another."""
    columns = [[getattr(head, name) for head in then.heads] for name in ("case_id", "sequence", "hash")]
    with connection.cursor() as cursor:
        cursor.execute(THEN, columns)
        for case_id, sequence, was, now, last in cursor.fetchall():
            if now is None:
                yield Damage(case_id, min(last + 1, sequence), f"is gone: the ledger went on to record {sequence}")
            elif now != was:
                yield Damage(case_id, sequence, "is not the record that stood here when the heads were written")


def signing_key() -> Path:
    """The signing key lies beside the wrapping keys, never in the database."""
    return Path(settings.KEY_FILE).with_name(SIGNING_KEY)


def _signer() -> Signer:
    try:
        return Signer(signing_key())
    except NoKeyFile:
        return Signer.create(signing_key())


def _content(heads: Heads, public: str) -> dict[str, Any]:
    return {
        "form": FORM,
        "written_at": heads.written_at.isoformat(),
        "signed_by": public,
        "heads": [[str(one.case_id), one.sequence, one.hash, one.recorded_at.isoformat()] for one in heads.heads],
        "looks": [[str(one.person_id), one.number, one.hash, one.at.isoformat()] for one in heads.looks],
    }


def _bytes(content: dict[str, Any]) -> bytes:
    """One way to write it, so that the signature doesn't hang on line breaks."""
    return json.dumps(content, sort_keys=True, separators=(",", ":")).encode()


def _parsed(content: dict[str, Any]) -> Heads:
    heads = tuple(
        Head(UUID(case_id), int(sequence), str(hash_), datetime.fromisoformat(recorded_at))
        for case_id, sequence, hash_, recorded_at in content["heads"]
    )
    looks = tuple(
        LookEnd(UUID(person_id), int(number), str(hash_), datetime.fromisoformat(at))
        for person_id, number, hash_, at in content.get("looks", ())  # files from before there was an access log
    )
    return Heads(datetime.fromisoformat(content["written_at"]), heads, looks)
