"""Every minute at which a child can be believed to have disappeared, 2024 to 2040, against whole numbers.

For each minute that Norway's clocks show: what the form makes of it, the limit that each rule of the circular with a
number gives (a-1 and d-4), and how a letter writes that limit. The whole case is derived, and asked when it begins to
be overdue, every half hour and every minute within two days of a change of the clocks; or every minute, with `derive`.

Run: python -m soak.deadlines [first year] [last year] [derive]
"""

import os
import sys
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from itertools import chain
from time import perf_counter

from savnet.letters.times import moment as written
from savnet.letters.wording import wording
from savnet.rules import CaseFile, Centre, Obligation, Resident, derive
from savnet.rules.events import DisappearanceBelieved
from savnet.rules.moment import Moment
from savnet.rules.rs_2015_009.section_2_3a import report_to_the_police
from savnet.rules.rs_2015_009.section_2_3d import register_as_disappeared
from savnet.rules.words import Operator
from savnet.web.times import NoSuchTime, instant
from soak.calendar import DAY, Wall, change, comes_twice, days_of, instants, shown, walls
from soak.saying import say

FIRST, LAST = 2024, 2040
RULES = (report_to_the_police, register_as_disappeared)
NUMBERED = {rule.id for rule in RULES}
CENTRE = Centre(operator=Operator.MUNICIPAL, municipality="3301")
WORDS = wording("nb")
LONGEST_LIST = 20


@dataclass(slots=True)
class Count:
    """What was looked at, by how many seconds it was wrong, and the first deviations in words."""

    minutes: int = 0
    skipped: int = 0
    derived: int = 0
    seconds_wrong: int = 0
    wrong: list[str] = field(default_factory=list)

    def add(self, other: "Count") -> None:
        self.minutes += other.minutes
        self.skipped += other.skipped
        self.derived += other.derived
        self.seconds_wrong += other.seconds_wrong
        self.wrong += other.wrong


def looked_at(times: Iterable[Wall], year: int, *, derive_all: bool = False) -> Count:
    """Each of these wall times of a year; a time that comes twice counts as two starts."""
    count, before = Count(), moment_before(year)
    for wall in times:
        starts = instants(wall)
        check_entry(wall, starts, count)
        for start in starts:
            check_rules(start, year, before, count)
            if derive_all or start % 1800 == 0 or near_change(start, year):
                check_derived(start, year, count)
    return count


def check_entry(wall: Wall, starts: tuple[int, ...], count: Count) -> None:
    """The form takes the earlier of two instants, and refuses what the clocks skip."""
    year, number, day, hour, minute = wall
    try:
        entered = int(instant(date(year, number, day), time(hour, minute)).timestamp())
    except NoSuchTime:
        entered = None
    if entered != (starts[0] if starts else None):
        count.wrong.append(f"{wall} was entered as {entered}")
        count.seconds_wrong += abs(entered - starts[0]) if starts and entered is not None else DAY
    count.skipped += not starts


def check_rules(start: int, year: int, before: Moment, count: Count) -> None:
    """Each rule's limit is 86,400 seconds later, and the letter says when that is."""
    count.minutes += 1
    now = replace(before, event=believed(start))
    for rule in RULES:
        latest = next(iter(rule(now))).obligation.latest
        check_limit(f"{rule.id} from {start}", latest, start, count)
    if latest and (said := written(latest, WORDS)) != (meant := in_words(start + DAY, year)):
        count.wrong.append(f"The limit from {start} is written {said!r}, and is {meant!r}")


def check_limit(what: str, latest: datetime | None, start: int, count: Count) -> None:
    off = DAY if latest is None else round(abs((latest - datetime.fromtimestamp(start + DAY, UTC)).total_seconds()))
    if off:
        count.seconds_wrong += off
        count.wrong.append(f"{what}: {latest}, wrong by {off} s")


def check_derived(start: int, year: int, count: Count) -> None:
    """The whole case: its limits, and that they are overdue a second after and not before."""
    count.derived += 1
    case = CaseFile(centre=CENTRE, resident=child(year), events=(believed(start),))
    last = datetime.fromtimestamp(start + DAY, UTC)
    for at, late in ((last, False), (last + timedelta(seconds=1), True)):
        for one in numbered(case, at):
            check_limit(f"{one.id} derived from {start}", one.latest, start, count)
            if one.overdue is not late:
                count.seconds_wrong += 1
                count.wrong.append(f"{one.id} from {start} is overdue {one.overdue} at {at}")


def numbered(case: CaseFile, at: datetime) -> Iterator[Obligation]:
    """The obligations with a limit in hours; each of them has to be there."""
    found = [one for one in derive(case, at).obligations if one.id in NUMBERED]
    if {one.id for one in found} != NUMBERED:
        raise AssertionError(f"Not all of {NUMBERED} arose at {at}.")
    yield from found


def believed(start: int) -> DisappearanceBelieved:
    return DisappearanceBelieved(at=datetime.fromtimestamp(start, UTC), number=1)


def child(year: int) -> Resident:
    return Resident(born=date(year - 16, 1, 1))


def moment_before(year: int) -> Moment:
    """What the rules see apart from the event; no rule with a limit asks for more."""
    return Moment(
        event=believed(0),
        centre=CENTRE,
        resident=child(year),
        before=child(year),
        disappearance=None,
        find=lambda ids, at: (),
        addresses=(),
        appointments=(),
        age_examined_over_18=False,
        without_words=frozenset(),
        lawful=lambda recipient: None,
    )


def in_words(at: int, year: int) -> str:
    """The instant as a letter has to write it, from whole numbers."""
    number, minute, summer = shown(at, year)
    on_year, on_month, on_day = days_of(year)[number]
    clock = f"{minute // 60:02}.{minute % 60:02}"
    text = f"{on_day}.\u00a0{WORDS(f'month.{on_month}')} {on_year} {WORDS('time.at')}\u00a0{clock}"
    season = WORDS("time.summer") if summer else WORDS("time.winter")
    return f"{text} ({season})" if comes_twice(at, year) else text


def near_change(start: int, year: int) -> bool:
    return any(abs(start - change(year, one)) <= 2 * DAY for one in (3, 10))


def whole_year(year: int, *, derive_all: bool = False) -> Count:
    """The twelve months together."""
    times = chain.from_iterable(walls(year, number) for number in range(1, 13))
    return looked_at(times, year, derive_all=derive_all)


def main(*arguments: str) -> int:
    """Every year in a process of its own; 1 where anything was wrong."""
    years = [int(one) for one in arguments if one.isdigit()]
    first, last = (years + [FIRST, LAST][len(years) :])[:2]
    count, began = Count(), perf_counter()
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        every_year = range(first, last + 1)
        counts = pool.map(partial(whole_year, derive_all="derive" in arguments), every_year)
        for year, one in zip(every_year, counts, strict=True):
            count.add(one)
            say(f"  {year}: {one.minutes:,} starts, seconds wrong {one.seconds_wrong}")
    say(f"deadlines: {count.minutes:,} starts, {first} to {last}, in {perf_counter() - began:.0f} s")
    say(f"  seconds wrong: {count.seconds_wrong}; deviations: {len(count.wrong)}")
    say(f"  whole cases derived twice: {count.derived:,}; times the clocks skip, refused: {count.skipped:,}")
    for line in count.wrong[:LONGEST_LIST]:
        say(f"  {line}")
    return 1 if count.wrong else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
