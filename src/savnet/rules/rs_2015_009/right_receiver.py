"""A report of concern that its receiver says is not theirs: whoever should have had it is owed one (reading 22)."""

from collections.abc import Callable, Iterator
from typing import Any

from savnet.rules.discharge import any_way
from savnet.rules.events import Done, RightReceiverNamed
from savnet.rules.moment import Moment, Owed, owe
from savnet.rules.provision import Coded
from savnet.rules.words import Actor, Recipient, Standard


def to_the_right_service(
    rule: Coded[..., Any],
    m: Moment,
    named: RightReceiverNamed,
    *,
    accepts: Callable[[Done], bool] = any_way,
    actor: Actor = Actor.CENTRE,
    standard: Standard = Standard.NONE,
) -> Iterator[Owed]:
    """The same report, of the same cause, to the service that was named; once, however often it is named."""
    already = {(one.because, one.municipality) for one in m.of(rule.id)}
    if named.obligation != rule.id or named.because is None or (named.because, named.municipality) in already:
        return
    yield owe(
        rule,
        m,
        actor,
        Recipient.CHILD_WELFARE,
        because=named.because,
        municipality=named.municipality,
        standard=standard,
        notice=True,
        accepts=accepts,
    )
