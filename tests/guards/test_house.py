"""Who may reach every row without being anybody: each use of `house` is listed here, with what it is for."""

from guards.repository import PACKAGES, modules

USES = {
    "access/looked_at.py": "a child's own list has looks from centres that the leader does not reach",
    "access/looks.py": "whether any look was ever written, when the key is gone",
    "access/row_security.py": "where it is made",
    "access/spool.py": "looks made in an emergency, written later",
    "casework/break_glass.py": "the child of another centre, before the glass is broken",
    "casework/two_persons.py": "what two have agreed on is done, whatever the second reaches alone",
    "web/calendar.py": "whose calendar it is, before anybody is known",
    "web/exercise.py": "the invented centre is nobody's before the exercise stands",
    "web/exercise_mode.py": "whether an exercise goes on, asked before anybody is let in",
    "web/templatetags/before.py": "a number, told to those who are in an exercise",
    "web/confirm.py": "a receiver without an account answers for one message",
    "web/delivery_hint.py": "a program that nobody signed in says that a message may have moved",
    "web/operations.py": "how the machinery runs, in findings and numbers without persons",
    "web/how_it_stands.py": "two numbers and an instant of the whole house, for whoever is signed in",
    "web/health.py": "numbers of the whole house, without persons",
}


def test_nothing_reaches_every_row_that_is_not_listed_here() -> None:
    found = {
        str(file.relative_to(PACKAGES))
        for file in modules("")
        if " house(" in file.read_text(encoding="utf-8") and "row_security import" in file.read_text(encoding="utf-8")
    }
    assert found | {"access/row_security.py"} <= USES.keys(), "say in USES why, or ask as the person who is signed in"
