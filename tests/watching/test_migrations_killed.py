"""Migrations that are killed midway: run again they go on, and what stands in the end is what a whole run makes."""

import ast
import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from guards.repository import modules
from savnet.watching.backup.drill import scratch

SOURCE = Path(__file__).resolve().parents[2] / "src"
KILLS = int(os.environ.get("TESTS_MIGRATION_KILLS", "4"))
SEED = int(os.environ.get("TESTS_SEED", "20261121"))
STANDS = """
    SELECT 'column', table_name || '.' || column_name, data_type || is_nullable || coalesce(column_default, '')
    FROM information_schema.columns WHERE table_schema = 'public'
    UNION ALL SELECT 'constraint', conrelid::regclass || '.' || conname, pg_get_constraintdef(oid)
    FROM pg_constraint WHERE connamespace = 'public'::regnamespace
    UNION ALL SELECT 'index', indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'
    UNION ALL SELECT 'trigger', tgrelid::regclass || '.' || tgname, pg_get_triggerdef(oid)
    FROM pg_trigger WHERE NOT tgisinternal
    UNION ALL SELECT 'policy', tablename || '.' || policyname, coalesce(qual, '') || coalesce(with_check, '')
    FROM pg_policies WHERE schemaname = 'public'
    UNION ALL SELECT 'function', p.oid::regprocedure::text, md5(prosrc) FROM pg_proc p
    WHERE pronamespace = 'public'::regnamespace
    UNION ALL SELECT 'migration', app || '.' || name, '' FROM django_migrations
"""


def migrating(url: str) -> "subprocess.Popen[str]":
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(path for path in [str(SOURCE), *sys.path] if path),
        "DJANGO_SETTINGS_MODULE": "savnet.running.settings",
        "SAVNET_DATABASE_URL": url,
        "PYTHONUNBUFFERED": "1",
    }
    command = [sys.executable, "-m", "django", "migrate", "--verbosity=1"]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def killed(url: str, chance: random.Random) -> bool:
    """Start migrating, and kill it inside the migration that chance falls on. Returns whether it came to that."""
    left = chance.randrange(2, 16)
    with migrating(url) as process:
        for piece in iter(lambda: process.stdout.read(1) if process.stdout else "", ""):
            left -= piece == "\n"
            if left < 0:
                process.send_signal(signal.SIGKILL)
                return True
    return False


def standing(database: "psycopg.Connection[tuple[str, str, str]]") -> set[tuple[str, str, str]]:
    return set(database.execute(STANDS).fetchall())


@pytest.fixture
def empty(transactional_db: None) -> Iterator[str]:
    with scratch() as (_, url):
        yield url


@pytest.mark.slow
def test_killed_midway_and_run_again_the_database_is_as_after_one_whole_run(empty: str) -> None:
    chance = random.Random(SEED)  # noqa: S311 - chance, not a secret
    died = sum(killed(empty, chance) for _ in range(KILLS))
    with migrating(empty) as process:
        said = process.stdout.read() if process.stdout else ""
    assert (process.returncode, died) == (0, KILLS), f"seed {SEED}: {said[-2000:]}"
    with psycopg.connect(empty) as restored, connection.cursor() as cursor:
        cursor.execute(STANDS)
        whole = set(cursor.fetchall())
        assert standing(restored) ^ whole == set(), f"seed {SEED}"


def test_every_migration_is_whole_or_not_at_all() -> None:
    """One that is not can be left half done; such a migration must be able to go on, and say so in its docstring."""
    files = [file for file in modules("") if file.parent.name == "migrations" and file.stem != "__init__"]
    assert len(files) > 30
    loose = [file.name for file in files if _is_loose(file.read_text(encoding="utf-8"))]
    assert loose == []


def _is_loose(text: str) -> bool:
    tree = ast.parse(text)
    named = [node for node in ast.walk(tree) if isinstance(node, ast.Assign | ast.keyword)]
    says = [
        node.value
        for node in named
        if (isinstance(node, ast.keyword) and node.arg == "atomic")
        or (isinstance(node, ast.Assign) and any(isinstance(t, ast.Name) and t.id == "atomic" for t in node.targets))
    ]
    false = any(isinstance(value, ast.Constant) and value.value is False for value in says)
    concurrent = any(
        isinstance(node, ast.Attribute | ast.Name)
        and (node.attr if isinstance(node, ast.Attribute) else node.id).endswith("Concurrently")
        for node in ast.walk(tree)
    )
    can_go_on = "can go on" in (ast.get_docstring(tree) or "")
    return (false or concurrent) and not can_go_on
