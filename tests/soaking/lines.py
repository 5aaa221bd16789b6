"""A short version of the faults: lines that really break and a database that really fails, while letters go out.

`test_faults` runs it, by itself.
"""

import socket
from collections.abc import Iterator
from contextlib import nullcontext, suppress
from pathlib import Path
from random import Random
from threading import Thread

import pytest
from soak.far_ends import DELIVERED
from soak.faults import lines
from soak.faulty import one_case as one_case_module
from soak.faulty.faults import DATABASE, MAIL, TRIGGER, WITHIN_THE_LETTER, Fault, Written
from soak.faulty.house import Ground, faulty
from soak.faulty.one_case import Outcome, one_case
from soak.faulty.servers import IMPOSTORS
from soak.house import standing
from soak.proxy import Proxy, between
from soak.receiving.channels_tell import cast_for_years
from soak.strikes import (
    AFTER_WORD,
    ANSWER_LATE,
    ANSWER_LOST,
    BEFORE_WORD,
    ELSEWHERE,
    REFUSED,
    RESET,
    SILENT,
    STALLED,
    Strike,
)
from soak.typesetting import kept

from savnet.casework import carrying, sending
from savnet.rules.words import Channel

pytestmark = pytest.mark.slow


@pytest.fixture
def ground(transactional_db: None, tmp_path: Path) -> Iterator[Ground]:
    with standing(tmp_path, nullcontext()) as home, kept(tmp_path), faulty(home) as ground:
        yield ground


def under(ground: Ground, *strikes: tuple[str, Strike | Written]) -> Outcome:
    """What becomes of one case while these strike."""
    faults = tuple(Fault(place, place, lambda _, strike=strike: strike) for place, strike in strikes)  # type: ignore[misc]
    return one_case(ground, 1, faults, Random(1))  # noqa: S311 - a plan, and no secret


def said_through(proxy: Proxy, words: bytes) -> bytes:
    """What came back of this from the far end, which gives back all that it hears."""
    with socket.create_connection(("127.0.0.1", proxy.port), timeout=0.5) as line:
        line.sendall(words)
        heard = b""
        while len(heard) < len(words):
            heard += line.recv(65536) or b"the line ended".ljust(len(words))
        return heard


@pytest.fixture
def proxy() -> Iterator[Proxy]:
    with socket.create_server(("127.0.0.1", 0)) as server, between(server.getsockname()) as proxy:
        far_end = Thread(target=give_back_all, args=[server])
        far_end.start()
        yield proxy
        server.shutdown(socket.SHUT_RDWR)
        far_end.join()


def give_back_all(server: socket.socket) -> None:
    """One line after the other, for as long as there is anybody to hear."""
    with suppress(OSError):
        while True:
            line, _ = server.accept()
            with line, suppress(OSError):
                while heard := line.recv(65536):
                    line.sendall(heard)


@pytest.mark.parametrize(
    ("strike", "told"),
    [
        (Strike(REFUSED), OSError),
        (Strike(SILENT), TimeoutError),
        (Strike(RESET, after=1000), OSError),
        (Strike(STALLED, after=1000), TimeoutError),
        (Strike(ANSWER_LOST, after=1000), OSError),
        (Strike(ANSWER_LATE, after=1000), TimeoutError),
        (Strike(BEFORE_WORD, word=b"COMMIT"), OSError),
        (Strike(AFTER_WORD, word=b"COMMIT"), OSError),
    ],
)
def test_a_line_breaks_once_as_it_is_told_to(proxy: Proxy, strike: Strike, told: type[OSError]) -> None:
    words = b"COMMIT" * 2000
    assert said_through(proxy, words) == words
    proxy.will(strike)
    with pytest.raises(told):
        said_through(proxy, words)
    assert said_through(proxy, words) == words
    assert proxy.struck() == 1


def test_whatever_breaks_nothing_is_lost_or_done_twice_and_she_is_told(ground: Ground) -> None:
    unwell = Strike(ELSEWHERE, times=2, target=("127.0.0.1", ground.servers.ports["451 to RCPT"]))
    outcome = under(ground, (MAIL, unwell), (DATABASE, Strike(BEFORE_WORD, word=b"COMMIT")))
    assert outcome.good, outcome
    assert (outcome.struck, outcome.presses) == (3, 2)


def test_where_nothing_fails_a_letter_comes_by_each_line_that_the_faults_are_about(
    transactional_db: None, tmp_path: Path
) -> None:
    trusted = cast_for_years().authority
    with standing(tmp_path, nullcontext()) as home, kept(tmp_path), faulty(home, trusted, DELIVERED) as ground:
        outcomes = {name: one_case(here, 1, (), Random(1)) for name, here, _ in lines(ground)}  # noqa: S311
    assert outcomes.keys() == {Channel.ENCRYPTED_EMAIL, *DELIVERED}
    assert all(one.good and one.by_the_line for one in outcomes.values()), outcomes


def test_a_letter_that_was_taken_and_not_answered_for_comes_again_marked_as_a_repeat(ground: Ground) -> None:
    lost = Strike(ANSWER_LOST, after=WITHIN_THE_LETTER)
    outcome = under(ground, (MAIL, lost), (MAIL, Strike(RESET, first=3, after=WITHIN_THE_LETTER)))
    assert outcome.good, outcome
    assert (outcome.verdict.duplicates, outcome.verdict.unmarked) == (1, 0)


def test_what_was_recorded_though_the_answer_was_lost_is_not_recorded_again(ground: Ground) -> None:
    outcome = under(ground, (DATABASE, Strike(AFTER_WORD, times=3, word=b"COMMIT")), (TRIGGER, ("a full disk", 20, 2)))
    assert outcome.good, outcome
    assert outcome.presses > 1


def test_no_letter_is_given_to_an_impostor(ground: Ground) -> None:
    ports = [ground.servers.ports[name] for name in IMPOSTORS]
    there = [Strike(ELSEWHERE, first=number, target=("127.0.0.1", port)) for number, port in enumerate(ports, start=1)]
    outcome = under(ground, *((MAIL, one) for one in there))
    assert outcome.good, outcome
    assert (outcome.struck, outcome.betrayed) == (len(IMPOSTORS), 0)
    assert outcome.verdict.arrived == outcome.verdict.messages


def test_a_letter_that_nobody_is_at_is_seen(ground: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "enqueue", lambda message: None)
    monkeypatch.setattr(carrying, "take_up_again", lambda *, now: None)
    monkeypatch.setattr(one_case_module, "MOST_MINUTES", 3)
    outcome = under(ground)
    assert outcome.unguarded
    assert not outcome.good
