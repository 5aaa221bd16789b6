"""Other residents' names are for the police alone."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from letters.cast import COPY_COVER, ITEMS, POLICE_REPORT
from letters.reading import spoken
from savnet.letters import LastObserved, NamedResident, Reply, Traces, redacted, without_residents
from savnet.rules import words

ELSEWHERE = st.sampled_from([item for item in words.ITEMS if item not in {"a-6", "a-7"}])
NAMES = st.lists(
    st.sampled_from(["Berhane", "Åse", "Xiaoming", "O'Brien", "Al-Hadi", "Miriam"]), min_size=1, max_size=3
)


def test_the_regions_copy_names_no_other_resident():
    said = spoken(COPY_COVER)
    assert "Miriam" not in said
    assert "Haile" not in said
    assert "Politiet har fått hele meldingen" in said


def test_the_polices_own_report_names_them():
    assert "Miriam Haile" in spoken(POLICE_REPORT)


def test_every_answer_stands_in_the_copy():
    copy = redacted(POLICE_REPORT)
    assert [copy.reply(item).answer for item in words.ITEMS] == [ITEMS[item].answer for item in words.ITEMS]
    assert copy.blanks() == ()


def test_the_rest_of_the_report_is_copied_whole():
    copy = redacted(POLICE_REPORT)
    assert copy.child == POLICE_REPORT.child
    assert copy.reply("a-9") == POLICE_REPORT.reply("a-9")
    assert copy.traces == POLICE_REPORT.traces


def test_the_childs_own_name_is_not_struck_when_another_resident_bears_it_too():
    report = replace(POLICE_REPORT, named_residents=(NamedResident(name="Selam Gebre", knows="?"),))
    report = replace(report, items=ITEMS | {"a-4": Reply.yes("Selam ringte Gebre.")})
    assert redacted(report).reply("a-4").text == "Selam ringte […]."


def test_a_report_with_no_named_resident_is_redacted_too():
    bare = redacted(replace(POLICE_REPORT, named_residents=()))
    assert bare.reply("a-7").text == "[…]"
    assert bare.reply("a-4") == POLICE_REPORT.reply("a-4")


@given(
    names=NAMES,
    item=ELSEWHERE,
    before=st.sampled_from(["", "sa ", "«"]),
    after=st.sampled_from(["", ".", "», sa", "s"]),
)
def test_a_named_resident_is_struck_wherever_the_name_stands_as_a_word(names, item, before, after):
    name = " ".join(names)
    report = replace(
        POLICE_REPORT,
        named_residents=(NamedResident(name=name, knows="?"),),
        items=ITEMS | {item: Reply.yes(f"{before}{name.upper()}{after}")},
    )
    text = redacted(report).reply(item).text
    assert not any(part.casefold() in text.casefold() for part in names)
    assert "[…]" in text


def test_redacting_twice_changes_nothing_more():
    once = redacted(POLICE_REPORT)
    assert redacted(once) == once


def test_a_name_typed_with_loose_accents_or_odd_spaces_is_struck_too():
    report = replace(POLICE_REPORT, named_residents=(NamedResident(name="Åse Li", knows="?"),))
    report = replace(report, items=ITEMS | {"a-4": Reply.yes("A\u030ase  Li ringte. A\u030ases mor også.")})
    assert redacted(report).reply("a-4").text == "[…] ringte. […] mor også."


def test_what_is_quoted_to_others_than_the_police_can_be_freed_of_residents_too():
    residents = POLICE_REPORT.named_residents
    text = without_residents("Miriam sier at Selam er i Storvik.", residents, child=POLICE_REPORT.child)
    assert text == "[…] sier at Selam er i Storvik."


def test_a_named_resident_is_struck_outside_the_nine_items_too():
    report = replace(
        POLICE_REPORT,
        dangers=("Miriam er redd for henne",),
        last_observed=LastObserved(place="Rommet til Miriam Haile", by="Miriam Haile"),
        traces=Traces(description=Reply.yes("Lik Miriam"), clothing=Reply.yes("Miriams jakke")),
    )
    said = spoken(redacted(report))
    assert "Miriam" not in said
    assert said.count("[…]") >= 5
