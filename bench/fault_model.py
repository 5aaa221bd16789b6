"""What every house under faults is a copy of: tables, keys, somebody signed in; and the surroundings of its parts."""

import os
import secrets
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from savnet.demo import receivers
from savnet.demo.authority import issue_for_server, new_authority
from savnet.running import embedded
from savnet.running.place import place_for

NOT_OURS = ("SAVNET_", "LD_PRELOAD", "CLOCK_AHEAD")


@dataclass(frozen=True, slots=True)
class Model:
    """A house made ready, with tables and somebody who is signed in; every house that is hurt is a copy of it."""

    folder: Path
    database: embedded.Server
    secret: str
    cookie: str


def model(folder: Path) -> Model:
    """Make one ready."""
    folder.mkdir(mode=0o711)
    tls(folder)
    database, secret = embedded.Server(place_for(folder)), secrets.token_hex(32)
    database.start()
    try:
        cookie = prepared(surroundings(folder, database.url, secret=secret, ear=1, web=1, mail=1))
    finally:
        database.stop()
    return Model(folder, database, secret, cookie)


def tls(folder: Path) -> Path:
    """The certificate of whoever listens outside, and beside it that of its authority."""
    begin = datetime.now(UTC) - timedelta(days=1)
    authority = new_authority("Prøve", begin)
    server = issue_for_server(authority, ("localhost",), valid_from=begin, valid_until=begin + timedelta(days=9))
    (folder / "ca.pem").write_bytes(authority.certificate_pem())
    (folder / "tls.pem").write_bytes(server.certificate_pem() + server.key_pem())
    return folder / "tls.pem"


def surroundings(folder: Path, url: str, *, secret: str, ear: int, web: int, mail: int) -> dict[str, str]:
    """The environment of every part."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(NOT_OURS)}
    authority, keys = (folder / "ca.pem").read_text(), str(folder / "keys" / "wrapping.json")
    return {
        **clean,
        **receivers.environment(folder / "post-room", port=mail),
        "DJANGO_SETTINGS_MODULE": "savnet.running.settings",
        "SAVNET_STATE_DIR": str(folder),
        "SAVNET_DATABASE_URL": url,
        "SAVNET_DEMO": "1",
        "SAVNET_IDLE_MINUTES": "60",
        "SAVNET_LONGEST_SESSION_MINUTES": "720",
        "SAVNET_SECRET_KEY": secret,
        "SAVNET_HOSTS": "127.0.0.1",
        "SAVNET_KEY_FILE": keys,
        "SAVNET_ALIVE_URL": f"https://localhost:{ear}/house",
        "SAVNET_ALIVE_CA": authority,
        "SAVNET_READER_DATABASE_URL": url.replace("postgres@", "savnet_reader@", 1),
        "SAVNET_READER_PASSWORD": "only-for-the-faults-of-this-bench",
        "SAVNET_READER_KEYS": keys,
        "SAVNET_READER_WEBHOOK": f"https://localhost:{ear}/alarm",
        "SAVNET_READER_WEBHOOK_CA": authority,
        "SAVNET_READER_ALIVE_URL": f"https://localhost:{ear}/reader",
        "SAVNET_READER_ALIVE_CA": authority,
        "SAVNET_READER_SITE": f"http://127.0.0.1:{web}/helse/klar/",
    }


def words(folder: Path, *, web: int, mail: int) -> dict[str, tuple[str, ...]]:
    """How each part is started; the database stands already."""
    return {
        "mail": ("savnet.demo.post_room_server", f"--room={folder / 'post-room'}", f"--port={mail}"),
        "web": ("waitress", f"--listen=127.0.0.1:{web}", "--threads=8", "savnet.running.wsgi:application"),
        "worker": ("django", "procrastinate", "worker", "--concurrency=4"),
        "reader": ("savnet.watching.second_reader",),
    }


SIGN_IN = """
from django.contrib.auth import login
from django.http import HttpRequest
from importlib import import_module
from savnet.access.models import Person
from savnet.access.rights import Role
from savnet.sealing import FileKeys
from django.conf import settings
FileKeys.create(settings.KEY_FILE)
person = Person.objects.create_user("vakt", name="Vera Vakt", role=Role.NATIONAL_OVERSEER)
request = HttpRequest()
request.session = import_module(settings.SESSION_ENGINE).SessionStore()
login(request, person, backend=settings.AUTHENTICATION_BACKENDS[0])
request.session.save()
print(f"{settings.SESSION_COOKIE_NAME}={request.session.session_key}")
"""


def prepared(environment: Mapping[str, str]) -> str:
    """Tables, the reader's role, and somebody who is signed in; returns her session's cookie."""
    django = (sys.executable, "-m", "django")
    for command in (("migrate", "--verbosity=0"), ("make_reader",)):
        subprocess.run((*django, *command), env=environment, check=True, stdout=subprocess.DEVNULL)  # noqa: S603
    shell = (*django, "shell", "--no-imports", "-c", SIGN_IN)
    done = subprocess.run(shell, env=environment, check=True, stdout=subprocess.PIPE, text=True)  # noqa: S603 - ours
    return done.stdout.split()[-1]
