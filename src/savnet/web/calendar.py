"""A person's own calendar of deadlines, fetched by a program with a secret link: when, and that it is in Savnet.

Whoever reads the calendar, or the company that keeps it, learns neither whom nor what it is about, nor how many wait at
the same minute.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils import timezone, translation
from django.utils.translation import gettext
from icalendar import Calendar, Event

from savnet.access.models import Person
from savnet.access.relations import offices
from savnet.access.row_security import asking, house, seen_as
from savnet.access.sign_in.secrets_at_rest import keyed_hash
from savnet.cases.owed import owed, owed_by
from savnet.followup import calendars
from savnet.web.desk import desk
from savnet.web.screen import open_screen

WHY = "a calendar program has no account; the secret in the address lets it in, and it gets instants alone"
LASTS = timedelta(minutes=15)
KEPT_AFTER = timedelta(days=1)
"""So long a deadline that passed stands there still, if nobody has met it; older ones are for the screens."""
MOST = 300
TYPE = "text/calendar; charset=utf-8"


@open_screen(WHY)
def calendar(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar, or nothing that tells whether there ever was one."""
    if request.method not in {"GET", "HEAD"}:
        return HttpResponseNotAllowed(["GET", "HEAD"])
    now = timezone.now()
    with house("whose calendar it is stands under a hash, and a calendar program is not signed in"):
        person = calendars.owner(token, now=now)
    if person is None:
        return HttpResponse(status=404, content_type="text/plain; charset=utf-8")
    with seen_as(asking(person)):
        deadlines = sorted(set(_deadlines(person, now)))
    with translation.override(person.language or "nb"):
        data = written(person, deadlines[:MOST], now)
    return HttpResponse(data, content_type=TYPE, headers={"Content-Disposition": 'inline; filename="savnet.ics"'})


def _deadlines(person: Person, now: datetime) -> Iterator[datetime]:
    """To the minute, as calendars have it: what is open at the person's centre or for her office, and has a limit."""
    if person.centre_id:
        rows = owed([person.centre_id])
    elif offices(person) and (mine := desk(person)).actor:
        rows = owed_by(mine.actor, centre_ids=mine.centre_ids)
    else:
        return
    for latest in rows.filter(latest__gte=now - KEPT_AFTER).values_list("latest", flat=True):
        if latest:
            yield latest.replace(second=0, microsecond=0)


def written(person: Person, deadlines: list[datetime], now: datetime) -> bytes:
    """The calendar as a file that Outlook, Google and Apple take."""
    made = Calendar()
    made.add("prodid", "-//Savnet//Frister//NB")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", gettext("Frister i Savnet"))
    made.add("x-published-ttl", "PT1H")
    for at in deadlines:
        made.add_component(_event(person, at, now))
    return bytes(made.to_ical())


def _event(person: Person, at: datetime, now: datetime) -> Event:
    event = Event()
    # The same deadline is the same event each time, and nobody else's calendar can be compared with it.
    event.add("uid", f"{keyed_hash('calendar', f'{person.pk} {at.isoformat()}')[:32]}@savnet")
    event.add("dtstamp", now.astimezone(UTC))
    event.add("dtstart", (at - LASTS).astimezone(UTC))
    event.add("dtend", at.astimezone(UTC))
    event.add("summary", gettext("Frist i Savnet"))
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")
    if settings.ADDRESS:
        event.add("url", settings.ADDRESS + "/")
    return event
