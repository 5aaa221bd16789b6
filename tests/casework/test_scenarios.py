"""The scenarios that follow from the circular's text, lived through from the absence to the end."""

from collections.abc import Callable
from datetime import date

import pytest

from casework.invented import DAY, HOUR, MINUTE, NOW, Story, appointment
from savnet.cases import ledger
from savnet.casework import absence, by_hand, returning
from savnet.casework.errors import CaseworkError, NothingOwed
from savnet.casework.facts import suggested
from savnet.casework.knowledge import raise_concern, receive_information
from savnet.delivery.channels.paper import HandOver
from savnet.delivery.models import Message
from savnet.register.models import Centre
from savnet.rules.events import AgeExamined, DufUpdated, TransferStarted
from savnet.rules.words import (
    Answer,
    CaseState,
    Channel,
    ConcernKind,
    ConcernLevel,
    FeelsSafe,
    InformationKind,
    ObligationState,
    Priority,
    Recipient,
    ReturnedHow,
    Standard,
)

pytestmark = pytest.mark.django_db
Tell = Callable[..., Story]
OPEN, DISCHARGED = ObligationState.OPEN, ObligationState.DISCHARGED


def everyone_told(case: Story) -> Story:
    """Every letter sent, everyone called, Sesam updated, copies posted."""
    case.told()
    case.to_the_police(reference="000777")
    case.hand_over(case.letter("b-4"), Channel.IN_PERSON, received_by="Kari Vakt")
    for one in case.owed("c-1"):
        case.call(one.recipient or Recipient.LAWYER)
    by_hand.tick_off(case.id, case.the("d-4").key, by=case.guard, now=case.now)
    for copy in case.owed("d-5"):
        case.hand_over(case.letter("d-5", copy_of=copy.copy_of))
    for id_ in ("d-1", "d-2"):
        for _ in case.owed(id_):
            case.hand_over(case.letter(id_))
    return case


def back(case: Story, how: ReturnedHow = ReturnedHow.TO_CENTRE) -> None:
    returning.note_return(case.id, how=how, by=case.guard, now=case.now)


def talk(case: Story, **said: object) -> None:
    told = {
        "why_left": "Var redd.",
        "where_stayed": "Hos en venn.",
        "what_done": "Ingenting.",
        "feels_safe": FeelsSafe.YES,
        **said,
    }
    returning.hold_talk(case.id, returning.Talk(**told), by=case.guard, now=case.now)  # type: ignore[arg-type]


def test_1_not_at_supper_and_everyone_is_told(story: Tell) -> None:
    case = story()
    appointment(case.child, "arrival_interview", NOW + 2 * DAY)
    appointment(case.child, "asylum_interview", NOW + 9 * DAY)
    case.missing()
    owed = {(one.id, one.recipient) for one in case.at_hand().derivation.obligations if one.id != "2.2-1"}
    assert owed == {
        ("a-1", Recipient.POLICE_DISTRICT),
        ("2.2-4", None),
        ("b-4", Recipient.CHILD_WELFARE),
        ("c-1", Recipient.REPRESENTATIVE),
        ("c-1", Recipient.LAWYER),
        ("d-1", Recipient.KOR),
        ("d-2", Recipient.BFE),
        ("d-4", Recipient.SESAM),
    }
    assert [case.the(id_).latest for id_ in ("a-1", "d-4")] == [case.now + DAY] * 2
    assert case.the("b-4").municipality == "9901"
    assert sorted(one.obligation for one in case.answered().send()) == ["a-1", "b-4", "d-1", "d-2"]
    case.to_the_police()
    case.hand_over(case.letter("b-4"))
    assert sorted(one.copy_of or "" for one in case.owed("d-5")) == ["a-1", "b-4"]
    assert {case.letter("d-5", copy_of=of).channel for of in ("a-1", "b-4")} == {Channel.POST}


def test_2_the_aunt_s_address_turns_the_report_and_the_copy_still_goes(story: Tell) -> None:
    case = story().absent(last_observed=NOW).later(HOUR)
    receive_information(
        case.id,
        kind=InformationKind.KNOWN_ADDRESS,
        text="Hos tanta, Bakkegata 7",
        source="En venn",
        municipality="9903",
        by=case.guard,
        now=case.now,
    )
    absence.believe(case.id, by=case.guard, now=case.now)
    case.answered().send()
    report = case.the("b-4")
    assert (report.municipality, "b-8" in report.also) == ("9903", True)
    case.hand_over(case.letter("b-4"))
    assert case.letter("d-5", copy_of="b-4").recipient == "region"


@pytest.mark.parametrize(
    ("kind", "told", "not_told"),
    [("asylum_interview", "d-2", "d-1"), ("age_examination", "d-2", "d-1"), ("arrival_interview", "d-1", "d-2")],
)
def test_3_an_interview_tomorrow_is_cancelled_with_high_priority(
    story: Tell, kind: str, told: str, not_told: str
) -> None:
    case = story()
    appointment(case.child, kind, NOW + DAY)
    case.missing()
    assert case.the(told).priority is Priority.HIGH
    assert case.owed(not_told) == []


def test_4_a_call_to_the_police_leaves_the_report_owed_and_overdue_after_24_hours(story: Tell) -> None:
    case = story().missing()
    key = case.the("a-1").key
    by_hand.mark_done(case.id, key, by=case.guard, now=case.now, channel=Channel.PHONE)
    assert case.the("a-1").state is OPEN
    limit = case.now + DAY
    assert not case.later(DAY).the("a-1").overdue
    assert case.later(MINUTE).the("a-1").overdue
    assert limit == case.the("a-1").latest


def test_5_a_lawyer_who_is_not_reached_stays_to_be_called_and_was_not_asked(story: Tell) -> None:
    case = story().missing()
    case.call(Recipient.REPRESENTATIVE, knew="none")
    case.call(Recipient.LAWYER, reached=False)
    assert case.the("c-1", recipient=Recipient.REPRESENTATIVE).state is DISCHARGED
    assert case.the("c-1", recipient=Recipient.LAWYER).state is OPEN
    assert suggested(case.at_hand())["a-10"].answer is Answer.NOT_OBTAINED
    case.later(HOUR).call(Recipient.LAWYER, knew="Ville til Storfjell.")
    assert suggested(case.at_hand())["a-10"].text == "Ville til Storfjell."


def test_6_seen_in_the_city_is_told_in_writing_to_all_who_were_told(story: Tell) -> None:
    case = everyone_told(story()).later(3 * DAY)
    receive_information(
        case.id,
        kind=InformationKind.SIGHTING,
        text="Sett ved stasjonen",
        source="Tidligere beboer",
        municipality="9903",
        by=case.guard,
        now=case.now,
    )
    told = [one.recipient for one in case.owed("2.2-7")]
    assert sorted(told, key=str) == sorted(
        [
            Recipient.POLICE_DISTRICT,
            Recipient.CHILD_WELFARE,
            Recipient.REPRESENTATIVE,
            Recipient.LAWYER,
            Recipient.REGION,
        ],
        key=str,
    )
    assert case.at_hand().derivation.state is CaseState.MISSING
    assert case.owed("b-8") == []
    assert len(case.send()) == len(told)


def test_7_back_on_the_fifth_day_and_everyone_is_told_so(story: Tell) -> None:
    case = everyone_told(story()).later(5 * DAY)
    Centre.objects.update(capacity=1)
    back(case)
    assert case.the("4-12").state is OPEN, "taken in, however full"
    letters = case.send()
    assert {one.obligation for one in letters} == {"2.2-7"}
    assert {one.recipient for one in letters} == {one.recipient for one in case.at_hand().derivation.told}
    for letter in letters:
        case.hand_over(letter)
    assert {one.state for one in case.owed("2.2-7")} == {DISCHARGED}
    talk(case.later(HOUR))
    assert case.the("4-15").state is DISCHARGED
    assert case.owed("b-9") == []


def test_8_without_consent_nothing_goes_to_the_region_and_trafficking_does_not_wait_for_it(story: Tell) -> None:
    case = everyone_told(story()).later(DAY)
    back(case)
    talk(case.later(HOUR), asylum_relevant=True)
    returning.record_consent(case.id, who="resident", given=False, by=case.guard, now=case.now)
    withheld = case.the("4-19")
    assert withheld.state is ObligationState.WITHHELD
    with pytest.raises(NothingOwed, match="samtykke"):
        by_hand.mark_done(case.id, withheld.key, by=case.guard, now=case.now)
    raise_concern(
        case.id,
        kind=ConcernKind.TRAFFICKING,
        level=ConcernLevel.JUSTIFIED_SUSPICION,
        text="Barnet ble hentet i bil hver kveld.",
        by=case.guard,
        now=case.now,
    )
    assert case.the("4-16").state is OPEN
    sent = {(one.obligation, one.recipient) for one in case.send()} - {("2.2-7", r) for r in Recipient}
    assert {("4-18", "region"), ("b-9", "child_welfare")} <= sent


def test_9_an_examination_that_says_over_18_changes_no_duty_until_udi_decides(story: Tell) -> None:
    case = story().missing()
    before = {one.key for one in case.at_hand().derivation.obligations}
    examined = AgeExamined(at=case.later(HOUR).now, most_likely_over_18=True)
    ledger.record(case.id, examined, by=case.guard, now=case.now)
    assert {one.key for one in case.at_hand().derivation.obligations} == before
    back(case.later(DAY))
    assert case.owed("4-9")


def test_10_a_child_of_fourteen_is_led_on_and_never_dropped(story: Tell) -> None:
    case = story(born=date(2011, 9, 1)).missing()
    (refusal,) = case.at_hand().derivation.refused
    assert (refusal.provision, bool(refusal.responsible)) == ("1-8", True)
    assert case.at_hand().derivation.state is CaseState.MISSING
    assert case.send() == []


def test_10_lost_between_two_centres_the_sender_owes_everything(story: Tell) -> None:
    case = story().absent(last_observed=NOW)
    moved = TransferStarted(at=NOW, to_centre="Solvær transittmottak", municipality="9902")
    ledger.record(case.id, moved, by=case.guard, now=NOW)
    absence.believe(case.later(HOUR).id, by=case.guard, now=case.now)
    assert case.the("b-4").municipality == "9901"
    assert "in_transit" in [one.name for one in case.at_hand().derivation.gaps]


def test_11_what_the_police_have_entered_is_done_by_them(story: Tell) -> None:
    case = everyone_told(story()).later(DAY)
    back(case)
    ledger.record(case.id, DufUpdated(at=case.now, by="police"), by=case.guard, now=case.now)
    entered = case.the("4-2")
    assert (entered.state, entered.remark) == (DISCHARGED, "by: police")


def test_everything_done_closes_the_case(story: Tell) -> None:
    case = everyone_told(story()).later(DAY)
    back(case)
    for letter in case.send():
        case.hand_over(letter)
    talk(case)
    while owed := [one for one in case.at_hand().derivation.obligations if one.state is OPEN]:
        for one in owed:
            by_hand.mark_done(case.id, one.key, by=case.guard, now=case.now, channel=None)
    assert case.at_hand().derivation.state is CaseState.CLOSED


def test_the_duty_s_own_words_and_basis_stand_on_every_letter_sent(story: Tell) -> None:
    case = story().told()
    for message in Message.objects.filter(case_id=case.id):
        obligation = next(one for one in case.at_hand().derivation.obligations if one.id == message.obligation)
        assert obligation.basis.point
        assert obligation.standard in Standard


def test_the_police_take_no_report_by_post_and_the_region_no_copy_across_the_desk(story: Tell) -> None:
    case = story().told()
    report = case.letter("a-1")
    with pytest.raises(CaseworkError, match="personlig frammøte"):
        case.hand_over(report, Channel.POST)
    case.to_the_police()
    copy = case.letter("d-5", copy_of="a-1")
    handed = HandOver(channel=Channel.IN_PERSON, at=case.now)
    with pytest.raises(CaseworkError, match="post eller kryptert"):
        by_hand.hand_over(copy.id, handed, by=case.guard, now=case.now)
    assert case.the("d-5", copy_of="a-1").state is OPEN
