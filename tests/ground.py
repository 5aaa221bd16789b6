"""Settings for tests: Savnet's own, on a PostgreSQL of the tests' own unless SAVNET_DATABASE_URL names one."""

import atexit
import os
import shutil
import tempfile
from contextlib import ExitStack
from pathlib import Path

from savnet.running import catalogues, embedded

_open = ExitStack()
atexit.register(_open.close)

# Each process among which pytest shares out the tests stands on its own ground, not on the one it inherits: roles
# belong to a whole PostgreSQL, and two that make them at once would stumble over each other.
_worker = os.environ.get("PYTEST_XDIST_WORKER", "")
if os.environ.get("TESTS_WORKER", "") != _worker:
    os.environ["TESTS_WORKER"] = _worker
    os.environ.pop("TESTS_STATE", None)
    if os.environ.pop("TESTS_OWN_DATABASE", None):
        del os.environ["SAVNET_DATABASE_URL"]

# A fresh folder of state: what tests write never mixes with what `make run` keeps. Processes that a test starts, and
# perhaps kills, share it: they could not clear one of their own away.
if "TESTS_STATE" not in os.environ:
    os.environ["TESTS_STATE"] = os.environ["SAVNET_STATE_DIR"] = tempfile.mkdtemp(prefix="savnet-tests-")
    _open.callback(shutil.rmtree, os.environ["TESTS_STATE"])
_state = Path(os.environ["TESTS_STATE"])
_state.chmod(0o711)  # under root, PostgreSQL runs as another user who must be able to pass through
os.environ.setdefault("SAVNET_SECRET_KEY", "only-for-tests-" + "x" * 40)
os.environ.setdefault("SAVNET_DEMO", "1")
if "SAVNET_DATABASE_URL" not in os.environ:
    os.environ["SAVNET_DATABASE_URL"] = _open.enter_context(embedded.running(_state, durable=False)).url
    os.environ["TESTS_OWN_DATABASE"] = "1"

from savnet.running.settings import *  # noqa: E402, F403 - only now does the environment hold what they read

# Always the catalogues as they are written now.
LOCALE_PATHS = [_state / "locale"]
catalogues.build(catalogues.WRITTEN, LOCALE_PATHS[0])
# Pages are tested without collecting static files first.
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
STATIC_ROOT = _state / "collected"
STATIC_ROOT.mkdir(exist_ok=True)
