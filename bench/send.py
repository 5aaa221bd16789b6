"""From the click "send" to every notice composed, hashed, recorded and queued: on a real database, really rendered.

Each run is another child, with all nine notices to give. Run: python -m bench.send [how many children]
"""

import logging
import os
import platform
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from functools import partial
from importlib.metadata import version
from pathlib import Path
from statistics import quantiles
from time import perf_counter
from typing import Any
from uuid import UUID

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.ground")

import django

django.setup()

from django.db import connection  # noqa: E402 - Django must be set up before what follows can be read
from django.test.utils import override_settings, setup_databases, teardown_databases  # noqa: E402
from django.utils import timezone  # noqa: E402

from savnet.access.models import Person  # noqa: E402
from savnet.casework import absence, by_hand, facts, sending  # noqa: E402
from savnet.casework.case_at_hand import at_hand  # noqa: E402
from savnet.casework.plan import messages_by_key  # noqa: E402
from savnet.delivery.channels.paper import HandOver  # noqa: E402
from savnet.delivery.channels.telephone import Call  # noqa: E402
from savnet.delivery.models import Message  # noqa: E402
from savnet.demo import offices, people, places, receivers  # noqa: E402
from savnet.demo.cases import ANSWERS  # noqa: E402
from savnet.register.models import Appointment, Centre, Contact, Resident  # noqa: E402
from savnet.rules.words import Channel  # noqa: E402

CALL = partial(Call, number="+47 00 88 00 10", reached=True, spoke_with="Rita Fiktivsen", knew="none")
Step = Callable[[UUID, Person], None]


@contextmanager
def house() -> Iterator[tuple[Centre, Person]]:
    """A database of its own with the demo's offices, and e-mail set up so that letters are queued for the worker."""
    kept = setup_databases(verbosity=0, interactive=False)
    try:
        with tempfile.TemporaryDirectory() as folder, override_settings(**mail(Path(folder))):
            granvik, solvaer = places.furnish()
            offices.furnish(timezone.now())
            yield granvik, people.furnish(granvik, solvaer)
    finally:
        teardown_databases(kept, verbosity=0)


def mail(folder: Path) -> dict[str, Any]:
    """Encrypted e-mail to a post room that nobody opens."""
    keys = receivers.environment(folder / "post-room")
    values = {name.removeprefix("SAVNET_"): value for name, value in keys.items()}
    read = {name.removesuffix("_FILE"): Path(path).read_text() for name, path in values.items() if "_FILE" in name}
    given = {"SMTP_HOST": values["SMTP_HOST"], "MAIL_FROM": values["MAIL_FROM"]}
    return {**read, **given, "STATE": folder, "KEY_FILE": folder / "keys.json"}


def missing_child(centre: Centre, guard: Person) -> UUID:
    """A child of whom everything is owed: representative, lawyer, and two appointments ahead."""
    now = timezone.now()
    child = Resident.objects.create(
        centre=centre, given_name="Selam", family_name="Målt", born=date(now.year - 16, 1, 1)
    )
    for kind in ("representative", "lawyer"):
        Contact.objects.create(resident=child, kind=kind, name="Rita Fiktivsen", phone="+47 00 88 00 10")
    for kind in ("arrival_interview", "asylum_interview"):
        Appointment.objects.create(resident=child, kind=kind, at=now + timedelta(days=2))
    case = absence.notice(child, by=guard, now=now - timedelta(hours=1), last_observed=now - timedelta(hours=2))
    absence.believe(case.id, by=guard, now=now)
    facts.record_answers(case.id, ANSWERS, by=guard, now=now)
    return case.id


def click(case_id: UUID, guard: Person) -> None:
    """What the button does: police, child welfare, KOR and BFE."""
    sending.send(case_id, by=guard, now=timezone.now())


def everyone(case_id: UUID, guard: Person) -> None:
    """All nine: the click; both calls and Sesam as a person does them; and the copies, which follow the letters."""
    click(case_id, guard)
    now = timezone.now()
    for one in at_hand(case_id, now).derivation.obligations:
        if one.id == "c-1":
            by_hand.call(case_id, one.key, CALL(at=now), by=guard, now=now)
        elif one.id == "d-4":
            by_hand.tick_off(case_id, one.key, by=guard, now=now)
    for message in messages_by_key(at_hand(case_id, now)).values():
        if message.obligation in {"a-1", "b-4"}:
            channel = Channel.IN_PERSON if message.obligation == "a-1" else Channel.POST
            by_hand.hand_over(message.id, HandOver(channel=channel, at=now), by=guard, now=now)


def milliseconds(step: Step, notices: int, centre: Centre, guard: Person, runs: int) -> list[float]:
    """How long the step took for each child, after three to warm up. Without every notice there is no figure."""
    times = []
    for _ in range(runs + 3):
        case_id = missing_child(centre, guard)
        start = perf_counter()
        step(case_id, guard)
        times.append((perf_counter() - start) * 1000)
        composed = Message.objects.filter(case_id=case_id).count()
        if composed != notices:
            raise RuntimeError(f"{composed} notices were composed, not {notices}; the figure would mean nothing.")
    return times[3:]


def say(what: str, times: list[float]) -> None:
    cuts = quantiles(times, n=100)
    sys.stdout.write(f"  {what}: p50 {cuts[49]:.0f} ms, p95 {cuts[94]:.0f} ms\n")


def main(runs: int = 50) -> None:
    """Measure both, and write the figures with what they were measured on."""
    logging.disable(logging.INFO)
    with house() as (centre, guard):
        with connection.cursor() as cursor:
            cursor.execute("SHOW server_version")
            postgresql = cursor.fetchone()[0]
        sys.stdout.write(
            f"send: {runs} children each, Python {platform.python_version()}, Django {version('django')}, PostgreSQL "
            f"{postgresql}, typst {version('typst')}, {os.cpu_count()} x {platform.machine()} {platform.system()}\n"
        )
        say("the click: 4 letters composed, hashed, recorded and queued", milliseconds(click, 4, centre, guard, runs))
        say("all 9 notices, calls and copies included", milliseconds(everyone, 9, centre, guard, runs))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
