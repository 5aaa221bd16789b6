"""Open the case of a resident: at most one, however many try at once."""

import uuid
from datetime import datetime
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser

from savnet.cases.chain import first_link
from savnet.cases.keys import make_key
from savnet.cases.models import Case
from savnet.cases.payload import Payload
from savnet.cases.recording import append, one_transaction
from savnet.rules.events import CircumstancesNoted
from savnet.rules.facts import Centre, Resident


def open_case(
    *, resident_id: UUID, centre_id: UUID, centre: Centre, resident: Resident, by: AbstractBaseUser, now: datetime
) -> Case:
    """The resident's case, opened now if there is none. One who comes second gets the case that is there."""
    new = Case(id=uuid.uuid4(), resident_id=resident_id, centre_id=centre_id, opened_at=now, opened_by_id=by.pk)
    new.head_hash = first_link(case_id=new.id, resident_id=resident_id, opened_at=now, opened_by=by.pk)
    with one_transaction(None):
        # Waits for another who is opening at this moment, and leaves the row alone if that one got there first.
        Case.objects.bulk_create([new], ignore_conflicts=True)
        case = Case.objects.select_for_update(of=("self",)).get(resident_id=resident_id)
        if case.id == new.id:
            noted = CircumstancesNoted(at=now, centre=centre, resident=resident)
            append(case, (), [Payload(noted, centre_id)], key=make_key(case), by=by, now=now)
    return case
