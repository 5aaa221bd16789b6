"""What UDI's offices record and send, below the screens: signed by whoever owes it, counted once, confirmed by name."""

from datetime import timedelta

import pytest

from casework.invented import MINUTE, Story, furnish_units, waiting_jobs
from casework.paper import says
from savnet.access.models import Person
from savnet.access.rights import Role
from savnet.casework import by_hand, knowledge, returning, sending, udi
from savnet.casework.answering import answering_for
from savnet.casework.errors import NothingOwed, NotReady, WrongTime
from savnet.casework.kept import letter_bytes
from savnet.casework.system_fields import system_task
from savnet.delivery.channels.paper import HandOver
from savnet.delivery.models import Message
from savnet.register.models import Centre
from savnet.rules.events import AgeExamined, LetterComposed, MeasureEnded
from savnet.rules.words import Actor, Channel, InformationKind, MeasureKind, ReturnedHow
from savnet.rules.words import Recipient as Kind


@pytest.fixture
def rune(granvik: Centre) -> Person:
    furnish_units()
    return Person.objects.create_user(
        "rune",
        name="Rune Region",
        title="Rådgiver",
        role=Role.REGIONAL_OFFICER,
        region="fjord",
        phone="+47 00 55 00 11",
    )


@pytest.fixture
def copied(story, rune: Person) -> Story:
    """Reported, and both copies handed over on paper."""
    told: Story = story().told()
    told.to_the_police()
    told.hand_over(told.letter("b-4"))
    for copy in Message.objects.filter(case_id=told.id, obligation="d-5"):
        told.hand_over(copy)
    return told


def seen(story: Story, kind: InformationKind, **more) -> None:
    knowledge.receive_information(
        story.id, kind=kind, text="Solgløtt", source="Kåre", by=story.guard, now=story.now, **more
    )


def test_a_letter_of_the_region_is_from_the_region(copied: Story, rune: Person):
    (letter,) = sending.send(
        copied.id, by=rune, now=copied.now, only={copied.the("3-4").key}, actor=Actor.REGION, said="Se DUF."
    )
    pdf = letter_bytes(letter)
    for there in ("UDI Regionkontor Fjord", "Rune Region", "Vedtaksenheten", "Se DUF."):
        assert says(pdf, there)
    assert not says(pdf, "Nora Natt")


def test_what_was_written_for_a_letter_stands_in_the_ledger(copied: Story, rune: Person):
    sending.send(copied.id, by=rune, now=copied.now, only={copied.the("3-4").key}, actor=Actor.REGION, said="Se DUF.")
    assert [one.note for one in copied.recorded(LetterComposed, obligation="3-4")] == ["Se DUF."]


def test_the_centres_sending_never_sends_what_the_region_owes(copied: Story):
    assert not [one for one in copied.send() if one.obligation.startswith("3-")]


def test_a_letter_of_the_regions_makes_none_of_the_centres_copies_follow(story, rune: Person):
    told: Story = story().told()
    told.to_the_police()
    (copy,) = Message.objects.filter(case_id=told.id, obligation="d-5")
    told.hand_over(copy)
    by_hand.mark_done(
        told.id, told.the("b-4").key, by=told.guard, now=told.now, channel=Channel.POST
    )  # on paper, without a letter of ours: its copy stays owed
    (letter,) = sending.send(told.id, by=rune, now=told.now, only={told.the("3-4").key}, actor=Actor.REGION)
    by_hand.hand_over(letter.id, handed(told), by=rune, now=told.now)
    signed = Message.objects.filter(case_id=told.id, composed_by=str(rune.pk))
    assert {one.obligation for one in signed} == {"3-4"}


def handed(story: Story) -> HandOver:
    return HandOver(channel=Channel.POST, at=story.now)


def test_when_the_regions_officer_has_left_a_colleague_there_answers(copied: Story, rune: Person):
    (letter,) = sending.send(copied.id, by=rune, now=copied.now, only={copied.the("3-4").key}, actor=Actor.REGION)
    colleague = Person.objects.create_user("rita", name="Rita Region", role=Role.REGIONAL_OFFICER, region="fjord")
    Person.objects.create_user("frida", name="Frida Fjell", role=Role.REGIONAL_OFFICER, region="fjell")
    Person.objects.filter(pk=rune.pk).update(is_active=False)
    assert answering_for(letter) == colleague


def test_news_without_words_is_not_sent(copied: Story, rune: Person):
    seen(copied, InformationKind.ABROAD, relevant_to_asylum_case=True)
    with pytest.raises(NotReady):
        sending.send(copied.id, by=rune, now=copied.now, only={copied.the("3-6").key}, actor=Actor.REGION)


@pytest.mark.parametrize("kind", [InformationKind.CHILD_WELFARE_INSTITUTION, InformationKind.FOSTER_HOME])
def test_where_child_welfare_has_the_child_is_entered_nowhere(copied: Story, kind: InformationKind):
    seen(copied, kind, municipality="9903")
    for id_ in ("3-5", "3-10"):
        task = system_task(copied.at_hand(), copied.the(id_))
        assert "Solgløtt" not in " ".join(one.value for one in task.fields), id_
    address = next(one.value for one in task.fields if one.label == "Adresse")
    assert address.startswith("Barnevernstjenesten i Storfjell")


def test_who_told_stands_in_no_register(copied: Story):
    seen(copied, InformationKind.SIGHTING)
    task = system_task(copied.at_hand(), copied.the("3-5"))
    assert "Kåre" not in " ".join(one.value for one in task.fields)


def test_a_measure_cannot_have_ended_before_the_child_was_missing(copied: Story, rune: Person):
    early = copied.now - timedelta(days=3)
    with pytest.raises(WrongTime):
        udi.measure_ended(copied.id, MeasureKind.PRISON, by=rune, now=copied.now, at=early)


def test_the_same_told_twice_is_told_once(copied: Story, rune: Person):
    for _ in range(2):
        udi.measure_ended(copied.id, MeasureKind.PRISON, by=rune, now=copied.now, at=copied.now)
    assert len(copied.recorded(MeasureEnded)) == 1


def test_an_age_examination_may_be_older_than_the_disappearance(copied: Story, rune: Person):
    early = copied.now - timedelta(days=30)
    udi.age_examined(copied.id, over_18=True, by=rune, now=copied.now, at=early)
    returning.note_return(copied.id, how=ReturnedHow.TO_CENTRE, by=copied.guard, now=copied.now)
    assert copied.recorded(AgeExamined)
    assert copied.owed("4-9")


def test_what_went_on_paper_without_a_letter_is_confirmed_all_the_same(story, rune: Person):
    told: Story = story().told()
    told.to_the_police()
    (copy,) = Message.objects.filter(case_id=told.id, obligation="d-5")
    told.hand_over(copy)
    by_hand.mark_done(told.id, told.the("b-4").key, by=told.guard, now=told.now, channel=Channel.POST)
    key = told.the("d-5", copy_of="b-4").key
    with pytest.raises(NothingOwed):
        udi.confirm(told.id, key, reference="1", by=rune, now=told.now, at=told.now)
    by_hand.mark_done(told.id, key, by=told.guard, now=told.now, channel=Channel.POST)
    told.later(MINUTE)
    udi.confirm(told.id, key, reference="1", by=rune, now=told.now, at=told.now)
    known = told.the("d-5", copy_of="b-4")
    assert (known.received_by, known.reference) == ("Rune Region", "1")


def test_confirming_before_it_was_sent_is_refused(copied: Story, rune: Person):
    key = copied.the("d-5", copy_of="a-1").key
    with pytest.raises(Exception, match="før"):
        udi.confirm(copied.id, key, reference="", by=rune, now=copied.now, at=copied.now - timedelta(days=2))
    assert copied.the("d-5", copy_of="a-1").received_at is None


def test_the_asylum_cases_information_never_goes_along_with_the_rest(story, rune: Person):
    told: Story = story().told()
    returning.note_return(told.id, how=ReturnedHow.TO_CENTRE, by=told.guard, now=told.now)
    told.later(MINUTE)
    talk = returning.Talk(why_left="Truet", asylum_relevant=True)
    returning.hold_talk(told.id, talk, by=told.guard, now=told.now)
    returning.record_consent(told.id, who="resident", given=True, by=told.guard, now=told.now)
    assert "4-19" not in {one.obligation for one in told.send()}
    (sent,) = told.send(only={told.the("4-19", recipient=Kind.REGION).key}, said="Truet av en slektning.")
    assert says(letter_bytes(sent), "Truet av en slektning.")


def test_a_letter_to_the_decision_unit_waits_for_the_worker_where_mail_is_set_up(
    copied: Story, rune: Person, nowhere: None
):
    (letter,) = sending.send(copied.id, by=rune, now=copied.now, only={copied.the("3-4").key}, actor=Actor.REGION)
    assert (letter.channel == "encrypted_email") == (letter.id in waiting_jobs())
