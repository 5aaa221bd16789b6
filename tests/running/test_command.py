"""The `savnet` command sends each word to where it belongs."""

import subprocess
import sys

import pytest

from savnet.running import command, local


def test_a_scenario_is_followed_without_settings_or_database() -> None:
    code = """
import sys
from savnet.running import command
command.main(["follow", "no-such-file.yaml"])
from django.conf import settings
print(settings.configured or "django.db" in sys.modules)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout.splitlines()[-1:] == ["False"], done.stderr


def test_help_lists_the_commands(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["help"]) == 0
    assert "savnet verify-ledger" in capsys.readouterr().out


def test_no_command_is_an_error_that_shows_what_there_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main([]) == 2
    assert "savnet follow FILE" in capsys.readouterr().out


def test_hyphens_become_the_underscores_of_django(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        command.main(["no-such-command"])
    assert "no_such_command" in capsys.readouterr().err


def test_a_real_installation_is_left_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAVNET_DATABASE_URL", "postgresql://savnet@db.example/savnet")
    monkeypatch.delenv("SAVNET_DEMO", raising=False)
    with local.ready():
        assert "SAVNET_DEMO" not in local.os.environ


def test_the_session_key_is_made_once_and_is_its_owners_only(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("state")
    file = local.secret_key_file(folder)
    first = file.read_text()
    assert file.stat().st_mode & 0o077 == 0
    assert len(first) > 50
    assert local.secret_key_file(folder).read_text() == first
