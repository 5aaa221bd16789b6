"""What waits for an office in a case, and who there has been told; and taking it on, which keeps it still a while."""

from typing import Any

from django.http import Http404
from django.urls import reverse

from savnet.access.models import Person
from savnet.access.rights import Action
from savnet.cases.models import Case
from savnet.casework.loose_ends import loose_ends
from savnet.rules.words import Actor
from savnet.web.alarms import show_waiting, take_on
from savnet.web.desk import desk, find_told
from savnet.web.office_sheets import to_office_case
from savnet.web.screen import Answer, Visit, screen


@screen(Action.ACT_FOR_OFFICE, "web/waiting.html", of=find_told)
def office_waiting(visit: Visit, case: Case) -> dict[str, Any]:
    """What the office itself is to do or to go after: what waits for the centre is the centre's."""
    mine = _actor(visit.person)
    ends = (one for one in loose_ends(visit.now, case_id=case.id) if one.actor is mine)
    return show_waiting(visit, case, ends, of=mine, take="office-acknowledge", back=to_office_case(case))


@screen(Action.ACT_FOR_OFFICE, "web/acknowledge.html", of=find_told)
def office_acknowledge(visit: Visit, case: Case) -> Answer:
    """Take a matter of the office's on."""
    return take_on(visit, case, of=_actor(visit.person), back=reverse("office-waiting", args=[case.id]))


def _actor(person: Person) -> Actor:
    """Who the office is among those who owe something. Raises Http404 where it only receives: nothing waits for it."""
    actor = desk(person).actor
    if actor is None:
        raise Http404("nothing waits for an office that only receives")
    return actor
