"""How late an alarm is while the pages are hammered: from when a rung is due until it has fired, in a house that runs.

A web server of four threads and the house's own worker run on one database. Children are missing since instants spread
so that the rungs of their duties come due one after the other, all through the measured minutes. First nobody asks for
pages, then two processes ask for real ones as fast as they are answered. The worker comes by once a minute, so the lag
at rest is spread over a minute by itself, and alarms of one round are late together: how many rounds there were is told
beside them. Nobody gets more than one message in a quarter of an hour, so when somebody hears of it is policy, and not
measured here.
Run: python -m bench.alarms [minutes of each half] [children]
"""

import soak.ground  # noqa: F401 - Django has to be set up before what follows can be read

# isort: split

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime, timedelta
from functools import partial
from http.client import HTTPConnection
from statistics import quantiles
from time import monotonic, sleep
from uuid import UUID

from django.conf import settings
from django.db import connections
from django.test import Client
from django.test.utils import override_settings
from procrastinate.contrib.django import app
from soak.forks import fork, killed
from soak.house import House, house, missing_child
from soak.receipts import answering
from soak.receiving.machines_by_http import pages
from soak.saying import say

from savnet.access.models import Person
from savnet.followup.models import Alarm

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
WARM_UP = timedelta(minutes=2)
HAMMERS, THOUSAND = 2, 1000


def spread(home: House, children: int, first: datetime, last: datetime) -> list[UUID]:
    """Children missing since such instants that their rungs after an hour come due evenly between the two."""
    cases = []
    for number in range(children):
        due = first + (last - first) * number / children
        home.clock.pass_by(due - HOUR - home.clock.now())
        cases.append(missing_child(home, number))
    home.clock.pass_by(datetime.now(first.tzinfo) - home.clock.now())
    return cases


def work() -> None:
    """The house's own worker, with all that it does every minute."""
    with app.replace_connector(app.connector.get_worker_connector()):  # type: ignore[attr-defined]
        app.run_worker(concurrency=4, install_signal_handlers=False)


def hammer(port: int, cookie: str, paths: list[str]) -> None:
    """Ask for one page after the other, until killed."""
    while True:
        for path in paths:
            line = HTTPConnection("127.0.0.1", port, timeout=60)
            line.request("GET", path, headers={"Cookie": cookie})
            line.getresponse().read()
            line.close()


@contextmanager
def running(*works: "partial[None]") -> Iterator[None]:
    """Each in a process of its own, killed afterwards."""
    connections.close_all()
    processes = [fork(one) for one in works]
    try:
        yield
    finally:
        for one in processes:
            killed(one)


def with_addresses() -> None:
    """Let everybody be told by e-mail: the demo's people have none."""
    for person in Person.objects.all():
        Person.objects.filter(pk=person.pk).update(email=f"{person.username}@savnet.example")


def signed_in(home: House) -> str:
    """The cookie of the night guard."""
    client = Client()
    client.force_login(home.guard)
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


def answered(port: int, cookie: str, path: str) -> float:
    """Seconds for one page, which has to be the page."""
    line, begun = HTTPConnection("127.0.0.1", port, timeout=60), monotonic()
    line.request("GET", path, headers={"Cookie": cookie})
    answer = line.getresponse()
    answer.read()
    line.close()
    if answer.status != 200:
        raise RuntimeError(f"{path} was answered {answer.status}; the figure would mean nothing.")
    return monotonic() - begun


def until(instant: datetime, port: int, cookie: str, paths: list[str]) -> list[float]:
    """Wait, and ask for a page a second meanwhile, as a person would: how long each took."""
    took: list[float] = []
    while datetime.now(instant.tzinfo) < instant:
        took.append(answered(port, cookie, paths[len(took) % len(paths)]))
        sleep(1)
    return took


Lag = tuple[datetime, datetime]
"""When a rung was due, and when it fired."""


def lags(begins: datetime, ends: datetime) -> list[Lag]:
    """Every rung due in that while; the worker has had its minute since."""
    fired = Alarm.objects.filter(due_at__gte=begins, due_at__lt=ends, turn=0)
    return list(fired.values_list("due_at", "fired_at"))


def late(seconds: list[float]) -> str:
    """How late in the middle and at the end; the thousandth only where there are a thousand."""
    cuts = quantiles(seconds, n=1000)
    thousandth = f"p99.9 {cuts[998]:.1f} s, " if len(seconds) >= THOUSAND else ""
    return f"p50 {cuts[499]:.1f} s, p99 {cuts[989]:.1f} s, {thousandth}worst {max(seconds):.1f} s"


def tell(what: str, found: list[Lag], took: list[float]) -> None:
    """How late alarms were, and how long a page took meanwhile."""
    if len(found) < 2 or len(took) < 2:
        raise RuntimeError("Nothing was due; the figure would mean nothing.")
    page, rounds = quantiles(took, n=100), len({fired for _, fired in found})
    say(f"  {what}: {len(found)} alarms in {rounds} rounds")
    say(f"    from due to fired: {late([(fired - due).total_seconds() for due, fired in found])}")
    say(f"    a page: p50 {page[49] * 1000:.0f} ms, p95 {page[94] * 1000:.0f} ms")


def main(minutes: int = 5, children: int = 150) -> None:
    """At rest, then hammered, in the same house."""
    half = minutes * MINUTE
    say(f"alarms: {children} children, {minutes} minutes at rest and {minutes} with {HAMMERS} processes asking")
    with ExitStack() as stack:
        home = stack.enter_context(house())
        stack.enter_context(override_settings(**answering(home.folder)))
        filling = timedelta(seconds=2 * children)  # how long it takes to make them, at the most
        begins = home.clock.now() + filling + WARM_UP
        with_addresses()
        cases = spread(home, children, begins, begins + 2 * half)
        cookie, paths = signed_in(home), ["/", "/varsler/", *(f"/saker/{case}/" for case in cases[:8])]
        port = stack.enter_context(pages())
        stack.enter_context(running(partial(work)))
        at_rest = until(begins + half, port, cookie, paths)
        with running(*[partial(hammer, port, cookie, paths)] * HAMMERS):
            hammered = until(begins + 2 * half + MINUTE, port, cookie, paths)
        sleep(MINUTE.total_seconds())
        tell("at rest", lags(begins, begins + half), at_rest)
        tell("hammered", lags(begins + half, begins + 2 * half), hammered)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:3]))
