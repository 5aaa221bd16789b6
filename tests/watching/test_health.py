"""Pages for machines: awake, ready and the numbers; and none of them tells of a person."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import CharField, Model, TextField
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from savnet.access.models import Person
from savnet.cases.models import Case
from savnet.register.models import Centre
from savnet.watching.heartbeat import beat
from savnet.watching.models import Canary, WayOut
from savnet.watching.readiness import readiness, unapplied_migrations

Missing = Callable[..., Case]
MACHINES = ("/helse/", "/helse/klar/", "/helse/tall/")


def ids(case: Case) -> tuple[str, ...]:
    return tuple(str(one) for one in (case.id, case.resident_id, case.centre_id, case.opened_by_id))


def numbers(client: Client) -> dict[str, float]:
    text = client.get("/helse/tall/", headers={"Authorization": "Bearer riktig"}).content.decode()
    lines = [one.rsplit(" ", 1) for one in text.splitlines() if not one.startswith("#")]
    return {name: float(value) for name, value in lines}


def test_awake_answers_without_a_database() -> None:
    assert Client().get("/helse/").content == b"ok\n"  # a test without `db` may not touch it


def test_ready_while_the_database_is_there_and_up_to_date(db: None) -> None:
    answer = Client().get("/helse/klar/")
    assert (answer.status_code, answer.json()) == (200, {"ready": True, "why": "", "clock_ahead": 0})


def test_not_ready_where_a_migration_is_missing(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'watching'")
    answer = Client().get("/helse/klar/")
    assert (answer.status_code, answer.json()["why"]) == (503, "migrations")


def test_the_migrations_that_are_asked_for_are_those_that_django_would_apply(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app IN ('watching', 'delivery', 'procrastinate')")
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    wanted = {f"{migration.app_label}.{migration.name}" for migration, _ in plan}
    assert wanted > {"watching.0001_heartbeats_and_canaries"}
    assert set(unapplied_migrations()) == wanted


def test_asking_again_costs_three_questions_to_the_database(db: None, django_assert_num_queries: Any) -> None:
    unapplied_migrations()
    with django_assert_num_queries(3):
        assert readiness().ready


def test_not_ready_when_the_database_is_gone(db: None) -> None:
    class Gone:
        def __call__(self, *_: object) -> None:
            raise DatabaseError("gone")

    with connection.execute_wrapper(Gone()):
        answer = Client().get("/helse/klar/")
    assert (answer.status_code, answer.json()["why"]) == (503, "database")


def test_programs_are_refused_in_clear_and_not_led_on_and_probes_answered(db: None, settings: Settings) -> None:
    settings.SECURE_SSL_REDIRECT, settings.METRICS_TOKEN = True, "riktig"
    answered = {path: Client().get(path).status_code for path in ("/helse/", "/helse/klar/", "/helse/tall/")}
    assert answered == {"/helse/": 200, "/helse/klar/": 200, "/helse/tall/": 403}
    assert Client().post("/hint/eformidling/", "{}", content_type="application/json").status_code == 403


def test_the_numbers_are_nowhere_without_a_token_in_the_settings(db: None) -> None:
    assert Client().get("/helse/tall/", headers={"Authorization": "Bearer "}).status_code == 404


@pytest.mark.parametrize("header", ["", "Bearer ", "Bearer feil", "riktig", "Bearer riktig2", "Bearer rïktig"])
def test_the_numbers_are_refused_without_the_right_token(db: None, settings: Settings, header: str) -> None:
    settings.METRICS_TOKEN = "riktig"
    assert Client().get("/helse/tall/", headers={"Authorization": header}).status_code == 403


def test_the_numbers_tell_what_is_owed_and_how_the_worker_is(missing: Missing, settings: Settings) -> None:
    settings.METRICS_TOKEN = "riktig"
    missing()
    told = beat(timezone.now())
    found = numbers(Client())
    assert found["savnet_obligations_open"] == told.examined > 0
    assert found["savnet_obligations_overdue"] == told.overdue
    assert found['savnet_cases{state="missing"}'] == 1
    assert 0 <= found["savnet_heartbeat_age_seconds"] < 30
    assert found["savnet_heartbeat_miscounted"] == 0


def test_a_house_without_a_heartbeat_is_infinitely_old(db: None, settings: Settings) -> None:
    settings.METRICS_TOKEN = "riktig"
    assert numbers(Client())["savnet_heartbeat_age_seconds"] == float("inf")


def test_what_machines_are_told_holds_nothing_that_was_ever_written_in_a_case(
    missing: Missing, guard: Person, centre: Centre, settings: Settings
) -> None:
    """Every text of child, centre, staff and case is a canary of its own: none may sing anywhere."""
    settings.METRICS_TOKEN = "riktig"
    case = missing()
    child = case.resident
    canaries = planted(child, centre, guard)
    now = timezone.now()
    Canary.objects.create(channel="encrypted_email", sent_at=now, answer="Zzsvar", failure="Zzfeil")
    WayOut.objects.create(channel="encrypted_email", knocked_at=now, failures=3, failing_since=now, why="Zzgrunn")
    beat(now)
    told = [Client().get(path, headers={"Authorization": "Bearer riktig"}) for path in MACHINES]
    everything = "".join(f"{one.content.decode()}{dict(one.headers)}" for one in told)
    assert [one.status_code for one in told] == [200, 200, 200]
    assert not [one for one in (*canaries, "Zzsvar", "Zzfeil", "Zzgrunn", *ids(case)) if one in everything]


def planted(*rows: Model) -> list[str]:
    """Every field that holds free text gets a word of its own."""
    words = []
    for row in rows:
        texts = [
            one.name
            for one in row._meta.concrete_fields
            if isinstance(one, CharField | TextField)
            and not one.choices
            and one.name != "duf_number"
            and (one.max_length or 99) >= 12
        ]
        for name in texts:
            word = f"Zz{row._meta.model_name}{name}"[: row._meta.get_field(name).max_length or 99]
            words.append(word)
            setattr(row, name, word)
        type(row)._default_manager.filter(pk=row.pk).update(**{name: getattr(row, name) for name in texts})
    assert len(set(words)) > 20
    return words
