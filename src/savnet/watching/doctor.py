"""The doctor: asks every question, also when the answer to one of them is that everything is broken."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

from django.db import Error as DatabaseTrouble

from savnet.watching.checks import (
    access,
    certificates,
    channels,
    database,
    fallback,
    machine,
    records,
    sign_in,
    silence,
    worker,
)
from savnet.watching.findings import Finding, wrong

Question = Callable[[datetime], Iterable[Finding]]

QUESTIONS: tuple[tuple[str, Question], ...] = (
    ("database", database.answers),
    ("migrations", database.migrations),
    ("keys", records.keys),
    ("ledger", records.heads),
    ("database role", access.role),
    ("access log", access.log),
    ("refused looks", access.refused),
    ("helpers", sign_in.helpers),
    ("worker", worker.heart),
    ("workers", worker.hands),
    ("queue", worker.queue),
    ("messages", worker.messages),
    ("messages", worker.held),
    ("follow-up", silence.watches),
    ("reviews", silence.reviews),
    ("reminders", silence.ladder),
    ("alarms", silence.alarms),
    ("receivers' answers", silence.answers),
    ("packets outside", fallback.packets),
    ("mail server", channels.mail_server),
    ("staff", channels.staff),
    ("ways out", channels.ways_out_of_the_house),
    ("services", channels.services),
    ("return mailbox", channels.return_mailbox),
    ("canaries", channels.canaries),
    ("signal of life", channels.outward_signal),
    ("second reader", channels.second_reader),
    ("certificates", certificates.our_own),
    ("certificates", certificates.receivers),
    ("certificates", certificates.called_back),
    ("fonts", machine.fonts),
    ("disk", machine.disk),
    ("clock", machine.clock),
)


def examine(now: datetime, questions: Iterable[tuple[str, Question]] = QUESTIONS) -> Iterator[Finding]:
    """Every finding, in the order in which one would look.

    Where the database itself is at fault, what depends on it is one finding: a page of echoes hides the cause.
    """
    unasked: list[str] = []
    for what, question in questions:
        try:
            yield from list(question(now))
        except DatabaseTrouble:
            unasked.append(what)
        except Exception as problem:  # noqa: BLE001 - the process edge: a broken part is a finding, the rest is asked
            said = f"could not be asked: {type(problem).__name__}: {problem}"
            yield wrong(what, said, "this is a fault in the house itself; report it with this line")
    if unasked:
        names = ", ".join(dict.fromkeys(unasked))
        yield wrong(
            "not asked", f"the database failed at: {names}", "put «database» and «migrations» right, and ask anew"
        )
