"""`savnet follow`: the JSON of the contract, the table for people, and files that cannot be read."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from savnet.running import follow
from savnet.running.follow_table import WIDTH, show

SUPPER = """\
title: Not at supper
centre: {operator: municipal, kind: ordinary, municipality: "0301"}
resident: {born: 2010-05-04, unaccompanied: true, registered_in_duf: true, permit: false, accompanied_by: null,
           representative: true, lawyer: true, paragraph_8_8a: false,
           appointments: [{kind: asylum_interview, for: 2026-03-04T09:00+01:00}]}
events:
  - {type: absence_noticed, at: 2026-03-02T18:00+01:00, how: not_at_daily_activity}
  - {type: disappearance_believed, at: 2026-03-02T20:00+01:00}
  - {type: done, at: 2026-03-02T20:30+01:00, obligation: c-1, recipient: lawyer, channel: phone, knew: none}
  - {type: returned, at: 2026-03-03T20:30+01:00, recorded_at: 2026-03-05T08:00+01:00}
ask: 2026-03-02T20:05+01:00
"""
KEYS = {"at", "state", "version", "refused", "obligations"}
OBLIGATION_KEYS = {
    *("id", "also", "actor", "recipient", "municipality", "copy_of", "because", "standard", "latest", "state"),
    *("priority", "sent_at", "received_at", "received_by", "reference", "remark", "overdue", "basis"),
}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return written(tmp_path, SUPPER)


def written(folder: Path, text: str | bytes) -> Path:
    """A file with that text."""
    path = folder / "scenario.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def asked(capsys: pytest.CaptureFixture[str], *arguments: object) -> dict[str, Any]:
    """What the command prints as JSON."""
    assert follow.main([*map(str, arguments), "--json"]) == 0
    answer: dict[str, Any] = json.loads(capsys.readouterr().out)
    return answer


def test_the_json_holds_what_the_contract_says_and_nothing_else(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answer = asked(capsys, file)
    assert set(answer) == KEYS
    assert (answer["at"], answer["state"], answer["version"]) == ("2026-03-02T19:05:00Z", "missing", "2018-07-03")
    assert all(set(one) == OBLIGATION_KEYS for one in answer["obligations"])
    (report,) = (one for one in answer["obligations"] if one["id"] == "a-1")
    assert report.pop("basis")["point"] == "2.3 a"
    assert report == {
        "id": "a-1",
        "also": ["2.2-2", "2.2-3", "a-2"],
        "actor": "centre",
        "recipient": "police_district",
        "municipality": None,
        "copy_of": None,
        "because": 2,
        "standard": "at_once",
        "latest": "2026-03-03T19:00:00Z",
        "state": "open",
        "priority": "normal",
        "sent_at": None,
        "received_at": None,
        "received_by": None,
        "reference": None,
        "remark": None,
        "overdue": False,
    }


def test_a_municipality_keeps_its_first_nought(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (report,) = (one for one in asked(capsys, file)["obligations"] if one["id"] == "b-4")
    assert report["municipality"] == "0301"


def test_asked_about_another_instant_it_says_what_was_known_then(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert asked(capsys, file, "--at", "2026-03-02T19:00+01:00")["state"] == "absent"
    assert asked(capsys, file, "--at", "2026-03-04T19:00+01:00")["state"] == "missing"
    assert asked(capsys, file, "--at", "2026-03-05T08:00+01:00")["state"] == "found"


def test_without_a_question_it_is_about_the_last_event_and_all_that_the_file_holds(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = asked(capsys, written(tmp_path, SUPPER.replace("ask: 2026-03-02T20:05+01:00\n", "")))
    assert (answer["at"], answer["state"]) == ("2026-03-03T19:30:00Z", "found")


EVENT = "  - {type: disappearance_believed, at: 2026-03-02T20:00+01:00}\n"
UNREADABLE = {
    "empty": ("", 1, "a scenario is a mapping"),
    "a list": ("- 1\n", 1, "a scenario is a mapping"),
    "no YAML": (SUPPER + "x: [\n", 13, "flow"),
    "a tab": ("a:\n\t- b\n", 2, "\\t"),
    "a field twice": (SUPPER + "title: Again\n", 12, "'title' stands here twice"),
    "a field of an event twice": (SUPPER.replace("how:", "at:"), 7, "'at' stands here twice"),
    "two documents": (SUPPER + "---\na: b\n", 12, "another document"),
    "a tag": (SUPPER.replace("title: Not", "title: !!int Not"), 1, "tag"),
    "code": (SUPPER.replace("title: Not", "title: !!python/name:os.system Not"), 1, "tag"),
    "an unknown part": (SUPPER + "colour: red\n", 12, "colour: is no part of a scenario"),
    "no centre": (SUPPER.replace("centre:", "why:"), 1, "centre: is missing"),
    "an unknown operator": (SUPPER.replace("municipal,", "church,"), 2, "centre.operator: 'church' is not one of"),
    "an unknown field of the child": (SUPPER.replace("lawyer: true", "dog: true"), 4, "resident.dog"),
    "a birthday that does not exist": (SUPPER.replace("2010-05-04", "2010-02-30"), 3, "resident.born: '2010-02-30'"),
    "a year nobody means": (SUPPER.replace("2010-05-04", "0010-05-04"), 3, "the year 10"),
    "perhaps": (SUPPER.replace("permit: false", "permit: perhaps"), 3, "neither true nor false"),
    "an unknown appointment": (
        SUPPER.replace("kind: asylum_interview", "kind: tea"),
        5,
        "resident.appointments.1.kind",
    ),
    "events that are no list": (SUPPER[: SUPPER.index("  - ")].replace("events:", "events: none"), 6, "is no list"),
    "an unknown event": (SUPPER.replace("absence_noticed", "lost"), 7, "'lost' is no event type"),
    "an event without a type": (SUPPER.replace("type: absence_noticed, ", ""), 7, "None is no event type"),
    "an event that is text": (SUPPER.replace(EVENT, "  - gone\n"), 8, "events.2: 'gone' is no mapping"),
    "an unknown field": (SUPPER.replace("how: not", "why_not: not"), 7, "events.1.why_not"),
    "an unknown word": (SUPPER.replace("not_at_daily_activity", "asleep"), 7, "events.1.how: 'asleep'"),
    "no instant": (
        SUPPER.replace("disappearance_believed, at: 2026-03-02T20:00+01:00", "returned"),
        8,
        "at: is missing",
    ),
    "an instant without offset": (SUPPER.replace("T18:00+01:00", "T18:00"), 7, "has no offset"),
    "an instant that does not exist": (SUPPER.replace("T18:00+01:00", "T25:00+01:00"), 7, "is no instant"),
    "the edge of time": (SUPPER.replace("2026-03-02T18", "0001-01-01T00"), 7, "the year 1"),
    "an unknown duty": (SUPPER.replace("obligation: c-1", "obligation: c-9"), 9, "'c-9' is no obligation"),
    "an unknown channel": (SUPPER.replace("channel: phone", "channel: pigeon"), 9, "events.3.channel"),
    "last seen after the absence": (
        SUPPER.replace("how: not_at_daily_activity", "last_observed: 2026-03-02T19:00+01:00"),
        7,
        "last_observed: lies after",
    ),
    "a correction of nothing": (
        SUPPER.replace(EVENT, "  - {type: corrected, at: 2026-03-02T20:00+01:00, event: 9, fields: {}}\n"),
        8,
        "there is no event 9",
    ),
    "a correction to nonsense": (
        SUPPER.replace(EVENT, "  - {type: corrected, at: 2026-03-02T20:00+01:00, event: 1, fields: {at: soon}}\n"),
        8,
        "events.2.fields.at",
    ),
    "consent from a stranger": (
        SUPPER.replace(EVENT, "  - {type: consent_given, at: 2026-03-02T20:00+01:00, who: stranger}\n"),
        8,
        "'stranger' cannot consent",
    ),
    "a question at no instant": (SUPPER.replace("ask: 2026", "ask: in 2026"), 11, "ask: 'in 2026"),
    "no events and no question": ("centre: {operator: private}\nresident: {}\nevents: []\n", 3, "events: is empty"),
    "before the circular": (SUPPER.replace("2026-03-02T18", "2015-07-12T18"), 7, "not in force on 2015-07-12"),
}


@pytest.mark.parametrize(("text", "line", "what"), UNREADABLE.values(), ids=UNREADABLE)
def test_what_cannot_be_read_is_told_in_one_line_with_where_and_what(
    text: str, line: int, what: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path, text)
    assert follow.main([str(path), "--json"]) == 2
    out, said = capsys.readouterr()
    assert out == ""
    assert said.endswith("\n")
    assert said.count("\n") == 1
    assert said.startswith(f"{path}:{line}: ")
    assert what in said


NO_LINE = {
    "no text": (b"\xff\xfe\x00", "is no UTF-8 text"),
    "a control character": (b"title: \x00", "special characters"),
    "too deep": (b"[" * 5000, "nested too deeply"),
}


@pytest.mark.parametrize(("content", "what"), NO_LINE.values(), ids=NO_LINE)
def test_what_is_no_scenario_at_all_is_told_in_one_line_too(
    content: bytes, what: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path, content)
    assert follow.main([str(path)]) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert said.startswith(f"{path}: ")
    assert what in said


def test_a_file_that_is_not_there_and_a_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert follow.main([str(tmp_path / "none.yaml")]) == 2
    assert capsys.readouterr().err == f"{tmp_path}/none.yaml: No such file or directory.\n"
    assert follow.main([str(tmp_path)]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_a_question_without_offset_is_refused_in_one_line(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert follow.main([str(file), "--at", "2026-03-02"]) == 2
    said = capsys.readouterr().err
    assert said.startswith("--at: ")
    assert said.count("\n") == 1


def table(path: Path, *, terminal: bool = False) -> str:
    """The table as it is printed."""
    scenario, answer = follow.follow(path)
    printed = io.StringIO()
    show(scenario.title, answer, Console(file=printed, width=WIDTH, force_terminal=terminal))
    return printed.getvalue()


def test_the_table_names_duties_in_words_and_fits_the_width(file: Path) -> None:
    lines = table(file).splitlines()
    assert any("Meld savnet til politiet (a-1)" in line for line in lines)
    assert max(map(len, lines)) <= WIDTH
    assert any("03.03. kl. 20.00" in line for line in lines)
    assert any(line.split()[:1] == ["1"] and "24 timene" in line for line in lines)
    assert "UDI 2015-009" in " ".join(lines).replace("  ", " ")


def test_the_table_is_plain_but_on_a_terminal(file: Path) -> None:
    assert "\x1b[" not in table(file)
    assert "\x1b[" in table(file, terminal=True)


def test_what_is_left_comes_before_what_is_done_and_overdue_first(tmp_path: Path) -> None:
    text = table(written(tmp_path, SUPPER.replace("ask: 2026-03-02T20:05", "ask: 2026-03-06T20:05")))
    order = [text.index(f"({id})") for id in ("a-1", "2.2-4", "2.2-1")]
    assert order == sorted(order)
    assert text.index("OVER FRISTEN") < text.index("gjenstår") < text.index("oppfylt") < text.index("erstattet")


def test_what_was_done_after_its_limit_is_said_to_be_done_too_late(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    late = "done, at: 2026-03-03T20:00:01+01:00, obligation: a-1, recipient: police_district, channel: in_person"
    scenario = SUPPER.replace("ask: 2026-03-02T20:05", f"  - {{type: {late}}}\nask: 2026-03-06T20:05")
    assert "oppfylt for sent" in " ".join(table(written(tmp_path, scenario)).split())
    (report,) = (one for one in asked(capsys, tmp_path / "scenario.yaml")["obligations"] if one["id"] == "a-1")
    assert (report["state"], report["overdue"]) == ("discharged", False)
    in_time = scenario.replace("20:00:01", "20:00:00")
    assert "for sent" not in table(written(tmp_path, in_time))


def test_who_is_not_covered_is_said_with_who_answers(tmp_path: Path) -> None:
    text = table(written(tmp_path, SUPPER.replace("2010-05-04", "2014-05-04")))
    assert "Ikke omfattet (1-8)" in text
    assert "barnevernstjenesten" in text
    assert "Ingen plikter." in text


def test_every_duty_has_its_words() -> None:
    for path in sorted((Path(__file__).parents[1] / "law").glob("*/*.yaml")):
        assert table(path)
