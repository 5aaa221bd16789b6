"""One process that tries everything by chance on letters of its own, with people who confirm between the attempts.

Several at once share the database; each has its own clock, so that guesses come a minute apart and the page is open to
the next: a zero that came from a page at rest would say nothing.
"""

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from random import Random

from django.conf import settings
from django.test import Client
from django.test.utils import override_settings
from django.utils import timezone

from savnet.casework import carrying, receiver_page, returned_mail
from savnet.delivery.models import Message, ReturnedMail
from soak.clock import Clock
from soak.house import House
from soak.receiving.apart import apart
from soak.receiving.channels_tell import cast_for_years, telling
from soak.receiving.letters import Sent, composed, drawn_name, received, sent, shown_as_received
from soak.receiving.machines import MACHINES, comes_with_a_dead_link
from soak.receiving.returning_mail import drawn_mail
from soak.receiving.tally import Tally
from soak.saying import say

PER_CHILD = 2_500
"""Attempts on the two letters about each child."""
BETWEEN_PEOPLE = 1_000
"""After so many attempts a person confirms a letter of her own, which then gets its share of doubled answers."""
MAILS_AT_ONCE = 25
TOLD_AT_ONCE = 7
COUNTED_EVERY = 20
"""So many attempts may be told together, where a false receipt is seen."""
TOLD_EVERY = 2_000
A_MINUTE = timedelta(minutes=1)
SHARES = (("http", 70), ("mail", 24), ("channels", 6))


class Street:
    """Letters that stay silent, what is tried on them, and what came of it."""

    def __init__(self, home: House, number: int, random: Random, attempts: int) -> None:
        self.home, self.random, self.client = home, random, Client(enforce_csrf_checks=True)
        self.tally, self.made = Tally(), number * 100_000
        self.folder = Path(str(settings.RETURN_MAILBOX).removeprefix("folder:"))
        self.silent = [one for _ in range(max(1, attempts // PER_CHILD)) for one in self.send()]
        self.seen: tuple[int, int] = (0, 0)
        self.since: list[str] = []
        self.told_at = 0

    def composed(self) -> dict[str, Message]:
        """A child, and the notices about her, not sent yet."""
        self.made += 1
        return composed(self.home, self.made)

    def send(self, *, police: bool = True) -> list[Sent]:
        """A child, and her letters, sent."""
        self.made += 1
        letters = sent(self.home, self.made, police=police)
        self.tally.letters += len(letters)
        return letters

    def line(self, method: str, path: str, source: str, *, body: bytes = b"", **headers: str) -> tuple[int, str]:
        """One request to the house, in this process: every layer of it but the wire."""
        kind = headers.pop("content_type", "application/octet-stream")
        answer = self.client.generic(method, path, body, kind, REMOTE_ADDR=source, headers=headers)
        return answer.status_code, answer.text if not answer.streaming else ""

    def tried(self, kind: str, times: int = 1) -> None:
        """Count the attempts, and now and then what came of them."""
        self.tally.tries[kind] += times
        self.since.append(kind)
        if len(self.since) >= COUNTED_EVERY:
            self.count()
        if self.tally.attempts >= self.told_at + TOLD_EVERY:
            self.told_at = self.tally.attempts
            say(f"  … {self.told_at:,} attempts in process {os.getpid()}, false receipts {len(self.tally.false)}")

    def count(self) -> None:
        """Are there any receipts or answers to the silent? What was tried since the last count is told with them."""
        found = received(self.silent)
        if found != self.seen:
            self.tally.false.append(f"receipts and answers went from {self.seen} to {found} by one of {self.since}")
        self.seen, self.since = found, []

    def confirmed(self, one: Sent) -> None:
        """A person confirms; whether that counts everywhere, and once."""
        status = one.confirm(self.client, drawn_name(self.random))
        counted, shown = received([one]), shown_as_received(one)
        self.tally.confirmed += 1
        if counted == (1, 1) and "the derivation" in shown:
            self.tally.counted += 1
        else:
            self.tally.missed.append(f"answered {status}: {counted} receipts and answers, shown by {shown}, {one}")


def by_http(street: Street) -> None:
    """One program at the page. Guesses come a minute apart, as from the next program."""
    kind = street.random.choices(list(MACHINES), [often for _, often in MACHINES.values()])[0]
    one = street.random.choice(street.silent)
    one.again()
    street.home.clock.pass_by(A_MINUTE)
    street.tried(kind, MACHINES[kind][0](street.line, one, street.random))


def by_mail(street: Street) -> None:
    """A mailbox full, read as the worker reads it; then the worker sees to each letter that seems to have come back."""
    now, about = timezone.now(), set()
    for number in range(MAILS_AT_ONCE):
        one = street.random.choice(street.silent)
        kind, raw = drawn_mail(one, street.random, now)
        (street.folder / f"{number:03}.eml").write_bytes(raw)
        street.tried(kind)
        about.add(one.id)
    returned_mail.take_in(now=now)
    street.tally.not_read += MAILS_AT_ONCE - len(list(street.folder.glob(".*.taken-in")))
    for file in (*street.folder.glob("*.eml"), *street.folder.glob(".*.taken-in")):
        file.unlink()
    believed = ReturnedMail.objects.filter(message_id__in=about, believed=True, read_at=now)
    for message_id in sorted(set(believed.values_list("message_id", flat=True))):
        carrying.carry(message_id, now=now)


def people(street: Street) -> None:
    """Somebody at a receiver confirms; then programs come with the very same link and code: one receipt, no more."""
    (one,) = street.send(police=False)
    street.confirmed(one)
    counted = received([one])
    one.dead = {"used": one.secret}
    for _ in range(3):
        comes_with_a_dead_link(street.line, one, street.random)
    street.tally.tries["link that a person has answered by"] += 3
    if received([one]) != counted:
        street.tally.false.append("a link that was answered by took another answer")
    receiver_page.forget_tries(now=timezone.now())


def whole(street: Street, attempts: int) -> None:
    """All attempts by chance; at the end nothing is received, and then every one of the silent confirms."""
    with telling(street) as by_channels:
        ways: dict[str, Callable[[], object]] = {
            "http": partial(by_http, street),
            "mail": partial(by_mail, street),
            "channels": by_channels,
        }
        costs = {"http": 3, "mail": MAILS_AT_ONCE, "channels": TOLD_AT_ONCE}
        names, weights = [name for name, _ in SHARES], [share / costs[name] for name, share in SHARES]
        confirmed = 0
        while street.tally.attempts < attempts:
            ways[street.random.choices(names, weights)[0]]()
            if street.tally.attempts >= (confirmed + 1) * BETWEEN_PEOPLE:
                people(street)
                confirmed += 1
    street.count()
    for one in street.silent:
        street.tally.false += [f"at the end {one.message} is received by {where}" for where in shown_as_received(one)]
    for one in street.silent:
        one.again()
        street.confirmed(one)


def run_streets(home: House, attempts: int, *, streets: int, random: Random) -> Tally:
    """As many processes; what they found together."""
    cast_for_years()
    share = -(-attempts // streets)
    begun = [apart(partial(_live, home, number, random.getrandbits(32), share)) for number in range(streets)]
    tally = Tally()
    for one in begun:
        tally.add(one.result())
    return tally


def _live(home: House, number: int, seed: int, attempts: int) -> Tally:
    """One street, by its own clock, with a mailbox of its own."""
    clock, folder = Clock(), home.folder / f"returned-{number}"
    clock.pass_by(home.clock.now() - clock.now())
    folder.mkdir()
    with clock.ruling(), override_settings(RETURN_MAILBOX=f"folder:{folder}"):
        street = Street(replace(home, clock=clock), number, Random(seed), attempts)  # noqa: S311 - a plan
        whole(street, attempts)
    return street.tally
