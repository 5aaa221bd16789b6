"""The form says what the letter says: no more, no less, and what the form alone asks in plain words."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from delivery.conftest import NOW
from delivery.fiks.official import mistakes, needed
from letters.cast import CONCERN_REPORT, LETTERS, RETURN_REPORT
from savnet.delivery.channels.fiks.concern_message import ConcernMessage, District, Draft
from savnet.delivery.channels.fiks.fitting import DoesNotFit
from savnet.delivery.channels.fiks.from_letter import concern_message
from savnet.letters import ConcernReport, Contact, Reply, compose
from savnet.rules.words import Answer

CENTRE = ("Granliveien 0", "0000 Granli")
REPORTS = [LETTERS[name] for name in ("concern_report", "known_address_report", "return_report")]


def written(report: ConcernReport, language: str = "nb") -> ConcernMessage:
    return concern_message(report, language, municipality="0001", municipality_name="Granvik", lives_at=CENTRE)


@pytest.mark.parametrize("language", ["nb", "nn"])
@pytest.mark.parametrize("report", REPORTS, ids=lambda report: report.about)
def test_each_concern_report_becomes_a_valid_form(report: ConcernReport, language: str) -> None:
    draft = Draft.read(written(report, language).data())
    form = json.loads(draft.filled_in(District(number="00", name="Granvik"), at=NOW, note="Ref."))
    assert mistakes(form) == []


@pytest.mark.parametrize("language", ["nb", "nn"])
@pytest.mark.parametrize("report", REPORTS, ids=lambda report: report.about)
def test_every_fact_of_the_letter_about_the_child_is_in_the_form(report: ConcernReport, language: str) -> None:
    form = json.dumps(written(report, language).form(), ensure_ascii=False)
    blocks = [block for page in compose(report, language)["pages"] for block in page["blocks"]]
    said = [value for block in blocks if block["kind"] == "facts" for _, value in block["rows"]]
    assert said
    assert [value for value in said if json.dumps(value, ensure_ascii=False)[1:-1] not in form] == []
    assert report.worries in form


def test_the_duf_number_stands_in_words_and_never_as_a_national_number() -> None:
    form = written(CONCERN_REPORT).form()
    number = CONCERN_REPORT.child.duf_number
    assert number
    assert number in form["melding"]["melding"]
    assert form["offentligBarn"][0]["fnr"] == ""


def test_a_child_without_a_duf_number_is_said_to_be_without() -> None:
    unregistered = replace(CONCERN_REPORT, child=replace(CONCERN_REPORT.child, duf_number=None))
    assert "DUF-nummer er ikke registrert" in written(unregistered).form()["melding"]["melding"]


def test_the_representative_stands_where_the_form_has_parents_and_is_said_to_be_none() -> None:
    assert CONCERN_REPORT.representative
    (guardian,) = written(CONCERN_REPORT).form()["foresatte"]
    assert guardian["personnavn"] == CONCERN_REPORT.representative.name
    assert "ikke forelder" in guardian["orientertGrunn"]


def test_a_child_with_nobody_has_an_unknown_guardian() -> None:
    (guardian,) = written(replace(CONCERN_REPORT, representative=None)).form()["foresatte"]
    assert guardian["personnavn"] == "Ukjent – enslig mindreårig"
    assert guardian["orientert"] is False


def test_a_missing_child_is_not_informed_because_it_is_missing() -> None:
    (child,) = written(CONCERN_REPORT).form()["offentligBarn"]
    assert child["orientert"] is False
    assert child["orientertGrunn"].startswith("Barnet er savnet")


def test_a_child_who_is_back_is_informed_if_somebody_did_it() -> None:
    def child(told: Reply) -> dict[str, object]:
        (form,) = written(replace(RETURN_REPORT, child_informed=told)).form()["offentligBarn"]
        return {name: value for name, value in form.items() if name.startswith("orientert")}

    assert child(Reply(Answer.YES)) == {"orientert": True}
    assert child(Reply(Answer.NO)) == {"orientert": False, "orientertGrunn": "Barnet er ikke orientert ennå."}
    for silence in (Answer.NOT_ASKED, Answer.UNKNOWN):
        unknown = {"orientert": False, "orientertGrunn": "Vi vet ikke om barnet er orientert."}
        assert child(Reply(silence)) == unknown


def test_a_notifier_without_an_e_mail_address_sends_another_way() -> None:
    envelope = CONCERN_REPORT.envelope
    silent = replace(CONCERN_REPORT, envelope=replace(envelope, sender=replace(envelope.sender, email="")))
    with pytest.raises(DoesNotFit):
        written(silent)


def test_the_on_call_number_stands_in_for_one_that_is_lacking() -> None:
    envelope = CONCERN_REPORT.envelope
    by_night = replace(CONCERN_REPORT, envelope=replace(envelope, sender=replace(envelope.sender, phone="")))
    assert written(by_night).form()["offentligMelder"]["telefonnummer"] == "+47 00 00 12 00"


def test_the_child_lives_at_the_centre_whoever_reports() -> None:
    envelope = CONCERN_REPORT.envelope
    by_region = replace(envelope, sender=replace(envelope.sender, office="UDI, Region Nord", address=("Postboks 0",)))
    form = written(replace(CONCERN_REPORT, envelope=by_region)).form()
    assert form["offentligBarn"][0]["adresse"]["adresselinje1"] == "Granliveien 0"
    assert form["offentligMelder"]["virksomhet"]["adresse"]["adresselinje1"] == "Postboks 0"


def test_nobody_is_said_to_call_the_representative_once_the_child_is_back() -> None:
    assert "telefon" in written(CONCERN_REPORT).form()["foresatte"][0]["orientertGrunn"]
    back = replace(RETURN_REPORT, representative=CONCERN_REPORT.representative)
    assert "telefon" not in written(back).form()["foresatte"][0]["orientertGrunn"]


texts = st.text(max_size=80)
names = texts.filter(lambda text: text.strip())


@needed
@given(
    report=st.sampled_from(REPORTS),
    language=st.sampled_from(["nb", "nn"]),
    name=names,
    duf_number=st.none() | texts,
    worries=texts,
    place=texts,
    representative=st.none() | st.builds(Contact, name=texts, phone=texts, office=texts),
    lives_at=st.lists(texts, max_size=5).map(tuple),
)
def test_any_concern_report_becomes_a_valid_form(
    report: ConcernReport,
    language: str,
    name: str,
    duf_number: str | None,
    worries: str,
    place: str,
    representative: Contact | None,
    lives_at: tuple[str, ...],
) -> None:
    child = replace(report.child, name=name, duf_number=duf_number)
    changed = replace(report, child=child, worries=worries, whereabouts=Reply.yes(place), representative=representative)
    message = concern_message(changed, language, municipality="0001", municipality_name="Granvik", lives_at=lives_at)
    filled_in = Draft.read(message.data()).filled_in(District(number="00", name="Granvik"), at=NOW, note="Ref.")
    assert mistakes(json.loads(filled_in)) == []
