"""Letters: sent is what went, received is what a person said (I2), bytes and ids stay as they are (I3, I4)."""

from collections import Counter
from datetime import timedelta

from savnet.delivery.models import Message
from savnet.followup.models import StaffNotice
from soak.simulation.life import Life
from soak.simulation.rows import Rows
from soak.simulation.whiles import HOUR, MINUTE
from soak.simulation.wrong import Broken

WIRED = frozenset({"encrypted_email", "eformidling", "fiks", "svarut", "altinn"})
SAY_MISSING = frozenset({"a-1", "b-4", "b-8", "d-1", "d-2"})
LONGEST = {"encrypted_email": 2 * HOUR}
SLACK = 12 * MINUTE
"""A try whose process died is left alone for ten minutes: it may live."""


def sent_is_what_really_went(life: Life, rows: Rows) -> None:
    """Shown as sent: a person carried it, or the receiver's system took it and did not return it."""
    if life.exercise:
        return
    ours = life.truth.by_hand | life.truth.receipts
    for row in rows.owed:
        letters = rows.letters_of(row) if row.sent_at else []
        if letters and not any(one.id in ours or life.wire.arrived(one.id) for one in letters):
            raise Broken(f"{row.obligation} to {row.recipient} is shown as sent, and never went")


def received_is_what_a_person_confirmed(life: Life, rows: Rows) -> None:
    """I2: no machine's answer, acceptance or opened link has made a notice received; what a person said has."""
    for row in rows.owed:
        confirmed = any(one.id in life.truth.receipts for one in rows.letters_of(row))
        if row.received_at and not confirmed:
            raise Broken(f"I2: {row.obligation} to {row.recipient} is shown as received, and nobody has said so")


def the_bytes_never_change(life: Life, rows: Rows) -> None:
    """I3: every copy that came under one id has the bytes that were fixed. I4: no id that the house does not know."""
    for came in life.wire.came:
        letter = rows.messages.get(came.message_id)
        if letter is None:
            raise Broken(f"I4: {came.message_id} came to the receiver, and is no message of ours")
        if letter.letter_sha256 != came.digest:
            raise Broken(f"I3: {came.message_id} came with other bytes than were fixed")


def repeats_are_known_as_repeats(life: Life, rows: Rows) -> None:
    """I4: whatever may have come before is marked as a repeat, and nothing else is."""
    if life.wire.wrong:
        raise Broken(f"I4: {life.wire.wrong[0]}")


def nothing_is_done_twice(life: Life, rows: Rows) -> None:
    """One duty, one letter; and one letter is done once by each channel."""
    arrived = [one for one in rows.messages.values() if life.wire.arrived(one.id)]
    keys = Counter((one.obligation, one.recipient, one.municipality, one.copy_of, one.because) for one in arrived)
    if twice := [key for key, times in keys.items() if times > 1]:
        raise Broken(f"two letters about one duty arrived: {twice}")
    told = Counter((one.message, one.channel) for one in rows.done if one.message)
    if again := [str(channel) for (_, channel), times in told.items() if times > 1]:
        raise Broken(f"one letter stands in the ledger as done twice, by {again}")


def everything_was_written(life: Life, rows: Rows) -> None:
    """When somebody has pressed «send», every report and cancellation that was owed then has its letter."""
    pressed = life.truth.sent_all_at
    if pressed is None or life.truth.missing_since is None:
        return
    current = max(life.truth.beliefs)
    for row in rows.owed:
        due = row.obligation in SAY_MISSING and row.state == "open" and row.because == current
        if due and row.arisen_at <= pressed and not [one for one in rows.letters_of(row) if not _stopped(one)]:
            raise Broken(f"all was sent, and {row.obligation} to {row.recipient} was not written")


def nothing_lies_still(life: Life, rows: Rows) -> None:
    """What is to go by wire and is still owed is in the queue."""
    for row in rows.owed:
        letters = rows.letters_of(row) if row.state == "open" else []
        for letter in [one for one in letters if one.channel in WIRED and not _stopped(one)]:
            if _about(letter, row) and letter.id not in rows.queued and not life.wire.arrived(letter.id):
                raise Broken(f"{row.obligation} to {row.recipient} is owed, and no worker will see to its letter")


def the_next_way_begins_in_time(life: Life, rows: Rows) -> None:
    """No way is kept longer than it may; where there is a limit, six hours are left for a person to carry it."""
    for row in rows.owed:
        for letter in rows.letters_of(row) if row.state == "open" else []:
            here = [one.started_at for one in letter.attempts.all() if one.channel == letter.channel]
            if not here or letter.channel not in WIRED or _stopped(letter) or not _about(letter, row):
                continue
            if life.exercise or life.wire.arrived(letter.id):  # of two to different municipalities, the other is open
                continue
            last = min(here) + LONGEST.get(letter.channel, 3 * HOUR)
            if row.latest:
                last = max(min(here) + timedelta(minutes=15), min(last, row.latest - 6 * HOUR))
            if life.now > last + SLACK:
                raise Broken(
                    f"{row.obligation} has waited by {letter.channel} since {min(here)}, and ought to go another way"
                )


def no_weaker_way_is_taken(life: Life, rows: Rows) -> None:
    """Police by wire only where that was agreed; the region's copies by e-mail alone; Fiks leads to child welfare."""
    for came in life.wire.came:
        letter = rows.messages.get(came.message_id)
        if letter is None:
            continue
        if letter.obligation == "a-1" and not life.agreed:
            raise Broken("the police report went by wire, and the centre has no agreement with the police")
        if letter.obligation == "d-5" and came.channel != "encrypted_email":
            raise Broken(f"the region's copy went by {came.channel}")
        if came.channel == "fiks" and letter.recipient != "child_welfare":
            raise Broken(f"{letter.recipient} was written to through the portal of child welfare")


def nothing_untrue_leaves(life: Life, rows: Rows) -> None:
    """No machine tells anybody that a child is missing who is known to be back."""
    for came in life.wire.came:
        letter = rows.messages.get(came.message_id)
        if letter and letter.obligation in SAY_MISSING:
            back = life.truth.noted_at.get(rows.belief(letter.because))
            if back and came.at >= back:
                raise Broken(f"{letter.obligation} left at {came.at}, and the child was back at {back}")


def what_was_not_theirs_goes_on(life: Life, rows: Rows) -> None:
    """A receiver says that it is another's: whoever sent it is told, and the right one gets a letter."""
    for message_id, where, at in life.truth.astray:
        letter = rows.messages[message_id]
        told = StaffNotice.objects.filter(kind="receiver", at=at)
        if not told.exists():
            raise Broken(f"{letter.obligation} is not theirs, and whoever sent it has not been told")
        own = letter.municipality or life.centre.municipality_id
        others = {one.municipality for one in rows.messages.values() if one.recipient == letter.recipient}
        # The police of all three municipalities are one district: who has said no is not written to again.
        elsewhere = where and where != own and letter.recipient != "police_district"
        if elsewhere and at in life.truth.astray_while_missing and where not in others:
            raise Broken(f"{letter.obligation} belongs to {where}, and nobody there was written to")


def an_exercise_stays_in_the_house(life: Life, rows: Rows) -> None:
    """Nothing of an exercise comes to any receiver."""
    if life.exercise and life.wire.fates:
        raise Broken("a letter of an exercise left the house")


def _stopped(letter: Message) -> bool:
    return hasattr(letter, "withdrawal")


def _about(letter: Message, row: object) -> bool:
    return (letter.obligation, letter.because) == (getattr(row, "obligation", ""), getattr(row, "because", 0))
