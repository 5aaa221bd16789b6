"""The real worker on the real queue: it beats by itself, from its first second on."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from savnet.cases.models import Case
from savnet.watching.models import Heartbeat
from savnet.watching.standing import standing
from watching.ladder_marks import forget_jobs

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
SOURCE = Path(__file__).resolve().parents[2] / "src"
Missing = Callable[..., Case]


@contextmanager
def at_work(log: Path) -> Iterator["subprocess.Popen[bytes]"]:
    """A worker of its own, as the house starts it."""
    database = urlsplit(os.environ["SAVNET_DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}")
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(path for path in [str(SOURCE), *sys.path] if path),
        "DJANGO_SETTINGS_MODULE": "savnet.running.settings",
        "SAVNET_DATABASE_URL": database.geturl(),
        "SAVNET_KEY_FILE": str(settings.KEY_FILE),
    }
    command = [sys.executable, "-m", "django", "procrastinate", "worker"]
    with log.open("wb") as file, subprocess.Popen(command, env=environment, stdout=file, stderr=file) as worker:
        try:
            yield worker
        finally:
            worker.kill()


@pytest.fixture(autouse=True)
def nothing_left(transactional_db: None) -> Iterator[None]:
    """No test that comes after hears of what this worker did."""
    yield
    forget_jobs()


def until(happened: Callable[[], bool], *, within: float) -> bool:
    end = time.monotonic() + within
    while time.monotonic() < end:
        if happened():
            return True
        time.sleep(0.1)
    return False


def test_a_worker_beats_as_soon_as_it_is_up_and_again_within_the_minute(missing: Missing, tmp_path: Path) -> None:
    missing()
    forget_jobs()
    with at_work(tmp_path / "log") as worker:
        assert until(Heartbeat.objects.exists, within=30), (tmp_path / "log").read_text()
        first = Heartbeat.objects.get()
        assert not standing(timezone.now()).alarming
        assert (first.process, first.examined) == (worker.pid, standing(timezone.now()).counted.open)
        assert until(lambda: Heartbeat.objects.count() > 1, within=30)
    assert "Yonas" not in (tmp_path / "log").read_text()
