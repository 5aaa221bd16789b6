"""The mail server is down: the guard sees when it is tried again, and need not wait for it."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest

from casework.invented import DAY, HOUR, MINUTE, Story, carry_all
from casework.test_carrying import receivers
from delivery.mail_servers import Answers, Mailbox
from savnet.access.models import Person
from savnet.casework import by_hand, returning
from savnet.casework.errors import NothingOwed
from savnet.casework.paper_instead import carry_yourself, next_try
from savnet.delivery.models import Message, Rerouting
from savnet.policy.ways import LONGEST
from savnet.register.models import Resident
from savnet.rules.words import Channel, ObligationState, ReturnedHow

pytestmark = pytest.mark.django_db(transaction=True)
Tell = Callable[..., Story]
Post = Callable[..., AbstractContextManager[Mailbox]]


@pytest.fixture
def agreed(child: Callable[..., Resident], other_guard: Person) -> Story:
    """At Solvær, where the police take the report by encrypted e-mail."""
    return Story(child(centre=other_guard.centre), other_guard)


def stuck(case: Story, post: Post) -> Message:
    """Sent while the server takes nothing: the report to the police waits for its next try."""
    with post(Answers("RCPT", "451 busy")):
        case.told().carried()
    return case.letter("a-1")


def test_when_it_is_tried_next_is_when_the_worker_comes(agreed: Story, post: Post) -> None:
    letter = stuck(agreed, post)
    due = next_try(letter)
    assert due is not None
    assert timedelta() < due - letter.attempts.get().ended_at <= MINUTE


def test_nothing_is_tried_next_before_the_first_try_after_the_last_or_on_paper(agreed: Story, post: Post) -> None:
    with post() as box:
        agreed.told()
        assert next_try(agreed.letter("a-1")) is None
        agreed.carried()
    assert box.mails
    assert next_try(agreed.letter("a-1")) is None


def test_a_try_that_would_come_after_the_house_has_given_up_is_none(agreed: Story, post: Post) -> None:
    letter = stuck(agreed, post)
    first = letter.attempts.get().started_at
    with post(Answers("RCPT", "451 busy")):
        while (due := next_try(agreed.letter("a-1"))) is not None:
            assert due < first + LONGEST[Channel.ENCRYPTED_EMAIL]
            agreed.now = due
            agreed.carried()


def test_the_guard_takes_the_letter_herself_and_the_police_have_it_in_time(agreed: Story, post: Post) -> None:
    letter = stuck(agreed, post)
    carry_yourself(letter.id, by=agreed.guard, now=agreed.later(MINUTE).now)
    taken = agreed.letter("a-1")
    assert (taken.id, taken.letter_sha256) == (letter.id, letter.letter_sha256)
    assert taken.channel == Channel.IN_PERSON
    assert taken.reroutings.get().why == "Siv Sent leverer det selv, siden det ikke var kommet fram."
    assert next_try(taken) is None
    agreed.to_the_police()
    assert agreed.the("a-1").state is ObligationState.DISCHARGED
    with post() as box:
        agreed.later(DAY).carried()
    assert "ops@politi.example" not in receivers(box)


def test_asked_twice_it_goes_on_paper_once(agreed: Story, post: Post) -> None:
    letter = stuck(agreed, post)
    for _ in range(2):
        carry_yourself(letter.id, by=agreed.guard, now=agreed.now)
    assert Rerouting.objects.filter(message=letter).count() == 1


def test_what_got_through_in_the_meantime_is_not_carried_too(agreed: Story, post: Post) -> None:
    letter = stuck(agreed, post)
    with post():
        agreed.later(2 * MINUTE)
        carry_all(agreed.now)
    with pytest.raises(NothingOwed, match="kommet fram"):
        carry_yourself(letter.id, by=agreed.guard, now=agreed.now)
    assert not Rerouting.objects.filter(message=letter).exists()


def test_what_was_stopped_is_not_carried(agreed: Story, post: Post) -> None:
    letter = stuck(agreed, post)
    returning.note_return(agreed.later(HOUR).id, how=ReturnedHow.TO_CENTRE, by=agreed.guard, now=agreed.now)
    with pytest.raises(NothingOwed, match="stanset"):
        carry_yourself(letter.id, by=agreed.guard, now=agreed.now)


def test_what_was_done_some_other_way_is_not_carried(agreed: Story, post: Post) -> None:
    letter = stuck(agreed, post)
    key = agreed.the("a-1").key
    by_hand.mark_done(agreed.id, key, by=agreed.guard, now=agreed.now, channel=Channel.IN_PERSON)
    with pytest.raises(NothingOwed, match="allerede gjort"):
        carry_yourself(letter.id, by=agreed.guard, now=agreed.now)
