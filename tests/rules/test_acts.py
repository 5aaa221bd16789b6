"""What is done, tried and received: which obligation is meant, and what becomes of it."""

from dataclasses import replace

import pytest

from rules.invented import T, after, all_of, attempted, believed, done, owed, received, reported, the
from savnet.rules import Obligation
from savnet.rules.events import (
    AbsenceNoticed,
    ConcernRaised,
    ConsentGiven,
    ConsentRefused,
    Done,
    DufUpdated,
    Event,
    InformationReceived,
    InquiryMade,
    LetterComposed,
    Returned,
    TalkHeld,
    TransferStarted,
)
from savnet.rules.words import (
    About,
    CaseState,
    Channel,
    ConcernKind,
    ConcernLevel,
    FeelsSafe,
    InformationKind,
    ObligationState,
    Outcome,
    Recipient,
    ReturnedHow,
)

OPEN, DISCHARGED = ObligationState.OPEN, ObligationState.DISCHARGED
SUSPICION = {"kind": ConcernKind.TRAFFICKING, "level": ConcernLevel.JUSTIFIED_SUSPICION}


def address(hours: float, municipality: str | None) -> InformationReceived:
    return InformationReceived(at=after(hours), kind=InformationKind.KNOWN_ADDRESS, municipality=municipality)


def sighting(hours: float) -> InformationReceived:
    return InformationReceived(at=after(hours), kind=InformationKind.SIGHTING)


def test_what_was_done_before_it_was_written_down_that_there_is_reason_to_believe_counts() -> None:
    answer = owed(AbsenceNoticed(at=after(-2)), reported(-1), believed())
    assert the(answer, "a-1").state is DISCHARGED
    assert the(answer, "a-1").sent_at == after(-1)
    assert not answer.unmatched


def test_who_is_told_before_a_disappearance_is_dated_hears_nothing_more_of_the_one_before() -> None:
    answer = owed(
        believed(),
        reported(),
        Returned(at=after(9)),
        AbsenceNoticed(at=after(40)),
        believed(43),
        done(42, "b-4", "child_welfare", "post", municipality="3301", because=5),
        attempted(42, "d-5", "region", copy_of="b-4", because=6),
        Returned(at=after(50)),
    )
    told = {number: {one.recipient for one in all_of(answer, "2.2-7", because=number)} for number in (3, 8)}
    assert told == {3: {Recipient.POLICE_DISTRICT}, 8: {Recipient.CHILD_WELFARE, Recipient.REGION}}


def test_what_was_done_in_an_earlier_disappearance_does_not() -> None:
    answer = owed(believed(), reported(), Returned(at=after(9)), AbsenceNoticed(at=after(40)), believed(41))
    assert the(answer, "a-1", because=5).state is OPEN


def test_a_repeat_after_the_return_is_not_the_report_of_the_next_disappearance() -> None:
    answer = owed(believed(), reported(), Returned(at=after(9)), reported(12), believed(41))
    assert the(answer, "a-1", because=5).state is OPEN
    assert answer.unmatched == (4,)


def test_a_repeat_tells_nobody_twice() -> None:
    post = [done(hours, "b-4", "child_welfare", "post") for hours in (1, 2)]
    answer = owed(believed(), *post, Returned(at=after(9)))
    assert [one.municipality for one in answer.told] == ["3301"]
    assert len(all_of(answer, "2.2-7")) == 1


@pytest.mark.parametrize("name", ["a-1", "a-2", "2.2-2", "2.2-3"])
def test_an_act_may_name_any_provision_that_the_obligation_carries_out(name: str) -> None:
    answer = owed(believed(), done(1, name, "police_district", "in_person"))
    assert the(answer, "a-1").state is DISCHARGED
    assert answer.told[0].recipient is Recipient.POLICE_DISTRICT


def test_the_first_known_address_redirects_and_the_second_redirects_again() -> None:
    answer = owed(believed(), address(1, "4204"), address(2, "5001"), done(3, "b-4", "child_welfare", "post"))
    report = the(answer, "b-4")
    assert (report.municipality, report.state, "b-8" in report.also) == ("5001", DISCHARGED, True)
    assert not all_of(answer, "b-8")


def test_a_redirected_report_goes_home_again_when_the_address_does() -> None:
    report = the(owed(believed(), address(1, "4204"), address(2, "3301")), "b-4")
    assert (report.municipality, "b-8" in report.also) == ("3301", False)


def test_an_address_known_while_absent_is_known_when_the_disappearance_begins() -> None:
    answer = owed(AbsenceNoticed(at=after(-2)), address(-1, "4204"), believed())
    assert the(answer, "b-4").municipality == "4204"
    assert the(answer, "3-8").municipality == "4204"
    assert the(answer, "3-8").because == 2


def test_an_address_from_before_an_earlier_return_is_forgotten() -> None:
    answer = owed(believed(), address(1, "4204"), Returned(at=after(9)), believed(40))
    assert the(answer, "b-4", because=4).municipality == "3301"


def test_an_address_without_a_municipality_is_a_gap_and_redirects_nothing() -> None:
    answer = owed(believed(), address(1, None))
    assert the(answer, "b-4").municipality == "3301"
    assert [one.name for one in answer.gaps] == ["address_without_municipality"]


def test_the_copy_of_a_redirected_report_may_be_named_by_either_name() -> None:
    events = (believed(), address(1, "4204"), done(2, "b-8", "child_welfare", "post"))
    for name in ("b-4", "b-8"):
        answer = owed(*events, done(3, "d-5", "region", "post", copy_of=name))
        assert the(answer, "d-5").state is DISCHARGED


def test_a_report_sent_to_the_new_municipality_is_the_new_one_by_either_name() -> None:
    events = (believed(), done(1, "b-4", "child_welfare", "post"), address(2, "4204"))
    for name in ("b-4", "b-8"):
        answer = owed(*events, done(3, name, "child_welfare", "post", municipality="4204"))
        assert the(answer, "b-8").state is DISCHARGED


def test_a_receipt_belongs_to_what_was_sent_and_discharges_nothing() -> None:
    answer = owed(believed(), reported(), received(2, "a-1", "police_district", "Vakta", reference="26/1"))
    report = the(answer, "a-1")
    assert (report.received_at, report.received_by, report.reference) == (after(2), "Vakta", "26/1")
    unsent = the(owed(believed(), received(2, "a-1", "police_district", "Vakta")), "a-1")
    assert (unsent.state, unsent.received_by) == (OPEN, "Vakta")


def test_without_because_the_newest_open_notice_is_meant_and_with_it_the_named_one() -> None:
    events = (believed(), reported(), sighting(2), sighting(3))
    newest = owed(*events, done(4, "2.2-7", "police_district", "post"))
    assert the(newest, "2.2-7", because=4).state is DISCHARGED
    named = owed(*events, done(4, "2.2-7", "police_district", "post", because=3))
    assert the(named, "2.2-7", because=3).state is DISCHARGED
    assert the(named, "2.2-7", because=4).state is OPEN


def test_told_at_the_very_instant_of_the_news_hears_of_it() -> None:
    answer = owed(believed(), sighting(2), reported(2), reported(3))
    assert the(answer, "2.2-7", "police_district").because == 2


def test_told_after_the_news_does_not_hear_of_it() -> None:
    assert not all_of(owed(believed(), sighting(2), reported(3)), "2.2-7")


def test_told_only_after_the_return_hears_of_the_return() -> None:
    answer = owed(believed(), Returned(at=after(2)), reported(3))
    assert the(answer, "2.2-7", "police_district").because == 2


def test_found_by_others_and_then_home_is_told_twice_and_owed_once() -> None:
    events = (believed(), reported(), Returned(at=after(2), how=ReturnedHow.FOUND_BY_OTHER), Returned(at=after(5)))
    answer = owed(*events, Returned(at=after(6)))
    assert [one.because for one in all_of(answer, "2.2-7")] == [3, 4]
    assert the(answer, "4-1").because == the(answer, "4-15").because == 3


def test_duties_of_an_earlier_disappearance_are_met_in_their_own_course() -> None:
    first = (believed(), reported(), Returned(at=after(9)), believed(40), reported(41))
    copies = (
        done(42, "d-5", "region", "post", because=5),
        done(43, "d-5", "region", "post", because=2),
    )
    answer = owed(*first, *copies)
    assert [one.because for one in all_of(answer, "3-4")] == [6, 7]


def test_one_letter_fulfils_the_new_report_and_the_suspicion_where_it_is_sent() -> None:
    events = (believed(), Returned(at=after(9)), ConcernRaised(at=after(10), **SUSPICION))
    sent = owed(*events, done(11, "4-18", "child_welfare", "post"))
    assert the(sent, "b-9").state is the(sent, "4-18", "child_welfare").state is DISCHARGED
    assert the(sent, "4-18", "region").state is OPEN
    phoned = owed(*events, done(11, "4-18", "child_welfare", "phone"))
    assert the(phoned, "4-18", "child_welfare").state is DISCHARGED
    assert the(phoned, "b-9").state is OPEN


def test_one_standing_consent_is_enough_and_a_withdrawn_one_is_none() -> None:
    talk = TalkHeld(at=after(10), asylum_relevant=True)
    events = (believed(), Returned(at=after(9)), talk, ConsentRefused(at=after(11), who="resident"))
    assert the(owed(*events), "4-19").state is ObligationState.WITHHELD
    agreed = (*events, ConsentGiven(at=after(12), who="representative"))
    assert the(owed(*agreed), "4-19").state is OPEN
    assert the(owed(*agreed, ConsentRefused(at=after(13), who="representative")), "4-19").state is (
        ObligationState.WITHHELD
    )


def test_what_was_sent_before_consent_is_an_attempt_and_stays_withheld() -> None:
    events = (believed(), Returned(at=after(9)), TalkHeld(at=after(10), asylum_relevant=True))
    answer = owed(*events, done(11, "4-19", "region", "post"))
    assert the(answer, "4-19").state is ObligationState.WITHHELD
    assert len(the(answer, "4-19").attempts) == 1
    assert not all_of(answer, "4-20")


@pytest.mark.parametrize(
    ("hours", "who", "state"), [(8, "police", DISCHARGED), (10, "police", DISCHARGED), (10, "region", OPEN)]
)
def test_sesam_is_spared_only_by_what_the_police_did(hours: float, who: str, state: ObligationState) -> None:
    answer = owed(believed(), Returned(at=after(9)), DufUpdated(at=after(hours), by=who))
    again = the(answer, "4-2")
    assert again.state is state
    assert again.remark == ("by: police" if state is DISCHARGED else None)


def test_two_who_report_the_same_child_begin_one_disappearance_at_the_first_belief() -> None:
    answer = owed(believed(1), believed())
    assert the(answer, "a-1").because == 2
    assert the(answer, "a-1").latest == after(24)


def test_belief_before_the_absence_was_noted_is_belief_all_the_same() -> None:
    answer = owed(believed(), AbsenceNoticed(at=after(1)))
    assert answer.state is CaseState.MISSING
    assert not all_of(answer, "2.2-1")


def test_lost_in_transit_is_the_sending_centres_and_flagged() -> None:
    answer = owed(TransferStarted(at=after(-9), to_centre="Nordli", municipality="4204"), believed())
    assert the(answer, "b-4").municipality == "3301"
    assert [one.name for one in answer.gaps] == ["in_transit"]


def test_news_of_something_else_goes_to_nobody_but_the_region() -> None:
    answer = owed(believed(), reported(), InformationReceived(at=after(2), about=About.OTHER))
    assert not all_of(answer, "2.2-7")
    assert the(answer, "3-5")


def test_the_case_closes_when_nothing_is_open_and_not_before() -> None:
    events: list[Event] = [believed(), Returned(at=after(1))]
    while answer := owed(*events):
        left = [one for one in answer.obligations if one.state is OPEN]
        if not left:
            break
        assert answer.state is CaseState.FOUND
        events.append(meets(left[0]))
    assert answer.state is CaseState.CLOSED


def meets(one: Obligation) -> Event:
    """Something that meets the obligation, whatever it is."""
    if one.id == "2.2-4":
        return InquiryMade(at=after(2))
    if one.id == "4-15":
        return TalkHeld(at=after(2), why_left="a", where_stayed="b", what_done="c", feels_safe=FeelsSafe.YES)
    channel = {"a-1": "in_person", "c-1": "phone", "b-4": "post", "d-5": "post", "2.2-7": "post"}.get(one.id)
    knew = "none" if one.id == "c-1" else None
    return done(3, one.id, one.recipient, channel, because=one.because, copy_of=one.copy_of, knew=knew)


def test_missing_since_is_when_there_was_reason_to_believe() -> None:
    assert owed(believed(), believed(3)).missing_since == T


def test_an_attempt_is_remembered_with_its_channel_and_outcome() -> None:
    answer = owed(believed(), attempted(1, "c-1", "lawyer", channel=Channel.PHONE, outcome=Outcome.NOT_REACHED))
    (tried,) = the(answer, "c-1", "lawyer").attempts
    assert (tried.at, tried.channel, tried.outcome, tried.event) == (after(1), Channel.PHONE, Outcome.NOT_REACHED, 2)


def test_an_address_learnt_between_two_disappearances_is_acted_on_once() -> None:
    answer = owed(believed(), Returned(at=after(9)), address(20, "4204"), believed(40))
    assert the(answer, "3-8").because == 3
    assert the(answer, "b-4", because=4).municipality == "4204"


def test_an_address_from_an_absence_that_ended_is_forgotten() -> None:
    answer = owed(AbsenceNoticed(at=after(-9)), address(-8, "4204"), Returned(at=after(-7)), believed())
    assert the(answer, "b-4").municipality == "3301"
    assert not all_of(answer, "3-8")


def test_what_one_office_has_confirmed_is_no_receipt_of_the_office_that_is_to_have_it_instead() -> None:
    """Its sending was struck out, so it is owed anew; and meanwhile the child's address is known (I2)."""
    told = received(1, "b-4", "child_welfare", "Vakta", municipality="3301")
    assert the(owed(believed(), told), "b-4").received_at == after(1)
    elsewhere = the(owed(believed(), told, address(2, "4204")), "b-4")
    assert (elsewhere.municipality, elsewhere.received_at, elsewhere.received_by) == ("4204", None, None)
    theirs = received(3, "b-4", "child_welfare", "Vakta", municipality="4204")
    assert the(owed(believed(), told, address(2, "4204"), theirs), "b-4").received_at == after(3)


def test_an_address_at_home_known_beforehand_is_no_other_address() -> None:
    report = the(owed(AbsenceNoticed(at=after(-2)), address(-1, "3301"), believed()), "b-4")
    assert report.municipality == "3301"
    assert "b-8" not in report.also


def test_a_receipt_of_the_same_instant_as_the_return_is_a_receipt_for_the_news_of_it() -> None:
    told = {"because": 3}
    answer = owed(
        believed(),
        reported(),
        Returned(at=after(9)),
        done(9, "2.2-7", "police_district", "in_person", **told),
        received(9, "2.2-7", "police_district", "Vakta", **told),
    )
    notice = the(answer, "2.2-7", "police_district")
    assert (notice.sent_at, notice.received_at, notice.received_by) == (after(9), after(9), "Vakta")
    assert not answer.unmatched


def test_a_receipt_from_before_the_belief_was_dated_counts_as_the_report_itself_does() -> None:
    answer = owed(
        AbsenceNoticed(at=after(-2)), reported(-1), received(-1, "a-1", "police_district", "Vakta"), believed()
    )
    assert (the(answer, "a-1").sent_at, the(answer, "a-1").received_by) == (after(-1), "Vakta")
    assert not answer.unmatched


LETTER = "f00d"


def composed(hours: float, obligation: str, recipient: str, message: str = "m-1") -> LetterComposed:
    return LetterComposed(
        at=after(hours), obligation=obligation, recipient=Recipient(recipient), letter=LETTER, message=message
    )


def carried(hours: float, message: str = "m-1") -> Done:
    return done(hours, "a-1", "police_district", "in_person", letter=LETTER, message=message)


def test_a_letter_written_before_the_news_and_handed_over_after_it_is_followed_by_the_news() -> None:
    answer = owed(believed(), composed(1, "a-1", "police_district"), sighting(2), carried(3))
    notice = the(answer, "2.2-7", "police_district")
    assert (notice.because, notice.arisen_at, notice.state) == (3, after(3), OPEN)


def test_a_letter_written_after_the_news_holds_it() -> None:
    answer = owed(believed(), sighting(1), composed(2, "a-1", "police_district"), carried(3))
    assert not all_of(answer, "2.2-7")


def test_news_that_was_typed_after_the_letter_was_written_does_not_stand_in_it() -> None:
    late = replace(sighting(1), recorded_at=after(2.5))
    answer = owed(believed(), late, composed(2, "a-1", "police_district"), carried(3))
    assert the(answer, "2.2-7", "police_district").because == 2


def test_whoever_was_tried_with_the_old_letter_before_the_news_is_told_once() -> None:
    tried = attempted(1.5, "a-1", "police_district", letter=LETTER, message="m-1")
    answer = owed(believed(), composed(1, "a-1", "police_district"), tried, sighting(2), carried(3))
    assert the(answer, "2.2-7", "police_district").because == 4


def test_a_copy_is_as_old_as_the_letter_it_is_a_copy_of() -> None:
    events = (believed(), composed(1, "a-1", "police_district"), sighting(2), carried(3))
    copy = done(5, "d-5", "region", "post", copy_of="a-1", letter="c0de", message="m-2")
    answer = owed(*events, composed(4, "d-5", "region", "m-2"), copy)
    assert the(answer, "2.2-7", "region").because == 3


def test_news_that_is_not_of_whereabouts_follows_no_letter() -> None:
    other = InformationReceived(at=after(2), about=About.OTHER)
    assert not all_of(owed(believed(), composed(1, "a-1", "police_district"), other, carried(3)), "2.2-7")
