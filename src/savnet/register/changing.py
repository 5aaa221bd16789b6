"""Who stands behind a change of the register, told to the database for the log that it keeps (`RegisterChange`)."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import connection

TELL = (
    "SELECT set_config('savnet.change_by', %s, true), set_config('savnet.change_with', %s, true), "
    "set_config('savnet.change_why', %s, true)"
)


@contextmanager
def changed_by(person_id: UUID, *, proposed_by: UUID | None = None, why: str = "") -> Iterator[None]:
    """In a transaction: what is changed within is this person's doing; a change that two agreed on names both."""
    _tell(str(person_id), str(proposed_by or ""), why[:1000])
    yield
    _tell("", "", "")


def _tell(by: str, proposed_by: str, why: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(TELL, [by, proposed_by, why])
