"""What is so wrong that a person must be told, in the words the person gets."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

import psycopg

from savnet.policy.ladder import BY_NUMBER
from savnet.sealing import DamagedKeyFile, FileKeys, LooseRights, NoKeyFile
from savnet.watching.limits import (
    AWAKE_THEN,
    CANARY_FORGOTTEN,
    CANARY_LATE,
    CANARY_MISSED,
    CARRIED_CANARY_LATE,
    CLOCKS_AGREE,
    CLOCKS_APART,
    FAR_APART,
    LADDER_STILL_AFTER,
    ON_ITS_WAY,
    SILENT_AFTER,
    UNTOLD_AFTER,
    WAY_CLOSED_AFTER,
    WORKER_SILENT_AFTER,
)
from savnet.watching.reader.asking import ask_site
from savnet.watching.reader.ledger import REAL, Readings, read_all
from savnet.watching.reader.setup import Setup

WAIT = 10
MEANS = "Brev blir ikke sendt, og ingen blir minnet på fristene."
CLOCK = "SELECT clock_timestamp()"
HEARTBEAT = "SELECT at, examined, ledger_position, clock_ahead FROM watching_heartbeat ORDER BY id DESC LIMIT 1"
POSITION = f"SELECT coalesce(sum(head_sequence), 0) FROM cases_case c WHERE {REAL}"  # noqa: S608 - our own words alone
LADDER = """
    SELECT coalesce(
        (SELECT e.at FROM procrastinate_jobs j JOIN procrastinate_events e ON e.job_id = j.id AND e.type = 'succeeded'
         WHERE j.task_name = 'savnet.casework.tasks.sound' ORDER BY j.id DESC LIMIT 1),
        (SELECT min(at) FROM watching_heartbeat))
    WHERE EXISTS (SELECT FROM watching_heartbeat WHERE at BETWEEN %s AND %s)
"""
"""No row where no worker was awake so long ago that it ought to have gone up since."""
TOLD = """
    SELECT case_id, subject FROM savnet_told_of(%s, %s)
    UNION SELECT case_id, subject FROM followup_acknowledgement WHERE until > %s
"""
AWAKE = "SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > clock_timestamp() - %s"
CLOSED = "SELECT channel FROM watching_wayout WHERE failures >= %s ORDER BY channel"
NO_LETTERS = {
    "staff_email": "E-post til våre egne kommer ikke ut. De som er på vakt, blir ikke varslet på e-post.",
    "returned_mail": "Postkassa for e-post i retur lar seg ikke åpne. Ingen ser om et brev kommer tilbake.",
}
"""What is told of a way that no letter goes by, by its name in `ways_out`, which needs more than the reader has."""
FLIGHTS = """
    SELECT channel, max(sent_at) < %(missed)s,
        (SELECT arrived_at IS NULL FROM watching_canary due WHERE due.channel = c.channel AND (arrived_at IS NOT NULL
             OR sent_at <= CASE channel WHEN 'encrypted_email' THEN %(late)s ELSE %(carried)s END)
         ORDER BY sent_at DESC LIMIT 1)
    FROM watching_canary c GROUP BY channel HAVING max(sent_at) > %(forgotten)s ORDER BY channel
"""
"""Each channel over which canaries fly: whether none has been sent for long, and whether the newest one that is home,
or should be, is lost."""


class Kind(StrEnum):
    """What is wrong, so that the same is not told over and over."""

    DATABASE = "database"
    KEYS = "keys"
    SILENCE = "silence"
    LADDER = "ladder"
    UNTOLD = "untold"
    CLOCK = "clock"
    COUNT = "count"
    WORKERS = "workers"
    SITE = "site"
    ROWS = "rows"
    DAMAGE = "damage"
    CANARY = "canary"
    WAY_OUT = "way out"
    READER = "reader"


@dataclass(frozen=True, slots=True)
class Alarm:
    """Something a person must be told, in Norwegian, without any child, centre or case in it."""

    kind: Kind
    text: str
    about: frozenset[str] = frozenset({""})
    """What it is about, for the reader's own memory: a channel, a clock, the ids of cases. Never told to anybody."""

    @property
    def marks(self) -> frozenset[tuple[Kind, str]]:
        """What tells it from other alarms, from round to round: its text may say how long it has lasted."""
        return frozenset((self.kind, one) for one in self.about)


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
    if not setup.site:
        return
    site = ask_site(setup.site)
    if not site.ready:
        yield Alarm(Kind.SITE, "Nettstedet svarer ikke som det skal. Ingen kommer inn i Savnet: bruk papir.")
    if abs(site.clock_ahead) > FAR_APART:
        yield _clock_wrong("nettstedet", site.clock_ahead)


def _clock_wrong(whose: str, ahead: timedelta) -> Alarm:
    direction = "foran" if ahead > timedelta(0) else "etter"
    told = (
        f"Klokka til {whose} går {_long(abs(ahead))} {direction} databasens. Stol ikke på tider og frister i Savnet "
        "før begge er stilt."
    )
    return Alarm(Kind.CLOCK, told, frozenset({whose}))


def _read(setup: Setup, now: datetime) -> Judgement:
    try:
        with psycopg.connect(setup.database, connect_timeout=WAIT, autocommit=True) as connection:
            connection.execute("SET statement_timeout = '60s'")
            return _judged(connection, setup, now)
    except (psycopg.errors.InsufficientPrivilege, psycopg.errors.UndefinedFunction):
        told = "Den uavhengige leseren får ikke lese alt den skal. Kjør «savnet migrate» og «savnet make-reader»."
        return Judgement((Alarm(Kind.DATABASE, told),), "it may not read what it must")
    except psycopg.Error as problem:
        told = f"Databasen svarer ikke som den skal ({type(problem).__name__}). Savnet kan være helt nede."
        return Judgement((Alarm(Kind.DATABASE, told),), "nothing could be read")
    except Exception as problem:  # noqa: BLE001 - the process edge: a reader that has died tells nobody anything
        told = f"Den uavhengige leseren klarer ikke å lese ({type(problem).__name__}). Ingen ser etter Savnet nå."
        return Judgement((Alarm(Kind.READER, told),), f"failed: {type(problem).__name__}")


def _judged(connection: psycopg.Connection, setup: Setup, now: datetime) -> Judgement:
    ahead = _ahead(connection)
    silence = (*_clocks(connection, ahead), *_silence(connection, now - ahead), *_workers(connection, setup),
               *_closed(connection))  # fmt: skip
    try:
        readings = read_all(connection, FileKeys(setup.key_file), now)
    except (NoKeyFile, LooseRights, DamagedKeyFile) as problem:
        told = f"Nøkkelfilen kan ikke brukes ({type(problem).__name__}). Den uavhengige leseren ser ikke sakene."
        return Judgement((*silence, Alarm(Kind.KEYS, told)), "the key file can't be used")
    alarms = (*silence, *_differences(readings), *_counts(connection, readings),
              *_untold(connection, readings, now - ahead), *_canaries(connection, now - ahead))  # fmt: skip
    numbers = (
        f"{readings.cases} cases, {readings.records} records, {readings.open} open, {readings.overdue} overdue, "
        f"{len(readings.differing)} differing, {len(readings.damaged)} damaged"
    )
    return Judgement(alarms, numbers)


def _ahead(connection: psycopg.Connection) -> timedelta:
    """How far our own clock is ahead of the database's, by which all silence is measured."""
    row = connection.execute(CLOCK).fetchone()
    ahead = datetime.now(UTC) - row[0] if row else timedelta(0)
    return ahead if abs(ahead) > CLOCKS_AGREE else timedelta(0)


def _clocks(connection: psycopg.Connection, ahead: timedelta) -> Iterator[Alarm]:
    if abs(ahead) > FAR_APART:
        yield _clock_wrong("den uavhengige leseren", ahead)
    newest = connection.execute(HEARTBEAT).fetchone()
    if newest is not None and abs(newest[3]) > FAR_APART:
        yield _clock_wrong("arbeideren", newest[3])


def _closed(connection: psycopg.Connection) -> Iterator[Alarm]:
    for (channel,) in connection.execute(CLOSED, [WAY_CLOSED_AFTER]):
        letters = f"Ingen svarer i den andre enden ({channel}). Meldinger den veien blir stående."
        yield Alarm(Kind.WAY_OUT, NO_LETTERS.get(channel, letters), frozenset({channel}))


def _silence(connection: psycopg.Connection, now: datetime) -> Iterator[Alarm]:
    newest = connection.execute(HEARTBEAT).fetchone()
    if newest is None or newest[0] - now > CLOCKS_APART:  # one ahead of the clock tells nothing: it was set back
        yield Alarm(Kind.SILENCE, f"Arbeideren har ikke gitt noe livstegn. {MEANS}")
    elif (age := now - newest[0]) > SILENT_AFTER:
        yield Alarm(Kind.SILENCE, f"Arbeideren har ikke gitt livstegn på {_long(age)}. {MEANS}")
    else:  # where there is no sign of life, the silence says it already
        yield from _ladder(connection, now)


def _ladder(connection: psycopg.Connection, now: datetime) -> Iterator[Alarm]:
    """Whether the ladder of alarms is gone up: a worker may beat and do nothing else."""
    long_ago = now - LADDER_STILL_AFTER
    row = connection.execute(LADDER, [long_ago - AWAKE_THEN, long_ago]).fetchone()
    if row and row[0] and (age := now - row[0]) > LADDER_STILL_AFTER:
        told = f"Arbeideren har ikke gått gjennom varslene på {_long(age)}. Ingen blir minnet på fristene."
        yield Alarm(Kind.LADDER, told)


def _untold(connection: psycopg.Connection, readings: Readings, now: datetime) -> Iterator[Alarm]:
    """Whether word of all that is overdue has reached somebody within the hour, or somebody has taken it on.

    What reached nobody is told of here though nobody could be reached from the house: this is another way to a person.
    """
    since = (now - BY_NUMBER.every - UNTOLD_AFTER, now - ON_ITS_WAY, now - UNTOLD_AFTER)
    told = Counter((case, subject.rpartition("|")[0]) for case, subject in connection.execute(TOLD, since))
    late = Counter((case, "|".join(map(str, key))) for case, key in readings.late)
    if number := (late - told).total():
        whose = "1 plikt er" if number == 1 else f"{number} plikter er"
        yield Alarm(Kind.UNTOLD, f"{whose} over fristen uten at Savnet har nådd noen med varsel den siste timen.")


def _workers(connection: psycopg.Connection, setup: Setup) -> Iterator[Alarm]:
    row = connection.execute(AWAKE, [WORKER_SILENT_AFTER]).fetchone()
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
        told = f"Listen over plikter stemmer ikke med sakene selv. Det gjelder {where}."
        yield Alarm(Kind.ROWS, told, frozenset(map(str, readings.differing)))
    if readings.damaged:
        told = f"{_cases(len(readings.damaged))} er skadet eller kan ikke åpnes."
        yield Alarm(Kind.DAMAGE, told, frozenset(map(str, readings.damaged)))


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
    since = {
        "late": now - CANARY_LATE,
        "carried": now - CARRIED_CANARY_LATE,
        "missed": now - CANARY_MISSED,
        "forgotten": now - CANARY_FORGOTTEN,
    }
    for channel, missed, lost in connection.execute(FLIGHTS, since):
        if lost:
            told = f"En prøvemelding til oss selv kom ikke fram ({channel}). Meldinger kan være stanset på veien."
            yield Alarm(Kind.CANARY, told, frozenset({channel}))
        elif missed:
            told = f"Ingen prøvemelding til oss selv er sendt på to timer ({channel}). Ingen ser om brev kommer fram."
            yield Alarm(Kind.CANARY, told, frozenset({channel}))
