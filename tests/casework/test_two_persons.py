"""What nobody does alone: another person confirms or declines, once, in time, and never oneself."""

from collections.abc import Callable
from datetime import timedelta
from email import message_from_bytes
from email.policy import default
from typing import Any

import pytest
from pytest_django import Settings

from casework.invented import DAY, HOUR, MINUTE, Story
from casework.staff_mail import point_to, staff_mail
from savnet.access.check import NotAllowed
from savnet.access.models import Person
from savnet.access.proposals import Proposal, ProposalAnswer, ProposalKind
from savnet.access.rights import Role
from savnet.casework import closing, following_up, silence, staff_keeping, two_persons
from savnet.casework.errors import CaseworkError, NotNow, WrongTime
from savnet.casework.returning import note_return
from savnet.casework.two_persons import NoLongerOpen, SamePerson
from savnet.followup.models import StaffNotice
from savnet.followup.texts import Kind as Telling
from savnet.policy.house import PROPOSAL_LASTS
from savnet.policy.turns import AGAIN
from savnet.register.models import Centre, Recipient
from savnet.rules.events import CaseClosed, Corrected, DisappearanceBelieved, ProposalAnswered, Returned
from savnet.rules.words import CaseState, ReturnedHow

pytestmark = pytest.mark.django_db
Tell = Callable[..., Story]


@pytest.fixture
def second(granvik: Centre) -> Person:
    return Person.objects.create_user("ola", name="Ola Annen", role=Role.SHIFT_STAFF, centre=granvik)


def found(case: Story, **more: Any) -> Proposal:
    said = {
        "how": ReturnedHow.FOUND_BY_OTHER.value,
        "at": case.now.isoformat(),
        "municipality": "",
        "note": "",
        "source": "Operasjonssentralen",
        **more,
    }
    return two_persons.propose(ProposalKind.FOUND, said, by=case.guard, now=case.now, case_id=case.id)


def later(case: Story, by: timedelta) -> Proposal:
    (believed,) = case.recorded(DisappearanceBelieved)
    said = {"number": believed.number, "fields": {"at": (believed.at + by).isoformat()}, "why": "Klokka var elleve."}
    return two_persons.propose(ProposalKind.LATER, said, by=case.guard, now=case.now, case_id=case.id)


def test_a_child_is_found_elsewhere_only_when_another_confirms_it(story: Tell, second: Person) -> None:
    case = story().missing().later(HOUR)
    proposal = found(case)
    assert case.at_hand().derivation.state is CaseState.MISSING
    two_persons.confirm(proposal.id, by=second, now=case.later(MINUTE).now)
    assert case.at_hand().derivation.state is not CaseState.MISSING
    assert len(case.recorded(Returned)) == 1
    (answered,) = case.recorded(ProposalAnswered)
    assert (answered.confirmed, answered.proposed_by, answered.by) == (True, "Nora Natt", "Ola Annen")


def test_nobody_confirms_what_they_proposed_themselves(story: Tell) -> None:
    case = story().missing().later(HOUR)
    proposal = found(case)
    with pytest.raises(SamePerson):
        two_persons.confirm(proposal.id, by=case.guard, now=case.now)
    with pytest.raises(SamePerson):
        two_persons.decline(proposal.id, note="Nei", by=case.guard, now=case.now)
    assert case.recorded(Returned) == []


def test_who_confirms_second_does_nothing_anew(story: Tell, second: Person, leader: Person) -> None:
    case = story().missing().later(HOUR)
    proposal = found(case)
    two_persons.confirm(proposal.id, by=second, now=case.now)
    with pytest.raises(NoLongerOpen, match="allerede"):
        two_persons.confirm(proposal.id, by=leader, now=case.now)
    with pytest.raises(NoLongerOpen, match="allerede"):
        two_persons.decline(proposal.id, note="Nei", by=leader, now=case.now)
    assert len(case.recorded(Returned)) == 1


def test_a_proposal_lapses(story: Tell, second: Person) -> None:
    case = story().missing().later(HOUR)
    proposal = found(case)
    case.later(PROPOSAL_LASTS)
    with pytest.raises(NoLongerOpen, match="utløpt"):
        two_persons.confirm(proposal.id, by=second, now=case.now)
    assert two_persons.waiting(second, case.now) == []


def test_up_to_the_last_moment_it_can_be_confirmed(story: Tell, second: Person) -> None:
    case = story().missing().later(HOUR)
    proposal = found(case)
    case.later(PROPOSAL_LASTS - MINUTE)
    assert two_persons.confirm(proposal.id, by=second, now=case.now).answer == ProposalAnswer.CONFIRMED


def test_declined_is_said_in_the_ledger_with_its_reason_and_nothing_is_done(story: Tell, leader: Person) -> None:
    case = story().missing().later(HOUR)
    proposal = found(case)
    with pytest.raises(CaseworkError, match="hvorfor"):
        two_persons.decline(proposal.id, note=" ", by=leader, now=case.now)
    two_persons.decline(proposal.id, note="Politiet har ikke funnet noen.", by=leader, now=case.now)
    assert case.at_hand().derivation.state is CaseState.MISSING
    (answered,) = case.recorded(ProposalAnswered)
    assert (answered.confirmed, answered.why) == (False, "Politiet har ikke funnet noen.")


def test_another_centres_people_confirm_nothing(story: Tell, other_guard: Person) -> None:
    case = story().missing().later(HOUR)
    proposal = found(case)
    with pytest.raises(NotAllowed):
        two_persons.confirm(proposal.id, by=other_guard, now=case.now)
    assert two_persons.waiting(other_guard, case.now) == []


def test_what_somebody_proposed_whose_access_is_withdrawn_is_not_done(story: Tell, second: Person) -> None:
    case = story().missing().later(HOUR)
    proposal = found(case)
    Person.objects.filter(pk=case.guard.pk).update(is_active=False)
    with pytest.raises(NoLongerOpen, match="tilgang"):
        two_persons.confirm(proposal.id, by=second, now=case.now)
    assert case.recorded(Returned) == []


def test_the_same_proposed_twice_is_one(story: Tell) -> None:
    case = story().missing().later(HOUR)
    at = case.now.isoformat()
    assert found(case, at=at).id == found(case.later(MINUTE), at=at).id


def test_what_it_says_of_the_child_is_sealed(story: Tell) -> None:
    case = story().missing().later(HOUR)
    proposal = found(case, note="Hos tanten i Storfjell")
    kept = bytes(Proposal.objects.get(id=proposal.id).sealed)
    assert b"Storfjell" not in kept
    assert two_persons.content_of(proposal)["note"] == "Hos tanten i Storfjell"


def test_a_child_cannot_be_found_before_it_was_missed(story: Tell) -> None:
    case = story().missing()
    with pytest.raises(WrongTime):
        found(case, at=(case.now - HOUR).isoformat())


def test_somebody_must_have_said_that_the_child_is_found(story: Tell) -> None:
    case = story().missing().later(HOUR)
    with pytest.raises(CaseworkError, match="hvem"):
        found(case, source=" ")


def test_one_may_take_back_ones_own_proposal_and_nobody_elses(story: Tell, second: Person) -> None:
    case = story().missing().later(HOUR)
    proposal = found(case)
    with pytest.raises(NotAllowed):
        two_persons.withdraw(proposal.id, by=second, now=case.now)
    two_persons.withdraw(proposal.id, by=case.guard, now=case.now)
    with pytest.raises(NoLongerOpen):
        two_persons.confirm(proposal.id, by=second, now=case.now)


def test_a_leader_hears_that_a_proposal_waits_though_mail_was_down_when_it_was_made(
    story: Tell, leader: Person, settings: Settings
) -> None:
    case = story().missing().later(HOUR)
    Person.objects.filter(pk=leader.pk).update(email=(address := "leif@staff.example"))
    point_to(settings, 1)
    found(case)
    silence.sound(now=case.now)
    with staff_mail(settings) as box:
        silence.sound(now=case.now + AGAIN)
        silence.sound(now=case.now + 2 * AGAIN)
    mailed = [message_from_bytes(one, policy=default) for one in box.mails]
    told = [one["To"] for one in mailed if one["Subject"] == "Savnet: Et forslag venter på at du svarer"]
    assert told == [address]
    assert StaffNotice.objects.get(kind=Telling.PROPOSAL).told


def test_that_a_proposal_waits_holds_no_reminder_back(story: Tell, leader: Person) -> None:
    case = story().missing().later(HOUR)
    found(case)
    following_up.watch_over(now=case.now)
    silence.sound(now=case.now)
    kinds = StaffNotice.objects.filter(person=leader, at=case.now).values_list("kind", flat=True)
    assert {Telling.PROPOSAL, Telling.WAITING} <= set(kinds)


# A clock moved later (I6)


def test_two_move_the_start_of_the_limit_later(story: Tell, second: Person) -> None:
    case = story().missing().later(3 * HOUR)
    limit = case.the("a-1").latest
    proposal = later(case, 2 * HOUR)
    assert case.the("a-1").latest == limit
    two_persons.confirm(proposal.id, by=second, now=case.now)
    assert limit is not None
    assert case.the("a-1").latest == limit + 2 * HOUR
    assert len(case.recorded(Corrected)) == 1


def test_the_start_is_not_moved_past_the_return_so_that_a_child_who_is_back_is_missing_again(
    story: Tell, second: Person
) -> None:
    case = story().missing().later(HOUR)
    note_return(case.id, how=ReturnedHow.TO_CENTRE, by=case.guard, now=case.now)
    case.later(3 * HOUR)
    within, past = later(case, 30 * MINUTE), later(case, 2 * HOUR)
    with pytest.raises(WrongTime):
        two_persons.confirm(past.id, by=second, now=case.now)
    assert case.at_hand().derivation.state is CaseState.FOUND
    two_persons.confirm(within.id, by=second, now=case.now)
    assert case.at_hand().derivation.state is CaseState.FOUND


def test_a_moved_clock_needs_a_reason(story: Tell) -> None:
    case = story().missing()
    (believed,) = case.recorded(DisappearanceBelieved)
    said = {"number": believed.number, "fields": {"withdrawn": True}, "why": " "}
    with pytest.raises(CaseworkError, match="hvorfor"):
        two_persons.propose(ProposalKind.LATER, said, by=case.guard, now=case.now, case_id=case.id)


# Closing


def close(case: Story, source: str = "Leif Leder har snakket med barnet") -> Proposal:
    said = {"source": source}
    return two_persons.propose(ProposalKind.CLOSING, said, by=case.guard, now=case.now, case_id=case.id)


def test_a_case_is_not_closed_while_the_child_is_missing(story: Tell) -> None:
    with pytest.raises(NotNow, match="kommet til rette"):
        close(story().missing())


def test_a_case_is_not_closed_before_everyone_is_told(story: Tell, second: Person) -> None:
    case = story().told().later(HOUR)
    two_persons.confirm(found(case).id, by=second, now=case.now)
    with pytest.raises(NotNow, match="gjenstår"):
        close(case)


def test_closing_takes_a_source_and_a_leader(
    story: Tell, second: Person, leader: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = story().missing().later(HOUR)
    two_persons.confirm(found(case).id, by=second, now=case.now)
    monkeypatch.setattr(closing, "_owed", lambda at_hand: [])
    with pytest.raises(CaseworkError, match="hvem"):
        close(case, source="")
    proposal = close(case)
    with pytest.raises(NotAllowed):
        two_persons.confirm(proposal.id, by=second, now=case.now)
    two_persons.confirm(proposal.id, by=leader, now=case.now)
    (over,) = case.recorded(CaseClosed)
    assert (over.outcome, over.proposed_by) == (ReturnedHow.FOUND_BY_OTHER, "Nora Natt")
    with pytest.raises(NotNow, match="allerede"):
        close(case)


# Roles


def grant(centre: Centre, **more: Any) -> dict[str, Any]:
    said = {
        "person_id": None,
        "username": "ny.natt",
        "name": "Ny Natt",
        "title": "",
        "phone": "",
        "email": "",
        "role": Role.SHIFT_STAFF.value,
        "centre_id": str(centre.id),
        "region": "",
        "office": "",
    }
    return {**said, **more}


def test_a_role_is_given_by_two_and_the_new_one_has_no_password(granvik: Centre, leader: Person) -> None:
    other = Person.objects.create_user("lise", name="Lise Leder", role=Role.CENTRE_LEADER, centre=granvik)
    now = Story(None, leader).now  # type: ignore[arg-type]
    proposal = two_persons.propose(ProposalKind.ROLE, grant(granvik), by=leader, now=now)
    assert not Person.objects.filter(username="ny.natt").exists()
    two_persons.confirm(proposal.id, by=other, now=now)
    assert not Person.objects.get(username="ny.natt").has_usable_password()


def test_shift_staff_give_nobody_a_role(granvik: Centre, guard: Person, second: Person) -> None:
    now = Story(None, guard).now  # type: ignore[arg-type]
    with pytest.raises(NotAllowed):
        two_persons.propose(ProposalKind.ROLE, grant(granvik), by=guard, now=now)


def test_a_leader_gives_no_role_at_another_centre(solvaer: Centre, leader: Person) -> None:
    now = Story(None, leader).now  # type: ignore[arg-type]
    with pytest.raises(NotAllowed):
        two_persons.propose(ProposalKind.ROLE, grant(solvaer), by=leader, now=now)


def test_a_leader_gives_no_role_outside_the_centres(granvik: Centre, leader: Person) -> None:
    now = Story(None, leader).now  # type: ignore[arg-type]
    with pytest.raises(NotAllowed):
        two_persons.propose(
            ProposalKind.ROLE, grant(granvik, role="national_overseer"), by=leader, now=now
        )  # fmt: skip


def test_a_leader_does_not_take_over_another_centres_person(
    granvik: Centre, leader: Person, other_guard: Person
) -> None:
    now = Story(None, leader).now  # type: ignore[arg-type]
    taken = grant(granvik, person_id=str(other_guard.pk), username=other_guard.username)
    with pytest.raises(NotAllowed):
        two_persons.propose(ProposalKind.ROLE, taken, by=leader, now=now)


def test_the_system_operator_proposes_and_never_confirms(granvik: Centre) -> None:
    first, other = (
        Person.objects.create_user(name, name=name, role=Role.SYSTEM_OPERATOR) for name in ("drift1", "drift2")
    )
    now = Story(None, first).now  # type: ignore[arg-type]
    proposal = two_persons.propose(ProposalKind.ROLE, grant(granvik), by=first, now=now)
    with pytest.raises(NotAllowed):
        two_persons.confirm(proposal.id, by=other, now=now)


def test_access_is_withdrawn_by_one_but_never_ones_own(guard: Person, leader: Person, other_guard: Person) -> None:
    staff_keeping.withdraw_access(guard, by=leader)
    assert not Person.objects.get(pk=guard.pk).is_active
    with pytest.raises(CaseworkError, match="deg selv"):
        staff_keeping.withdraw_access(leader, by=leader)
    with pytest.raises(NotAllowed):
        staff_keeping.withdraw_access(other_guard, by=leader)


# Recipients


def keeper(name: str) -> Person:
    return Person.objects.create_user(name, name=name, role=Role.REGISTER_KEEPER)


def new_address(police: Recipient, now: Any, address: str) -> dict[str, Any]:
    from savnet.casework.recipient_keeping import as_it_is  # only these tests need it

    before = as_it_is(police, now=now)
    after = {**before, "ways": [["encrypted_email", address]]}
    return {"recipient_id": str(police.id), "before": before, "after": after, "why": "Politiet har fått ny postkasse."}


def test_where_notices_go_is_changed_by_two_and_the_old_way_is_not_forgotten(story: Tell) -> None:
    now, police = story().now, Recipient.objects.get(kind="police_district")
    wanted = new_address(police, now, "vakt@politi.example")
    proposal = two_persons.propose(ProposalKind.RECIPIENT, wanted, by=keeper("kari"), now=now)
    assert police.channels.get().address == "ops@politi.example"
    two_persons.confirm(proposal.id, by=keeper("knut"), now=now + DAY)
    assert {(one.address, one.valid_to is None) for one in police.channels.all()} == {
        ("ops@politi.example", False),
        ("vakt@politi.example", True),
    }


def test_a_change_of_what_has_changed_meanwhile_is_not_made(story: Tell) -> None:
    now, police = story().now, Recipient.objects.get(kind="police_district")
    proposal = two_persons.propose(
        ProposalKind.RECIPIENT, new_address(police, now, "vakt@politi.example"), by=keeper("kari"), now=now
    )
    Recipient.objects.filter(id=police.id).update(phone="+47 00 00 00 99")
    with pytest.raises(CaseworkError, match="endret siden"):
        two_persons.confirm(proposal.id, by=keeper("knut"), now=now)


def test_a_change_that_nobody_gives_a_source_for_is_refused_when_it_is_proposed(story: Tell) -> None:
    now, police = story().now, Recipient.objects.get(kind="police_district")
    wanted = new_address(police, now, "vakt@politi.example")
    for said in ({**wanted, "why": " "}, {key: value for key, value in wanted.items() if key != "why"}):
        with pytest.raises(CaseworkError, match="hvor du har") as refused:
            two_persons.propose(ProposalKind.RECIPIENT, said, by=keeper(f"kari{len(said)}"), now=now)
        assert refused.value.field == "why"


def test_a_real_address_is_not_put_on_an_invented_office(story: Tell) -> None:
    now, police = story().now, Recipient.objects.get(kind="police_district")
    with pytest.raises(CaseworkError):
        two_persons.propose(
            ProposalKind.RECIPIENT, new_address(police, now, "vakt@politiet.no"), by=keeper("kari"), now=now
        )
