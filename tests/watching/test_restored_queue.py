"""What was under way in a restored backup does not go again before somebody knows whether it went."""

from collections.abc import Callable
from io import StringIO
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from savnet.cases.models import Case
from savnet.delivery.dispatch import UnderWay, attempt, close_cut_off
from savnet.delivery.holding import hold_all
from savnet.delivery.models import Attempt, Hold, Message
from savnet.delivery.standing import progress, repeat_number
from savnet.delivery.words import SENT
from savnet.watching.checks import worker
from savnet.watching.findings import Level
from savnet.watching.stuck import WIRED
from watching.test_doctor import message, tried

pytestmark = pytest.mark.django_db(transaction=True)
Missing = Callable[..., Case]


def attempts(one: Message) -> list[Attempt]:
    return list(one.attempts.order_by("number"))


def asked(*words: str) -> str:
    out = StringIO()
    call_command("held_messages", *words, stdout=out)
    return out.getvalue()


def test_only_what_is_for_the_wire_and_not_yet_taken_is_held(missing: Missing) -> None:
    case = missing()
    waiting, unknown, gone, paper = message(case), message(case), message(case), message(case, "post")
    tried(unknown, "unknown")
    tried(gone, "accepted")
    assert hold_all(WIRED, timezone.now()) == hold_all(WIRED, timezone.now()) == 2
    assert set(Hold.objects.values_list("message_id", flat=True)) == {waiting.id, unknown.id}
    assert paper.id not in Hold.objects.values_list("message_id", flat=True)


def test_no_worker_touches_what_is_held(missing: Missing) -> None:
    one = message(missing())
    hold_all(WIRED, timezone.now())
    with pytest.raises(UnderWay):
        close_cut_off(one.id, timezone.now())
    with pytest.raises(UnderWay):
        attempt(one.id, b"", timezone.now())
    assert attempts(one) == []
    assert [found.level for found in worker.held(timezone.now())] == [Level.WRONG]


def test_what_the_log_says_went_counts_as_sent_and_is_not_sent_again(missing: Missing, tmp_path: Path) -> None:
    case = missing()
    one, other, stranger = message(case), message(case), uuid4()
    hold_all(WIRED, timezone.now())
    assert str(one.id) in asked()
    (tmp_path / "sent").write_text(f"<{one.id}@savnet.example>\n{stranger}\n")
    said = asked("--gone", str(tmp_path / "sent"))
    assert "1 messages count as sent; 1 are still held" in said
    assert f"{stranger} is not held here" in said
    assert progress(attempts(one), []) in SENT
    assert list(Hold.objects.values_list("message_id", flat=True)) == [other.id]


def test_the_rest_goes_under_the_id_it_had_marked_as_a_repeat(missing: Missing) -> None:
    one, cut_off = message(missing()), message(missing())
    cut_off.attempts.create(number=1, channel=cut_off.channel, address=cut_off.address, started_at=timezone.now())
    hold_all(WIRED, timezone.now())
    asked("--send-rest")
    assert not Hold.objects.exists()
    for each in (one, cut_off):
        assert [row.outcome for row in attempts(each)] == ["unknown"]
        assert repeat_number(attempts(each)) == 2
    close_cut_off(one.id, timezone.now())


def test_a_file_with_something_else_in_it_changes_nothing(missing: Missing, tmp_path: Path) -> None:
    one = message(missing())
    hold_all(WIRED, timezone.now())
    (tmp_path / "sent").write_text(f"{one.id}\nQueued mail for delivery\n")
    with pytest.raises(CommandError, match="no message id"):
        asked("--gone", str(tmp_path / "sent"))
    assert Hold.objects.count() == 1
