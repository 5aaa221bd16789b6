"""The house with a line that can fail on each side: to the mail server, and to the database."""

import os
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.db import connections
from django.test.utils import override_settings

from savnet.demo.authority import Identity, new_authority
from savnet.rules.words import Channel
from soak.faulty import database as failing
from soak.faulty.faults import DATABASE, MAIL, Drawn, Fault
from soak.faulty.servers import BadServers, bad_servers
from soak.faulty.telling import FarEnd
from soak.house import House, where
from soak.proxy import Proxy, between
from soak.strikes import Strike

SOCKET = ".s.PGSQL.5432"
ANSWER_WITHIN = 0.7
"""Seconds that Savnet waits for one answer here; a receiver who is late is later than that."""
Struck = tuple[tuple[Fault, Drawn], ...]


@dataclass(slots=True)
class Ground:
    """The house, and all that can be made to fail around it. `direct` is the way to the database past the proxy.

    `mail` is the line that letters go over; `far` is its other end, where that is another channel's than e-mail.
    """

    house: House
    mail: Proxy
    line: Proxy
    servers: BadServers
    direct: dict[str, Any]
    proxied: str
    others: dict[Channel, Proxy]
    far: FarEnd | None = None

    def ask(self) -> "psycopg.Connection[Any]":
        """A line of our own to the database, past the proxy."""
        database = psycopg.connect(**self.direct, autocommit=True)
        database.execute(failing.APART)
        return database

    def begin(self, drawn: Struck) -> None:
        """From now on these go wrong, and Savnet reaches its database through the proxy."""
        strikes = [(fault.place, one) for fault, one in drawn if isinstance(one, Strike)]
        with self.ask() as database:
            failing.will_fail(database, *(one for _, one in drawn if isinstance(one, tuple)))
            server = failing.postmaster(database)
        self.mail.will(*(one for place, one in strikes if place == MAIL))
        self.line.will(*(replace(one, pid=server) for place, one in strikes if place == DATABASE))
        for fault, one in drawn:
            if self.far and isinstance(one, str):
                self.far.will(fault.place, one)
        self._lead(self.proxied)

    def end(self) -> None:
        """All is well from now on."""
        self.mail.will()
        self.line.will()
        self.mend()
        with self.ask() as database:
            failing.will_fail(database)
        self._lead(self.direct.get("host", ""))

    def mend(self) -> None:
        """Start the database again if it died; and let go of lines to it that may be dead."""
        connections.close_all()
        if failing.ours():
            failing.start_again()

    def struck(self, drawn: Struck) -> int:
        """How many times any of these has struck."""
        with self.ask() as database:
            written = failing.written(database)
        triggers = sum(max(0, min(one[2], written - one[1] + 1)) for _, one in drawn if isinstance(one, tuple))
        far = self.far.struck() if self.far else 0
        return triggers + far + self.mail.struck() + self.line.struck()

    @contextmanager
    def apart(self) -> Iterator[None]:
        """Past the proxy, for a look of the run's own."""
        before = connections["default"].settings_dict["HOST"]
        self._lead(self.direct.get("host", ""))
        try:
            yield
        finally:
            self._lead(before)

    def _lead(self, host: str) -> None:
        connections.close_all()
        connections["default"].settings_dict["HOST"] = host


@contextmanager
def faulty(house: House, trusted: Identity | None = None, channels: Iterable[Channel] = ()) -> Iterator[Ground]:
    """The house between proxies, while it stands. No fault yet.

    `trusted` is who issued the certificates of these channels' other ends; their proxies lead nowhere yet.
    """
    direct = where()
    trusted = trusted or new_authority("Prøveutsteder to", datetime.now(UTC) - timedelta(days=1))
    connections.close_all()
    proxied = house.folder / "line"
    proxied.mkdir()
    with ExitStack() as stack:
        mail = stack.enter_context(between(("127.0.0.1", settings.SMTP_PORT)))
        line = stack.enter_context(between(_target(direct), proxied / SOCKET))
        servers = stack.enter_context(bad_servers(house.folder, trusted))
        others = {channel: stack.enter_context(between(None)) for channel in channels}
        both = settings.SMTP_CA + trusted.certificate_pem().decode()
        stack.enter_context(override_settings(SMTP_PORT=mail.port, SMTP_WAIT=ANSWER_WITHIN, SMTP_CA=both))
        ground = Ground(house, mail, line, servers, direct, str(proxied), others)
        with ground.ask() as database:
            failing.plant(database)
            # Without it a server that dies may forget what it has called done.
            database.execute(f'ALTER DATABASE "{direct["dbname"]}" SET synchronous_commit = on'.encode())
        try:
            yield ground
        finally:
            ground.end()
            with ground.ask() as database:
                failing.remove(database)


def _target(direct: dict[str, Any]) -> tuple[str, int] | str:
    host = direct.get("host") or "/var/run/postgresql"
    port = direct.get("port", "5432")
    return str(Path(host) / f".s.PGSQL.{port}") if host.startswith("/") else (host, int(port))


def given_to_impostors(ground: Ground) -> int:
    """Letters that a server had whom nobody should trust, since they were last asked for."""
    found = len(ground.servers.given.read_text(encoding="utf-8").splitlines())
    os.truncate(ground.servers.given, 0)
    return found
