"""Settings come from the environment only, and what is missing or unsafe stops the start with a reason."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

READ = """
import json
from savnet.running import settings
print(json.dumps({name: getattr(settings, name) for name in dir(settings) if name.isupper()}, default=str))
"""
COMPLETE = {"SAVNET_SECRET_KEY": "k" * 60, "SAVNET_DATABASE_URL": "postgresql://savnet@db.example/savnet"}


def started(**environment: str) -> "subprocess.CompletedProcess[str]":
    """Settings read in a process of their own, which knows only this environment."""
    only = {"PATH": os.environ["PATH"], **environment}
    return subprocess.run([sys.executable, "-c", READ], env=only, capture_output=True, text=True, check=False)


def read(**environment: str) -> dict[str, object]:
    """The settings that such an environment gives."""
    done = started(**COMPLETE | environment)
    assert done.returncode == 0, done.stderr
    settings: dict[str, object] = json.loads(done.stdout)
    return settings


def test_a_missing_secret_stops_the_start_and_is_named() -> None:
    done = started(SAVNET_DATABASE_URL="postgresql://localhost/savnet")
    assert done.returncode != 0
    assert "SAVNET_SECRET_KEY is not set" in done.stderr


def test_a_missing_database_stops_the_start_and_is_named() -> None:
    done = started(SAVNET_SECRET_KEY="k" * 60)
    assert done.returncode != 0
    assert "SAVNET_DATABASE_URL is not set" in done.stderr


def test_another_database_than_postgresql_is_refused() -> None:
    done = started(**COMPLETE | {"SAVNET_DATABASE_URL": "sqlite:///savnet.db"})
    assert done.returncode != 0
    assert "PostgreSQL only" in done.stderr


def test_a_secret_may_lie_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("from the file\n")
    assert read(SAVNET_SECRET_KEY_FILE=str(tmp_path / "key"))["SECRET_KEY"] == "from the file"


def test_without_a_word_about_it_everything_is_safe() -> None:
    settings = read()
    assert settings["DEMO"] is False
    assert settings["SECURE_SSL_REDIRECT"] is True
    assert settings["SESSION_COOKIE_SECURE"] is True
    assert settings["CSRF_COOKIE_SECURE"] is True
    assert settings["SECURE_HSTS_SECONDS"] == 365 * 24 * 3600
    assert "SECURE_PROXY_SSL_HEADER" not in settings


def test_the_demo_works_over_plain_http_on_this_machine() -> None:
    settings = read(SAVNET_DEMO="1")
    assert settings["SECURE_SSL_REDIRECT"] is False
    assert settings["SESSION_COOKIE_SECURE"] is False
    assert settings["ALLOWED_HOSTS"] == ["localhost", "127.0.0.1", "[::1]"]


def test_an_unclear_yes_or_no_is_refused() -> None:
    done = started(**COMPLETE, SAVNET_DEMO="kanskje")
    assert done.returncode != 0
    assert "SAVNET_DEMO is 'kanskje'" in done.stderr


def options(url: str) -> object:
    databases = read(SAVNET_DATABASE_URL=url)["DATABASES"]
    assert isinstance(databases, dict)
    return databases["default"]["OPTIONS"]


def test_a_database_on_another_machine_must_prove_which_it_is() -> None:
    assert options("postgresql://a@db.example/savnet") == {"sslmode": "verify-full", "sslrootcert": "system"}
    assert options("postgresql://a@db.example/savnet?sslrootcert=/srv/ca.pem") == {
        "sslmode": "verify-full",
        "sslrootcert": "/srv/ca.pem",
    }


def test_a_database_on_this_machine_needs_no_tls() -> None:
    assert options("postgresql://a@/savnet?host=/srv/socket") == options("postgresql://a@localhost/savnet") == {}


@pytest.mark.parametrize("mode", ["disable", "allow", "prefer", "require", "verify-ca"])
def test_less_than_verified_tls_to_the_database_is_refused(mode: str) -> None:
    done = started(**COMPLETE | {"SAVNET_DATABASE_URL": f"postgresql://a@db.example/savnet?sslmode={mode}"})
    assert done.returncode != 0
    assert f"sslmode={mode}" in done.stderr


def test_mail_to_staff_goes_in_clear_within_the_machine_only() -> None:
    clear = {"SAVNET_STAFF_SMTP_TLS": "none"}
    assert started(**COMPLETE | clear, SAVNET_STAFF_SMTP_HOST="localhost").returncode == 0
    done = started(**COMPLETE | clear, SAVNET_STAFF_SMTP_HOST="mail.example")
    assert done.returncode != 0
    assert "another machine" in done.stderr


def test_a_socket_folder_in_the_database_url_is_understood() -> None:
    databases = read(SAVNET_DATABASE_URL="postgresql://postgres@/savnet?host=/srv/a%20b")["DATABASES"]
    assert isinstance(databases, dict)
    assert databases["default"]["HOST"] == "/srv/a b"
    assert databases["default"]["NAME"] == "savnet"


def test_outside_the_demo_cookies_are_for_this_host_only() -> None:
    settings = read()
    for name in ("SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "DEVICE_COOKIE_NAME", "LANGUAGE_COOKIE_NAME"):
        assert str(settings[name]).startswith("__Host-"), name


def test_sessions_last_a_quarter_of_an_hour_and_a_shift_unless_said_otherwise() -> None:
    assert (read()["IDLE_MINUTES"], read()["LONGEST_SESSION_MINUTES"]) == (15, 480)


def test_a_session_that_would_never_end_is_refused() -> None:
    done = started(**COMPLETE | {"SAVNET_IDLE_MINUTES": "600"})
    assert done.returncode != 0
    assert "SAVNET_IDLE_MINUTES" in done.stderr
