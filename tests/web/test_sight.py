"""What each sees of a case: whereabouts folded, suspicions closed to the shift once sent, nothing missing silently."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from savnet.access.models import Person
from savnet.access.rights import Role
from savnet.cases.models import Case
from savnet.casework import by_hand, facts, sending
from savnet.casework.case_at_hand import at_hand
from savnet.casework.facts import ItemAnswer
from savnet.casework.knowledge import raise_concern, receive_information
from savnet.delivery.channels.paper import HandOver
from savnet.delivery.models import Message
from savnet.register.models import Centre, NetworkPerson, Resident
from savnet.register.models.transfer import Transfer, TransferState
from savnet.rules.words import CONCERN_ITEM, ITEMS, Answer, Channel, ConcernKind, ConcernLevel, InformationKind
from savnet.web import fresh
from web.telling import missing, page

pytestmark = pytest.mark.django_db

SENT = "Skjult. Det er sendt videre."
ASKED = "Skjult til du har bekreftet at det er deg."
NOT_YOURS = "Skjult. Du trenger det ikke i rollen din."
FEAR, PLACE, NETWORK, HEALTH = "KANARI-FRYKT", "KANARI-STED", "KANARI-VENN", "KANARI-BUP"


def client_of(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def stale(client: Client) -> Client:
    """As if it were an hour since she said who she is."""
    session = client.session
    session[fresh.IN_SESSION] = (timezone.now() - timedelta(hours=1)).isoformat()
    session.save()
    return client


@pytest.fixture
def as_leader(granvik: Centre) -> Client:
    return client_of(Person.objects.create_user("leif", name="Leif", role=Role.CENTRE_LEADER, centre=granvik))


@pytest.fixture
def case(luwam: Resident, guard: Person) -> Case:
    """Missing, with a canary of each class, and nothing sent."""
    made = missing(luwam, guard)
    now = timezone.now() - timedelta(minutes=20)
    NetworkPerson.objects.create(resident=luwam, kind="friend", name=NETWORK)
    said = {item: ItemAnswer(Answer.UNKNOWN) for item in ITEMS} | {
        "a-4": ItemAnswer(Answer.YES, FEAR),
        "a-6": ItemAnswer(Answer.YES, NETWORK),
        "a-11": ItemAnswer(Answer.YES, HEALTH),
        CONCERN_ITEM: ItemAnswer(Answer.YES, FEAR, {"where_answer": "unknown", "where": "", "cities": []}),
    }
    facts.record_answers(made.id, said, by=guard, now=now)
    receive_information(made.id, kind=InformationKind.SIGHTING, text=PLACE, source=FEAR, by=guard, now=now)
    return made


@pytest.fixture
def sent(case: Case, guard: Person) -> Case:
    """The police and child welfare have their reports."""
    now = timezone.now()
    sending.send(case.id, by=guard, now=now)
    for message in Message.objects.filter(case_id=case.id, obligation__in=["a-1", "b-4"]):
        way = Channel.IN_PERSON if message.obligation == "a-1" else Channel.POST
        by_hand.hand_over(message.id, HandOver(channel=way, at=now, received_by=""), by=guard, now=now)
    return case


def test_before_it_is_sent_the_shift_reads_what_it_suspects(as_guard: Client, case: Case) -> None:
    shown = as_guard.get(page(case)).text
    assert FEAR in shown
    assert SENT not in shown
    assert FEAR in as_guard.get(page(case, "meld/")).text


def test_once_it_is_sent_the_shift_may_add_and_not_reread(as_guard: Client, sent: Case, guard: Person) -> None:
    shown = as_guard.get(page(sent)).text
    assert FEAR not in shown
    assert SENT in shown
    assert FEAR not in as_guard.get(page(sent, "meld/")).text
    now = timezone.now()
    raise_concern(
        sent.id,
        kind=ConcernKind.TRAFFICKING,
        level=ConcernLevel.REASON_TO_BELIEVE,
        text=f"{FEAR} igjen",
        by=guard,
        now=now,
    )
    assert FEAR not in as_guard.get(page(sent)).text


def test_the_leader_reads_it_still(as_leader: Client, sent: Case) -> None:
    assert FEAR in as_leader.get(page(sent)).text


def test_a_new_address_opens_nothing_that_was_sent_before(as_guard: Client, sent: Case, guard: Person) -> None:
    """Else whoever wants to know who informed, need only say that the child is somewhere."""
    receive_information(
        sent.id,
        kind=InformationKind.KNOWN_ADDRESS,
        municipality="9903",
        text="",
        source="",
        by=guard,
        now=timezone.now(),
    )
    assert FEAR not in as_guard.get(page(sent)).text


def test_a_letter_that_has_gone_is_closed_to_the_shift_and_open_to_the_leader(
    as_guard: Client, as_leader: Client, sent: Case
) -> None:
    police = Message.objects.get(case_id=sent.id, obligation="a-1")
    closed = as_guard.get(page(sent, f"brev/{police.id}/"))
    assert closed["Content-Type"].startswith("text/html")
    assert SENT in closed.text
    assert as_leader.get(page(sent, f"brev/{police.id}/"))["Content-Type"] == "application/pdf"


def test_a_letter_that_must_still_be_carried_can_be_printed(as_guard: Client, case: Case, guard: Person) -> None:
    sending.send(case.id, by=guard, now=timezone.now())
    police = Message.objects.get(case_id=case.id, obligation="a-1")
    assert as_guard.get(page(case, f"brev/{police.id}/"))["Content-Type"] == "application/pdf"


def test_where_the_child_may_be_is_folded_until_she_says_who_she_is(as_guard: Client, case: Case) -> None:
    stale(as_guard)
    shown = as_guard.get(page(case)).text
    assert PLACE not in shown
    assert ASKED in shown
    assert as_guard.post("/bekreft/", {"next": page(case), "said_again": "1"}).status_code == 302
    assert PLACE in as_guard.get(page(case)).text


def test_a_letter_with_a_place_in_it_is_asked_about_before_it_opens(as_leader: Client, sent: Case) -> None:
    police = Message.objects.get(case_id=sent.id, obligation="a-1")
    asked = stale(as_leader).get(page(sent, f"brev/{police.id}/"))
    assert "Er det fortsatt deg?" in asked.text


def test_the_centre_that_awaits_a_child_learns_who_it_is_and_no_more(
    case: Case, luwam: Resident, granvik: Centre, guard: Person
) -> None:
    now = timezone.now()
    elsewhere = Centre.objects.get(name="Solvær transittmottak")
    Transfer.objects.create(
        resident=luwam,
        from_centre=granvik,
        to_centre=elsewhere,
        state=TransferState.UNDER_WAY,
        how="Buss",
        departs_at=now,
        expected_at=now + timedelta(hours=3),
        planned_at=now,
        planned_by=guard,
        left_at=now,
        left_by=guard,
    )
    awaiting = client_of(Person.objects.create_user("siv", name="Siv", role=Role.SHIFT_STAFF, centre=elsewhere))
    shown = awaiting.get(page(case)).text + awaiting.get(f"/beboere/{luwam.id}/").text
    assert "Luwam" in shown
    assert NOT_YOURS in shown
    assert [canary for canary in (FEAR, PLACE, NETWORK, HEALTH) if canary in shown] == []
    assert awaiting.get(page(case, "meld/")).status_code == 404
    for message in Message.objects.filter(case_id=case.id):
        assert NOT_YOURS in awaiting.get(page(case, f"brev/{message.id}/")).text


def test_what_is_hidden_does_not_show_when_it_is_struck_out(as_guard: Client, sent: Case) -> None:
    events = at_hand(sent.id, timezone.now()).events
    (fear,) = [one.number for one in events if getattr(one, "item", "") == "a-4"]
    shown = as_guard.get(page(sent, f"stryk/{fear}/")).text
    assert FEAR not in shown
    assert SENT in shown
