"""What the house has told this person of because nobody had acted; and taking it on, which keeps it still a while."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from savnet.access.models import Person
from savnet.access.rights import Action, Role
from savnet.cases.models import Case
from savnet.casework.loose_ends import LooseEnd, loose_ends
from savnet.casework.silence import Matter, alarms_of
from savnet.casework.silence import acknowledge as casework
from savnet.followup.models import Acknowledgement, Alarm
from savnet.policy.turns import PAUSES
from savnet.register.models import Resident
from savnet.rules.words import Actor
from savnet.web.desk import ACTORS
from savnet.web.followup import subject_text
from savnet.web.forms import Sheet, choice
from savnet.web.screen import Answer, Visit, screen
from savnet.web.sheets import fill, send, to_case
from savnet.web.shown_to import log_listed
from savnet.web.subjects import Nowhere, find_case, nowhere
from savnet.web.within_reach import children, reach

SHOWN = 50
MINUTES = tuple(int(one.total_seconds() // 60) for one in PAUSES)
PAUSE_WORDS = {30: _("I en halv time"), 60: _("I én time"), 120: _("I to timer"), 240: _("I fire timer")}


@dataclass(frozen=True, slots=True)
class Waits:
    """One matter that waits, with its words, who has been told, and until when it is kept still.

    `takes` is where it is taken on; empty where it waits for another office.
    """

    end: LooseEnd
    now: datetime
    told: tuple[Alarm, ...]
    pause: Acknowledgement | None
    takes: str

    @property
    def text(self) -> str:
        return subject_text(self.end.kind, self.end.subject)

    @property
    def late(self) -> bool:
        return self.end.limit <= self.now

    @property
    def next(self) -> datetime:
        """When somebody is told next, if nobody acts."""
        at = self.end.following(self.now).at
        return max(at, self.pause.until) if self.pause else at


@dataclass(frozen=True, slots=True)
class Told:
    """One alarm that fell to somebody, with whom it is about where she may know.

    `takes` is where she takes it on, in the newest alarm of what still waits for her office; `pause` is who has.
    """

    alarm: Alarm
    resident: Resident | None
    opens: str
    takes: str = ""
    pause: Acknowledgement | None = None

    @property
    def text(self) -> str:
        return subject_text(self.alarm.kind, self.alarm.subject)

    @property
    def reference(self) -> str:
        """What tells it from another's where no name is shown."""
        return self.alarm.case_id.hex[:8].upper()

    @property
    def href(self) -> str:
        return reverse(self.opens, args=[self.alarm.case_id])


@screen(Action.SEE_ALARMS, "web/alarms.html", of=nowhere)
def alarms(visit: Visit, _nowhere: Nowhere) -> dict[str, Any]:
    """The newest alarms that fell to this person, with whom each is about, and the way to the case."""
    mine = list(Alarm.objects.filter(person=visit.person).select_related("centre").order_by("-fired_at", "-id")[:SHOWN])
    opens, named = _opens(visit.person), _named(visit, (one.case_id for one in mine))
    if named:
        log_listed(visit, "alarms", Action.SEE_ALARMS)
    takes, paused = _takes(visit, mine), _paused({one.case_id for one in mine}, visit.now)
    rows = []
    for one in mine:
        matter = (one.case_id, one.subject)
        way = takes.pop(matter, "")
        rows.append(Told(one, named.get(one.case_id), opens, way, paused.get(matter) if way else None))
    return {"rows": rows, "place": "alarms"}


def _takes(visit: Visit, mine: list[Alarm]) -> dict[Matter, str]:
    """Where to take on what these alarms are about, if it still waits for the person's own office."""
    actor = ACTORS.get(Role(visit.person.role), Actor.CENTRE if visit.person.centre_id else None)
    if actor is None:
        return {}
    name = "acknowledge" if actor is Actor.CENTRE else "office-acknowledge"
    ends = loose_ends(visit.now, among={one.case_id for one in mine})
    return {(one.case_id, one.subject): taking(name, one) for one in ends if one.actor is actor}


def taking(name: str, end: LooseEnd) -> str:
    """The address, on the screen of that name, at which a matter is taken on."""
    return f"{reverse(name, args=[end.case_id])}?{urlencode({'sak': end.subject})}"


def _opens(person: Person) -> str:
    """The name of the screen on which the person opens a case."""
    if person.centre_id:
        return "case"
    return "overseen-child" if person.role == Role.NATIONAL_OVERSEER else "office-case"


def _named(visit: Visit, case_ids: Iterable[UUID]) -> dict[UUID, Resident]:
    """The child of each case that the person may see; who oversees the country sees none in a list."""
    if visit.person.role == Role.NATIONAL_OVERSEER:
        return {}
    seen = children(reach(visit.person), visit.person, visit.now)
    cases = Case.objects.filter(id__in=set(case_ids), resident__in=seen.order_by()).select_related("resident")
    return {one.id: one.resident for one in cases}


@screen(Action.RECORD, "web/waiting.html", of=find_case)
def waiting(visit: Visit, case: Case) -> dict[str, Any]:
    """All that waits in one case: since when, who has been told, and when somebody is told next."""
    ends = loose_ends(visit.now, case_id=case.id)
    return show_waiting(visit, case, ends, of=Actor.CENTRE, take="acknowledge", back=to_case(case))


def show_waiting(
    visit: Visit, case: Case, ends: Iterable[LooseEnd], *, of: Actor, take: str, back: str
) -> dict[str, Any]:
    """What of this is due, what is latest first. Whoever it waits for takes it on, by the screen named `take`."""
    told, paused = alarms_of(case.id), _paused({case.id}, visit.now)
    found = [
        Waits(
            end,
            visit.now,
            tuple(told.get(end.subject, ())),
            paused.get((case.id, end.subject)),
            taking(take, end) if end.actor is of else "",
        )
        for end in ends
        if end.due(visit.now)
    ]
    return {"case": case, "back": back, "waiting": sorted(found, key=lambda one: (not one.late, one.end.limit))}


def _paused(case_ids: Collection[UUID], now: datetime) -> dict[Matter, Acknowledgement]:
    """Who keeps what still in these cases: of each matter, whoever does so the longest."""
    paused = Acknowledgement.objects.filter(case_id__in=case_ids, until__gt=now).select_related("person")
    return {(one.case_id, one.subject): one for one in paused.order_by("until")}


class AcknowledgeSheet(Sheet):
    """For how long."""

    pause = choice(
        _("Hvor lenge skal varslene stå stille?"),
        tuple((str(minutes), PAUSE_WORDS[minutes]) for minutes in MINUTES),
        required=_("Velg hvor lenge."),
        initial="60",
    )


@screen(Action.RECORD, "web/acknowledge.html", of=find_case)
def acknowledge(visit: Visit, case: Case) -> Answer:
    """Take a matter on. What it is stands in the address as `sak`, and says nothing of the child."""
    return take_on(visit, case, of=Actor.CENTRE, back=reverse("waiting", args=[case.id]))


def take_on(visit: Visit, case: Case, *, of: Actor, back: str) -> Answer:
    """The same for what waits for the centre or an office, and for nobody else."""
    subject = visit.request.GET.get("sak", "")
    mine = (one for one in loose_ends(visit.now, case_id=case.id) if one.actor is of)
    end = next((one for one in mine if one.subject == subject), None)
    if end is None:
        messages.info(visit.request, gettext("Dette venter ikke lenger: noen har gjort det."))
        return redirect(back)
    form = fill(AcknowledgeSheet, visit)

    def act(given: Mapping[str, Any]) -> str:
        pause = timedelta(minutes=int(given["pause"]))
        casework(case.id, subject, pause=pause, by=visit.person, now=visit.now, actor=of)
        return back

    said = gettext("Varslene står stille en stund. Fristen løper som før.")
    text = subject_text(end.kind, end.subject)
    return send(visit, form, act, said=said) or {
        "case": case,
        "form": form,
        "back": back,
        "text": text,
        "limit": end.latest,
        "late": end.limit <= visit.now,
    }
