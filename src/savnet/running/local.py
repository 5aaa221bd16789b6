"""The environment of a local house: what `make run` and the `savnet` commands set where nobody else has.

A real installation sets SAVNET_DATABASE_URL, and then nothing here applies: it says everything itself.
"""

import os
import secrets
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from savnet.access.row_roles import OWNER
from savnet.demo import receivers
from savnet.running import embedded

ROOT = Path(__file__).resolve().parents[3]
SETTINGS = "savnet.running.settings"
POST_ROOM = "post-room"


def state() -> Path:
    """The folder of everything a local house keeps between starts."""
    folder = Path(os.environ.get("SAVNET_STATE_DIR", ROOT / "var")).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def named_elsewhere() -> bool:
    """Whether someone has said which database to use."""
    return "SAVNET_DATABASE_URL" in os.environ or "SAVNET_DATABASE_URL_FILE" in os.environ


@contextmanager
def ready(role: str = OWNER) -> Iterator[embedded.Server | None]:
    """Django's environment complete, with the embedded database running if no other is named; yields that one.

    What runs in this process is the database's owner; each part of the house that it starts has a role of its own.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    if named_elsewhere():
        yield None
        return
    folder = state()
    with embedded.running(folder) as server:
        settle(folder, server.url_as(role))
        yield server


def settle(folder: Path, url: str) -> None:
    """Set what a local house needs, leaving alone what someone has set."""
    os.environ["SAVNET_DATABASE_URL"] = url
    os.environ.setdefault("SAVNET_STATE_DIR", str(folder))
    os.environ.setdefault("SAVNET_DEMO", "1")
    if "SAVNET_SECRET_KEY" not in os.environ:
        os.environ.setdefault("SAVNET_SECRET_KEY_FILE", str(secret_key_file(folder)))


def settle_post(folder: Path) -> socket.socket | None:
    """Set up e-mail to the demo's post room and open its port; None outside the demo or where e-mail is set up."""
    if "SAVNET_SMTP_HOST" in os.environ or os.environ.get("SAVNET_DEMO", "0") == "0":
        return None
    door = opened(receivers.PORT)
    os.environ.update(receivers.environment(folder / POST_ROOM, port=door.getsockname()[1]))
    return door


def opened(wanted: int) -> socket.socket:
    """A socket that listens on this port of 127.0.0.1, or on a free one where another house has it.

    It is held from the first moment: of two houses that start at once, each has a port.
    """
    try:
        return socket.create_server(("127.0.0.1", wanted))
    except OSError:
        return socket.create_server(("127.0.0.1", 0))


def secret_key_file(folder: Path) -> Path:
    """The file of the key that signs sessions; made once, readable by its owner only."""
    keys = folder / "keys"
    keys.mkdir(mode=0o700, exist_ok=True)
    file = keys / "session-key"
    if not file.exists():
        new = keys / f".session-key-{os.getpid()}"
        descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as opened:
            opened.write(secrets.token_urlsafe(64))
        new.rename(file)
    return file
