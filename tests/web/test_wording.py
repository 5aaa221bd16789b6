"""Every code of the rules has its Norwegian words, so that no screen ever shows a code or breaks for lack of one."""

from enum import StrEnum

import pytest

from savnet.policy.questions import ALERTS
from savnet.rules import events, words
from savnet.rules.rs_2015_009.versions import VERSIONS
from savnet.web.followup import question_text
from savnet.web.wording import happened, items
from savnet.web.wording.duties import CATALOGUE, duty
from savnet.web.wording.duty import Duty
from savnet.web.wording.udi import UDI
from savnet.web.wording.words import KINDS, inside, word

NAMES = {
    words.Recipient: "recipient",
    words.Actor: "actor",
    words.Channel: "channel",
    words.Standard: "standard",
    words.ObligationState: "obligation_state",
    words.CaseState: "case_state",
    words.Answer: "answer",
    words.Outcome: "outcome",
    words.NoticedHow: "noticed_how",
    words.About: "about",
    words.InformationKind: "information_kind",
    words.MeasureKind: "measure_kind",
    words.ReturnedHow: "returned_how",
    words.ConcernKind: "concern_kind",
    words.ConcernLevel: "concern_level",
    words.FeelsSafe: "feels_safe",
    words.AppointmentKind: "appointment_kind",
    words.AlertScope: "alert_scope",
    words.Priority: "priority",
    words.Question: "question",
    words.QuestionAnswer: "question_answer",
    words.Proposed: "proposed",
}


@pytest.mark.parametrize(("codes", "kind"), NAMES.items(), ids=NAMES.values())
def test_every_code_has_a_word_and_no_word_lacks_a_code(codes: type[StrEnum], kind: str) -> None:
    assert set(KINDS[kind]) == {code.value for code in codes}


def test_of_every_alert_one_can_ask_whether_it_stands() -> None:
    assert set(KINDS["alert_stands"]) == {str(question) for question in ALERTS}
    assert question_text("alert_sis_stands") != question_text("alert_sis")


def test_an_unknown_code_is_an_error_and_not_an_empty_label() -> None:
    with pytest.raises(KeyError):
        word("channel", "pigeon")


def test_the_nine_questions_are_the_nine_of_the_circular() -> None:
    assert tuple(item.id for item in items.ITEMS) == words.ITEMS


def test_every_event_has_its_sentence() -> None:
    assert set(happened.SENTENCES) == set(events.TYPES.values())


def test_a_duty_to_several_names_whom_it_is_for() -> None:
    assert duty("2.2-7", "police_district", None).title == "Gi politiet skriftlig beskjed"
    assert duty("2.2-7", "region", None).title == "Gi UDIs regionkontor skriftlig beskjed"
    assert duty("d-5", "region", "b-8").title == "Send kopi av bekymringsmeldingen til UDIs regionkontor"


def test_no_duty_is_left_with_a_gap_in_its_words() -> None:
    for id_ in (*CATALOGUE, *UDI):
        base, _, recipient = id_.partition("/")
        shown = duty(base, recipient if recipient in KINDS["recipient"] else "region", "a-1")
        assert "{" not in shown.title + shown.meaning + shown.done


def test_names_keep_their_capitals_only_where_norwegian_does() -> None:
    assert inside("Politiet") == "politiet"
    assert inside("UDIs regionkontor") == "UDIs regionkontor"
    assert inside("Sesam") == "Sesam"


def test_every_duty_of_the_rules_has_its_words() -> None:
    coded = {one.id for version in VERSIONS for duties in version.by_trigger.values() for one in duties}
    assert len(coded) > 30
    for id_ in coded:
        assert any(key.partition("/")[0] == id_ for key in (*CATALOGUE, *UDI)), id_


@pytest.mark.parametrize(("id_", "words_"), [*CATALOGUE.items(), *UDI.items()], ids=[*CATALOGUE, *UDI])
def test_every_duty_of_every_office_explains_itself(id_: str, words_: Duty) -> None:
    assert str(words_.meaning).endswith(".")
    assert len(str(words_.meaning).split()) > 5
