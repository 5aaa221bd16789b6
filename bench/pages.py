"""The main pages of every role in a country of few cases and of many: milliseconds, and queries, which must not grow.

Each page is asked for as somebody signed in asks for it, in one process, without a network. The centre at hand has as
many children in both countries: a hundred cases, of which most children have moved on.
Run: python -m bench.pages [centres] [times each]
"""

import logging
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from io import StringIO
from statistics import quantiles
from time import perf_counter
from typing import Any

from bench.matrix import filled_with, say  # first: it sets Django up

# isort: split
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from access.matrix_expected import address  # found by what bench.matrix puts on the path
from bench.country import Story, centres, settle
from bench.oracle import EVERY_SO_OFTEN
from savnet.access.models import Mandate, Person
from savnet.cases.models import Case
from savnet.register.models import Centre, Resident

FEW = 5
"""Centres in the smaller country."""
OVER, LATE, LONG_GONE, JUST_GONE, BACK = "سليم المثالي", "Yusuf", "Linh", "Amanuel", "Bilal"
MOVED_ON = "moved on"
OFTEN = [MOVED_ON, MOVED_ON, OVER, MOVED_ON, MOVED_ON] * 20
OFTEN[10:100:15] = [LATE, LONG_GONE, JUST_GONE, BACK, JUST_GONE, BACK]
"""Of a hundred cases six are open; three in four of the children live elsewhere now."""
AT_A_CENTRE = ("today", "residents", "resident", "case", "outbox", "roll-call", "readiness", "transfers", "moved-out")
PAGES: dict[str, tuple[str, ...]] = {
    "nattevakt": (*AT_A_CENTRE, "search", "alarms", "waiting", "personal-file", "report", "case-print"),
    "leder": ("leading", "looks", "looked-at", "staff", "break-glass-reviews", "proposals"),
    "region": ("region", "office-case", "search"),
    "kor": ("office", "search"),
    "asa": ("office", "search"),
    "nasjonal": ("overseeing", "overseen-child"),
    "tilsyn": ("inspecting", "inspection", "inspection-case", "inspection-file"),
    "statistikk": ("statistics",),
    "register": ("recipients", "register-changes"),
    "drift": ("operations",),
}
WANTED = "Selam Tesfay"


@dataclass(frozen=True, slots=True)
class Measured:
    """One page for one person: milliseconds, and how many questions it asks the database."""

    p50: float
    p95: float
    queries: int

    @property
    def said(self) -> str:
        return f"{self.p50:.0f}, {self.p95:.0f}, {self.queries}"


Country = dict[tuple[str, str], Measured]


def furnish() -> tuple[Centre, list[Story]]:
    """The demo, and the stories that are told again of it."""
    call_command("demo_data", stdout=StringIO())
    told = {name: Story(_child(name)) for name in (OVER, LATE, LONG_GONE, JUST_GONE, BACK)}
    told[MOVED_ON] = Story(_child(OVER), left=timezone.localdate() - timedelta(days=1))
    return Centre.objects.get(number="D-01"), [told[name] for name in OFTEN]


def _child(name: str) -> Resident:
    return Resident.objects.filter(given_name=name).first() or Resident.objects.get(original_name=name)


def ids_for(person: Person) -> dict[str, Any]:
    """What is named in addresses: the child that has just gone; for those outside, one whom they have been told of."""
    case = Case.objects.get(resident=_child(JUST_GONE if person.centre_id else LONG_GONE))
    mandate = Mandate.objects.filter(person=person).first()
    ids = {"resident_id": case.resident_id, "case_id": case.id, "centre_id": case.centre_id}
    return ids | ({"mandate_id": mandate.id} if mandate else {})


def measured(times: int) -> Iterator[tuple[tuple[str, str], Measured]]:
    """Every page of every person."""
    for username, names in PAGES.items():
        person, client = Person.objects.get(username=username), Client()
        client.force_login(person)
        ids = ids_for(person)
        for name in names:
            yield (username, name), measure(client, name, address(name, ids), times)


def measure(client: Client, name: str, where: str, times: int) -> Measured:
    """One page. Raises RuntimeError where it is not shown: how long a refusal takes is another matter."""

    def ask() -> float:
        begun = perf_counter()
        answer = client.post(where, {"wanted": WANTED}) if name == "search" else client.get(where)
        took = (perf_counter() - begun) * 1000
        if answer.status_code != 200:
            raise RuntimeError(f"{where} ({name}) was answered {answer.status_code}")
        return took

    ask()
    with CaptureQueriesContext(connection) as asked:
        ask()
    # Counted now: the next request empties what it is counted from.
    queries = sum(not one["sql"].startswith(EVERY_SO_OFTEN) for one in asked.captured_queries)
    cuts = quantiles([ask() for _ in range(times)], n=20, method="inclusive")
    return Measured(cuts[9], cuts[18], queries)


def main(many: int = 500, times: int = 20) -> int:
    """Measure both countries, and write them beside each other. 1 where a page asks more questions in the larger."""
    logging.disable(logging.CRITICAL)
    with filled_with(furnish) as (home, stories):
        homes = centres(many, home)
        small_country = country(stories, homes[:FEW], times)
        large_country = country(stories, homes[FEW:], times)
    small, large = FEW * len(stories), many * len(stories)
    say(f"| page | role | {small} cases: p50, p95, queries | {large} cases: p50, p95, queries |")
    for (who, name), one in small_country.items():
        say(f"| {name} | {who} | {one.said} | {large_country[who, name].said} |")
    grown = sorted(
        f"{name} ({who})"
        for (who, name), one in small_country.items()
        if large_country[who, name].queries > one.queries
    )
    say(f"pages: {len(small_country)}; asking more questions in the larger country: {', '.join(grown) or 'none'}")
    return int(bool(grown))


def country(stories: list[Story], homes: list[Centre], times: int) -> Country:
    """A hundred cases more at each of these centres, and then every page."""
    begun = perf_counter()
    settle(stories, homes)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    say(f"{len(stories) * len(homes)} cases at {len(homes)} centres were made in {perf_counter() - begun:.0f} s")
    return dict(measured(times))


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:3])))
