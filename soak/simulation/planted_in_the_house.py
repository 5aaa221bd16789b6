"""The bugs that are looked for in the whole house: in what the offices do, on the real database."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from typing import Any
from unittest import mock

from savnet.cases import recording as ledger_recording
from savnet.cases.reading import case_file, last_instant
from savnet.casework import (
    closing,
    corrections,
    receiver_page,
    recording,
    returned_mail,
    returning,
    routes,
    ways,
)
from savnet.casework.answering import answering_for
from savnet.casework.errors import CaseworkError
from savnet.casework.receipts import record_receipt
from savnet.delivery import registry
from savnet.delivery.mistakes import Mistake
from savnet.rules import derive
from savnet.rules.events import Corrected, Done
from soak.simulation.planted import Planted, Real, bug, instead

IN_THE_HOUSE: list[Planted] = []


@bug(IN_THE_HOUSE, "One person alone can move the start of the 24 hours later.", among="corrections")
def one_person_moves_the_start_later() -> Iterator[None]:
    with mock.patch.object(corrections, "_refuse_later_start"):
        yield


@bug(
    IN_THE_HOUSE,
    "After a correction the rows stay as they were, and what was overdue is never found out.",
    among="corrections",
)
def rows_do_not_follow_a_correction() -> Iterator[None]:
    def made(follow: Real) -> Real:
        def wrong(case: Any, known: Any) -> Any:
            known = tuple(known)
            if isinstance(known[-1].event, Corrected):
                return derive(case_file(case.id, known), last_instant(known)), ()
            return follow(case, known)

        return wrong

    with instead(ledger_recording, "follow", made):
        yield


@bug(IN_THE_HOUSE, "An out-of-office answer is taken as a receipt.", among="receivers")
def an_automatic_answer_is_a_receipt() -> Iterator[None]:
    def made(take_in_one: Real) -> Real:
        def wrong(raw: bytes, *, now: datetime) -> Any:
            row = take_in_one(raw, now=now)
            if row and row.message:
                with suppress(CaseworkError, Mistake):
                    by = answering_for(row.message)
                    record_receipt(row.message.id, by_name=row.sender, reference="", at=now, by=by, now=now)
            return row

        return wrong

    with instead(returned_mail, "take_in_one", made):
        yield


@bug(IN_THE_HOUSE, "A receiver says «not ours», and nobody tells whoever sent it.", among="receivers")
def not_theirs_and_the_sender_never_hears() -> Iterator[None]:
    with mock.patch.object(receiver_page, "tell_of_answer"):
        yield


@bug(IN_THE_HOUSE, "A delivery that is told twice is recorded twice.", among="receivers")
def a_delivery_told_twice_is_done_twice() -> Iterator[None]:
    def made(is_recorded: Real) -> Real:
        return lambda event, events: not isinstance(event, Done) and is_recorded(event, events)

    with instead(recording, "is_recorded", made), mock.patch.object(recording, "_told_done", return_value=False):
        yield


@bug(IN_THE_HOUSE, "The region's copies and the police report go by whatever channel the receiver has.")
def a_weaker_way_is_taken() -> Iterator[None]:
    def made(ways_for: Real) -> Real:
        return lambda duty, to: replace(ways_for(duty, to), by_wire=ways.IN_WRITING.by_wire, when_agreed=False)

    with instead(routes, "ways_for", made):
        yield


@bug(
    IN_THE_HOUSE,
    "The child comes back, and what waits to say that it is missing goes all the same.",
    among="back at once",
)
def a_return_stops_nothing() -> Iterator[None]:
    with mock.patch.object(returning, "stop_what_no_longer_holds"):
        yield


@bug(IN_THE_HOUSE, "The letters of an exercise leave the house.", among="exercise")
def an_exercise_leaves_the_house() -> Iterator[None]:
    with mock.patch.object(registry, "carrier", lambda name, exercise: registry.channel(name)):
        yield


@bug(IN_THE_HOUSE, "A case can be closed while somebody who was told has not heard that it is over.", among="closing")
def closed_before_all_are_told() -> Iterator[None]:
    with mock.patch.object(closing, "_owed", return_value=[]):
        yield
