"""A database that fails: errors raised within a real transaction by a trigger, and a server that dies and comes back.

A full disk, a deadlock and a serialisation failure are raised by a trigger, with PostgreSQL's own codes for them, at
the statement that is to fail: to the one who wrote, they are the same. The lost connections, before and after a commit,
are real ones: the proxy sees COMMIT go by. So is the death of the server, by SIGQUIT, which is what `pg_ctl stop -m
immediate` sends: nobody is let finish anything, and the log is read again at the start.
"""

import os
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import psycopg

from savnet.running import embedded
from savnet.running.place import place_for

Database = psycopg.Connection[Any]
CODES = {"a full disk": "53100", "a deadlock": "40P01", "a serialisation failure": "40001"}
TABLES = ("cases_record", "delivery_message", "delivery_attempt", "procrastinate_jobs")

MAKE = """
CREATE SEQUENCE soak_written;
CREATE TABLE soak_faults (first int, last int, code text);
CREATE FUNCTION soak_fail() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
    n bigint;
    wanted text;
BEGIN
    IF current_setting('soak.apart', true) = 'on' THEN
        RETURN NULL;
    END IF;
    n := nextval('soak_written');
    SELECT code INTO wanted FROM soak_faults WHERE n BETWEEN first AND last LIMIT 1;
    IF wanted IS NOT NULL THEN
        RAISE EXCEPTION 'planted' USING ERRCODE = wanted;
    END IF;
    RETURN NULL;
END $$;
"""
PATIENCE = 60.0
"""Seconds until a server that was started has to let somebody in."""
APART = "SET soak.apart = on"
"""What the run itself says first, so that its own statements neither count nor fail."""
WATCH = "CREATE TRIGGER soak_fail BEFORE INSERT OR UPDATE ON {} FOR EACH STATEMENT EXECUTE FUNCTION soak_fail()"


def plant(database: Database) -> None:
    """Let every statement that writes of letters, attempts, jobs or the ledger be counted, and be able to fail."""
    database.execute(MAKE)
    for table in TABLES:
        database.execute(WATCH.format(table).encode())


def remove(database: Database) -> None:
    """Let nothing be counted any more."""
    database.execute("DROP FUNCTION soak_fail CASCADE")
    database.execute("DROP TABLE soak_faults")
    database.execute("DROP SEQUENCE soak_written")


def will_fail(database: Database, *faults: tuple[str, int, int]) -> None:
    """From now on, counted from now: the error, at which statement first, and how many times. None, and all is well."""
    database.execute("TRUNCATE soak_faults")
    database.execute("ALTER SEQUENCE soak_written RESTART")
    for name, first, times in faults:
        database.execute("INSERT INTO soak_faults VALUES (%s, %s, %s)", [first, first + times - 1, CODES[name]])


def written(database: Database) -> int:
    """How many such statements there have been since."""
    row = database.execute("SELECT last_value, is_called FROM soak_written").fetchone()
    return int(row[0]) if row and row[1] else 0


def postmaster(database: Database) -> int:
    """The server's first process; 0 where it is none of ours to kill, because others use it or it is elsewhere."""
    if not ours():
        return 0
    row = database.execute("SHOW data_directory").fetchone()
    return int((Path(str(row[0])) / "postmaster.pid").read_text().split()[0]) if row else 0


def ours() -> bool:
    """Whether the server is the run's own, made for it beside the checkout."""
    url = os.environ.get("SAVNET_DATABASE_URL", "")
    return str(embedded.Server(place_for(_state())).place.sockets) in url.replace("%2F", "/")


def start_again() -> None:
    """Start the server after it died. One that is about to die answers for a moment yet, and lets nobody in."""
    server, until = embedded.Server(place_for(_state())), monotonic() + PATIENCE
    while True:
        embedded.start_again(_state(), server)
        try:
            psycopg.connect(server.url_of("postgres")).close()
        except psycopg.OperationalError:
            if monotonic() > until:
                raise
            sleep(0.05)
        else:
            return


def _state() -> Path:
    return Path(os.environ["TESTS_STATE"])
