"""Back up, lose everything, restore and go on; and a drill that fails when the backup would."""

import os
import secrets
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path

import psycopg
import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from django.core.management import CommandError, call_command
from django.db import connection
from pytest_django import Settings

from savnet.cases.models import Case, Record
from savnet.sealing import FileKeys
from savnet.watching.backup import container, programs
from savnet.watching.backup.container import DamagedBackup
from savnet.watching.backup.drill import url_of
from savnet.watching.backup.offline_key import offline_key
from savnet.watching.backup.programs import NoProgram, program
from savnet.watching.backup.restoring import pour

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
Missing = Callable[..., Case]


@pytest.fixture
def keys(tmp_path: Path) -> tuple[str, str]:
    """The files of an offline key: its public and its private half."""
    key = X25519PrivateKey.generate()
    public, private = tmp_path / "public.pem", tmp_path / "private.pem"
    public.write_bytes(key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    private.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return str(public), str(private)


@pytest.fixture
def backed_up(missing: Missing, keys: tuple[str, str], tmp_path: Path) -> tuple[str, str]:
    """Two cases, and the backups of database and key file."""
    missing()
    missing()
    database, key_file = str(tmp_path / "database.backup"), str(tmp_path / "keys.backup")
    call_command("backup", database, "--to", keys[0], stdout=StringIO())
    call_command("backup", key_file, "--keys", "--to", keys[0], stdout=StringIO())
    return database, key_file


@pytest.fixture
def empty_database() -> Iterator[str]:
    """The URL of a new, empty database on the same server."""
    name = f"savnet_restored_{secrets.token_hex(4)}"
    with psycopg.connect(url_of("postgres"), autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name} TEMPLATE template0")
        yield url_of(name)
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def savnet(url: str, key_file: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    """One of our commands in a house of its own."""
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
        "DJANGO_SETTINGS_MODULE": "savnet.running.settings",
        "SAVNET_DATABASE_URL": url,
        "SAVNET_KEY_FILE": str(key_file),
    }
    command = [sys.executable, "-m", "django", *words]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)


def scratch_databases() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE 'savnet_drill_%'")
        return [row[0] for row in cursor.fetchall()]


def test_after_losing_everything_the_house_comes_back_whole(
    backed_up: tuple[str, str], keys: tuple[str, str], empty_database: str, tmp_path: Path
) -> None:
    new_keys = tmp_path / "new" / "wrapping.json"
    for backup, more in zip(backed_up, ((), ("--keys",)), strict=True):
        done = savnet(empty_database, new_keys, "restore", backup, "--key", keys[1], *more)
        assert done.returncode == 0, done.stderr
    assert stat.S_IMODE(new_keys.stat().st_mode) == 0o600
    verified = savnet(empty_database, new_keys, "verify_ledger")
    assert f"2 cases, {Record.objects.count()} records" in verified.stdout
    assert "2 cases checked, 0 differences." in savnet(empty_database, new_keys, "rebuild", "--check").stdout
    with psycopg.connect(empty_database) as restored, pytest.raises(psycopg.errors.RestrictViolation):
        restored.execute("DELETE FROM cases_record")  # what protects the ledger came back too


def test_the_drill_proves_it_says_how_much_and_leaves_nothing_behind(
    backed_up: tuple[str, str], keys: tuple[str, str]
) -> None:
    out = StringIO()
    call_command("restore_drill", backed_up[0], "--keys", backed_up[1], "--key", keys[1], stdout=out)
    assert f"2 heads and {Record.objects.count()} records verified" in out.getvalue()
    assert "all whole" in out.getvalue()
    assert scratch_databases() == []


def test_the_drill_fails_where_the_ledger_in_the_backup_is_damaged(
    missing: Missing, keys: tuple[str, str], tmp_path: Path
) -> None:
    case = missing()
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("UPDATE cases_record SET sealed = '\\x00' WHERE sequence = 2")
        cursor.execute("SET session_replication_role = DEFAULT")
    database, key_file = str(tmp_path / "database.backup"), str(tmp_path / "keys.backup")
    call_command("backup", database, "--to", keys[0], stdout=StringIO())
    call_command("backup", key_file, "--keys", "--to", keys[0], stdout=StringIO())
    with pytest.raises(CommandError, match=f"case {case.id}, record 2"):
        call_command("restore_drill", database, "--keys", key_file, "--key", keys[1], stdout=StringIO())
    assert scratch_databases() == []


def test_the_drill_fails_without_the_keys_of_that_time(
    backed_up: tuple[str, str], keys: tuple[str, str], settings: Settings, tmp_path: Path
) -> None:
    settings.KEY_FILE.unlink()
    FileKeys.create(settings.KEY_FILE)
    other = str(tmp_path / "other-keys.backup")
    call_command("backup", other, "--keys", "--to", keys[0], stdout=StringIO())
    with pytest.raises(CommandError, match="is not in the key file"):
        call_command("restore_drill", backed_up[0], "--keys", other, "--key", keys[1], stdout=StringIO())


@pytest.mark.parametrize("where", [0.3, 0.7, 0.999])
def test_a_damaged_backup_restores_nothing_at_all(
    backed_up: tuple[str, str], keys: tuple[str, str], empty_database: str, tmp_path: Path, where: float
) -> None:
    file = Path(backed_up[0])
    content = bytearray(file.read_bytes())
    content[int(len(content) * where)] ^= 1
    file.write_bytes(content)
    done = savnet(empty_database, tmp_path / "none.json", "restore", str(file), "--key", keys[1])
    assert done.returncode == 1
    assert "damaged" in done.stderr
    with psycopg.connect(empty_database) as restored:
        assert restored.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone() == (0,)


def test_damage_at_the_very_end_undoes_what_was_restored_before_it(
    missing: Missing, keys: tuple[str, str], empty_database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(container, "PIECE", 10_000)
    missing()
    file = tmp_path / "database.backup"
    call_command("backup", str(file), "--to", keys[0], stdout=StringIO())
    content = bytearray(file.read_bytes())
    assert len(content) > 30_000
    content[-1] ^= 1
    file.write_bytes(content)
    name = psycopg.conninfo.conninfo_to_dict(empty_database)["dbname"]
    with pytest.raises(DamagedBackup):
        pour(file, offline_key(Path(keys[1])), into=str(name))
    with psycopg.connect(empty_database) as restored:
        assert restored.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone() == (0,)


def test_a_backup_and_a_key_file_are_never_written_over(
    backed_up: tuple[str, str], keys: tuple[str, str], settings: Settings
) -> None:
    with pytest.raises(CommandError, match="exists already"):
        call_command("backup", backed_up[0], "--to", keys[0])
    with pytest.raises(CommandError, match="exists already"):
        call_command("restore", backed_up[1], "--keys", "--key", keys[1])
    with pytest.raises(CommandError, match=r"holds \d+ tables"):
        call_command("restore", backed_up[0], "--key", keys[1])


def test_neither_backup_holds_the_other_or_anything_in_clear(backed_up: tuple[str, str], settings: Settings) -> None:
    for backup in backed_up:
        content = Path(backup).read_bytes()
        assert stat.S_IMODE(Path(backup).stat().st_mode) == 0o600
        for secret in (b"Yonas", b"Furuly", b"cases_record", settings.KEY_FILE.read_bytes()[20:60]):
            assert secret not in content


def test_a_dump_that_fails_leaves_no_half_backup(
    missing: Missing, keys: tuple[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    monkeypatch.setitem(connection.settings_dict, "NAME", "no_such_database")
    with pytest.raises(CommandError, match="no_such_database"):
        call_command("backup", str(folder / "database.backup"), "--to", keys[0])
    assert list(folder.iterdir()) == []


def test_where_the_right_version_is_missing_it_says_which_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(programs, "server_version", lambda: 99)
    with pytest.raises(NoProgram, match="postgresql-client-99"):
        program("pg_dump")
