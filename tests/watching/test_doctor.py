"""The doctor says on one page what is wrong and what to do, also when the answer is that everything is."""

import json
import ssl
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.utils import timezone
from pytest_django import Settings

from casework.staff_mail import point_to, staff_mail
from delivery.mail_servers import Mailbox, Postroom, running
from savnet.access.models import Person
from savnet.access.rights import Role
from savnet.access.sign_in.models import RecoveryPerson
from savnet.cases.models import Case, CaseKey, Record
from savnet.casework.following_up import watch_over
from savnet.delivery.certificates import add_certificate
from savnet.delivery.models import Attempt, Message, Receipt
from savnet.demo.authority import Identity, issue_for_mail, new_authority
from savnet.register.models import Centre
from savnet.watching.checks import certificates, channels, database, machine, records, sign_in, silence, worker
from savnet.watching.doctor import QUESTIONS, examine
from savnet.watching.expiry import OURS, TRUSTED
from savnet.watching.findings import Finding, Level
from savnet.watching.heartbeat import beat
from savnet.watching.models import WayOut
from watching.ladder_marks import gone_up
from watching.set_clocks import set_clock

pytestmark = pytest.mark.django_db
Missing = Callable[..., Case]
NOW = timezone.now
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


@pytest.fixture(autouse=True)
def empty_queue(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")


def levels(found: Iterator[Finding]) -> list[Level]:
    return [one.level for one in found]


def told(found: Iterator[Finding]) -> str:
    return " ".join(f"{one.says} {one.do}" for one in found)


def test_a_house_in_order_is_told_so_and_the_exit_code_is_nought(missing: Missing) -> None:
    missing()
    watch_over(now=NOW())
    beat(NOW())
    out = StringIO()
    call_command("doctor", stdout=out)
    assert "Nothing is wrong." in out.getvalue()
    assert "WRONG" not in out.getvalue()


def test_what_is_wrong_makes_the_exit_code_one_and_says_what_to_do(db: None) -> None:
    out = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("doctor", stdout=out)
    assert ended.value.code == 1
    assert "start a worker" in out.getvalue()
    assert "1 wrong." in out.getvalue()


def test_for_machines_the_same_is_told_as_json(db: None) -> None:
    out = StringIO()
    with pytest.raises(SystemExit):
        call_command("doctor", "--json", stdout=out)
    found = {one["what"]: one for one in json.loads(out.getvalue())}
    assert found["worker"]["level"] == "wrong"
    assert set(found["worker"]) == {"what", "level", "says", "do"}
    assert set(found) == {what for what, _ in QUESTIONS}


def test_with_the_database_gone_everything_else_is_asked_all_the_same(db: None) -> None:
    def gone(*_: object) -> None:
        raise DatabaseError("gone")

    with connection.execute_wrapper(gone):
        found = list(examine(NOW()))
    by_name = {one.what: one for one in found}
    assert by_name["database"].level is Level.WRONG
    assert by_name["fonts"].level is Level.WELL
    assert by_name["not asked"].level is Level.WRONG
    for what in ("keys", "ledger", "worker", "queue", "messages"):
        assert what in by_name["not asked"].says


def test_a_question_that_breaks_is_a_finding_and_not_the_end() -> None:
    def breaks(now: datetime) -> list[Finding]:
        raise RuntimeError("odd")

    found = list(examine(NOW(), [("odd", breaks), ("fonts", machine.fonts)]))
    assert [one.level for one in found] == [Level.WRONG, Level.WELL]


def test_no_finding_names_a_child_a_centre_or_a_member_of_staff(missing: Missing) -> None:
    missing()
    page = told(examine(NOW()))
    assert not [secret for secret in ("Yonas", "Oppdiktet", "Furuly", "Nora") if secret in page]


def test_the_embedded_database_is_told_apart() -> None:
    assert "PostgreSQL" in told(database.answers(NOW()))


# Keys and ledger


def test_a_key_file_that_others_may_read_is_wrong(missing: Missing, settings: Settings) -> None:
    missing()
    settings.KEY_FILE.chmod(0o640)
    (found,) = records.keys(NOW())
    assert found.level is Level.WRONG
    assert "chmod 600" in found.do


def test_a_key_file_that_is_gone_while_there_are_cases_is_wrong(missing: Missing, settings: Settings) -> None:
    missing()
    settings.KEY_FILE.unlink()
    (found,) = records.keys(NOW())
    assert (found.level, "restore" in found.do) == (Level.WRONG, True)


def test_before_the_first_case_there_need_be_no_key_file(db: None) -> None:
    assert levels(records.keys(NOW())) == [Level.NOT_SET_UP]


def test_case_keys_under_a_wrapping_key_that_is_not_at_hand_are_wrong(missing: Missing) -> None:
    case = missing()
    CaseKey.objects.filter(case=case).update(wrapping_key="another")
    assert levels(records.keys(NOW())) == [Level.WRONG, Level.WRONG]


def test_a_case_key_that_was_tampered_with_is_wrong(missing: Missing) -> None:
    case = missing()
    CaseKey.objects.filter(case=case).update(sealed=b"x" * 60)
    assert levels(records.keys(NOW())) == [Level.WRONG]


@pytest.mark.parametrize(
    "damage",
    [
        lambda rows: rows.filter(sequence=2).update(sealed=b"x" * 300),
        lambda rows: rows.filter(sequence=2).update(previous=b"x" * 32),
        lambda rows: rows.filter(sequence=3).delete(),
        lambda rows: rows.filter(sequence=2).delete(),
        lambda rows: rows.filter(sequence=2).update(recorded_at=NOW()),
    ],
)
def test_a_damaged_chain_is_wrong(missing: Missing, damage: Callable[[Any], None]) -> None:
    case = missing()
    assert levels(records.heads(NOW())) == [Level.WELL]
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
    damage(Record.objects.filter(case=case))
    assert levels(records.heads(NOW())) == [Level.WRONG]


# The worker, the queue and the messages


def test_a_silent_worker_is_wrong_and_one_that_beats_is_well(db: None) -> None:
    assert levels(worker.heart(NOW())) == [Level.WRONG]
    beat(NOW() - 2 * MINUTE)
    assert levels(worker.heart(NOW())) == [Level.WRONG]
    beat(NOW())
    assert levels(worker.heart(NOW())) == [Level.WELL]


def queued(status: str, *, scheduled: datetime, event: str = "deferred") -> None:
    """A job in the queue as procrastinate keeps it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, priority, args, status, scheduled_at, attempts)"
            " VALUES ('letters', 'savnet.casework.tasks.carry', 0, '{}', %s, %s, 0) RETURNING id",
            [status, scheduled],
        )
        job = cursor.fetchone()[0]
        cursor.execute("INSERT INTO procrastinate_events (job_id, type, at) VALUES (%s, %s, %s)", [job, event, NOW()])


def test_a_job_long_past_its_time_is_wrong_and_one_that_waits_for_its_time_is_not(db: None) -> None:
    queued("todo", scheduled=NOW() + DAY)
    queued("todo", scheduled=NOW() - MINUTE)
    assert levels(worker.queue(NOW())) == [Level.WELL]
    queued("todo", scheduled=NOW() - 6 * MINUTE)
    assert levels(worker.queue(NOW())) == [Level.WRONG]


def test_failed_jobs_are_counted_by_task(db: None) -> None:
    queued("failed", scheduled=NOW(), event="failed")
    queued("failed", scheduled=NOW(), event="failed")
    _, failed = worker.queue(NOW())
    assert "2 jobs of savnet.casework.tasks.carry" in failed.says


def message(case: Case, channel: str = "encrypted_email", ago: timedelta = timedelta(hours=1)) -> Message:
    """A message composed so long ago."""
    return Message.objects.create(
        case_id=case.id, obligation="d-1", recipient="kor", because=2, recipient_name="KOR", address="kor@udi.example",
        channel=channel, purpose="d-1", letter_sha256="0" * 64, sealed_letter=b"x", composed_at=NOW() - ago,
        composed_by="x",
    )  # fmt: skip


def tried(one: Message, outcome: str) -> None:
    at = NOW()
    Attempt.objects.create(
        message=one, number=1, channel=one.channel, address=one.address, started_at=at, outcome=outcome, ended_at=at
    )


@pytest.mark.parametrize("outcome", [None, "refused_for_now", "unknown", "not_reached", "taken"])
def test_a_message_that_is_not_accepted_after_half_an_hour_is_wrong(missing: Missing, outcome: str | None) -> None:
    one = message(missing())
    if outcome:
        tried(one, outcome)
    (found,) = worker.messages(NOW())
    assert found.level is Level.WRONG
    assert one.short_id in found.says


def test_a_message_that_is_young_accepted_received_or_on_paper_does_not_lie_still(missing: Missing) -> None:
    case = missing()
    message(case, ago=10 * MINUTE)
    tried(message(case), "accepted")
    message(case, "post")
    Receipt.objects.create(
        message=message(case), by_name="Kari", at=NOW(), channel="phone", recorded_at=NOW(), recorded_by="x"
    )
    assert levels(worker.messages(NOW())) == [Level.WELL]


# Certificates


def without_certificates(settings: Settings) -> None:
    for name in (*OURS, *TRUSTED):
        setattr(settings, name, "")


@pytest.mark.parametrize(
    ("days", "level", "stage"),
    [
        (61, Level.WELL, ""), (60, Level.WELL, ""), (59, Level.WARNING, "60-day"), (29, Level.WARNING, "30-day"),
        (13, Level.WARNING, "14-day"), (7, Level.WARNING, "14-day"), (6, Level.WRONG, "7-day"),
        (0, Level.WRONG, "7-day"),
        (-1, Level.WRONG, "ran out"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("name", ["SIGNING_CERTIFICATE", "ORGANISATION_CERTIFICATE", "SVARUT_KEY"])
def test_our_own_certificate_warns_before_it_runs_out(
    settings: Settings, authority: Identity, name: str, days: int, level: Level, stage: str
) -> None:
    now = datetime(2026, 3, 2, 12, tzinfo=UTC)
    own = issue_for_mail(
        authority, "oss@savnet.example", name="oss", valid_from=now - 900 * DAY, valid_until=now + days * DAY + MINUTE
    )
    without_certificates(settings)
    setattr(settings, name, own.certificate_pem().decode())
    found = [one for one in certificates.our_own(now) if one.level is not Level.NOT_SET_UP]
    assert [one.level for one in found] == [level]
    assert stage in found[0].says


def test_a_receivers_certificate_that_runs_out_is_named_and_one_with_a_successor_is_not(authority: Identity) -> None:
    now = NOW()
    assert levels(certificates.receivers(now)) == [Level.WELL]
    for address, days in (("bv@a.example", 5), ("bv@b.example", 5), ("bv@b.example", 500)):
        terms = {"name": "x", "valid_from": now - DAY, "valid_until": now + days * DAY}
        add_certificate(
            address, issue_for_mail(authority, address, **terms).certificate_pem().decode(), by="prøve", now=now
        )
    (found,) = certificates.receivers(now)
    assert found.level is Level.WRONG
    assert "bv@a.example" in found.says


@pytest.mark.parametrize("name", [*OURS, *TRUSTED])
def test_an_issuer_that_runs_out_before_what_it_vouches_for_is_named(
    settings: Settings, authority: Identity, name: str
) -> None:
    without_certificates(settings)
    now = authority.certificate.not_valid_after_utc - 5 * DAY
    lasting = new_authority("Varer lenge", now).certificate_pem().decode()
    setattr(settings, name, lasting + authority.certificate_pem().decode())
    found = [one for one in certificates.our_own(now) if one.level is not Level.NOT_SET_UP]
    assert [one.level for one in found] == [Level.WELL, Level.WRONG]
    assert "Prøveutsteder" in found[1].says
    assert f"SAVNET_{name}" in found[1].do


def test_a_setting_that_holds_no_certificate_is_named_and_hides_no_other(
    settings: Settings, authority: Identity
) -> None:
    without_certificates(settings)
    settings.SIGNING_CERTIFICATE, settings.SMIME_CA = "nought", authority.certificate_pem().decode()
    found = [one for one in certificates.our_own(NOW()) if one.level is not Level.NOT_SET_UP]
    assert [one.level for one in found] == [Level.WRONG, Level.WELL]
    assert "SAVNET_SIGNING_CERTIFICATE" in found[0].says


def test_a_receivers_issuer_that_runs_out_first_is_what_its_certificate_lasts(authority: Identity) -> None:
    now = authority.certificate.not_valid_after_utc - 5 * DAY
    terms = {"name": "x", "valid_from": now - DAY, "valid_until": now + 500 * DAY}
    own = issue_for_mail(authority, "bv@a.example", **terms).certificate_pem().decode()
    add_certificate("bv@a.example", own + authority.certificate_pem().decode(), by="prøve", now=now)
    (found,) = certificates.receivers(now)
    assert (found.level, "bv@a.example" in found.says) == (Level.WRONG, True)


# The ways out, and the machine


@pytest.fixture
def mail_context(server_identity: Identity, tmp_path: Path) -> ssl.SSLContext:
    (tmp_path / "mail.pem").write_bytes(server_identity.certificate_pem() + server_identity.key_pem())
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(tmp_path / "mail.pem")
    return context


@pytest.mark.parametrize("implicit", [False, True])
def test_a_mail_server_under_tls_is_well_and_gets_no_mail(
    settings: Settings, authority: Identity, mail_context: ssl.SSLContext, implicit: bool
) -> None:
    box = Mailbox()
    with running(Postroom(box, tls=mail_context, implicit=implicit), "") as server:
        settings.SMTP_HOST, settings.SMTP_PORT = server.host, server.port
        settings.SMTP_TLS, settings.SMTP_CA = "tls" if implicit else "starttls", authority.certificate_pem().decode()
        (found,) = channels.mail_server(NOW())
        settings.SMTP_CA = ""
        (untrusted,) = channels.mail_server(NOW())
    assert (found.level, "TLSv1" in found.says) == (Level.WELL, True)
    assert (untrusted.level, "SAVNET_SMTP_CA" in untrusted.do) == (Level.WRONG, True)
    assert box.mails == []


def test_a_mail_server_without_tls_or_without_anybody_is_wrong(settings: Settings) -> None:
    with running(Postroom(Mailbox(), tls=None), "") as server:
        settings.SMTP_HOST, settings.SMTP_PORT, settings.SMTP_TLS = server.host, server.port, "starttls"
        assert levels(channels.mail_server(NOW())) == [Level.WRONG]
    assert levels(channels.mail_server(NOW())) == [Level.WRONG]


@pytest.mark.parametrize(("free", "level"), [(10**11, Level.WELL), (3 * 2**30, Level.WARNING), (10**8, Level.WRONG)])
def test_a_disk_that_fills_up_is_told_in_time(monkeypatch: pytest.MonkeyPatch, free: int, level: Level) -> None:
    monkeypatch.setattr(machine.shutil, "disk_usage", lambda place: type("Usage", (), {"free": free}))
    assert levels(machine.disk(NOW())) == [level]


@pytest.mark.parametrize(("apart", "level"), [(1, Level.WELL), (10, Level.WARNING), (120, Level.WRONG)])
def test_clocks_that_go_apart_are_told(monkeypatch: pytest.MonkeyPatch, apart: int, level: Level) -> None:
    set_clock(monkeypatch, apart)
    monkeypatch.setattr(machine, "synchronised", lambda: True)
    assert levels(machine.clock(NOW())) == [level]


def test_a_clock_that_nothing_keeps_right_is_a_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "synchronised", lambda: False)
    assert levels(machine.clock(NOW())) == [Level.WELL, Level.WARNING]


def test_without_fonts_no_letter_can_be_made(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SAVNET_BUILD_DIR", str(tmp_path))
    assert levels(machine.fonts(NOW())) == [Level.WRONG]


def test_a_centre_where_one_alone_can_help_a_colleague_back_in_is_named(centre: Centre) -> None:
    def somebody(name: str, role: Role) -> Person:
        return Person.objects.create_user(name, name=name, role=role, centre=centre)

    leader, guard = somebody("leder", Role.CENTRE_LEADER), somebody("vakt", Role.SHIFT_STAFF)
    assert levels(sign_in.helpers(NOW())) == [Level.WARNING]
    RecoveryPerson.objects.create(person=guard, named_by=leader, named_at=NOW())
    assert levels(sign_in.helpers(NOW())) == [Level.WELL]
    Person.objects.filter(pk=leader.pk).update(is_active=False)
    assert levels(sign_in.helpers(NOW())) == [Level.WARNING]


def test_a_service_that_is_set_up_by_halves_is_wrong_and_one_left_alone_is_not(settings: Settings) -> None:
    settings.FIKS_ROOT = settings.SVARUT_ROOT = settings.ALTINN_ROOT = ""
    settings.EFORMIDLING_URL, settings.EFORMIDLING_USER = "https://localhost:1", ""
    found = {one.says.split(":")[0]: one for one in channels.services(NOW())}
    assert (found["eformidling"].level, "SAVNET_EFORMIDLING_USER" in found["eformidling"].says) == (Level.WRONG, True)
    assert {found[name].level for name in ("fiks", "svarut", "altinn")} == {Level.NOT_SET_UP}


def test_keys_that_do_not_belong_together_or_are_none_are_told_and_stop_no_other_question(
    settings: Settings, authority: Identity, server_identity: Identity
) -> None:
    settings.SMTP_HOST, settings.MAIL_FROM = "localhost", "savnet@savnet.example"
    settings.SMIME_CA = authority.certificate_pem().decode()
    settings.SIGNING_CERTIFICATE = server_identity.certificate_pem().decode()
    for key, why in ((authority.key_pem().decode(), "SAVNET_SIGNING_KEY is not the key"), ("secret", "ValueError")):
        settings.SIGNING_KEY = key
        found = {one.says.split(":")[0]: one for one in channels.services(NOW())}
        assert found["encrypted_email"].level is Level.WRONG
        assert why in found["encrypted_email"].says
        assert "secret" not in found["encrypted_email"].says
        assert "fiks" in found


def test_a_way_out_that_nobody_answers_at_says_since_when() -> None:
    assert levels(channels.ways_out_of_the_house(NOW())) == [Level.WELL]
    since = NOW() - 3 * MINUTE
    WayOut.objects.create(channel="encrypted_email", knocked_at=NOW(), failures=9, failing_since=since, why="Timeout")
    (found,) = channels.ways_out_of_the_house(NOW())
    assert (found.level, f"{since:%H:%M}" in found.says) == (Level.WRONG, True)


def test_a_closed_way_to_our_own_staff_is_told_of_as_that() -> None:
    WayOut.objects.create(channel="staff_email", knocked_at=NOW(), failures=9, failing_since=NOW(), why="Timeout")
    (found,) = channels.ways_out_of_the_house(NOW())
    assert "nobody is told by e-mail" in found.do


@pytest.mark.parametrize(("demo", "level"), [(True, Level.NOT_SET_UP), (False, Level.WRONG)])
def test_a_house_that_can_tell_none_of_its_own_staff_is_ill_unless_it_is_the_demo(
    demo: bool, level: Level, settings: Settings
) -> None:
    settings.DEMO, settings.EMAIL_HOST, settings.PUSH_KEY = demo, "", ""
    (found,) = channels.staff(NOW())
    assert (found.level, "SAVNET_STAFF_SMTP_HOST" in found.says) == (level, True)


def test_a_mail_server_for_staff_is_well_where_it_answers_and_wrong_where_not(settings: Settings) -> None:
    with staff_mail(settings):
        assert levels(channels.staff(NOW())) == [Level.WELL]
        settings.DEFAULT_FROM_EMAIL = ""
        assert "SAVNET_STAFF_MAIL_FROM" in told(channels.staff(NOW()))
    point_to(settings, 1)
    assert levels(channels.staff(NOW())) == [Level.WRONG]


def test_with_web_push_alone_only_who_has_turned_it_on_is_told(settings: Settings) -> None:
    settings.EMAIL_HOST, settings.PUSH_KEY, settings.PUSH_CONTACT = "", "a key", "mailto:drift@savnet.example"
    assert levels(channels.staff(NOW())) == [Level.NOT_SET_UP]


@pytest.mark.parametrize(("minutes", "level"), [(1, Level.WELL), (2, Level.WELL), (4, Level.WRONG)])
def test_a_ladder_that_nobody_goes_up_any_more_is_told_though_the_heart_beats(minutes: int, level: Level) -> None:
    assert levels(silence.ladder(NOW())) == [Level.WARNING]
    beat(NOW() - 4 * MINUTE)
    beat(NOW())
    gone_up(NOW() - minutes * MINUTE)
    assert levels(silence.ladder(NOW())) == [level]


def test_a_ladder_that_nobody_ever_went_up_though_the_heart_beats_is_told() -> None:
    beat(NOW() - 4 * MINUTE)
    beat(NOW())
    assert levels(silence.ladder(NOW())) == [Level.WRONG]


def test_a_case_whose_day_of_review_has_passed_is_counted(missing: Missing) -> None:
    missing()
    watch_over(now=NOW())
    assert levels(silence.reviews(NOW())) == [Level.WELL]
    assert levels(silence.reviews(NOW() + 40 * DAY)) == [Level.WARNING]


def test_what_is_wrong_stands_first_on_the_page(db: None) -> None:
    out = StringIO()
    with pytest.raises(SystemExit):
        call_command("doctor", stdout=out)
    marks = [mark for line in out.getvalue().splitlines() for mark in ("WRONG", " well ") if mark in line]
    assert marks == sorted(marks, key=["WRONG", " well "].index)
