"""The bugs that are looked for in memory: in the rules, in the house's policy, and in what delivery decides."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, timedelta
from typing import Any
from unittest import mock
from zoneinfo import ZoneInfo

from savnet.delivery import standing
from savnet.delivery.words import Progress
from savnet.policy import reviews, turns, ways
from savnet.rules import course, record, situation
from savnet.rules.events import Done, TransferStarted
from savnet.rules.rs_2015_009 import section_2_3a
from soak.simulation.planted import Planted, Real, bug, instead

DAY = timedelta(hours=24)
IN_MEMORY: list[Planted] = []


@bug(IN_MEMORY, "The 24 hours run from when somebody wrote it down, and not from when there was reason to believe it.")
def limit_from_the_report() -> Iterator[None]:
    def made(owe: Real) -> Real:
        def wrong(rule: Any, m: Any, *args: Any, **more: Any) -> Any:
            written = m.event.recorded_at or m.at
            return owe(rule, m, *args, **{**more, **({"latest": written + DAY} if more.get("latest") else {})})

        return wrong

    with instead(section_2_3a, "owe", made):
        yield


@bug(IN_MEMORY, "The 24 hours are counted by the clock on the wall: an hour is lost or won when the clocks change.")
def an_hour_lost_when_the_clocks_change() -> Iterator[None]:
    def made(owe: Real) -> Real:
        def wrong(rule: Any, m: Any, *args: Any, **more: Any) -> Any:
            by_the_wall = (m.at.astimezone(ZoneInfo("Europe/Oslo")) + DAY).astimezone(UTC)
            return owe(rule, m, *args, **{**more, **({"latest": by_the_wall} if more.get("latest") else {})})

        return wrong

    with instead(section_2_3a, "owe", made):
        yield


@bug(IN_MEMORY, "The police are told, and the report to child welfare is forgotten when a child is gone again.")
def child_welfare_is_forgotten() -> Iterator[None]:
    def made(arise: Real) -> Real:
        def wrong(self: Any, owed: Any, moment: Any) -> Any:
            again = moment.disappearance and not moment.disappearance.first
            return None if again and owed.obligation.id == "b-4" else arise(self, owed, moment)

        return wrong

    with instead(course.Course, "_arise", made):
        yield


@bug(IN_MEMORY, "What was struck out in the ledger still counts: a letter that came back stays sent.")
def what_is_struck_out_still_counts() -> Iterator[None]:
    def made(corrected: Real) -> Real:
        def wrong(events: Any, made: Any) -> Any:
            return corrected(events, [one for one in made if not one.fields.get("withdrawn")])

        return wrong

    with instead(record, "_corrected", made):
        yield


@bug(IN_MEMORY, "Who was tried and not reached is not told of the return.")
def only_the_reached_hear_of_the_return() -> Iterator[None]:
    def made(tell: Real) -> Real:
        return lambda self, act, standing: tell(self, act, standing) if isinstance(act, Done) else None

    with instead(course.Course, "_tell", made):
        yield


@bug(IN_MEMORY, "The child belongs to the next centre as soon as it has left the last.")
def given_away_on_departure() -> Iterator[None]:
    def made(note: Real) -> Real:
        def wrong(self: Any, event: Any) -> None:
            note(self, event)
            if isinstance(event, TransferStarted) and event.municipality:
                self.centre = replace(self.centre, municipality=event.municipality)

        return wrong

    with instead(situation.Situation, "_note_circumstances", made):
        yield


@bug(IN_MEMORY, "Every rung goes to the same person, who sleeps.")
def the_ladder_tells_the_same_person() -> Iterator[None]:
    def made(next_in_turn: Real) -> Real:
        return lambda people, told: told[-1] if told else next_in_turn(people, told)

    with instead(turns, "next_in_turn", made):
        yield


@bug(IN_MEMORY, "Whoever answers an alarm stops it for good.")
def an_answer_stops_the_clock() -> Iterator[None]:
    with mock.patch.object(turns, "pause_until", lambda asked, now, limit: now + 30 * DAY):
        yield


@bug(IN_MEMORY, "Going through a case does not set when it is gone through next.")
def a_review_sets_no_next() -> Iterator[None]:
    def made(next_review: Real) -> Real:
        return lambda since, last, born: next_review(since, last=None, born=born)

    with instead(reviews, "next_review", made):
        yield


@bug(IN_MEMORY, "What a portal has taken is called sent, before it says that it is delivered.")
def taken_is_called_sent() -> Iterator[None]:
    def made(progress: Real) -> Real:
        def wrong(attempts: Any, statuses: Any = ()) -> Any:
            found = progress(attempts, statuses)
            return Progress.DELIVERED if found is Progress.TAKEN else found

        return wrong

    with instead(standing, "progress", made):
        yield


@bug(IN_MEMORY, "The next way begins only when the 24 hours are over.")
def the_next_way_begins_after_a_day() -> Iterator[None]:
    with mock.patch.object(ways, "give_up_at", lambda channel, begun, latest, left: begun + DAY):
        yield
