"""What is so wrong that a person must be told, in the words the person gets."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

import psycopg

from savnet.sealing import DamagedKeyFile, FileKeys, LooseRights, NoKeyFile
from savnet.watching.limits import CANARY_LATE, SILENT_AFTER, WORKER_SILENT_AFTER
from savnet.watching.reader.asking import site_answers
from savnet.watching.reader.ledger import Readings, read_all
from savnet.watching.reader.setup import Setup

WAIT = 10
MEANS = "Brev blir ikke sendt, og ingen blir minnet på fristene."
HEARTBEAT = "SELECT at, examined, ledger_position FROM watching_heartbeat ORDER BY at DESC LIMIT 1"
POSITION = "SELECT coalesce(sum(head_sequence), 0) FROM cases_case"
AWAKE = "SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > %s"
LOST = """
    SELECT DISTINCT ON (channel) channel, arrived_at IS NULL FROM watching_canary
    WHERE sent_at <= %s ORDER BY channel, sent_at DESC
"""


class Kind(StrEnum):
    """What is wrong, so that the same is not told over and over."""

    DATABASE = "database"
    KEYS = "keys"
    SILENCE = "silence"
    COUNT = "count"
    WORKERS = "workers"
    SITE = "site"
    ROWS = "rows"
    DAMAGE = "damage"
    CANARY = "canary"
    READER = "reader"


@dataclass(frozen=True, slots=True)
class Alarm:
    """Something a person must be told, in Norwegian, without any child, centre or case in it."""

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a round found: alarms for a person, and a line of numbers for whoever looks at the program."""

    alarms: tuple[Alarm, ...]
    numbers: str


def judge(setup: Setup, now: datetime) -> Judgement:
    """One round. Whatever stands in its way is itself an alarm."""
    found = _read(setup, now)
    return Judgement((*found.alarms, *_site(setup)), found.numbers)


def _site(setup: Setup) -> Iterator[Alarm]:
    if setup.site and not site_answers(setup.site):
        yield Alarm(Kind.SITE, "Nettstedet svarer ikke som det skal. Ingen kommer inn i Savnet: bruk papir.")


def _read(setup: Setup, now: datetime) -> Judgement:
    try:
        with psycopg.connect(setup.database, connect_timeout=WAIT, autocommit=True) as connection:
            connection.execute("SET statement_timeout = '60s'")
            return _judged(connection, setup, now)
    except psycopg.Error as problem:
        told = f"Databasen svarer ikke som den skal ({type(problem).__name__}). Savnet kan være helt nede."
        return Judgement((Alarm(Kind.DATABASE, told),), "nothing could be read")
    except Exception as problem:  # noqa: BLE001 - the process edge: a reader that has died tells nobody anything
        told = f"Den uavhengige leseren klarer ikke å lese ({type(problem).__name__}). Ingen ser etter Savnet nå."
        return Judgement((Alarm(Kind.READER, told),), f"failed: {type(problem).__name__}")


def _judged(connection: psycopg.Connection, setup: Setup, now: datetime) -> Judgement:
    silence = (*_silence(connection, now), *_workers(connection, setup, now))
    try:
        readings = read_all(connection, FileKeys(setup.key_file), now)
    except (NoKeyFile, LooseRights, DamagedKeyFile) as problem:
        told = f"Nøkkelfilen kan ikke brukes ({type(problem).__name__}). Den uavhengige leseren ser ikke sakene."
        return Judgement((*silence, Alarm(Kind.KEYS, told)), "the key file can't be used")
    alarms = (*silence, *_differences(readings), *_counts(connection, readings), *_canaries(connection, now))
    numbers = (
        f"{readings.cases} cases, {readings.records} records, {readings.open} open, {readings.overdue} overdue, "
        f"{len(readings.differing)} differing, {len(readings.damaged)} damaged"
    )
    return Judgement(alarms, numbers)


def _silence(connection: psycopg.Connection, now: datetime) -> Iterator[Alarm]:
    newest = connection.execute(HEARTBEAT).fetchone()
    if newest is None:
        yield Alarm(Kind.SILENCE, f"Arbeideren har aldri gitt livstegn. {MEANS}")
    elif (age := now - newest[0]) > SILENT_AFTER:
        yield Alarm(Kind.SILENCE, f"Arbeideren har ikke gitt livstegn på {_long(age)}. {MEANS}")


def _workers(connection: psycopg.Connection, setup: Setup, now: datetime) -> Iterator[Alarm]:
    row = connection.execute(AWAKE, [now - WORKER_SILENT_AFTER]).fetchone()
    awake = row[0] if row else 0
    if 0 < awake < setup.workers:  # where there is none, the silence says it already
        yield Alarm(
            Kind.WORKERS, f"Bare {awake} av {setup.workers} arbeidere gir livstegn. Alt går saktere enn det skal."
        )


def _long(age: timedelta) -> str:
    seconds = int(age.total_seconds())
    return f"{seconds} sekunder" if seconds < 180 else f"{seconds // 60} minutter"


def _differences(readings: Readings) -> Iterator[Alarm]:
    if readings.differing:
        where = _cases(len(readings.differing))
        yield Alarm(Kind.ROWS, f"Listen over plikter stemmer ikke med sakene selv. Det gjelder {where}.")
    if readings.damaged:
        yield Alarm(Kind.DAMAGE, f"{_cases(len(readings.damaged))} er skadet eller kan ikke åpnes.")


def _cases(number: int) -> str:
    return "1 sak" if number == 1 else f"{number} saker"


def _counts(connection: psycopg.Connection, readings: Readings) -> Iterator[Alarm]:
    """Whether the worker went through as many as the ledgers leave open; comparable at the same position only."""
    newest, position = connection.execute(HEARTBEAT).fetchone(), connection.execute(POSITION).fetchone()
    if newest is None or position is None or readings.damaged:
        return
    if newest[2] == position[0] == readings.records and newest[1] != readings.open:
        told = f"Arbeideren har gått gjennom {newest[1]} plikter, men {readings.open} står åpne."
        yield Alarm(Kind.COUNT, told)


def _canaries(connection: psycopg.Connection, now: datetime) -> Iterator[Alarm]:
    for channel, lost in connection.execute(LOST, [now - CANARY_LATE]):
        if lost:
            told = f"En prøvemelding til oss selv kom ikke fram ({channel}). Meldinger kan være stanset på veien."
            yield Alarm(Kind.CANARY, told)
