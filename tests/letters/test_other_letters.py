"""What each of the other letters must hold, whom it is for, and what it must not tell."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from letters.cast import (
    BFE,
    CALL_SHEET,
    CANCELLATION,
    CHILD_WELFARE,
    CONCERN_REPORT,
    COPY_COVER,
    KOR,
    LAWYER,
    LETTERS,
    OFFICE_MESSAGE,
    PACKET,
    POLICE,
    POLICE_REPORT,
    REGION,
    REPRESENTATIVE,
    RETURN_REPORT,
    SUSPICION_NOTICE,
    envelope,
    notice,
)
from letters.reading import spoken
from savnet.letters import (
    Blank,
    CallSheet,
    Cancellation,
    Child,
    ConcernAbout,
    ConcernReport,
    CopyCover,
    Incomplete,
    News,
    Notice,
    OfficeMessage,
    PoliceReport,
    Receiver,
    Reply,
    SuspicionNotice,
    Task,
    WrongReceiver,
    compose,
    render,
)
from savnet.letters.frame import point
from savnet.rules import VERSIONS
from savnet.rules.words import Answer, Priority, Recipient, Standard

RECEIVERS = {"police": POLICE, "child_welfare": CHILD_WELFARE, "region": REGION, "kor": KOR, "bfe": BFE,
             "representative": REPRESENTATIVE, "lawyer": LAWYER}  # fmt: skip


@pytest.mark.parametrize(
    ("change", "blank"),
    [({"worries": " "}, "worries"), ({"whereabouts": Reply()}, "whereabouts")],
    ids=["worries", "whereabouts"],
)
def test_a_concern_report_says_what_we_worry_about_and_where_the_child_may_be(change, blank: str):
    report = replace(CONCERN_REPORT, **change)
    assert report.blanks() == (Blank(blank),)
    with pytest.raises(Incomplete, match=blank):
        render(report)


def test_that_nobody_knows_where_the_child_is_is_an_answer():
    report = replace(CONCERN_REPORT, whereabouts=Reply(Answer.UNKNOWN), possible_cities=())
    assert report.blanks() == ()
    assert "Vet ikke" in spoken(report)


def test_a_concern_report_to_another_municipality_names_the_address():
    report = replace(CONCERN_REPORT, about=ConcernAbout.KNOWN_ADDRESS)
    assert report.blanks() == (Blank("known_address"),)
    assert replace(report, known_address="Havnegata 0").blanks() == ()


def test_a_concern_report_passes_on_possible_cities_for_the_service_to_judge():
    said = spoken(CONCERN_REPORT)
    assert "Storvik" in said
    assert "barnevernsvakten i disse byene" in said


def test_a_concern_report_asks_for_receipt_with_reference_and_for_feedback():
    said = spoken(CONCERN_REPORT)
    assert "referansen deres" in said
    assert "innen en uke" in said
    assert "innen tre uker" in said


def test_a_child_without_a_representative_is_shown_so():
    assert "Ingen registrert" in spoken(replace(CONCERN_REPORT, representative=None))


def test_only_a_report_after_return_says_when_the_child_returned():
    assert "7. mars 2026 kl. 10.30" in spoken(RETURN_REPORT)
    with pytest.raises(ValueError, match="after a return"):
        replace(RETURN_REPORT, returned_at=None)
    with pytest.raises(ValueError, match="after a return"):
        replace(CONCERN_REPORT, returned_at=datetime(2026, 3, 7, tzinfo=UTC))


def test_a_concern_report_names_no_other_resident():
    assert "Miriam" not in spoken(CONCERN_REPORT)


def test_a_cancellation_near_its_appointment_is_marked_and_another_is_not():
    assert "Høy prioritet" in spoken(CANCELLATION)
    assert "Høy prioritet" not in spoken(replace(CANCELLATION, priority=Priority.NORMAL))


def test_a_cancellation_tells_which_child_and_which_appointment_and_nothing_else():
    said = spoken(CANCELLATION)
    assert "Asylintervju" in said
    assert "4. mars 2026 kl. 09.00" in said
    for secret in ("Storvik", "menneskehandel", "Eritrea", "Miriam", "boblejakke"):
        assert secret not in said


def test_a_cancellation_without_an_appointment_cancels_nothing():
    assert replace(CANCELLATION, appointments=()).blanks() == (Blank("appointments"),)


def test_a_copy_cover_lists_what_was_sent_to_whom_when_and_how():
    said = spoken(COPY_COVER)
    for needed in (POLICE.name, CHILD_WELFARE.name, "2. mars 2026 kl. 21.00, kryptert e-post", "7F3A91C2", "0B77E4D1"):
        assert needed in said


def test_a_copy_is_marked_as_a_copy():
    cover, *copies = compose(COPY_COVER)["pages"]
    assert cover["mark"] == ""
    assert [page["mark"] for page in copies] == ["Kopi med utelatelser", "Kopi"]


def test_a_copy_of_an_incomplete_report_is_as_incomplete():
    report = replace(POLICE_REPORT, items={})
    cover = replace(COPY_COVER, copies=(replace(COPY_COVER.copies[0], letter=report),))
    assert cover.blanks() == report.blanks()
    assert replace(COPY_COVER, copies=()).blanks() == (Blank("copies"),)


@pytest.mark.parametrize("name", RECEIVERS)
def test_only_the_police_learn_who_told(name: str):
    told = spoken(notice(RECEIVERS[name], News.WHEREABOUTS, basis="c-1"))
    assert ("Togvert" in told) == (name == "police")


@pytest.mark.parametrize("name", RECEIVERS)
def test_only_those_who_act_on_it_get_the_words_of_the_information(name: str):
    told = spoken(notice(RECEIVERS[name], News.WHEREABOUTS, basis="c-1"))
    assert ("jernbanestasjonen" in told) == (name in {"police", "child_welfare", "region"})


@pytest.mark.parametrize("news", News)
@pytest.mark.parametrize("name", ["kor", "bfe"])
def test_those_who_keep_appointments_get_no_place(name: str, news: News):
    told = spoken(notice(RECEIVERS[name], news, basis="d-6"))
    assert "Storvik" not in told


@pytest.mark.parametrize("news", News)
@pytest.mark.parametrize("name", RECEIVERS)
def test_a_notice_holds_no_more_of_the_child_than_who_is_meant(name: str, news: News):
    letter = notice(RECEIVERS[name], news, basis="c-1")
    assert letter.blanks() == ()
    assert "Eritrea" not in repr(letter)
    assert "Selam Tesfay" in spoken(letter)


def test_what_a_receiver_does_not_need_is_not_even_held():
    letter = notice(KOR, News.WHEREABOUTS, basis="d-6")
    assert "Togvert" not in repr(letter)
    assert (letter.kind, letter.municipality, letter.text, letter.source) == (None, "", "", "")


def test_a_notice_of_whereabouts_tells_what_the_information_is():
    assert replace(notice(POLICE, News.WHEREABOUTS), text="").blanks() == (Blank("information"),)
    assert replace(notice(KOR, News.WHEREABOUTS, basis="d-6"), text="").blanks() == ()


def test_a_notice_of_return_says_when():
    assert "er kommet til rette 7. mars 2026 kl. 10.30" in spoken(notice(POLICE, News.RETURNED))


def test_the_region_learns_what_kind_of_suspicion_but_not_what_the_child_said():
    said = spoken(SUSPICION_NOTICE)
    assert "menneskehandel, alvorlig omsorgssvikt" in said
    assert "Varslet 7. mars 2026 kl. 12.00" in said
    assert replace(SUSPICION_NOTICE, kinds=()).blanks() == (Blank("kinds"),)


def test_what_goes_to_une_may_not_be_sent_as_what_only_the_decision_unit_gets():
    une = Receiver(kind=Recipient.UNE, name="Utlendingsnemnda")
    assert replace(OFFICE_MESSAGE, envelope=envelope(une, "3-6", basis="3-6"))
    with pytest.raises(WrongReceiver, match="une"):
        replace(OFFICE_MESSAGE, envelope=envelope(une, "3-4", basis="3-4"))


def test_a_message_about_new_information_says_what_the_information_is():
    assert replace(OFFICE_MESSAGE, text=" ").blanks() == (Blank("information"),)
    first = replace(OFFICE_MESSAGE, envelope=replace(OFFICE_MESSAGE.envelope, duty="3-4", basis="3-4"), text="")
    assert first.blanks() == ()


def test_an_office_message_tells_who_is_meant_and_not_all_that_is_known_of_the_child():
    said = spoken(OFFICE_MESSAGE)
    assert "En venn sier at barnet er i Sverige." in said
    assert "Selam" in said
    assert "tigrinja" not in said


def test_a_call_sheet_needs_a_number():
    nobody = replace(CALL_SHEET.envelope, receiver=replace(LAWYER, phone=""))
    assert replace(CALL_SHEET, envelope=nobody).blanks() == (Blank("receiver.phone"),)


def test_a_call_sheet_asks_what_may_be_passed_on():
    said = spoken(CALL_SHEET)
    assert LAWYER.phone in said
    assert "videre til politiet, barnevernstjenesten eller UDI" in said
    assert "Ikke nådd" in said


def test_a_packet_is_printed_with_what_there_is_and_leaves_boxes_for_the_rest():
    assert PACKET.blanks() == ()
    items = [block for page in compose(PACKET)["pages"] for block in page["blocks"] if block["kind"] == "items"]
    assert {row["answer"] for row in items[0]["rows"]} == {""}
    assert items[0]["by_hand"] == ["Ja", "Nei", "Vet ikke"]


BARE = {
    PoliceReport: {"items": {}, "scope": ""},
    ConcernReport: {"worries": "", "whereabouts": Reply()},
    Cancellation: {"appointments": ()},
    CopyCover: {"copies": ()},
    Notice: {"text": "", "municipality": "", "how": None, "kind": None},
    SuspicionNotice: {"kinds": (), "child_welfare": ""},
    OfficeMessage: {"text": "", "centre": "", "kind": None},
    CallSheet: {},
}


@pytest.mark.parametrize("name", [name for name in LETTERS if name != "packet"])
def test_on_the_worst_night_no_blank_keeps_a_letter_out_of_the_packet(name: str):
    letter = LETTERS[name]
    nobody = replace(letter.envelope.sender, person="", role="", phone="", on_call="", address=())
    nowhere = replace(letter.envelope.receiver, name="", address=(), phone="")
    envelope = replace(letter.envelope, sender=nobody, receiver=nowhere)
    changes = BARE[type(letter)] | ({} if isinstance(letter, CopyCover) else {"child": Child(name="")})
    bare = replace(letter, envelope=envelope, **changes)
    assert bare.blanks()
    assert render(replace(PACKET, letters=(bare,))).pdf


def test_a_packet_lists_every_task_with_number_deadline_and_point():
    said = spoken(PACKET)
    for needed in ("+47 00 00 11 00", "Senest 3. mars 2026 kl. 20.00", "Punkt 2.3 a", "Registrer forsvunnet i Sesam"):
        assert needed in said


@pytest.mark.parametrize("duty", sorted({duty.id for version in VERSIONS for duty in version.duties}))
def test_a_packet_can_list_whatever_may_be_owed(duty: str):
    task = Task(duty=duty, standard=Standard.NONE)
    assert f"Punkt {point(duty)}" in spoken(replace(PACKET, tasks=(task,), letters=()))


@pytest.mark.parametrize(
    ("letter", "receiver"),
    [
        (CONCERN_REPORT, POLICE), (CANCELLATION, POLICE), (COPY_COVER, LAWYER), (SUSPICION_NOTICE, CHILD_WELFARE),
        (CALL_SHEET, POLICE),
    ],
)  # fmt: skip
def test_no_letter_goes_to_a_receiver_it_is_not_meant_for(letter, receiver):
    with pytest.raises(WrongReceiver, match=str(receiver.kind)):
        replace(letter, envelope=envelope(receiver, "a-1", basis="a-12"))


@pytest.mark.parametrize("name", [name for name in LETTERS if name != "packet"])
@pytest.mark.parametrize("field", ["office", "person", "phone"])
def test_no_letter_goes_without_someone_who_answers_for_it(name: str, field: str):
    letter = LETTERS[name]
    nobody = replace(letter.envelope.sender, **{field: ""})
    blanks = replace(letter, envelope=replace(letter.envelope, sender=nobody)).blanks()
    assert blanks[0] == Blank(f"sender.{field}")
