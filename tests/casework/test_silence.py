"""Nobody acts: each rung goes to another person, once, whatever workers do; and what waits is never forgotten."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from email import message_from_bytes
from email.policy import default
from itertools import pairwise

import pytest
from django.db import connection
from pytest_django import Settings

from casework.invented import DAY, HOUR, MINUTE, NOW, Story
from casework.staff_mail import point_to, staff_mail
from savnet.access.models import Person
from savnet.access.rights import Role
from savnet.cases import ledger
from savnet.cases.models import CaseKey, ObligationRow
from savnet.casework import following_up, roster, silence, tasks
from savnet.casework.contained import NotAllDone
from savnet.casework.errors import CaseworkError, NothingOwed, WrongTime
from savnet.casework.loose_ends import loose_ends
from savnet.followup import telling
from savnet.followup.models import Acknowledgement, Alarm, OnDuty, PushDevice, StaffNotice
from savnet.followup.texts import Kind, Words
from savnet.followup.ways import NotReached, Way, ways_to
from savnet.policy.turns import AGAIN, QUIET, ROUND_LASTS
from savnet.policy.waiting import Waiting
from savnet.register.models import Centre
from savnet.rules.events import Corrected, Done


@pytest.fixture
def staff(granvik: Centre, guard: Person, leader: Person) -> list[Person]:
    """Two more at Granvik, beside Nora and Leif."""
    more = [("kari", "Kari Kveld"), ("ola", "Ola Otta")]
    made = [
        Person.objects.create_user(
            one, name=name, role=Role.SHIFT_STAFF, centre=granvik, email=f"{one}@granvik.example"
        )
        for one, name in more
    ]
    for person in (guard, leader):
        person.email = f"{person.username}@staff.example"
        person.save()
    return [guard, leader, *made]


@pytest.fixture
def unreported(story: Callable[..., Story], staff: list[Person]) -> Story:
    """Missing, and nobody has reported anything."""
    return story().missing()


def round_at(now: datetime) -> None:
    """What the worker does once a minute."""
    following_up.watch_over(now=now)
    silence.sound(now=now)


def told_of_police(case: Story) -> list[str]:
    alarms = Alarm.objects.filter(case_id=case.id, subject=police(case)).order_by("rung", "turn")
    return [one.person.username for one in alarms if one.person]


def police(case: Story) -> str:
    return next(one.subject for one in loose_ends(case.now, case_id=case.id) if one.subject.startswith("a-1|"))


def test_each_rung_tells_another_person_when_nobody_has_acted(unreported: Story) -> None:
    for hours in (0, 1, 4, 12):
        round_at(unreported.now + hours * HOUR)
    told = told_of_police(unreported)
    assert told[0] == "leif"  # nobody is on duty by the roster, so the leader first
    assert len(told) == len(set(told)) == 4
    round_at(unreported.now + 20 * HOUR)
    assert told_of_police(unreported)[-1] == "leif"  # all have been told: the one for whom it is longest ago


def test_whoever_is_on_duty_is_told_first_in_the_order_of_the_roster(unreported: Story, leader: Person) -> None:
    begins, ends = unreported.now - HOUR, unreported.now + 8 * HOUR
    for place, name in ((1, "nora"), (0, "ola")):
        person = Person.objects.get(username=name)
        roster.put_on_duty(person, begins=begins, ends=ends, place=place, by=leader, now=unreported.now)
    round_at(unreported.now)
    round_at(unreported.now + HOUR)
    assert told_of_police(unreported) == ["ola", "nora"]


def test_after_the_breach_somebody_is_told_every_hour(unreported: Story) -> None:
    latest = unreported.the("a-1").latest
    assert latest
    for minutes in range(0, 6 * 60, 5):
        round_at(latest + minutes * MINUTE)
    late = Alarm.objects.filter(subject=police(unreported), late=True)
    assert [one.due_at - latest for one in late.order_by("rung")] == [hour * HOUR for hour in range(6)]
    assert set(StaffNotice.objects.values_list("kind", flat=True)) >= {Kind.LATE.value}


def test_a_round_done_twice_fires_nothing_new(unreported: Story) -> None:
    round_at(unreported.now)
    before = Alarm.objects.count()
    round_at(unreported.now)
    round_at(unreported.now + 10 * timedelta(seconds=1))
    assert Alarm.objects.count() == before


def test_of_two_alike_to_two_municipalities_the_second_keeps_its_name_when_the_first_is_done(
    unreported: Story,
) -> None:
    first = ObligationRow.objects.get(case_id=unreported.id, obligation="b-4")
    after = ObligationRow.objects.filter(case_id=unreported.id).count() + 1
    second = ObligationRow.objects.get(pk=first.pk)
    second.pk, second.position = None, after
    second.save()

    def named() -> set[str]:
        return {one.subject for one in loose_ends(unreported.now, case_id=unreported.id) if "b-4|" in one.subject}

    one, other = sorted(named())
    ObligationRow.objects.filter(pk=first.pk).update(state="discharged")
    assert named() == {other}
    ObligationRow.objects.filter(pk=first.pk).update(sent_at=unreported.now)
    assert named() == {other, f"receipt|{one}"}


def test_what_is_done_is_told_of_no_more(unreported: Story, nowhere: None) -> None:
    round_at(unreported.now)
    unreported.answered().send()
    unreported.to_the_police()
    before = Alarm.objects.filter(subject__startswith="a-1|").count()
    round_at(unreported.now + 4 * HOUR)
    assert Alarm.objects.filter(subject__startswith="a-1|").count() == before


def test_an_answer_stops_the_ladder_for_the_while_and_never_the_clock(unreported: Story, guard: Person) -> None:
    round_at(unreported.now)
    subject = police(unreported)
    pause = silence.acknowledge(unreported.id, subject, pause=2 * HOUR, by=guard, now=unreported.now + MINUTE)
    assert pause.until == unreported.now + MINUTE + 2 * HOUR
    latest = unreported.the("a-1").latest
    round_at(unreported.now + HOUR + MINUTE)
    assert len(told_of_police(unreported)) == 1
    round_at(unreported.now + 2 * HOUR + 2 * MINUTE)
    assert len(told_of_police(unreported)) == 2
    assert unreported.the("a-1").latest == latest


def test_no_answer_pauses_past_the_limit(unreported: Story, guard: Person) -> None:
    latest = unreported.the("a-1").latest
    assert latest
    pause = silence.acknowledge(unreported.id, police(unreported), pause=4 * HOUR, by=guard, now=latest - HOUR)
    assert pause.until == latest
    again = silence.acknowledge(unreported.id, police(unreported), pause=4 * HOUR, by=guard, now=latest + MINUTE)
    assert again.until == latest + MINUTE + HOUR


def test_what_no_longer_waits_cannot_be_taken_on(unreported: Story, guard: Person) -> None:
    with pytest.raises(NothingOwed):
        silence.acknowledge(unreported.id, "a-1|nobody||1|1", pause=HOUR, by=guard, now=unreported.now)
    assert not Acknowledgement.objects.exists()


def test_nobody_gets_more_than_one_message_in_a_quarter_however_much_waits(unreported: Story) -> None:
    for minutes in range(0, 26 * 60, 7):
        round_at(unreported.now + minutes * MINUTE)
    for person in Person.objects.all():
        ladder = StaffNotice.objects.filter(person=person, kind__in=[Kind.WAITING, Kind.LATE]).order_by("at")
        at = list(ladder.values_list("at", flat=True))
        assert all(other - one >= QUIET for one, other in pairwise(at))
    assert Alarm.objects.count() > StaffNotice.objects.count()


def test_at_any_time_every_open_obligation_has_a_coming_alarm_or_is_alarming(unreported: Story) -> None:
    for minutes in range(0, 72 * 60, 37):
        now = unreported.now + minutes * MINUTE
        round_at(now)
        ends = [one for one in loose_ends(now) if one.kind is Waiting.DUTY]
        assert len(ends) == ObligationRow.objects.filter(state="open").count() > 5
        for end in ends:
            assert end.following(now).at > now
            due = end.due(now)
            fired = Alarm.objects.filter(case_id=end.case_id, subject=end.subject)
            assert due is None or fired.filter(due_at__gte=due.at).exists()


def test_a_sent_notice_that_nobody_confirms_is_told_of_within_the_hour(unreported: Story, nowhere: None) -> None:
    unreported.answered().send()
    unreported.to_the_police(received_by="")
    round_at(unreported.now + 39 * MINUTE)
    assert not Alarm.objects.filter(kind=Waiting.RECEIPT).exists()
    round_at(unreported.now + 41 * MINUTE)
    assert [one.subject.split("|")[1] for one in Alarm.objects.filter(kind=Waiting.RECEIPT)] == ["a-1"]


def test_what_came_back_and_was_sent_anew_is_told_of_within_the_hour_again(unreported: Story, nowhere: None) -> None:
    unreported.answered().send()
    for _ in range(2):
        unreported.to_the_police(received_by="")
        round_at(unreported.later(46 * MINUTE).now)
        (sent,) = unreported.recorded(Done, obligation="a-1")[-1:]
        struck = Corrected(at=unreported.now, event=sent.number, fields={"withdrawn": True})
        ledger.record(unreported.id, struck, by=unreported.guard, now=unreported.now)
        unreported.later(HOUR)
    told = Alarm.objects.filter(kind=Waiting.RECEIPT, subject__contains="a-1").order_by("rung")
    assert [one.fired_at for one in told] == [unreported.now - 2 * HOUR - 46 * MINUTE, unreported.now - HOUR]
    assert len({one.person for one in told}) == 2, "and somebody else hears of it"


def test_two_workers_fire_a_rung_once(unreported: Story, transactional_db: None) -> None:
    del transactional_db

    def work(_: int) -> None:
        try:
            silence.sound(now=unreported.now)
        finally:
            connection.close()

    following_up.watch_over(now=unreported.now)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(4)))
    rungs = list(Alarm.objects.values_list("case_id", "subject", "rung", "turn"))
    assert rungs
    assert len(rungs) == len(set(rungs))
    per_person = list(
        StaffNotice.objects.filter(kind__in=[Kind.WAITING, Kind.LATE]).values_list("person_id", flat=True)
    )
    assert len(per_person) == len(set(per_person))
    assert not Alarm.objects.filter(notice=None, person__isnull=False).exists()


def test_a_message_to_staff_holds_nothing_of_the_case(unreported: Story, settings: Settings) -> None:
    with staff_mail(settings) as box:
        round_at(unreported.now)
    assert box.mails
    texts = [message_from_bytes(mail, policy=default) for mail in box.mails]
    assert all("Logg inn i Savnet" in one.get_content() for one in texts)
    text = "".join(one.as_string() for one in texts)
    for fact in ("Selam", "Granvik", "politi", str(unreported.id), "a-1"):
        assert fact not in text


def test_whoever_cannot_be_reached_is_passed_over_at_once(unreported: Story, settings: Settings) -> None:
    Person.objects.filter(username="leif").update(email="")
    with staff_mail(settings) as box:
        round_at(unreported.now)
        assert told_of_police(unreported)[0] == "leif"
        round_at(unreported.now + MINUTE)
    assert len(told_of_police(unreported)) == 2
    assert len(box.mails) == 1  # to the next in turn: the leader has no address


def reached(case: Story, rung: int) -> set[str]:
    """Who was told of this rung of the police's, and not only tried."""
    alarms = Alarm.objects.filter(case_id=case.id, subject=police(case), rung=rung, notice__told=True)
    return {one.person.username for one in alarms if one.person}


@pytest.fixture
def heard(settings: Settings) -> None:
    """Staff are told by e-mail, and it works."""
    settings.EMAIL_HOST, settings.DEFAULT_FROM_EMAIL = "localhost", "huset@savnet.example"


def test_a_mail_server_that_is_down_loses_no_alarm(unreported: Story, settings: Settings) -> None:
    point_to(settings, 1)
    for minute in range(6):
        round_at(unreported.now + minute * MINUTE)
    assert set(told_of_police(unreported)) == {"leif", "nora", "kari", "ola"}
    assert not reached(unreported, 0)
    with staff_mail(settings) as box:
        round_at(unreported.now + 6 * MINUTE)
    assert len(reached(unreported, 0)) == len(box.mails) == 1


@pytest.fixture
def overseer(db: None) -> Person:
    return Person.objects.create_user(
        "ove", name="Ove Over", role=Role.NATIONAL_OVERSEER, email="ove@udi.example", region=""
    )


def test_who_heard_of_an_earlier_rung_hears_of_this_one_where_the_one_in_turn_cannot_be_reached(
    unreported: Story, overseer: Person, settings: Settings
) -> None:
    with staff_mail(settings):
        for hours in (0, 1, 4, 12, 20):
            round_at(unreported.now + hours * HOUR)
        assert set(told_of_police(unreported)) == {"leif", "nora", "kari", "ola", "ove"}, "each has heard once"
        later = unreported.now + 23 * HOUR
        port = settings.EMAIL_PORT
        point_to(settings, 1)  # refused for a minute, just now
        round_at(later)
        point_to(settings, port)
        round_at(later + MINUTE)
    assert reached(unreported, 5), "somebody hears before the breach"
    assert told_of_police(unreported)[-2:] == ["leif", "kari"], "first who was to, then who heard longest ago"


def test_staff_mail_that_was_down_for_a_while_leads_to_somebody_when_it_is_back(
    unreported: Story, overseer: Person, settings: Settings
) -> None:
    with staff_mail(settings) as box:
        round_at(unreported.now)
        later, port = unreported.now + 4 * HOUR, settings.EMAIL_PORT
        point_to(settings, 1)
        for minute in range(7):
            round_at(later + minute * MINUTE)
        point_to(settings, port)
        before = len(box.mails)
        for minute in range(7, 15):
            round_at(later + minute * MINUTE)
    assert len(reached(unreported, 2)) == 1
    assert len(box.mails) - before == len(set(told_since(later + 7 * MINUTE))), "one message to each, of all there is"


def told_since(at: datetime) -> list[str]:
    notices = StaffNotice.objects.filter(kind__in=[Kind.WAITING, Kind.LATE], at__gte=at, told=True)
    return list(notices.values_list("person__username", flat=True))


def test_while_nobody_can_be_reached_each_is_tried_again_every_five_minutes_and_the_rows_do_not_grow(
    unreported: Story, settings: Settings
) -> None:
    point_to(settings, 1)
    for minute in range(31):
        round_at(unreported.now + minute * MINUTE)
    assert Alarm.objects.filter(subject=police(unreported)).count() == 4, "one row to each, however often she is tried"
    for person in Person.objects.filter(username__in=["leif", "nora", "kari", "ola"]):
        tries = StaffNotice.objects.filter(person=person, kind=Kind.WAITING).order_by("at")
        at = list(tries.values_list("at", flat=True))
        assert {other - one for one, other in pairwise(at)} == {AGAIN}, "whatever waits, in one message"


def test_what_reached_nobody_is_tried_no_more_when_somebody_took_it_on(
    unreported: Story, guard: Person, settings: Settings
) -> None:
    point_to(settings, 1)
    round_at(unreported.now)
    for end in loose_ends(unreported.now, case_id=unreported.id):
        silence.acknowledge(unreported.id, end.subject, pause=HOUR / 2, by=guard, now=unreported.now)
    for minute in (1, 10, 29):
        round_at(unreported.now + minute * MINUTE)
    assert told_of_police(unreported) == ["leif"]
    round_at(unreported.now + 31 * MINUTE)
    assert told_of_police(unreported) == ["leif", "kari"], "and the pause over, it goes on"


def test_what_had_nobody_to_go_to_is_told_as_soon_as_there_is_somebody(unreported: Story, heard: None) -> None:
    Person.objects.update(is_active=False)
    round_at(unreported.now)
    Person.objects.filter(username="leif").update(is_active=True)
    round_at(unreported.now + MINUTE)
    assert reached(unreported, 0) == {"leif"}


def test_a_worker_that_died_before_it_could_hand_on_loses_nothing(unreported: Story, heard: None) -> None:
    round_at(unreported.now)
    StaffNotice.objects.update(told=False)
    round_at(unreported.now + MINUTE)
    assert reached(unreported, 0) == {"kari"}


def test_what_is_for_one_person_alone_is_tried_again_until_she_hears_it(
    staff: list[Person], leader: Person, settings: Settings
) -> None:
    point_to(settings, 1)
    word = telling.tell(leader, Kind.EMERGENCY, now=NOW)
    telling.carry_out(now=NOW)
    with staff_mail(settings) as box:
        telling.carry_out(now=NOW + AGAIN - MINUTE)
        assert box.mails == []
        telling.carry_out(now=NOW + AGAIN)
        telling.carry_out(now=NOW + 2 * AGAIN)
    assert len(box.mails) == 1
    assert StaffNotice.objects.get(id=word.id).told


def test_what_is_a_day_old_is_no_longer_sent(staff: list[Person], leader: Person, settings: Settings) -> None:
    point_to(settings, 1)
    telling.tell(leader, Kind.EMERGENCY, now=NOW)
    telling.carry_out(now=NOW)
    with staff_mail(settings) as box:
        telling.carry_out(now=NOW + DAY)
    assert box.mails == []


class Hanging:
    """A way that answers nobody, and takes ten seconds of a clock that only it moves."""

    name = "hanging"

    def __init__(self) -> None:
        self.seconds = 1_000.0
        self.tried: list[str] = []

    def clock(self) -> float:
        return self.seconds

    def reaches(self, person: Person) -> bool:
        return True

    def tell(self, person: Person, words: Words) -> None:
        self.seconds += 10
        self.tried.append(person.username)
        raise NotReached("nobody answers")


@pytest.fixture
def hanging(heard: None, monkeypatch: pytest.MonkeyPatch) -> Hanging:
    """The one way to our own people hangs."""
    way = Hanging()
    monkeypatch.setattr(telling, "monotonic", way.clock)
    monkeypatch.setattr(telling, "ways_to", lambda person: [way])
    return way


@pytest.fixture
def waiting_for_word(granvik: Centre) -> list[str]:
    """Six people, each with word that waits for her, the oldest first."""
    names = [f"p{number}" for number in range(6)]
    for number, name in enumerate(names):
        person = Person.objects.create_user(name, name=name, role=Role.SHIFT_STAFF, centre=granvik)
        telling.tell(person, Kind.EMERGENCY, now=NOW + number * timedelta(seconds=1))
    return names


def test_where_a_way_hangs_a_round_ends_and_the_next_takes_the_rest(
    hanging: Hanging, waiting_for_word: list[str]
) -> None:
    began = hanging.seconds
    telling.carry_out(now=NOW + MINUTE)
    assert hanging.tried == waiting_for_word[:4]
    assert hanging.seconds - began == ROUND_LASTS.total_seconds()
    telling.carry_out(now=NOW + 2 * MINUTE)
    assert hanging.tried == waiting_for_word


def test_what_is_tried_again_comes_after_what_was_never_tried(hanging: Hanging, waiting_for_word: list[str]) -> None:
    telling.carry_out(now=NOW + MINUTE)
    hanging.tried.clear()
    telling.carry_out(now=NOW + MINUTE + AGAIN)
    assert hanging.tried == [*waiting_for_word[4:], *waiting_for_word[:2]]
    hanging.tried.clear()
    telling.carry_out(now=NOW + MINUTE + 2 * AGAIN)
    assert hanging.tried == [*waiting_for_word[2:4], *waiting_for_word[:2]], "first those for whom it is longest ago"


def test_where_no_way_leads_to_staff_nobody_counts_as_told_and_nothing_is_passed_on_in_vain(
    unreported: Story, settings: Settings
) -> None:
    settings.EMAIL_HOST = settings.PUSH_KEY = ""
    for minute in range(6):
        round_at(unreported.now + minute * MINUTE)
    assert set(StaffNotice.objects.values_list("told", flat=True)) == {None}
    assert not StaffNotice.objects.filter(ended_at=None).exists()
    assert told_of_police(unreported) == ["leif"], "it is his, and he sees it where he looks"


# One that nobody foresaw


@pytest.fixture
def broken_key(settings: Settings, leader: Person) -> None:
    """The leader has a browser that may be pushed to, and the key to sign with is none."""
    settings.PUSH_KEY, settings.PUSH_CONTACT = "no key at all", "mailto:drift@savnet.example"
    settings.PUSH_SERVICES = ["push.example"]
    PushDevice.objects.create(person=leader, endpoint="https://push.example/x", added_at=NOW)


def test_a_way_that_falls_over_reaches_nobody_and_the_next_is_told(
    unreported: Story, broken_key: None, settings: Settings
) -> None:
    Person.objects.filter(username="leif").update(email="")
    with staff_mail(settings):
        round_at(unreported.now)
        round_at(unreported.now + MINUTE)
    assert reached(unreported, 0) == {"kari"}
    ways = StaffNotice.objects.filter(person__username="leif").first()
    assert ways
    assert ways.ways == [{"way": "push", "told": False, "answer": "NoPushKey", "fault": True}]


def test_a_way_that_falls_over_keeps_no_other_way_to_the_same_person(
    unreported: Story, broken_key: None, settings: Settings
) -> None:
    with staff_mail(settings):
        round_at(unreported.now)
    assert reached(unreported, 0) == {"leif"}


def test_a_message_that_falls_over_keeps_none_behind_it_waiting(unreported: Story, guard: Person, heard: None) -> None:
    poisoned = StaffNotice.objects.create(person=guard, kind="no such kind", at=unreported.now - DAY)
    settled = StaffNotice.objects.filter(id=poisoned.id)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(telling, "ways_to", falls_over_for(guard))
        round_at(unreported.now)
    assert reached(unreported, 0) == {"leif"}
    assert settled.values_list("told", "ended_at").get() == (False, unreported.now)
    assert settled.get().ways == [{"way": "", "told": False, "answer": "RuntimeError", "fault": True}]


def falls_over_for(person: Person) -> Callable[[Person], list[Way]]:
    def ways(whom: Person) -> list[Way]:
        if whom == person:
            raise RuntimeError("odd")
        return ways_to(whom)

    return ways


def test_what_was_fired_is_told_of_though_the_ladder_cannot_be_gone_up(
    unreported: Story, guard: Person, heard: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(now: datetime) -> None:
        raise RuntimeError("odd")

    told = telling.tell(guard, Kind.EMERGENCY, now=unreported.now)
    monkeypatch.setattr(silence, "loose_ends", breaks)
    with pytest.raises(NotAllDone):
        silence.sound(now=unreported.now)
    assert StaffNotice.objects.get(id=told.id).told


def test_nothing_but_the_ladder_itself_can_stop_the_alarms(unreported: Story) -> None:
    """What else is done once a minute is done by tasks of their own."""
    CaseKey.objects.update(wrapping_key="no such key")
    with pytest.raises(NotAllDone):
        tasks.watch_over(timestamp=0)
    tasks.sound(timestamp=0)
    assert told_of_police(unreported)


def test_an_empty_office_still_alarms(unreported: Story) -> None:
    Person.objects.update(is_active=False)
    round_at(unreported.now + HOUR)
    assert Alarm.objects.filter(subject=police(unreported), person=None).exists()


def test_an_exercise_alarms_nobody(story: Callable[..., Story], staff: list[Person], granvik: Centre) -> None:
    place = Centre.objects.create(
        name="Øvelse", operator="municipal", municipality=granvik.municipality, exercise_of=granvik
    )
    exercise = story(centre=place).missing()
    round_at(exercise.now + 2 * HOUR)
    assert not Alarm.objects.exists()
    assert not StaffNotice.objects.exists()


def test_a_shift_must_lie_ahead_and_end_after_it_begins(staff: list[Person], leader: Person) -> None:
    with pytest.raises(WrongTime):
        roster.put_on_duty(staff[0], begins=NOW, ends=NOW - HOUR, place=0, by=leader, now=NOW)
    with pytest.raises(WrongTime):
        roster.put_on_duty(staff[0], begins=NOW - DAY, ends=NOW - HOUR, place=0, by=leader, now=NOW)
    staff[0].is_active = False
    with pytest.raises(CaseworkError):
        roster.put_on_duty(staff[0], begins=NOW, ends=NOW + HOUR, place=0, by=leader, now=NOW)
    assert not OnDuty.objects.exists()
