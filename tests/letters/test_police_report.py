"""The report to the police: nine items, each answered; and what a search needs beside them."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters.cast import CHILD_WELFARE, ITEMS, POLICE_REPORT, envelope
from letters.reading import spoken
from savnet.letters import Blank, Child, Incomplete, Reply, WrongReceiver, compose, render
from savnet.rules import words
from savnet.rules.words import Answer, Channel

ANSWERED = [answer for answer in Answer if answer is not Answer.NOT_ASKED]


def with_item(item: str, reply: Reply):
    return replace(POLICE_REPORT, items=ITEMS | {item: reply})


@pytest.mark.parametrize("item", words.ITEMS)
def test_an_item_that_nobody_asked_about_stops_the_report_and_is_named(item: str):
    report = with_item(item, Reply())
    assert report.blanks() == (Blank(item),)
    with pytest.raises(Incomplete, match=rf"\b{item}\b") as stopped:
        render(report)
    assert stopped.value.blanks == (Blank(item),)


@pytest.mark.parametrize("item", words.ITEMS)
def test_an_item_left_out_is_blank_too(item: str):
    items = {name: reply for name, reply in ITEMS.items() if name != item}
    assert replace(POLICE_REPORT, items=items).blanks() == (Blank(item),)


@pytest.mark.parametrize("item", words.ITEMS)
@pytest.mark.parametrize("answer", ANSWERED)
def test_unknown_and_not_obtained_are_answers(item: str, answer: Answer):
    assert with_item(item, Reply(answer)).blanks() == ()


@given(st.dictionaries(st.sampled_from(words.ITEMS), st.sampled_from(Answer)))
def test_exactly_what_is_not_asked_is_blank(answers: dict[str, Answer]):
    report = replace(POLICE_REPORT, items={item: Reply(answer) for item, answer in answers.items()})
    unasked = {item for item in words.ITEMS if answers.get(item, Answer.NOT_ASKED) is Answer.NOT_ASKED}
    assert {blank.field for blank in report.blanks()} == unasked


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_every_blank_has_words_that_a_caseworker_understands(language: str):
    nothing = replace(
        POLICE_REPORT, items={}, scope=" ", child=Child(name=""), envelope=replace(POLICE_REPORT.envelope, reference="")
    )
    blanks = nothing.blanks()
    assert len(blanks) == 12
    assert len({blank.in_words(language) for blank in blanks}) == 12


def test_all_nine_items_stand_in_the_circulars_order():
    (items,) = [block for block in compose(POLICE_REPORT)["pages"][0]["blocks"] if block["kind"] == "items"]
    assert [row["label"] for row in items["rows"]] == [str(number) for number in range(1, 10)]
    assert [row["text"] for row in items["rows"]] == [ITEMS[item].text for item in words.ITEMS]


def test_no_and_unknown_are_told_apart():
    no, unknown = (spoken(with_item("a-9", Reply(answer))) for answer in (Answer.NO, Answer.UNKNOWN))
    assert no.count("Vet ikke") + 1 == unknown.count("Vet ikke")


def test_the_police_get_what_a_search_needs():
    said = spoken(POLICE_REPORT)
    for needed in (
        "Selam Tesfay", "ሰላም ተስፋይ", "Selamawit", "202500112233", "4. mai 2010 (usikker)", "Eritrea", "tigrinja",
        "Jente", "Usikker", "2. mars 2026 kl. 15.40", "Hovedinngangen", "Per Dagvakt", "2. mars 2026 kl. 18.00",
        "2. mars 2026 kl. 20.00", "Grønn boblejakke", "+47 00 00 55 10", "+47 00 00 12 00", "Turid Nattvakt",
        "Personlig frammøte", "Politiets saksnummer", "Interpol", "SIS", "Miriam Haile",
    ):  # fmt: skip
        assert needed in said


def test_what_nobody_has_looked_into_is_not_passed_off_as_no():
    said = spoken(POLICE_REPORT)
    assert "Ikke undersøkt ennå: IMEI, sosiale medier, reisedokumenter." in said


def test_a_report_without_any_trace_may_go():
    assert replace(POLICE_REPORT, traces=type(POLICE_REPORT.traces)()).blanks() == ()


def test_a_child_not_yet_in_duf_is_reported_all_the_same():
    child = replace(POLICE_REPORT.child, duf_number=None, born=None)
    report = replace(POLICE_REPORT, child=child, scope="not_registered")
    assert report.blanks() == ()
    assert spoken(report).count("Ikke registrert") == 2


def test_a_report_says_that_it_is_not_the_official_form():
    assert "ikke det offisielle skjemaet i vedlegg 1" in spoken(POLICE_REPORT)


def test_nobody_but_the_police_gets_the_police_report():
    with pytest.raises(WrongReceiver, match="child_welfare"):
        replace(POLICE_REPORT, envelope=envelope(CHILD_WELFARE, "a-1", basis="a-12"))


@pytest.mark.parametrize("channel", [channel for channel in Channel if channel not in {"in_person", "agreed_channel"}])
def test_a_report_is_handed_over_in_person_or_as_agreed(channel: Channel):
    with pytest.raises(ValueError, match="a-1"):
        replace(POLICE_REPORT, handover=channel)
