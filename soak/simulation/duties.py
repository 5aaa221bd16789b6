"""What is owed: right limits, all that a disappearance calls for, copies, and word of the return to everyone."""

from collections import Counter
from datetime import timedelta

from soak.simulation.life import Life
from soak.simulation.rows import Rows
from soak.simulation.wrong import Broken

CALLED_FOR = ("a-1", "2.2-4", "b-4", "c-1", "d-4")
NUMBERED = ("a-1", "d-4")
DAY = 86_400


def the_limits_are_right(life: Life, rows: Rows) -> None:
    """24 hours after there was reason to believe it, to the microsecond, whenever it was written down (I6 with it)."""
    for row in rows.owed:
        if row.obligation not in NUMBERED:
            continue
        began = life.truth.beliefs.get(rows.belief(row.because))
        if began is None or (row.latest is None and row.because not in life.truth.beliefs):
            continue
        off = None if row.latest is None else (row.latest - began) / timedelta(seconds=1)
        if off != DAY:
            raise Broken(f"I6: {row.obligation} is due {off} seconds after {began}")


def what_a_disappearance_calls_for_is_owed(life: Life, rows: Rows) -> None:
    """Police, child welfare, the telephone calls, Sesam, and finding out: none of them is forgotten."""
    for belief in life.truth.beliefs:
        owed = {row.obligation for row in rows.owed if row.because == belief}
        if missing := [one for one in CALLED_FOR if one not in owed]:
            raise Broken(f"disappearance {belief} does not call for {', '.join(missing)}")


def copies_are_owed_of_what_was_sent(life: Life, rows: Rows) -> None:
    """The region is owed a copy of each report that has gone."""
    sent = Counter(row.obligation for row in rows.owed if row.obligation in {"a-1", "b-4", "b-8"} and row.sent_at)
    copies = Counter(row.copy_of for row in rows.owed if row.obligation == "d-5")
    if short := sent - copies:
        raise Broken(f"no copy is owed of {', '.join(short)}")


def whoever_was_told_is_told_of_the_return(life: Life, rows: Rows) -> None:
    """I5: those told of a return are all who were ever tried told of that disappearance, and nobody else."""
    for belief, returns in life.truth.returned.items():
        told = Counter(rows.told(belief))
        for number in returns:
            found = [one for one in rows.derived if one.id == "2.2-7" and one.because == number]
            owed = Counter((str(one.recipient), one.municipality) for one in found)
            if owed != told:
                raise Broken(f"I5: told {dict(told)}, of the return {dict(owed)}")


def the_rows_say_what_the_ledger_does(life: Life, rows: Rows) -> None:
    """What is open, and until when, is in the rows as it follows from the ledger: also after a correction."""
    kept = [(row.obligation, row.recipient, row.state, row.latest) for row in rows.owed]
    derived = [(one.id, str(one.recipient or ""), str(one.state), one.latest) for one in rows.derived]
    if kept != derived:
        raise Broken("the rows do not follow from the ledger")


def nothing_is_closed_that_is_owed(life: Life, rows: Rows) -> None:
    """Two may say that it is over only when nothing is owed, by anybody."""
    if owed := life.seen.get("closed with owed"):
        raise Broken(f"closed, and still owed: {', '.join(owed)}")
