"""Receivers who never answer, on a clock of the run's own: when somebody is told, by the house's own ladder.

The worker comes by once a minute, at a second that the seed draws, as it does in life. Some receivers are silent
altogether; about others a program answers, or a mail server reports delivery: that must not stop the ladder.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from savnet.access.models import Person
from savnet.access.rights import Role
from savnet.casework import returned_mail
from savnet.casework.tasks import sound, watch_over
from savnet.followup.models import Alarm
from soak.house import House
from soak.receiving.letters import Sent, sent
from soak.receiving.returning_mail import away, delivery_report, shown_report, ticket
from soak.saying import say

SILENT = 8
"""Children whose receivers never answer."""
APART = timedelta(minutes=9)
LATE = timedelta(seconds=4)
"""So much later than the whole minute the worker may come."""
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
WATCHED = timedelta(hours=1, minutes=30)
WITHIN = timedelta(hours=1)
NOISE = (away, ticket, delivery_report, shown_report)


@dataclass(slots=True)
class Silence:
    """For each silent receiver: how long until the first alarm, until its person was told, and how many were told."""

    fired: list[timedelta] = field(default_factory=list)
    told: list[timedelta] = field(default_factory=list)
    people: list[int] = field(default_factory=list)
    never: int = 0

    @property
    def good(self) -> bool:
        """Somebody was told of every one, within the hour."""
        return bool(self.told) and not self.never and max(self.told) <= WITHIN

    def tell(self) -> None:
        say(f"  silent receivers {len(self.told) + self.never}; of whom nobody was told {self.never}")
        say(f"    first alarm: {_spread(self.fired)}; a person told: {_spread(self.told)}; must be within {WITHIN}")
        say(f"    people told of each within {WATCHED}: {min(self.people, default=0)} to {max(self.people, default=0)}")


def _spread(times: list[timedelta]) -> str:
    if not times:
        return "never"
    ordered = sorted(times)
    return f"median {_whole(ordered[len(ordered) // 2])}, worst {_whole(ordered[-1])}"


def _whole(time: timedelta) -> str:
    return str(timedelta(seconds=round(time.total_seconds())))


def silence(home: House, children: int, random: Random) -> Silence:
    """Let as many go missing, a few minutes apart; send; and let time pass with nobody answering."""
    staff(home)
    waiting: list[tuple[Sent, datetime]] = []
    begins = home.clock.now()
    ends = begins + children * APART + WATCHED
    home.clock.pass_by(timedelta(seconds=random.random() * 60))
    due = [begins + number * APART + timedelta(seconds=random.random() * 300) for number in range(children)]
    next_round = home.clock.now()
    while (now := home.clock.now()) < ends:
        while due and due[0] <= now:
            due.pop(0)
            waiting += [(one, home.clock.now()) for one in sent(home, 800_000 + len(waiting))]
        for one, since in waiting:
            if since <= now - 10 * MINUTE and random.random() < 0.01:
                returned_mail.take_in_one(random.choice(NOISE)(one, random, now), now=now)
        watch_over(timestamp=0)
        sound(timestamp=0)
        next_round += MINUTE
        home.clock.pass_by(next_round + random.random() * LATE - home.clock.now())
    return _seen(waiting)


def _seen(waiting: list[tuple[Sent, datetime]]) -> Silence:
    seen = Silence()
    for one, since in waiting:
        alarms = list(alarms_about(one))
        notices = [alarm.notice for alarm in alarms if alarm.notice]
        told = [notice.ended_at - since for notice in notices if notice.told and notice.ended_at]
        seen.never += not told
        seen.fired += [min(alarm.fired_at for alarm in alarms) - since] if alarms else []
        seen.told += [min(told)] if told else []
        seen.people.append(len({alarm.person_id for alarm in alarms}))
    return seen


def alarms_about(one: Sent) -> Iterator[Alarm]:
    """What the house has fired because nobody has confirmed this letter."""
    subject = f"receipt|{one.message.obligation}|"
    return iter(Alarm.objects.filter(case_id=one.message.case_id, subject__startswith=subject).select_related("notice"))


def staff(home: House) -> None:
    """Everyone at the centre can be told by e-mail; and there are two more of them than in the demo."""
    for name in ("silje", "sindre"):
        Person.objects.create_user(name, name=f"{name.title()} Senvakt", role=Role.SHIFT_STAFF, centre=home.centre)
    for person in Person.objects.filter(centre=home.centre):
        person.email = f"{person.username}@granvik.example"
        person.save(update_fields=["email"])
