"""The second reader reads the ledger for itself, as a role that can do nothing else, and reaches a person by itself."""

import json
import os
import ssl
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from pytest_django import Settings

from delivery.mail_servers import Mailbox, Postroom, running
from savnet.access.models import Person
from savnet.cases import ledger
from savnet.cases.models import Case, CaseKey, ObligationRow, Record
from savnet.casework import silence
from savnet.casework.loose_ends import loose_ends
from savnet.demo.authority import Identity
from savnet.followup.models import Acknowledgement, Alarm, StaffNotice
from savnet.register.models import Centre
from savnet.rules.events import InquiryMade
from savnet.sealing import FileKeys
from savnet.watching import reader_seen, readiness
from savnet.watching.heartbeat import beat
from savnet.watching.metrics import text
from savnet.watching.models import Canary, Heartbeat, ReaderReport, WayOut
from savnet.watching.reader import judging
from savnet.watching.reader.judging import Judgement, Kind, judge
from savnet.watching.reader.setup import NotSetUp, Setup, from_environment
from savnet.watching.second_reader import Watch
from savnet.watching.standing import standing
from savnet.watching.ways_out import CARRY_NO_LETTER
from watching.ladder_marks import forget_jobs, gone_up
from watching.listening import Listener
from watching.set_clocks import set_clock

pytestmark = pytest.mark.django_db(transaction=True)
Missing = Callable[..., Case]
ROLE = f"savnet_reader_{os.getpid()}"
PASSWORD = "not-a-real-password-at-all"
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@pytest.fixture(autouse=True)
def no_jobs(transactional_db: None) -> Iterator[None]:
    """Nobody has gone up the ladder of alarms before a test says so, and no test that comes after hears of it."""
    forget_jobs()
    yield
    forget_jobs()


@pytest.fixture
def role(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The second reader's role, made by the command that operators use."""
    monkeypatch.setenv("SAVNET_READER_PASSWORD", PASSWORD)
    call_command("make_reader", "--name", ROLE)
    yield ROLE
    with connection.cursor() as cursor:
        cursor.execute(f"DROP OWNED BY {ROLE}; DROP ROLE {ROLE}")


@pytest.fixture
def setup(role: str, settings: Settings, listener: Listener, authority: Identity) -> Setup:
    """The reader set up with its own role, and a webhook to somebody."""
    named = connection.settings_dict
    host = quote(named["HOST"], safe="/")
    return Setup(
        database=f"postgresql://{role}:{PASSWORD}@/{named['NAME']}?host={host}",
        key_file=Path(settings.KEY_FILE),
        webhook=f"{listener.url}/vakt",
        webhook_ca=authority.certificate_pem().decode(),
    )


@pytest.fixture(autouse=True)
def reached(guard: Person, settings: Settings) -> None:
    """Whoever is at the centre is reached by e-mail, where a test does not say otherwise."""
    settings.EMAIL_HOST, settings.DEFAULT_FROM_EMAIL = "mail.example", "huset@savnet.example"
    Person.objects.filter(id=guard.id).update(email="nora@mottak.example")


@pytest.fixture
def case(missing: Missing) -> Case:
    """A child is missing, and the worker is awake."""
    opened = missing()
    beat(now())
    return opened


def now() -> datetime:
    return datetime.now(UTC)


def kinds(found: Judgement) -> set[Kind]:
    return {alarm.kind for alarm in found.alarms}


def undone(sql: str, *values: Any) -> None:
    """Do what no code of the house can: change what is recorded."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(sql, values)
        cursor.execute("SET session_replication_role = DEFAULT")


def test_where_the_ledger_and_the_rows_agree_nobody_is_disturbed(setup: Setup, case: Case, missing: Missing) -> None:
    missing(ago=timedelta(hours=30))
    silence.sound(now=now())
    beat(now())
    found = judge(setup, now())
    overdue = ObligationRow.objects.filter(state="open", latest__lt=now()).count()
    assert found.alarms == ()
    assert found.numbers.startswith(f"2 cases, {Record.objects.count()} records, ")
    assert f"{ObligationRow.objects.filter(state='open').count()} open, {overdue} overdue" in found.numbers


def test_a_duty_that_vanished_from_the_rows_is_noticed(setup: Setup, case: Case) -> None:
    ObligationRow.objects.filter(obligation="a-1").delete()
    assert Kind.ROWS in kinds(judge(setup, now()))


def test_a_limit_that_was_moved_in_the_rows_is_noticed(setup: Setup, case: Case) -> None:
    ObligationRow.objects.filter(obligation="a-1").update(latest=now() + timedelta(days=30))
    assert kinds(judge(setup, now())) == {Kind.ROWS}


def test_a_duty_that_is_called_done_though_the_ledger_does_not_say_so_is_noticed(setup: Setup, case: Case) -> None:
    ObligationRow.objects.filter(obligation="a-1").update(state="discharged")
    assert Kind.ROWS in kinds(judge(setup, now()))


def test_a_worker_that_falls_silent_is_noticed(setup: Setup, case: Case) -> None:
    assert kinds(judge(setup, now() + timedelta(seconds=61))) == {Kind.SILENCE}
    Heartbeat.objects.all().delete()
    assert kinds(judge(setup, now())) == {Kind.SILENCE}


def test_a_worker_that_goes_through_too_few_is_noticed(setup: Setup, case: Case) -> None:
    Heartbeat.objects.update(examined=1)
    assert kinds(judge(setup, now())) == {Kind.COUNT}


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE cases_record SET sealed = '\\x00' WHERE case_id = %s AND sequence = 2",
        "UPDATE cases_record SET recorded_at = now() WHERE case_id = %s AND sequence = 2",
        "DELETE FROM cases_record WHERE case_id = %s AND sequence = 2",
        "DELETE FROM cases_record WHERE case_id = %s AND sequence = 3",
        "UPDATE cases_casekey SET sealed = '\\x00' WHERE case_id = %s",
        "DELETE FROM cases_casekey WHERE case_id = %s",
        "UPDATE cases_case SET head_hash = '\\x00' WHERE id = %s",
    ],
)
def test_damage_of_any_kind_is_noticed(setup: Setup, case: Case, damage: str) -> None:
    undone(damage, case.id)
    assert Kind.DAMAGE in kinds(judge(setup, now()))


def test_a_lost_canary_is_noticed(setup: Setup, case: Case) -> None:
    Canary.objects.create(channel="encrypted_email", sent_at=now() - 20 * MINUTE)
    assert kinds(judge(setup, now())) == {Kind.CANARY}


def canary(ago: timedelta, *, home: bool = True, channel: str = "svarut") -> None:
    sent = now() - ago
    Canary.objects.create(channel=channel, sent_at=sent, arrived_at=sent + MINUTE if home else None)


def test_canaries_that_no_longer_fly_are_missed(setup: Setup, case: Case) -> None:
    canary(2 * HOUR + MINUTE)
    (alarm,) = judge(setup, now()).alarms
    assert (alarm.kind, "er sendt på to timer (svarut)" in alarm.text) == (Kind.CANARY, True)
    canary(2 * HOUR - MINUTE)
    assert kinds(judge(setup, now())) == set()


def test_a_canary_that_came_home_after_a_lost_one_ends_the_alarm(setup: Setup, case: Case) -> None:
    canary(HOUR, home=False)
    assert kinds(judge(setup, now())) == {Kind.CANARY}
    canary(5 * MINUTE)
    assert kinds(judge(setup, now())) == set()


@pytest.mark.parametrize("home", [True, False])
def test_a_channel_over_which_none_has_flown_for_a_day_is_taken_to_have_been_given_up(
    setup: Setup, case: Case, home: bool
) -> None:
    canary(23 * HOUR, home=home)
    assert kinds(judge(setup, now())) == {Kind.CANARY}
    Canary.objects.update(sent_at=now() - 25 * HOUR)
    assert kinds(judge(setup, now())) == set()


def test_a_reader_whose_own_clock_is_ahead_loses_no_canary(
    setup: Setup, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    canary(5 * MINUTE, home=False, channel="encrypted_email")
    set_clock(monkeypatch, 1200.0)
    assert kinds(judge(setup, now() + 20 * MINUTE)) == {Kind.CLOCK}


def test_a_key_file_that_is_gone_or_open_to_others_is_an_alarm_of_its_own(setup: Setup, case: Case) -> None:
    setup.key_file.chmod(0o644)
    assert kinds(judge(setup, now())) == {Kind.KEYS}
    setup.key_file.unlink()
    assert kinds(judge(setup, now())) == {Kind.KEYS}


def test_a_database_that_does_not_answer_is_an_alarm(setup: Setup) -> None:
    gone = Setup(database="postgresql://nobody@127.0.0.1:1/savnet?connect_timeout=2", key_file=setup.key_file)
    assert kinds(judge(gone, now())) == {Kind.DATABASE}


def test_what_nobody_thought_of_does_not_silence_the_reader(
    setup: Setup, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(*_: object) -> None:
        raise RuntimeError("odd")

    monkeypatch.setattr(judging, "read_all", breaks)
    assert kinds(judge(setup, now())) == {Kind.READER}


@pytest.mark.parametrize(("awake", "wanted", "alarms"), [(1, 1, False), (2, 2, False), (1, 2, True), (0, 2, False)])
def test_workers_that_are_missing_beside_others_are_noticed(
    setup: Setup, case: Case, awake: int, wanted: int, alarms: bool
) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_workers")
        cursor.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '31 seconds')")
        for _ in range(awake):
            cursor.execute("INSERT INTO procrastinate_workers DEFAULT VALUES")
    found = judge(replace(setup, workers=wanted), now())
    assert kinds(found) == ({Kind.WORKERS} if alarms else set())


def test_a_site_that_does_not_answer_is_noticed(setup: Setup, case: Case, live_server: Any) -> None:
    assert kinds(judge(replace(setup, site=f"{live_server.url}/helse/klar/"), now())) == set()
    assert kinds(judge(replace(setup, site=f"{live_server.url}/nowhere/"), now())) == {Kind.SITE}
    assert kinds(judge(replace(setup, site="http://127.0.0.1:1/helse/klar/"), now())) == {Kind.SITE}


def test_a_site_whose_clock_is_wrong_is_noticed(
    setup: Setup, case: Case, live_server: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(readiness, "apart", lambda: timedelta(minutes=-20))
    assert kinds(judge(replace(setup, site=f"{live_server.url}/helse/klar/"), now())) == {Kind.CLOCK}


@pytest.mark.parametrize("seconds", [1200.0, -1200.0])
def test_a_reader_whose_own_clock_is_wrong_says_so_and_still_sees_silence(
    setup: Setup, case: Case, monkeypatch: pytest.MonkeyPatch, seconds: float
) -> None:
    set_clock(monkeypatch, seconds)
    ahead = timedelta(seconds=seconds)
    assert kinds(judge(setup, now() + ahead)) == {Kind.CLOCK}
    assert kinds(judge(setup, now() + ahead + MINUTE)) == {Kind.CLOCK, Kind.SILENCE}


@pytest.mark.parametrize("minutes", [20, -20])
def test_a_worker_whose_clock_is_wrong_is_noticed(setup: Setup, case: Case, minutes: int) -> None:
    Heartbeat.objects.update(clock_ahead=timedelta(minutes=minutes))
    found = judge(setup, now())
    assert kinds(found) == {Kind.CLOCK}
    assert f"20 minutter {'foran' if minutes > 0 else 'etter'}" in found.alarms[0].text


def test_a_heartbeat_ahead_of_the_databases_clock_tells_nothing(setup: Setup, case: Case) -> None:
    Heartbeat.objects.update(at=now() + 20 * MINUTE)
    assert kinds(judge(setup, now())) == {Kind.SILENCE}


@pytest.mark.parametrize(("failures", "found"), [(0, set()), (1, set()), (2, {Kind.WAY_OUT})])
def test_a_way_out_that_is_closed_is_noticed(setup: Setup, case: Case, failures: int, found: set[Kind]) -> None:
    WayOut.objects.create(channel="encrypted_email", knocked_at=now(), failures=failures)
    assert kinds(judge(setup, now())) == found


def test_of_a_way_that_no_letter_goes_by_no_letter_is_said_to_be_held_up(setup: Setup, case: Case) -> None:
    for channel in CARRY_NO_LETTER:
        WayOut.objects.create(channel=channel, knocked_at=now(), failures=2)
    told = [one.text for one in judge(setup, now()).alarms]
    assert len(told) == len(CARRY_NO_LETTER)
    assert not any("blir stående" in text for text in told)


# The ladder of alarms


def test_a_ladder_that_nobody_goes_up_is_noticed_though_the_heart_beats(setup: Setup, case: Case) -> None:
    gone_up(now() - MINUTE)
    assert kinds(judge(setup, now())) == set()
    later = now() + timedelta(seconds=140)
    beat(later)
    assert kinds(judge(setup, later)) == {Kind.LADDER}


def test_a_worker_that_is_started_again_after_a_night_has_time_to_go_up_the_ladder(setup: Setup, case: Case) -> None:
    gone_up(now() - 10 * HOUR)
    assert kinds(judge(setup, now())) == set()


def test_a_ladder_that_nobody_ever_went_up_is_noticed(setup: Setup, case: Case) -> None:
    Heartbeat.objects.update(at=now() - 4 * MINUTE)
    beat(now())
    assert kinds(judge(setup, now())) == {Kind.LADDER}


def test_where_the_worker_is_silent_the_ladder_is_no_alarm_of_its_own(setup: Setup, case: Case) -> None:
    gone_up(now() - 10 * MINUTE)
    assert kinds(judge(setup, now() + 5 * MINUTE)) == {Kind.SILENCE}


@pytest.fixture
def overdue(missing: Missing) -> Case:
    """The worker is awake and says that all is well; a duty is six hours overdue."""
    opened = missing(ago=timedelta(hours=30))
    beat(now())
    return opened


def late_now(case: Case) -> int:
    return ObligationRow.objects.filter(case=case, state="open", latest__lt=now()).count()


def test_what_is_overdue_and_nobody_was_told_of_is_noticed(setup: Setup, overdue: Case) -> None:
    found = judge(setup, now())
    assert kinds(found) == {Kind.UNTOLD}
    assert found.alarms[0].text.startswith(f"{late_now(overdue)} plikter er over fristen uten")
    silence.sound(now=now())
    assert kinds(judge(setup, now())) == set()


def untold(setup: Setup) -> bool:
    """Whether the reader says that nobody was told, and nothing else."""
    said = kinds(judge(setup, now()))
    assert said <= {Kind.UNTOLD}
    return bool(said)


def unreached() -> int:
    return int(
        next(line for line in text(now()).splitlines() if line.startswith("savnet_alarms_unreached ")).split()[1]
    )


def test_an_alarm_that_reached_nobody_has_told_nobody(setup: Setup, overdue: Case, guard: Person) -> None:
    Person.objects.filter(id=guard.id).update(email="")
    silence.sound(now=now())
    assert set(StaffNotice.objects.values_list("told", flat=True)) == {False}
    assert untold(setup)
    assert unreached() == Alarm.objects.count() > 0


def test_an_alarm_that_nobody_was_there_to_get_has_told_nobody(setup: Setup, overdue: Case, guard: Person) -> None:
    Person.objects.filter(id=guard.id).update(is_active=False)
    silence.sound(now=now())
    assert set(Alarm.objects.values_list("person", flat=True)) == {None}
    assert untold(setup)
    assert unreached() == Alarm.objects.count() > 0


def test_where_no_way_leads_out_of_the_house_nobody_was_told(setup: Setup, overdue: Case, settings: Settings) -> None:
    settings.EMAIL_HOST = settings.PUSH_KEY = ""
    silence.sound(now=now())
    assert set(StaffNotice.objects.values_list("told", flat=True)) == {None}
    assert untold(setup)
    assert unreached() == Alarm.objects.count() > 0


def test_an_alarm_that_reached_somebody_has_told_her(setup: Setup, overdue: Case) -> None:
    silence.sound(now=now())
    assert set(StaffNotice.objects.values_list("told", flat=True)) == {True}
    assert not untold(setup)
    assert unreached() == 0


def test_an_alarm_that_was_handed_on_and_reached_the_next_has_told_somebody(
    setup: Setup, overdue: Case, guard: Person
) -> None:
    Person.objects.filter(id=guard.id).update(email="")
    Person.objects.create_user("dag", name="Dag Vakt", role=guard.role, centre=guard.centre)
    silence.sound(now=now())
    Person.objects.exclude(id=StaffNotice.objects.get().person_id).update(email="ved.siden@mottak.example")
    silence.sound(now=now())
    assert set(StaffNotice.objects.values_list("told", flat=True)) == {False, True}
    assert not untold(setup)
    assert unreached() == 0


@pytest.mark.parametrize("gathered", [False, True])
@pytest.mark.parametrize(("minutes", "in_vain"), [(17, False), (19, True)])
def test_word_may_be_on_its_way_for_some_minutes_and_no_longer(
    setup: Setup, overdue: Case, gathered: bool, minutes: int, in_vain: bool
) -> None:
    silence.sound(now=now())
    Alarm.objects.update(fired_at=now() - minutes * MINUTE)
    if gathered:
        StaffNotice.objects.update(told=None, ended_at=None)
    else:
        Alarm.objects.update(notice=None)
    assert untold(setup) is in_vain
    assert (unreached() > 0) is in_vain


def test_word_that_is_tried_anew_after_it_reached_nobody_has_told_nobody_yet(
    setup: Setup, overdue: Case, guard: Person
) -> None:
    Person.objects.filter(id=guard.id).update(email="")
    silence.sound(now=now())
    Alarm.objects.update(notice=None)
    assert untold(setup)
    assert unreached() == Alarm.objects.count()


def test_one_duty_left_out_of_the_ladder_is_noticed(setup: Setup, overdue: Case) -> None:
    silence.sound(now=now())
    Alarm.objects.filter(subject__startswith="a-1|").delete()
    found = judge(setup, now())
    assert kinds(found) == {Kind.UNTOLD}
    assert found.alarms[0].text.startswith("1 plikt er over")


@pytest.mark.parametrize(("minutes", "too_long"), [(62, False), (64, True)])
def test_what_is_overdue_is_told_of_every_hour(setup: Setup, overdue: Case, minutes: int, too_long: bool) -> None:
    silence.sound(now=now())
    Alarm.objects.update(fired_at=now() - minutes * MINUTE)
    assert untold(setup) is too_long


def test_what_somebody_has_taken_on_is_not_told_of(setup: Setup, overdue: Case, guard: Person) -> None:
    for end in list(loose_ends(now(), case_id=overdue.id)):
        silence.acknowledge(overdue.id, end.subject, pause=HOUR, by=guard, now=now())
    assert kinds(judge(setup, now())) == set()
    Acknowledgement.objects.update(at=now() - HOUR, until=now() - 4 * MINUTE)
    assert kinds(judge(setup, now())) == {Kind.UNTOLD}


def test_what_was_overdue_when_it_was_noted_has_some_minutes(setup: Setup, overdue: Case, guard: Person) -> None:
    ledger.record(overdue.id, InquiryMade(at=now(), what="Ringte."), by=guard, now=now())
    beat(now())
    assert kinds(judge(setup, now())) == set()
    beat(now() + 4 * MINUTE)
    assert kinds(judge(setup, now() + 4 * MINUTE)) >= {Kind.UNTOLD}


# Exercises


@pytest.fixture
def exercise(case: Case, centre: Centre, missing: Missing) -> Case:
    """An exercise at the same centre: a case in which everything is overdue, and nothing is owed."""
    practised = missing(ago=timedelta(hours=40))
    place = Centre.objects.create(
        name="Furuly øvelse", operator=centre.operator, municipality=centre.municipality, exercise_of=centre
    )
    Case.objects.filter(id=practised.id).update(centre=place)
    ObligationRow.objects.filter(case=practised).update(centre=place)
    return practised


def test_an_exercise_disturbs_nobody_and_hides_no_miscount(setup: Setup, exercise: Case) -> None:
    made = beat(now())
    assert made.examined == ObligationRow.objects.filter(state="open").exclude(case=exercise).count() > 0
    assert kinds(judge(setup, now())) == set()
    assert not standing(now()).miscounted
    Heartbeat.objects.filter(id=made.id).update(examined=made.examined - 1)
    assert kinds(judge(setup, now())) == {Kind.COUNT}
    assert standing(now()).miscounted


# Who watches the reader


def test_each_round_that_told_whom_it_should_is_seen_by_the_house_and_outside(
    setup: Setup, case: Case, listener: Listener
) -> None:
    watch = Watch(replace(setup, alive=f"{listener.url}/leser", alive_ca=setup.webhook_ca))
    watch.round(now())
    assert not reader_seen.silent(now())
    assert [(one.method, one.path, one.body) for one in listener.heard] == [("GET", "/leser", b"")]


def test_a_reader_that_reaches_nobody_is_as_good_as_dead(setup: Setup, case: Case, listener: Listener) -> None:
    alone = replace(setup, webhook="https://localhost:1/", alive=f"{listener.url}/leser", alive_ca=setup.webhook_ca)
    watch = Watch(alone)
    watch.round(now() + 2 * MINUTE)
    assert (ReaderReport.objects.count(), listener.heard) == (0, [])
    beat(now())
    watch.round(now())
    assert (ReaderReport.objects.count(), len(listener.heard)) == (1, 1)


@pytest.mark.parametrize("blind", ["no key file", "a database without its rights", "what nobody thought of"])
def test_a_reader_that_sees_nothing_is_as_good_as_dead(
    blind: str, setup: Setup, role: str, case: Case, listener: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    watch = Watch(replace(setup, alive=f"{listener.url}/leser", alive_ca=setup.webhook_ca))
    if blind == "no key file":
        setup.key_file.unlink()
    elif blind == "a database without its rights":
        with connection.cursor() as cursor:
            cursor.execute(f"REVOKE SELECT ON procrastinate_workers FROM {role}")  # noqa: S608
    else:
        monkeypatch.setattr(judging, "read_all", lambda *_: 1 / 0)
    watch.round(now())
    assert ReaderReport.objects.count() == 0
    assert [one.path for one in listener.heard] == ["/vakt"], "its person is told all the same"


def test_a_reader_that_was_there_is_missed_and_one_that_never_was_is_not(setup: Setup, case: Case) -> None:
    assert not reader_seen.silent(now())
    Watch(setup).round(now())
    assert not reader_seen.silent(now() + timedelta(seconds=119))
    assert reader_seen.silent(now() + timedelta(seconds=125))
    call_command("make_reader", "--forget")
    assert not reader_seen.silent(now() + timedelta(seconds=125))


def test_a_reader_that_has_not_its_new_rights_says_so(setup: Setup, role: str, case: Case) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"REVOKE SELECT ON procrastinate_workers FROM {role}")  # noqa: S608
    assert kinds(judge(setup, now())) == {Kind.DATABASE}
    call_command("make_reader", "--name", role)
    assert kinds(judge(setup, now())) == set()


def test_a_reader_that_may_not_ask_of_what_somebody_was_told_says_what_to_do(
    setup: Setup, role: str, case: Case
) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"REVOKE ALL ON FUNCTION savnet_told_of(timestamptz, timestamptz) FROM {role}")
    (alarm,) = judge(setup, now()).alarms
    assert (alarm.kind, "savnet make-reader" in alarm.text) == (Kind.DATABASE, True)
    call_command("make_reader", "--name", role)
    assert kinds(judge(setup, now())) == set()


def test_after_a_restore_nobody_but_the_reader_may_ask_of_what_somebody_was_told(setup: Setup, role: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("GRANT EXECUTE ON FUNCTION savnet_told_of(timestamptz, timestamptz) TO PUBLIC")
        call_command("make_reader", "--name", role)
        cursor.execute("SELECT proacl::text FROM pg_proc WHERE proname = 'savnet_told_of'")
        (rights,) = cursor.fetchone()
    assert "{=" not in rights
    assert ",=" not in rights
    assert f"{role}=X" in rights


# The role


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM register_resident",
        "SELECT * FROM access_person",
        "SELECT * FROM delivery_message",
        "SELECT * FROM django_session",
        "SELECT args FROM procrastinate_jobs",
        "SELECT person_id FROM followup_alarm",
        "SELECT told FROM followup_staffnotice",
        "SELECT person_id FROM followup_acknowledgement",
        "SET TRANSACTION READ WRITE; UPDATE cases_case SET state = 'closed'",
        "SET TRANSACTION READ WRITE; INSERT INTO watching_heartbeat DEFAULT VALUES",
        "SET TRANSACTION READ WRITE; DELETE FROM cases_record",
        "SET TRANSACTION READ WRITE; DELETE FROM watching_readerreport",
        "SET TRANSACTION READ WRITE; CREATE TABLE mine (id int)",
    ],
)
def test_its_role_reads_no_names_and_changes_nothing(setup: Setup, case: Case, statement: str) -> None:
    with psycopg.connect(setup.database) as reader, pytest.raises(psycopg.errors.InsufficientPrivilege):
        reader.execute(statement)


def test_the_command_can_be_repeated_and_wants_a_real_password(role: str, monkeypatch: pytest.MonkeyPatch) -> None:
    call_command("make_reader", "--name", role)
    monkeypatch.setenv("SAVNET_READER_PASSWORD", "short")
    with pytest.raises(CommandError, match="20 random characters"):
        call_command("make_reader", "--name", role)


# Reaching a person


def told(listener: Listener) -> list[str]:
    return [json.loads(one.body)["text"] for one in listener.heard]


def test_a_person_is_told_at_once_and_only_once_and_when_it_is_over(
    setup: Setup, case: Case, listener: Listener
) -> None:
    watch = Watch(setup)
    watch.round(now())
    assert listener.heard == []
    for seconds in (61, 91, 121):
        watch.round(now() + timedelta(seconds=seconds))
    (alarm,) = told(listener)
    assert alarm.startswith("Savnet trenger hjelp nå\n")
    assert "skriv ut meldingene" in alarm
    beat(now())
    watch.round(now())
    assert told(listener)[1].startswith("Savnet: i orden igjen")


def test_something_new_going_wrong_is_told_though_the_person_was_told_just_now(
    setup: Setup, case: Case, listener: Listener
) -> None:
    watch = Watch(setup)
    watch.round(now() + 2 * MINUTE)
    ObligationRow.objects.filter(obligation="a-1").update(latest=None)
    watch.round(now() + 2 * MINUTE)
    assert len(listener.heard) == 2


def closed(*channels: str) -> None:
    """These ways out are closed now, and no others."""
    WayOut.objects.all().delete()
    WayOut.objects.bulk_create(WayOut(channel=one, knocked_at=now(), failures=2) for one in channels)


def test_what_went_away_and_comes_back_is_told_at_once_though_something_else_stayed_wrong(
    setup: Setup, case: Case, listener: Listener
) -> None:
    ObligationRow.objects.filter(obligation="a-1").update(latest=None)
    watch = Watch(setup)
    for channels in (["encrypted_email"], [], [], ["encrypted_email"], ["encrypted_email"]):
        closed(*channels)
        watch.round(now())
    assert ["encrypted_email" in one for one in told(listener)] == [True, True]


def test_a_second_channel_that_closes_is_told_at_once(setup: Setup, case: Case, listener: Listener) -> None:
    watch = Watch(setup)
    for channels in (["encrypted_email"], ["encrypted_email", "staff"], ["staff"], []):
        closed(*channels)
        watch.round(now())
    first, second, over = told(listener)
    assert ("(staff)" in first, "(staff)" in second) == (False, True)
    assert over.startswith("Savnet: i orden igjen")


def test_more_damage_is_told_at_once_and_less_is_not(
    setup: Setup, case: Case, missing: Missing, listener: Listener
) -> None:
    watch, other = Watch(setup), missing()
    beat(now())
    for damaged in (case.id, other.id):
        undone("UPDATE cases_case SET head_hash = '\\x00' WHERE id = %s", damaged)
        watch.round(now())
    undone("UPDATE cases_case SET head_hash = %s WHERE id = %s", other.head_hash, other.id)
    watch.round(now())
    assert [one.split("\n")[2][:9] for one in told(listener)] == ["- 1 sak e", "- 2 saker"]


def test_that_it_is_over_is_told_though_what_went_wrong_last_reached_nobody(
    setup: Setup, case: Case, listener: Listener
) -> None:
    watch = Watch(setup)
    closed("encrypted_email")
    watch.round(now())
    listener.status = 500
    closed("staff")
    watch.round(now())
    listener.status = 200
    closed()
    watch.round(now())
    assert told(listener)[-1].startswith("Savnet: i orden igjen")


def test_what_stays_wrong_is_told_again_after_a_while(
    setup: Setup, case: Case, listener: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    watch = Watch(setup)
    watch.round(now() + 2 * MINUTE)
    watch.told_at = (watch.told_at or 0) - setup.again
    watch.round(now() + 2 * MINUTE)
    assert len(listener.heard) == 2


def test_where_nobody_was_reached_it_is_tried_again_in_the_next_round(
    setup: Setup, case: Case, listener: Listener, capsys: pytest.CaptureFixture[str]
) -> None:
    watch = Watch(setup)
    listener.status = 500
    watch.round(now() + 2 * MINUTE)
    assert "NOBODY WAS REACHED" in capsys.readouterr().err
    listener.status = 200
    watch.round(now() + 2 * MINUTE)
    assert len(listener.heard) == 2


def test_no_child_centre_or_case_is_named_to_the_world(setup: Setup, case: Case, listener: Listener) -> None:
    ObligationRow.objects.all().delete()
    undone("UPDATE cases_case SET head_hash = '\\x00' WHERE id = %s", case.id)
    Watch(setup).round(now() + 2 * MINUTE)
    (alarm,) = told(listener)
    for secret in ("Yonas", "Furuly", str(case.id), case.id.hex, PASSWORD):
        assert secret not in alarm


def test_mail_goes_by_its_own_server_under_tls(
    role: str, setup: Setup, case: Case, server_identity: Identity, authority: Identity, tmp_path: Path
) -> None:
    (tmp_path / "own.pem").write_bytes(server_identity.certificate_pem() + server_identity.key_pem())
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(tmp_path / "own.pem")
    box = Mailbox()
    with running(Postroom(box, tls=context), "") as server:
        by_mail = Setup(
            database=setup.database,
            key_file=setup.key_file,
            smtp_host=server.host,
            smtp_port=server.port,
            smtp_ca=authority.certificate_pem().decode(),
            sender="leser@savnet.example",
            receivers=("vakt@savnet.example",),
        )
        Watch(by_mail).round(now() + 2 * MINUTE)
    (mail,) = box.mails
    assert b"To: vakt@savnet.example" in mail
    assert b"Subject: Savnet trenger hjelp" in mail


# The program


def program(setup: Setup, listener: Listener, authority: Identity, tmp_path: Path) -> Any:
    (tmp_path / "ca.pem").write_bytes(authority.certificate_pem())
    environment = {
        "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
        "SAVNET_READER_DATABASE_URL": setup.database,
        "SAVNET_READER_KEYS": str(setup.key_file),
        "SAVNET_READER_WEBHOOK": setup.webhook,
        "SAVNET_READER_WEBHOOK_CA_FILE": str(tmp_path / "ca.pem"),
    }
    command = [sys.executable, "-m", "savnet.watching.second_reader", "--once"]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)


def test_it_runs_as_a_program_of_its_own_without_the_houses_settings(
    setup: Setup, case: Case, listener: Listener, authority: Identity, tmp_path: Path
) -> None:
    well = program(setup, listener, authority, tmp_path)
    assert (well.returncode, listener.heard) == (0, []), well.stderr
    assert "1 cases" in well.stderr
    Heartbeat.objects.all().delete()
    ill = program(setup, listener, authority, tmp_path)
    assert (ill.returncode, len(listener.heard)) == (1, 1), ill.stderr


def test_it_loads_neither_django_nor_the_queue() -> None:
    code = "import sys, savnet.watching.second_reader; print({'django', 'procrastinate'} & set(sys.modules))"
    environment = {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ({}, "SAVNET_READER_DATABASE_URL"),
        ({"SAVNET_READER_DATABASE_URL": "x"}, "SAVNET_READER_KEYS"),
        ({"SAVNET_READER_DATABASE_URL": "x", "SAVNET_READER_KEYS": "x"}, "nobody to reach"),
        (
            {"SAVNET_READER_DATABASE_URL": "x", "SAVNET_READER_KEYS": "x", "SAVNET_READER_WEBHOOK": "http://a.example"},
            "https",
        ),
        (
            {"SAVNET_READER_DATABASE_URL": "x", "SAVNET_READER_KEYS": "x", "SAVNET_READER_SMTP_HOST": "a.example"},
            "SAVNET_READER_FROM",
        ),
    ],
)
def test_it_says_what_it_lacks(given: dict[str, str], missing: str) -> None:
    with pytest.raises(NotSetUp, match=missing):
        from_environment(given)


def test_what_it_knows_of_keys_is_the_houses_own_file(setup: Setup, case: Case) -> None:
    """A rotation in the middle: cases under two wrapping keys are both read."""
    FileKeys(setup.key_file).add()
    assert judge(setup, now()).alarms == ()
    assert CaseKey.objects.count() == 1
