"""What people type that can't be right, and children of whom something is missing: told in words, never dropped."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from casework.invented import DAY, HOUR, MINUTE, NOW, Story
from casework.paper import says
from savnet.casework import absence, by_hand, returning
from savnet.casework.errors import CaseworkError, NotNow, NotReady, WrongTime
from savnet.casework.facts import ItemAnswer, last_observed
from savnet.casework.kept import letter_bytes
from savnet.casework.knowledge import raise_concern, receive_information
from savnet.casework.receipts import record_receipt
from savnet.casework.sending import preview
from savnet.delivery.channels.telephone import Call
from savnet.delivery.receipts import NothingSent
from savnet.register.models import (
    Centre,
    County,
    Municipality,
    MunicipalityPoliceDistrict,
)
from savnet.register.models import (
    Recipient as Office,
)
from savnet.register.resolution import NoRecipient
from savnet.rules.words import Answer, CaseState, ConcernKind, ConcernLevel, InformationKind, Recipient, ReturnedHow

pytestmark = pytest.mark.django_db
Tell = Callable[..., Story]


# Times


def test_a_last_sighting_after_the_absence_is_refused_and_nothing_is_opened(story: Tell) -> None:
    with pytest.raises(WrongTime, match="sett etter") as wrong:
        story().absent(last_observed=NOW + MINUTE)
    assert wrong.value.field == "last_observed"


@pytest.mark.parametrize(
    ("after", "says"), [(HOUR + 3 * MINUTE, "fram i tid"), (MINUTE, "sett etter")], ids=["ahead", "after the absence"]
)
def test_the_police_are_not_told_of_a_sighting_that_cannot_be(story: Tell, after: timedelta, says: str) -> None:
    case = story().missing()
    seen = ItemAnswer(Answer.YES, "", {"at": (NOW + after).isoformat()})
    with pytest.raises(WrongTime, match=says) as wrong:
        case.answered(a_3=seen)
    assert wrong.value.field == "seen_at"
    case.answered(a_3=ItemAnswer(Answer.YES, "", {"at": (NOW - MINUTE).isoformat()}))
    assert last_observed(case.at_hand()) == NOW - MINUTE


def test_a_report_that_says_nobody_knows_gives_no_time_either(story: Tell) -> None:
    case = story().missing()
    assert last_observed(case.at_hand()) == NOW - HOUR
    case.answered(a_3=ItemAnswer(Answer.UNKNOWN))
    assert last_observed(case.at_hand()) is None


@pytest.mark.parametrize("ahead", [3 * MINUTE, DAY])
def test_what_has_not_happened_yet_is_refused(story: Tell, ahead: object) -> None:
    case = story()
    with pytest.raises(WrongTime, match="fram i tid"):
        case.absent(at=NOW + ahead)  # type: ignore[operator]
    case.absent(last_observed=NOW)
    with pytest.raises(WrongTime, match="fram i tid"):
        absence.believe(case.id, by=case.guard, now=NOW, at=NOW + ahead)  # type: ignore[operator]
    assert case.at_hand().derivation.state is CaseState.ABSENT


def test_a_belief_before_the_absence_is_refused(story: Tell) -> None:
    case = story().absent(last_observed=NOW)
    with pytest.raises(WrongTime, match="før fraværet"):
        absence.believe(case.id, by=case.guard, now=NOW, at=NOW - HOUR)


def test_a_return_before_the_disappearance_is_refused(story: Tell) -> None:
    case = story().missing()
    with pytest.raises(WrongTime, match="før det ble savnet"):
        returning.note_return(case.id, how=ReturnedHow.TO_CENTRE, by=case.guard, now=case.now, at=NOW - DAY)


# Steps out of their order


def test_nothing_is_sent_before_there_is_reason_to_believe(story: Tell) -> None:
    assert story().absent(last_observed=NOW).send() == []


def test_a_child_who_is_not_missing_has_not_come_back(story: Tell) -> None:
    case = story().absent(last_observed=NOW)
    absence.explain(case.id, by=case.guard, now=NOW, why="Var på trening.")
    with pytest.raises(NotNow, match="savnet"):
        returning.note_return(case.id, how=ReturnedHow.TO_CENTRE, by=case.guard, now=NOW)
    with pytest.raises(NotNow, match="ikke registrert noe fravær"):
        absence.explain(case.id, by=case.guard, now=NOW, why="Var på trening.")


def test_a_talk_is_held_when_the_child_is_back(story: Tell) -> None:
    case = story().missing()
    with pytest.raises(NotNow, match="tilbake"):
        returning.hold_talk(case.id, returning.Talk(why_left="Redd"), by=case.guard, now=case.now)


def test_nobody_has_what_has_not_been_sent(story: Tell) -> None:
    case = story().told()
    with pytest.raises(NothingSent):
        record_receipt(case.letter("a-1").id, by_name="Vakt", reference="", at=case.now, by=case.guard, now=case.now)


def test_a_letter_with_a_blank_stops_the_sending_and_says_which(story: Tell) -> None:
    case = story().missing()
    with pytest.raises(NotReady, match="Vet ikke") as blank:
        case.send()
    assert len(blank.value.blanks) >= 9
    assert case.send(only=[]) == []


def test_a_known_address_names_a_municipality_that_exists(story: Tell) -> None:
    case = story().missing()

    def learnt(municipality: str | None) -> None:
        receive_information(
            case.id,
            kind=InformationKind.KNOWN_ADDRESS,
            text="Bakkegata 7",
            source="",
            municipality=municipality,
            by=case.guard,
            now=case.now,
        )

    with pytest.raises(CaseworkError, match="Hvilken kommune"):
        learnt(None)
    with pytest.raises(NoRecipient, match="opphørt eller ukjent"):
        learnt("9999")
    assert case.owed("b-8") == []


def test_a_concern_says_what_it_rests_on(story: Tell) -> None:
    case = story().missing()
    with pytest.raises(CaseworkError, match="bygger på"):
        raise_concern(
            case.id,
            kind=ConcernKind.NEGLECT,
            level=ConcernLevel.REASON_TO_BELIEVE,
            text=" ",
            by=case.guard,
            now=case.now,
        )


# Somebody or something is missing


def test_without_a_representative_the_duty_stands_and_says_what_to_do(story: Tell) -> None:
    case = story(representative=False).missing()
    assert "no_representative" in [one.name for one in case.at_hand().derivation.gaps]
    made = Call(number="+47 00 88 00 10", at=case.now, reached=False)
    with pytest.raises(NoRecipient, match="representant"):
        by_hand.call(
            case.id, case.the("c-1", recipient=Recipient.REPRESENTATIVE).key, made, by=case.guard, now=case.now
        )
    assert len(case.answered().send()) == 2


def test_without_a_lawyer_nobody_is_to_be_called_and_the_gap_is_shown(story: Tell) -> None:
    case = story(lawyer=False).missing()
    assert case.owed("c-1", recipient=Recipient.LAWYER) == []
    assert "no_lawyer" in [one.name for one in case.at_hand().derivation.gaps]


def test_one_receiver_who_cannot_be_named_does_not_hold_up_the_others(story: Tell) -> None:
    MunicipalityPoliceDistrict.objects.all().delete()
    case = story().missing().answered()
    assert [one.obligation for one in case.send()] == ["b-4"]
    (planned,) = case.planned("a-1")
    assert planned.nobody is not None
    assert "Ring politiet" in planned.nobody.what_to_do
    with pytest.raises(NoRecipient, match="politidistrikt"):
        preview(case.id, planned.obligation.key, by=case.guard, now=case.now)


def test_a_municipality_number_that_has_ceased_says_what_came_after(story: Tell) -> None:
    old = Municipality.objects.create(
        number="9951", name="Gamlevik", county=County.objects.get(number="99"), valid_to=date(2020, 1, 1)
    )
    old.successors.add(Municipality.objects.get(number="9901"))
    Centre.objects.update(municipality=old, agreed_police_district=None)
    case = story()
    case.child.refresh_from_db()
    case.missing().answered()
    (planned,) = case.planned("b-4")
    assert planned.nobody is not None
    assert "Bruk 9901" in planned.nobody.what_to_do
    assert case.send() == []


def test_an_office_without_any_address_gets_a_letter_on_paper_all_the_same(story: Tell) -> None:
    Office.objects.filter(kind="child_welfare").delete()
    case = story().told()
    letter = case.letter("b-4")
    assert letter.recipient_name == "Barnevernstjenesten i Granvik kommune"
    assert letter.channel == "post"


@pytest.mark.parametrize(
    ("born", "covered"),
    [
        (date(2008, 3, 2), False),
        (date(2008, 3, 3), True),
        (date(2011, 3, 2), True),
        (date(2011, 3, 3), False),
        (None, True),
    ],
    ids=["18 today", "18 tomorrow", "15 today", "15 tomorrow", "unknown"],
)
def test_the_birthday_decides_and_nobody_is_dropped(story: Tell, born: date | None, covered: bool) -> None:
    case = story(born=born).missing()
    assert bool(case.owed("a-1")) == covered
    assert bool(case.at_hand().derivation.refused) != covered
    assert case.at_hand().derivation.state is CaseState.MISSING


def test_whoever_turns_18_while_missing_is_still_covered(story: Tell) -> None:
    case = story(born=date(2008, 3, 4)).told().later(3 * DAY)
    case.to_the_police()
    returning.note_return(case.id, how=ReturnedHow.REPORTED_ANEW, by=case.guard, now=case.now)
    assert case.owed("2.2-7", recipient=Recipient.POLICE_DISTRICT)


def test_a_child_who_is_not_in_duf_is_reported_as_any_other(story: Tell) -> None:
    case = story(registered_in_duf=False, duf_number="").told()
    assert "not_in_duf" in [one.name for one in case.at_hand().derivation.gaps]
    assert says(letter_bytes(case.letter("a-1")), "DUF")
