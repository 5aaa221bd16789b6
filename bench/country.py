"""A country of centres and cases, put into the database at once: the demo's stories, told again of invented children.

Each case has a key of its own and a ledger that is sealed and chained like any other; `savnet verify-ledger` finds
nothing wrong with it. What is simpler than in life: the letters are one short text each, and the hours are the same.
"""

import random
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid4

from django.db import connection
from psycopg.types.json import Jsonb

from savnet.cases.chain import Place, first_link, link
from savnet.cases.keys import bound_to, key_of, key_service
from savnet.cases.models import Case, Record
from savnet.casework.kept import letter_purpose
from savnet.register.models import Centre, Resident
from savnet.sealing import binding, new_key, open_sealed, seal

SYLLABLES = [a + b for a in "bmhrstfdnklz" for b in ("a", "i", "u", "am", "ir")]
REGIONS = ("fjord", "fjell", "dal", "kyst", "vidde")
LETTER = b"Et brev."
BY_CHILD = ("register_contact", "register_appointment", "register_telephone", "register_networkperson")
BY_CASE = ("cases_obligationrow", "delivery_message", "followup_watch", "followup_readledger", "followup_openitem")
BY_MESSAGE = ("delivery_attempt", "delivery_receipt")
Row = dict[str, Any]


class Story:
    """One child's rows, as they lie in the database, and what its ledger says."""

    def __init__(self, child: Resident, *, left: date | None = None) -> None:
        """`left` is the day on which the other children have moved out."""
        self.left = left
        case = Case.objects.get(resident=child)
        key = key_of(case.id)
        self.case, self.child = _rows("cases_case", "id", [case.id])[0], _rows("register_resident", "id", [child.id])[0]
        self.about_the_child = {table: _rows(table, "resident_id", [child.id]) for table in BY_CHILD}
        self.of_the_case = {table: _rows(table, "case_id", [case.id]) for table in BY_CASE}
        letters = [row["id"] for row in self.of_the_case["delivery_message"]]
        self.of_the_letters = {table: _rows(table, "message_id", letters) for table in BY_MESSAGE}
        self.records = [
            (_place(one, case.id), open_sealed(key, bytes(one.sealed), _place(one, case.id).bound()))
            for one in Record.objects.filter(case=case).order_by("sequence")
        ]
        self.letters = letters

    def told_again(self, centre: UUID, drawn: random.Random) -> Iterator[tuple[str, Row]]:
        """The rows of another child of another centre, to whom the same has happened."""
        case_id, child_id = uuid4(), uuid4()
        new = {self.case["id"]: case_id, self.child["id"]: child_id, self.case["centre_id"]: centre}
        new |= {one: uuid4() for one in self.letters}
        key = new_key()
        wrapped = key_service().wrap(key, bound_to(case_id))
        yield "register_resident", _changed(self.child, new) | _name(drawn) | {"left": self.left}
        yield from ((table, _changed(row, new)) for table, rows in self.about_the_child.items() for row in rows)
        ledger = list(self._ledger(key, new))
        head = {"head_sequence": len(ledger), "head_hash": ledger[-1]["hash"]}
        yield "cases_case", _changed(self.case, new) | head
        yield "cases_casekey", {"case_id": case_id, "wrapping_key": wrapped.key_id, "sealed": wrapped.sealed}
        yield from (("cases_record", row) for row in ledger)
        for table, rows in self.of_the_case.items():
            yield from ((table, _changed(row, new) | _letter(table, row, new, key=key)) for row in rows)
        yield from ((table, _changed(row, new)) for table, rows in self.of_the_letters.items() for row in rows)

    def _ledger(self, key: bytes, new: Mapping[Any, Any]) -> Iterator[Row]:
        case_id = new[self.case["id"]]
        opened = {"opened_at": self.case["opened_at"], "opened_by": self.case["opened_by_id"]}
        previous = first_link(case_id=case_id, resident_id=new[self.child["id"]], **opened)
        for old, written in self.records:
            place = Place(case_id, old.sequence, old.recorded_at, old.recorded_by)
            sealed = seal(key, _renamed(written, new), place.bound())
            yield {
                "case_id": case_id,
                "sequence": old.sequence,
                "recorded_at": old.recorded_at,
                "recorded_by_id": old.recorded_by,
                "sealed": sealed,
                "previous": previous,
                "hash": (previous := link(place, sealed, previous)),
            }


def _place(one: Record, case_id: UUID) -> Place:
    return Place(case_id, one.sequence, one.recorded_at, one.recorded_by_id)


def _renamed(written: bytes, new: Mapping[Any, Any]) -> bytes:
    for old, other in new.items():
        written = written.replace(str(old).encode(), str(other).encode())
    return written


def _letter(table: str, row: Row, new: Mapping[Any, Any], *, key: bytes) -> Row:
    if table != "delivery_message":
        return {}
    bound = binding("cases.sealed_for", new[row["case_id"]], letter_purpose(new[row["id"]]))
    return {"sealed_letter": seal(key, LETTER, bound), "letter_sha256": sha256(LETTER).hexdigest()}


def _changed(row: Row, new: Mapping[Any, Any]) -> Row:
    """The row with other ids. Numbers that the database gives by itself are left to it."""
    kept = {name: value for name, value in row.items() if not (name == "id" and isinstance(value, int))}
    own = {"id": uuid4()} if isinstance(row.get("id"), UUID) and row["id"] not in new else {}
    return {name: new.get(value, value) if isinstance(value, UUID) else value for name, value in kept.items()} | own


def _name(drawn: random.Random) -> Row:
    given, family = ("".join(drawn.choices(SYLLABLES, k=drawn.choice((2, 3, 4)))).title() for _ in "ab")
    original = f"محمد {family}" if drawn.random() < 1 / 3 else ""
    number = f"20{drawn.randrange(10**10):010}"
    return {"given_name": given, "family_name": family, "original_name": original, "duf_number": number}


def _rows(table: str, column: str, wanted: list[Any]) -> list[Row]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table} WHERE {column} = ANY (%s)", [wanted])  # noqa: S608 - our own names
        names = [one.name for one in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def centres(many: int, like: Centre) -> list[Centre]:
    """So many centres over five regions, the first of them the one that is there."""
    made = [
        Centre(
            name=f"Oppdiktet mottak {number}",
            operator=like.operator,
            municipality_id=like.municipality_id,
            region=REGIONS[number % len(REGIONS)],
            capacity=like.capacity,
        )
        for number in range(1, many)
    ]
    return [like, *Centre.objects.bulk_create(made)]


def settle(stories: Iterable[Story], homes: Iterable[Centre]) -> None:
    """Each story once at each of these centres."""
    drawn, told = random.Random(20151), list(stories)  # noqa: S311 - the same children each time
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")  # what a trigger would check is so
    for home in homes:
        rows: dict[str, list[Row]] = {}
        for table, row in (one for story in told for one in story.told_again(home.id, drawn)):
            rows.setdefault(table, []).append(row)
        for table, some in rows.items():
            _copy(table, some)
    with connection.cursor() as cursor:
        cursor.execute("RESET session_replication_role")


def _copy(table: str, rows: list[Row]) -> None:
    columns = ", ".join(f'"{name}"' for name in rows[0])
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row([Jsonb(value) if isinstance(value, dict | list) else value for value in row.values()])
