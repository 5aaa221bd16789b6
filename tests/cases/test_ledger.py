"""What is recorded is read again as it was, with both clocks and who recorded it; what cannot be true is refused."""

import uuid
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from cases.invented import CENTRE_FACTS, NOW, RESIDENT_FACTS, after, disappearance
from savnet.access.models import Person
from savnet.cases import ledger
from savnet.cases.models import Case, CaseKey, Record
from savnet.register.models import Centre
from savnet.rules import NoVersionInForce
from savnet.rules.events import AbsenceNoticed, Corrected, DisappearanceBelieved, InformationReceived, InquiryMade
from savnet.rules.reading import Unreadable
from savnet.rules.words import CaseState, InformationKind
from savnet.sealing import Tampered

pytestmark = pytest.mark.django_db


def test_a_new_case_holds_the_circumstances_it_was_opened_with(case: Case) -> None:
    file = ledger.read(case.id)
    assert (file.centre, file.resident, file.events) == (CENTRE_FACTS, RESIDENT_FACTS, ())
    assert case.state == CaseState.NONE


def test_an_event_is_read_again_with_its_number_and_both_clocks(case: Case, night_guard: Person) -> None:
    ledger.record(case.id, *disappearance(), by=night_guard, now=after(minutes=5))
    noticed, believed = ledger.read(case.id).events
    assert (noticed.number, believed.number) == (2, 3)
    assert (believed.at, believed.recorded_at) == (NOW, after(minutes=5))


def test_who_recorded_an_event_is_kept(case: Case, night_guard: Person, leader: Person) -> None:
    ledger.record(case.id, AbsenceNoticed(at=NOW), by=night_guard, now=NOW)
    ledger.record(case.id, InquiryMade(at=after(minutes=9)), by=leader, now=after(minutes=9))
    assert [entry.recorded_by_id for entry in ledger.entries(case.id)] == [night_guard.id, night_guard.id, leader.id]


def test_recording_says_what_is_owed_and_keeps_the_state(case: Case, night_guard: Person) -> None:
    derivation = ledger.record(case.id, *disappearance(), by=night_guard, now=NOW)
    case.refresh_from_db()
    assert "a-1" in {owed.id for owed in derivation.obligations}
    assert (case.state, case.missing_since) == (CaseState.MISSING, NOW)
    assert derivation == ledger.derive_case(case.id)


def test_a_case_answers_what_was_known_earlier(case: Case, night_guard: Person) -> None:
    ledger.record(case.id, *disappearance(), by=night_guard, now=after(hours=3))
    assert ledger.derive_case(case.id, at=after(hours=4), known_at=after(hours=2)).state == CaseState.NONE
    assert ledger.derive_case(case.id, at=after(hours=4), known_at=after(hours=3)).state == CaseState.MISSING


def test_all_events_of_one_act_are_recorded_or_none(case: Case, night_guard: Person) -> None:
    impossible = AbsenceNoticed(at=NOW, last_observed=after(minutes=1))
    with pytest.raises(Unreadable, match="last_observed"):
        ledger.record(case.id, DisappearanceBelieved(at=NOW), impossible, by=night_guard, now=NOW)
    assert ledger.read(case.id).events == ()
    case.refresh_from_db()
    assert (case.head_sequence, case.state) == (1, CaseState.NONE)


def test_what_has_not_happened_yet_is_refused(case: Case, night_guard: Person) -> None:
    with pytest.raises(ledger.InTheFuture, match="at is"):
        ledger.record(case.id, AbsenceNoticed(at=after(minutes=3)), by=night_guard, now=NOW)


def test_two_hosts_clocks_may_lie_a_minute_apart(case: Case, night_guard: Person) -> None:
    derivation = ledger.record(case.id, AbsenceNoticed(at=after(minutes=1)), by=night_guard, now=NOW)
    assert derivation.state == CaseState.ABSENT


@pytest.mark.parametrize("field", ["at", "last_observed"])
def test_a_correction_cannot_move_anything_into_the_future(case: Case, night_guard: Person, field: str) -> None:
    ledger.record(case.id, AbsenceNoticed(at=NOW), by=night_guard, now=NOW)
    correction = Corrected(at=NOW, event=2, fields={field: "2026-03-02T21:00+01:00"})
    with pytest.raises(ledger.InTheFuture, match=field):
        ledger.record(case.id, correction, by=night_guard, now=NOW)


def test_a_last_sighting_in_the_future_is_refused(case: Case, night_guard: Person) -> None:
    with pytest.raises(ledger.InTheFuture, match="last_observed"):
        ledger.record(case.id, AbsenceNoticed(at=NOW, last_observed=after(hours=1)), by=night_guard, now=NOW)


def test_a_correction_is_an_event_and_what_it_corrects_stays(case: Case, night_guard: Person, leader: Person) -> None:
    ledger.record(case.id, *disappearance(), by=night_guard, now=NOW)
    correction = Corrected(at=after(hours=1), event=3, fields={"at": "2026-03-02T19:30+01:00"})
    derivation = ledger.record(case.id, correction, by=leader, now=after(hours=1))
    assert derivation.missing_since == after(minutes=-30)
    assert ledger.read(case.id).events[1].at == NOW


@pytest.mark.parametrize("number", [0, 1, 4, 17])
def test_a_correction_must_point_to_an_event_of_the_case(case: Case, night_guard: Person, number: int) -> None:
    ledger.record(case.id, *disappearance(), by=night_guard, now=NOW)
    with pytest.raises(ledger.NoSuchEvent, match=str(number)):
        ledger.record(case.id, Corrected(at=NOW, event=number, fields={"note": "x"}), by=night_guard, now=NOW)


def test_time_of_recording_never_runs_backwards(case: Case, night_guard: Person) -> None:
    ledger.record(case.id, AbsenceNoticed(at=NOW), by=night_guard, now=after(minutes=10))
    ledger.record(case.id, InquiryMade(at=NOW), by=night_guard, now=after(minutes=4))
    assert [event.recorded_at for event in ledger.read(case.id).events] == [after(minutes=10)] * 2


def test_an_instant_without_offset_is_refused(case: Case, night_guard: Person) -> None:
    with pytest.raises(ValueError, match="has no offset"):
        ledger.record(case.id, AbsenceNoticed(at=NOW.replace(tzinfo=None)), by=night_guard, now=NOW)


def test_what_the_rules_cannot_follow_is_not_recorded(case: Case, night_guard: Person) -> None:
    before_the_circular = DisappearanceBelieved(at=datetime(2015, 7, 12, 12, tzinfo=UTC))
    with pytest.raises(NoVersionInForce):
        ledger.record(case.id, before_the_circular, by=night_guard, now=NOW)
    assert ledger.read(case.id).events == ()


def test_a_correction_may_give_an_instant_as_such(case: Case, night_guard: Person) -> None:
    ledger.record(case.id, *disappearance(), by=night_guard, now=NOW)
    derivation = ledger.record(
        case.id, Corrected(at=NOW, event=3, fields={"at": after(minutes=-30)}), by=night_guard, now=NOW
    )
    assert derivation.missing_since == after(minutes=-30)


def test_a_correction_of_a_kind_nobody_could_read_again_is_refused(case: Case, night_guard: Person) -> None:
    ledger.record(case.id, AbsenceNoticed(at=NOW), by=night_guard, now=NOW)
    with pytest.raises(ValueError, match="as it would stand in JSON"):
        ledger.record(case.id, Corrected(at=NOW, event=2, fields={"note": {1, 2}}), by=night_guard, now=NOW)


def test_recording_nothing_is_a_mistake_that_is_told(case: Case, night_guard: Person) -> None:
    with pytest.raises(ledger.NothingToRecord):
        ledger.record(case.id, by=night_guard, now=NOW)


def test_an_unknown_case_is_named(night_guard: Person) -> None:
    unknown = uuid.uuid4()
    with pytest.raises(ledger.NoSuchCase, match=str(unknown)):
        ledger.record(unknown, AbsenceNoticed(at=NOW), by=night_guard, now=NOW)
    with pytest.raises(ledger.NoSuchCase, match=str(unknown)):
        ledger.read(unknown)
    with pytest.raises(ledger.NoSuchCase, match=str(unknown)):
        ledger.seal_for(unknown, "letter", b"")


def test_the_facts_as_they_now_stand_are_a_record_too(case: Case, night_guard: Person, other_centre: Centre) -> None:
    ledger.record(case.id, *disappearance(), by=night_guard, now=NOW)
    no_lawyer = replace(RESIDENT_FACTS, lawyer=False)
    ledger.note_circumstances(
        case.id,
        centre=replace(CENTRE_FACTS, name=other_centre.name),
        resident=no_lawyer,
        by=night_guard,
        now=after(hours=1),
        centre_id=other_centre.id,
    )
    case.refresh_from_db()
    assert case.centre_id == other_centre.id
    assert set(case.obligations.values_list("centre_id", flat=True)) == {other_centre.id}
    assert ledger.read(case.id).resident == RESIDENT_FACTS
    assert ledger.read(case.id).events[-1].resident == no_lawyer  # type: ignore[attr-defined]


def test_facts_that_change_without_a_transfer_leave_the_centre(case: Case, night_guard: Person) -> None:
    before = case.centre_id
    ledger.note_circumstances(case.id, centre=CENTRE_FACTS, resident=RESIDENT_FACTS, by=night_guard, now=NOW)
    case.refresh_from_db()
    assert case.centre_id == before


def test_nothing_of_what_happened_lies_in_the_clear(case: Case, night_guard: Person) -> None:
    tip = InformationReceived(
        at=NOW, kind=InformationKind.SIGHTING, municipality="4601", source="a friend", text="ved kaia i går kveld"
    )
    ledger.record(case.id, tip, by=night_guard, now=NOW)
    kept = b"".join(
        bytes(value) if isinstance(value, memoryview | bytes) else str(value).encode()
        for row in Record.objects.filter(case=case).values_list("sequence", "sealed", "previous", "hash")
        for value in row
    )
    for secret in (b"information_received", b"whereabouts", b"4601", b"a friend", b"kaia"):
        assert secret not in kept


def test_the_length_of_a_record_does_not_tell_its_type(case: Case, night_guard: Person) -> None:
    ledger.record(case.id, AbsenceNoticed(at=NOW), InquiryMade(at=NOW, what="rang the school"), by=night_guard, now=NOW)
    absence, inquiry = Record.objects.filter(case=case, sequence__gt=1).values_list("sealed", flat=True)
    assert len(absence) == len(inquiry)


def test_each_case_has_a_key_of_its_own_that_is_not_in_the_database(case: Case, key_file: object) -> None:
    kept = CaseKey.objects.get(case=case)
    assert kept.wrapping_key in key_file.read_text()  # type: ignore[attr-defined]
    assert len(bytes(kept.sealed)) == 12 + 32 + 16


def test_a_letter_sealed_for_a_case_opens_only_there_and_for_its_purpose(case: Case, open_case) -> None:  # type: ignore[no-untyped-def]
    other = open_case()
    sealed = ledger.seal_for(case.id, "letter 1", b"%PDF")
    assert ledger.open_for(case.id, "letter 1", sealed) == b"%PDF"
    with pytest.raises(Tampered):
        ledger.open_for(case.id, "letter 2", sealed)
    with pytest.raises(Tampered):
        ledger.open_for(other.id, "letter 1", sealed)


def test_a_key_file_is_never_made_anew_where_cases_exist(case: Case, key_file) -> None:  # type: ignore[no-untyped-def]
    key_file.unlink()
    with pytest.raises(Exception, match="Restore it from its backup"):
        ledger.read(case.id)
    assert not key_file.exists()
