"""What must hold at every step of every case, judged by what the simulation knows and not by Savnet's own code.

I8, that every look is logged, belongs to the screens, and nothing here opens one.
"""

from collections.abc import Callable

from soak.simulation import alarms, duties, keeping, letters
from soak.simulation.life import Life
from soak.simulation.rows import Rows

EVERY: tuple[Callable[[Life, Rows], None], ...] = (
    keeping.the_ledger_only_grows,
    keeping.one_centre_answers,
    keeping.somebody_follows_it_up,
    keeping.it_is_gone_through_in_time,
    duties.the_limits_are_right,
    duties.what_a_disappearance_calls_for_is_owed,
    duties.copies_are_owed_of_what_was_sent,
    duties.whoever_was_told_is_told_of_the_return,
    duties.the_rows_say_what_the_ledger_does,
    duties.nothing_is_closed_that_is_owed,
    letters.sent_is_what_really_went,
    letters.received_is_what_a_person_confirmed,
    letters.the_bytes_never_change,
    letters.repeats_are_known_as_repeats,
    letters.nothing_is_done_twice,
    letters.everything_was_written,
    letters.nothing_lies_still,
    letters.the_next_way_begins_in_time,
    letters.no_weaker_way_is_taken,
    letters.nothing_untrue_leaves,
    letters.what_was_not_theirs_goes_on,
    alarms.everything_open_alarms,
    alarms.each_time_somebody_else,
    alarms.alarms_reach_people,
    alarms.a_pause_is_short,
    letters.an_exercise_stays_in_the_house,
    alarms.an_exercise_alarms_nobody,
)


def look(life: Life) -> None:
    """Look at all of them. Raises Broken for the first that does not hold."""
    if life.case_id is None:
        return
    rows = Rows(life)
    for one in EVERY:
        one(life, rows)
        life.checks += 1
