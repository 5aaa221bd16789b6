"""A short version of the soak: processes really killed on the way of a letter, and the receiver asked what it has.

`test_crashes` runs it, by itself.
"""

from collections.abc import Iterator
from contextlib import nullcontext
from itertools import cycle
from pathlib import Path
from uuid import UUID

import pytest
from django.db import connections
from soak import control
from soak.crashes import carry_on, tried
from soak.far_ends import apart
from soak.house import House, missing_child, standing
from soak.judging import judge
from soak.plans import Crew, Plan
from soak.points import AFTER, BEFORE, HALFWAY, SENDS, Point
from soak.sink import arrivals

from savnet.casework import sending
from savnet.delivery.models import Attempt
from savnet.rules.words import Channel

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
EXCHANGE = "savnet.delivery.web_call:_exchange"
THE_LETTER = 3
"""Which call to Altinn has the letter in it: two for a token come before."""
SEND, MARK = "smtplib:SMTP.send", "soak.outbox:mark"
SMTP = "savnet.delivery.channels.encrypted_email.smtp"


@pytest.fixture
def home(tmp_path: Path) -> Iterator[House]:
    with standing(tmp_path, nullcontext()) as house:
        yield house


def killed_at(home: House, point: Point, nth: int = 1) -> UUID:
    """A worker that dies there, with letters about one child in the queue; the child's case.

    A copy typesets them, for whoever does has threads from then on, and the worker is a copy too.
    """
    case = missing_child(home, 1)
    connections.close_all()
    sender, crew = Crew(), Crew()
    sender.start("web", lambda: sending.send(case, by=home.guard, now=home.clock.now()), Plan())
    sender.see_to_the_end()
    assert not sender.failed
    crew.start("worker", carry_on, Plan(point, nth))
    crew.see_to_the_end()
    assert (dict(crew.kills), crew.failed) == ({str(point): 1}, 0)
    return case


def test_after_some_kills_at_points_drawn_by_a_seed_nothing_is_lost_or_done_twice(home: House) -> None:
    run, verdict = tried(home, 20, 20261121)
    assert run.kills.total() >= 20
    assert verdict.good, verdict


def test_with_a_letter_at_another_channels_door_nothing_is_lost_or_done_twice_either(home: House) -> None:
    with apart(home, [Channel.EFORMIDLING]) as ends:
        run, verdict = tried(home, 20, 20261122, ends=list(ends.values()))
    assert run.kills.total() >= 20
    assert verdict.good, verdict


@pytest.mark.parametrize(
    ("point", "nth", "arrived"),
    [
        (Point(HALFWAY, SENDS[1]), 1, 0),
        (Point(BEFORE, EXCHANGE), THE_LETTER, 0),
        (Point(AFTER, EXCHANGE), THE_LETTER, 1),
    ],
)
def test_killed_at_a_web_service_it_has_the_letter_or_not_and_the_house_does_not_know(
    home: House, point: Point, nth: int, arrived: int
) -> None:
    with apart(home, [Channel.ALTINN]) as ends:
        ends[Channel.ALTINN].begin()
        killed_at(home, point, nth)
        assert len(ends[Channel.ALTINN].rig.got()) == arrived
    assert Attempt.objects.get(channel=Channel.ALTINN).outcome is None


def test_killed_within_the_letter_nothing_has_arrived_and_the_attempt_is_there(home: House) -> None:
    killed_at(home, Point(HALFWAY, SEND))
    assert arrivals(home.ledger) == []
    assert Attempt.objects.get().outcome is None


def test_killed_while_the_answer_is_on_its_way_the_letter_is_there_and_the_house_does_not_know(home: House) -> None:
    killed_at(home, Point(AFTER, "savnet.delivery.dispatch:_carry"))
    assert len(arrivals(home.ledger)) == 1
    assert Attempt.objects.get().outcome is None


def test_the_judge_sees_a_letter_that_never_came_and_two_about_the_same_duty(home: House) -> None:
    case = killed_at(home, Point(BEFORE, "savnet.casework.carrying:send_copies"))
    (came,) = arrivals(home.ledger)
    other = f"<00000000-0000-4000-8000-000000000000@savnet.example>\t{came.receiver}\t1\n"
    with home.ledger.open("a", encoding="utf-8") as ledger:
        ledger.write(other)
    assert judge(home, [case]).double_effects == 1
    home.ledger.write_text("", encoding="utf-8")
    verdict = judge(home, [case])
    assert verdict.lost == 1
    assert not verdict.good


LOSING = (
    Point(AFTER, MARK),
    Point(BEFORE, f"{SMTP}:_connect"),
    Point(BEFORE, f"{SMTP}:_hand_over"),
    Point(HALFWAY, SEND),
)
HARMLESS = (Point(BEFORE, MARK), Point(AFTER, f"{SMTP}:_hand_over"))


@pytest.mark.parametrize(("points", "each_loses"), [(LOSING, True), (HARMLESS, False)])
def test_an_outbox_that_marks_before_it_sends_loses_by_the_same_kills(
    home: House, points: tuple[Point, ...], each_loses: bool
) -> None:
    """The control: kills that lost nothing there either would prove nothing about ours."""
    plans = cycle(Plan(one) for one in points)
    letters, died, lost = control.tried(home, len(points), lambda: next(plans), at_a_time=len(points))
    assert died == len(points)
    assert lost == (died if each_loses else 0)
    assert letters > died
