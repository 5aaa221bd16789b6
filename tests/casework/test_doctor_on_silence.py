"""The doctor says when a case is watched over by nobody, an alarm had nobody to go to, or an answer lies still."""

from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone

from casework.invented import HOUR, Story
from savnet.access.models import Person
from savnet.casework import following_up, silence
from savnet.followup.models import ReceiptLink, ReceiverAnswer, StaffNotice
from savnet.followup.telling import tell
from savnet.followup.texts import Kind
from savnet.watching.checks import silence as checks
from savnet.watching.findings import Level


def levels(case: Story) -> list[Level]:
    now = case.now
    return [one.level for check in (checks.watches, checks.alarms, checks.answers) for one in check(now)]


def test_all_is_well_where_somebody_follows_up(story: Callable[..., Story], leader: Person) -> None:
    case = story().missing()
    following_up.watch_over(now=case.now)
    silence.sound(now=case.now)
    assert set(levels(case)) == {Level.WELL}


def test_an_open_case_that_nobody_watches_over_is_wrong(story: Callable[..., Story], leader: Person) -> None:
    case = story().missing().later(HOUR)
    (finding,) = checks.watches(case.now)
    assert finding.level is Level.WRONG
    assert "1 open cases are watched over by nobody" in finding.says


def test_an_alarm_without_anybody_to_go_to_is_wrong(story: Callable[..., Story]) -> None:
    case = story().missing()
    Person.objects.update(is_active=False)
    following_up.watch_over(now=case.now)
    silence.sound(now=case.now)
    assert [one.level for one in checks.alarms(case.now)] == [Level.WRONG]
    assert [one.level for one in checks.watches(case.now)] == [Level.WARNING]


def test_a_message_to_staff_that_met_a_fault_of_our_own_is_wrong_also_where_another_way_reached_her(
    story: Callable[..., Story], leader: Person
) -> None:
    case = story().missing()
    following_up.watch_over(now=case.now)
    silence.sound(now=case.now)
    StaffNotice.objects.update(ways=[{"way": "push", "told": False, "answer": "NoPushKey", "fault": True}])
    assert [one.level for one in checks.alarms(case.now)] == [Level.WRONG]


def test_a_message_to_staff_that_waits_to_leave_the_house_is_wrong(leader: Person) -> None:
    now = timezone.now()
    tell(leader, Kind.EMERGENCY, now=now)
    assert [one.level for one in checks.alarms(now + timedelta(minutes=4))] == [Level.WELL]
    assert [one.level for one in checks.alarms(now + timedelta(minutes=6))] == [Level.WRONG]


def test_an_answer_that_lies_still_is_wrong(story: Callable[..., Story]) -> None:
    case = story().missing()
    now = timezone.now()
    link = ReceiptLink.objects.create(
        message_id=case.id, case_id=case.id, token_hash="a", code_hash="b", sealed=b"", made_at=now, expires_at=now
    )
    ReceiverAnswer.objects.create(link=link, theirs=True, by_name="Vera Vakt", at=now - timedelta(hours=1))
    assert [one.level for one in checks.answers(now)] == [Level.WRONG]
