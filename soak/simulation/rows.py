"""What the house's own rows say at one step, read once for all invariants."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from django.db import connection

from savnet.cases import ledger
from savnet.cases.models import Case, ObligationRow
from savnet.casework.queue import CARRY
from savnet.delivery.models import Message
from savnet.followup.models import Alarm, Watch
from savnet.rules import Obligation
from savnet.rules.events import Corrected, Done, Event
from soak.simulation.life import Life

TELLING = frozenset({"a-1", "b-4", "b-8", "c-1", "d-1", "d-2", "d-5"})
ONE_REPORT = frozenset({"b-4", "b-8"})


@dataclass
class Rows:
    """The rows of one case, each kind read when it is first asked for."""

    life: Life

    @cached_property
    def case(self) -> Case:
        return Case.objects.get(id=self.life.case)

    @cached_property
    def owed(self) -> list[ObligationRow]:
        return list(ObligationRow.objects.filter(case_id=self.life.case).order_by("position"))

    @cached_property
    def derived(self) -> tuple[Obligation, ...]:
        """What the rules answer now, with the municipalities that rows don't hold."""
        return ledger.derive_case(self.life.case, self.life.now).obligations

    @cached_property
    def messages(self) -> dict[UUID, Message]:
        rows = Message.objects.filter(case_id=self.life.case).defer("sealed_letter", "sealed_data")
        rows = (
            rows.select_related("withdrawal").prefetch_related("attempts", "reroutings").order_by("composed_at", "id")
        )
        return {one.id: one for one in rows}

    @cached_property
    def alarms(self) -> list[Alarm]:
        rows = Alarm.objects.filter(case_id=self.life.case).select_related("notice").order_by("subject", "rung", "turn")
        return list(rows)

    @cached_property
    def watch(self) -> Watch | None:
        return Watch.objects.filter(case_id=self.life.case).first()

    @cached_property
    def events(self) -> list[Event]:
        return [entry.event for entry in ledger.entries(self.life.case)]

    @cached_property
    def done(self) -> list[Done]:
        """What the ledger holds as done, but for what it has struck out."""
        events = self.events
        struck = {one.event for one in events if isinstance(one, Corrected) and one.fields.get("withdrawn")}
        return [one for one in events if isinstance(one, Done) and one.number not in struck]

    @cached_property
    def queued(self) -> set[UUID]:
        """The messages that a worker will see to."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT args->>'message_id' FROM procrastinate_jobs WHERE task_name = %s", [CARRY])
            return {UUID(message_id) for (message_id,) in cursor.fetchall()}

    def letters_of(self, row: ObligationRow) -> list[Message]:
        """The letters about this duty; the concern report is one, wherever it goes."""
        return [one for one in self.messages.values() if one.recipient == row.recipient and self._about(one, row)]

    def _about(self, letter: Message, row: ObligationRow) -> bool:
        if {letter.obligation, row.obligation} <= ONE_REPORT:
            return self.belief(letter.because) == self.belief(row.because)
        same = (letter.obligation, letter.because, letter.copy_of or "") == (row.obligation, row.because, row.copy_of)
        return same or (row.obligation == letter.obligation == "d-5" and row.because == letter.because)

    def belief(self, because: int) -> int:
        """The disappearance that a duty with this cause belongs to; what an act sets off belongs to the act's."""
        cause = next((one for one in self.done if one.number == because), None)
        if cause and cause.because is not None:
            return self.belief(cause.because)
        return max((number for number in self.life.truth.beliefs if number <= because), default=0)

    def told(self, belief: int) -> set[tuple[str, str | None]]:
        """Everybody who was told of this disappearance, or whom somebody tried to tell."""
        truth = self.life.truth
        tried = truth.by_hand | truth.told_by_hand | self.life.wire.tried() | self._in_the_tray()
        mine = (one for one in self._settled(tried) if one.obligation in TELLING)
        return {(one.recipient, one.municipality) for one in mine if self.belief(one.because) == belief}

    def _in_the_tray(self) -> set[UUID]:
        """In an exercise letters come to the house's own tray, and to no system of the simulation's."""
        letters = self.messages.values() if self.life.exercise else ()
        return {one.id for one in letters if one.attempts.all()}

    def _settled(self, tried: Iterable[UUID]) -> Iterable[Message]:
        """Those of which a try has ended as far as the house can know."""
        for message_id in tried:
            letter = self.messages.get(message_id)
            if letter and any(one.outcome for one in letter.attempts.all()):
                yield letter
