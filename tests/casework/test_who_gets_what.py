"""Each receiver gets what its purpose needs and no more: canaries in every field, looked for on every page sent."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from casework.invented import DAY, HOUR, NOW, Story, appointment
from casework.paper import says, words
from savnet.access.models import Person
from savnet.casework import returning
from savnet.casework.facts import ItemAnswer
from savnet.casework.kept import letter_bytes
from savnet.casework.knowledge import receive_information
from savnet.casework.routes import candidates, route
from savnet.delivery.models import Message
from savnet.register.models import Centre, NetworkPerson, Resident, SocialAccount, Telephone
from savnet.register.routing import resolve
from savnet.rules.words import CONCERN_ITEM, Answer, Channel, InformationKind, Operator, Recipient, ReturnedHow

pytestmark = pytest.mark.django_db
Tell = Callable[..., Story]

CANARIES = {
    "another resident's name": "Kanariyusuf",
    "what that resident knows": "Kanariviten",
    "the child's network": "Kanarinettverk",
    "a concern beforehand": "Kanarirus",
    "a measure of BUP": "Kanaribup",
    "a telephone number": "+47 00 66 77 00",
    "a handle": "kanari.handle",
    "a description": "Kanarijakke",
    "what we worry about": "Kanariuro",
    "who told": "Kanariangiver",
    "what was told": "Kanaristasjon",
}
POLICE_ONLY = {
    "another resident's name",
    "what that resident knows",
    "the child's network",
    "who told",
}
"""What nobody but the police may read."""
ALLOWED = {
    Recipient.POLICE_DISTRICT: set(CANARIES) - {"what we worry about"},
    Recipient.CHILD_WELFARE: {"a measure of BUP", "what we worry about", "what was told"},
    Recipient.REGION: set(CANARIES) - POLICE_ONLY,
    Recipient.REPRESENTATIVE: set(),
    Recipient.LAWYER: set(),
    Recipient.KOR: set(),
    Recipient.BFE: set(),
    Recipient.SESAM: set(),
}


@pytest.fixture
def full(story: Tell) -> Story:
    """A child of whom everything is registered and told, each with its canary; told, seen and back."""
    case = story(description="Kanarijakke")
    Telephone.objects.create(resident=case.child, number="+47 00 66 77 00")
    SocialAccount.objects.create(resident=case.child, service="Snapchat", handle="kanari.handle")
    NetworkPerson.objects.create(resident=case.child, kind="friend", name="Kanarinettverk")
    appointment(case.child, "asylum_interview", NOW + 2 * DAY)
    appointment(case.child, "arrival_interview", NOW + 2 * DAY)
    case.missing().answered(
        a_6=ItemAnswer(Answer.YES, "Kanarinettverk i Storfjell"),
        a_7=ItemAnswer(
            Answer.YES,
            "Spør Kanariyusuf",
            {"residents": [{"name": "Kanariyusuf Fiktiv", "knows": "Kanariviten", "with_whom": ""}]},
        ),
        a_9=ItemAnswer(Answer.YES, "Kanarirus sammen med Kanariyusuf"),
        a_11=ItemAnswer(Answer.YES, "Kanaribup"),
        **{CONCERN_ITEM: ItemAnswer(Answer.YES, "Kanariuro", {"where_answer": "unknown", "where": "", "cities": []})},
    )
    case.send()
    hand_over_all(case)
    case.call(Recipient.REPRESENTATIVE)
    case.call(Recipient.LAWYER)
    receive_information(
        case.id,
        kind=InformationKind.SIGHTING,
        text="Kanaristasjon",
        source="Kanariangiver",
        by=case.guard,
        now=case.later(HOUR).now,
    )
    case.send()
    hand_over_all(case)
    returning.note_return(case.id, how=ReturnedHow.TO_CENTRE, by=case.guard, now=case.later(DAY).now)
    case.send()
    hand_over_all(case)
    return case


def hand_over_all(case: Story) -> None:
    while waiting := Message.objects.filter(case_id=case.id, attempts=None):
        for letter in waiting:
            case.hand_over(letter, Channel.IN_PERSON if letter.obligation == "a-1" else Channel.POST)


def test_no_canary_reaches_whoever_has_no_need_of_it(full: Story) -> None:
    seen = set()
    for message in Message.objects.filter(case_id=full.id):
        read = letter_bytes(message)
        receiver = Recipient(message.recipient)
        found = {what for what, canary in CANARIES.items() if says(read, canary)}
        assert found <= ALLOWED[receiver], f"{message.obligation} to {receiver}"
        seen.add(receiver)
    assert seen == set(ALLOWED) - {Recipient.SESAM}


def test_the_police_get_everything_that_a_search_needs(full: Story) -> None:
    report = letter_bytes(Message.objects.get(case_id=full.id, obligation="a-1"))
    news = Message.objects.filter(case_id=full.id, obligation="2.2-7", recipient="police_district")
    told = words(report) + "".join(words(letter_bytes(one)) for one in news)
    missing = [
        what
        for what, canary in CANARIES.items()
        if what in ALLOWED[Recipient.POLICE_DISTRICT] and canary.replace(" ", "") not in told.replace(" ", "")
    ]
    assert missing == []


def test_the_region_s_copy_has_the_nine_answers_but_no_other_resident(full: Story) -> None:
    copy = letter_bytes(Message.objects.get(case_id=full.id, obligation="d-5", copy_of="a-1"))
    assert says(copy, "Kanarirus")
    assert not says(copy, "Kanariyusuf")


def test_what_stands_beside_the_letter_says_nothing_of_the_case(full: Story) -> None:
    for message in Message.objects.filter(case_id=full.id):
        beside = [message.recipient_name, message.address, message.purpose, str(message.legal_basis), str(message)]
        assert not any(canary in text for text in beside for canary in (*CANARIES.values(), "Selam", "Oppdiktet"))


# The legal basis, stored with each notice


@pytest.mark.parametrize(
    ("operator", "police", "udi"),
    [(Operator.MUNICIPAL, "a-12", "d-6"), (Operator.PRIVATE, "a-13", "d-7")],
)
def test_each_notice_keeps_the_basis_that_its_centre_has(
    story: Tell, operator: Operator, police: str, udi: str
) -> None:
    Centre.objects.update(operator=operator.value)
    case = story()
    case.child.refresh_from_db()
    appointment(case.child, "asylum_interview", NOW + 2 * DAY)
    case.told()
    case.to_the_police()
    basis = {one.obligation: (one.legal_basis or {})["provision"] for one in Message.objects.filter(case_id=case.id)}
    assert basis == {"a-1": police, "b-4": "b-4", "d-2": udi, "d-5": udi}
    report = Message.objects.get(case_id=case.id, obligation="a-1")
    assert report.legal_basis is not None
    assert ("§ 13 b" in report.legal_basis["rule"]) == (operator is Operator.MUNICIPAL)


# Whoever reads nynorsk


def test_the_service_that_reads_nynorsk_gets_nynorsk(
    child: Callable[..., Resident], solvaer: Centre, other_guard: Person
) -> None:
    case = Story(child(centre=solvaer), other_guard, NOW).told()
    report = letter_bytes(case.letter("b-4"))
    assert says(report, "Uromelding") or says(report, "Bekymringsmelding")
    assert says(report, "ikkje")
    assert not says(report, " ikke ")
    to_the_police = letter_bytes(case.letter("a-1"))
    assert not says(to_the_police, "ikkje")


def test_where_mail_is_agreed_with_the_police_the_report_goes_by_it_and_counts(
    child: Callable[..., Resident], solvaer: Centre, other_guard: Person, nowhere: None
) -> None:
    case = Story(child(centre=solvaer), other_guard, NOW).missing().answered()
    (planned,) = case.planned("a-1")
    assert planned.way.channel is Channel.ENCRYPTED_EMAIL
    assert planned.way.counts_as is Channel.AGREED_CHANNEL


def test_what_is_agreed_with_one_district_is_not_agreed_with_another(
    child: Callable[..., Resident], solvaer: Centre, other_guard: Person, nowhere: None
) -> None:
    """A report that its district says belongs elsewhere goes there in person: the channel was never agreed there."""
    case = Story(child(centre=solvaer), other_guard, NOW).told()
    now = case.at_hand()
    report = replace(case.the("a-1"), municipality="9903")
    there = resolve(Recipient.POLICE_DISTRICT, resident=now.resident, municipality="9903", on=NOW.date())
    assert route(report, there, solvaer, NOW).counts_as is Channel.IN_PERSON
    assert candidates(report, there, solvaer, NOW) == ()


def test_a_name_in_arabic_only_stands_in_every_letter(story: Tell) -> None:
    case = story(given_name="", family_name="", original_name="سليم المثالي")
    case.told()
    for message in Message.objects.filter(case_id=case.id):
        shown = words(letter_bytes(message))
        # Glyphs are joined and run from right to left: each letter must be there, whatever the order.
        assert set("سليم المثالي") <= set(shown)
