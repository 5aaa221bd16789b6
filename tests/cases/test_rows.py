"""Whatever is recorded, in whatever order: the rows are what the rules derive from the ledger, no more and no less."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cases.invented import CENTRE_FACTS, NOW, RESIDENT_FACTS, after, disappearance
from savnet.access.models import Person
from savnet.cases import ledger
from savnet.cases.models import Case, ObligationRow
from savnet.cases.rebuilding import rebuild
from savnet.rules.events import (
    AbsenceExplained,
    AbsenceNoticed,
    Attempted,
    ConcernRaised,
    ConsentGiven,
    Corrected,
    DisappearanceBelieved,
    Done,
    Event,
    FactRecorded,
    InformationReceived,
    InquiryMade,
    Received,
    Returned,
    TalkHeld,
)
from savnet.rules.reading import Unreadable
from savnet.rules.words import (
    Answer,
    Channel,
    ConcernKind,
    ConcernLevel,
    FeelsSafe,
    InformationKind,
    Outcome,
    Recipient,
)

pytestmark = pytest.mark.django_db

DUTIES = st.sampled_from(
    [
        ("a-1", Recipient.POLICE_DISTRICT),
        ("b-4", Recipient.CHILD_WELFARE),
        ("c-1", Recipient.LAWYER),
        ("c-1", Recipient.REPRESENTATIVE),
        ("d-2", Recipient.BFE),
        ("d-4", Recipient.SESAM),
        ("d-5", Recipient.REGION),
        ("2.2-7", Recipient.POLICE_DISTRICT),
        ("4-12", None),
    ]
)


@st.composite
def acts(draw: st.DrawFn) -> Event:
    """Something done, tried or received for one of the duties, in a way that may or may not discharge it."""
    obligation, recipient = draw(DUTIES)
    kind = draw(st.sampled_from([Done, Attempted, Received]))
    event: Event = kind(at=NOW, obligation=obligation, recipient=recipient)
    if isinstance(event, Done | Attempted):
        channel = draw(st.sampled_from([Channel.IN_PERSON, Channel.PHONE, Channel.POST, Channel.ENCRYPTED_EMAIL]))
        event = replace(event, channel=channel)
    return replace(event, outcome=Outcome.NOT_REACHED) if isinstance(event, Attempted) else event


HAPPENINGS = st.one_of(
    acts(),
    st.sampled_from(
        [
            AbsenceNoticed(at=NOW),
            InquiryMade(at=NOW, what="rang the school"),
            AbsenceExplained(at=NOW),
            DisappearanceBelieved(at=NOW),
            DisappearanceBelieved(at=NOW),
            FactRecorded(at=NOW, item="a-3", answer=Answer.UNKNOWN),
            InformationReceived(at=NOW, kind=InformationKind.SIGHTING),
            InformationReceived(at=NOW, kind=InformationKind.KNOWN_ADDRESS, municipality="4601"),
            InformationReceived(at=NOW, kind=InformationKind.PRISON, relevant_to_asylum_case=True),
            Returned(at=NOW),
            TalkHeld(
                at=NOW, why_left="x", where_stayed="x", what_done="x", feels_safe=FeelsSafe.NO, asylum_relevant=True
            ),
            ConcernRaised(at=NOW, kind=ConcernKind.TRAFFICKING, level=ConcernLevel.JUSTIFIED_SUSPICION),
            ConsentGiven(at=NOW, who="resident"),
        ]
    ),
)


@st.composite
def recordings(draw: st.DrawFn) -> list[tuple[int, Event]]:
    """Events with the hour each is recorded, in that order; each happened then or up to two days before."""
    found: list[tuple[int, Event]] = []
    hour = 0
    for happening in draw(st.lists(HAPPENINGS, min_size=1, max_size=12)):
        hour += draw(st.integers(min_value=0, max_value=30))
        earlier = timedelta(hours=draw(st.integers(min_value=0, max_value=48)))
        found.append((hour, replace(happening, at=after(hours=hour) - earlier)))
        if draw(st.integers(min_value=0, max_value=5)) == 0:
            wrong = draw(st.integers(min_value=2, max_value=len(found) + 1))
            found.append((hour, Corrected(at=after(hours=hour), event=wrong, fields={"withdrawn": True})))
    return found


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(recorded=recordings())
def test_rows_are_what_the_ledger_gives(
    open_case: Callable[[], Case], night_guard: Person, recorded: list[tuple[int, Event]]
) -> None:
    with undone():
        rows_follow_the_ledger(open_case(), night_guard, recorded)


@contextmanager
def undone() -> Iterator[None]:
    """Each example has the ledger to itself; without this, each rebuild would go through all cases before it."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def rows_follow_the_ledger(case: Case, night_guard: Person, recorded: list[tuple[int, Event]]) -> None:
    accepted = []
    for hour, event in recorded:
        # Some corrections are refused, such as of an event that was already struck out. These leave no trace.
        with suppress(Unreadable, ledger.NoSuchEvent):
            ledger.record(case.id, event, by=night_guard, now=after(hours=hour))
            accepted.append(event)

    read = [replace(event, number=0, recorded_at=None) for event in ledger.read(case.id).events]
    assert read == accepted
    derivation = ledger.derive_case(case.id)
    kept = [
        (row.obligation, row.actor, row.recipient, row.because, row.latest, row.state, row.sent_at, row.received_at)
        for row in ObligationRow.objects.filter(case=case)
    ]
    assert kept == [
        (
            owed.id,
            owed.actor,
            owed.recipient or "",
            owed.because,
            owed.latest,
            owed.state,
            owed.sent_at,
            owed.received_at,
        )
        for owed in derivation.obligations
    ]
    case.refresh_from_db()
    assert (case.state, case.missing_since) == (derivation.state, derivation.missing_since)
    assert [found for rebuilt in rebuild(check=True) for found in rebuilt.differences] == []


def test_a_disappearance_writes_its_rows_with_the_limit_of_the_law(case: Case, night_guard: Person) -> None:
    ledger.record(case.id, *disappearance(), by=night_guard, now=NOW)
    report = ObligationRow.objects.get(case=case, obligation="a-1")
    assert (report.recipient, report.standard, report.state) == ("police_district", "at_once", "open")
    assert (report.latest, report.arisen_at, report.because) == (after(hours=24), NOW, 3)


def test_rows_that_stay_the_same_are_not_touched(case: Case, night_guard: Person) -> None:
    ledger.record(case.id, *disappearance(), by=night_guard, now=NOW)
    versions = dict(_versions())
    ledger.record(
        case.id,
        Done(at=after(hours=1), obligation="d-4", recipient=Recipient.SESAM, channel=Channel.SYSTEM),
        by=night_guard,
        now=after(hours=1),
    )
    touched = {name[0] for name, version in _versions() if versions.get(name) != version}
    assert touched == {"d-4"}


def _versions() -> list[tuple[tuple[str, int], tuple[str, str]]]:
    """Which version of each row PostgreSQL holds; it is another one after any write."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT obligation, position, xmin::text, ctid::text FROM cases_obligationrow")
        return [((obligation, position), (xmin, ctid)) for obligation, position, xmin, ctid in cursor.fetchall()]


def test_recording_costs_the_same_number_of_queries_in_a_long_case(case: Case, night_guard: Person) -> None:
    def cost() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            ledger.record(case.id, InquiryMade(at=NOW), by=night_guard, now=NOW)
        return len(queries)

    first = cost()
    ledger.record(case.id, *[InquiryMade(at=NOW)] * 30, by=night_guard, now=NOW)
    assert cost() <= first


def test_facts_that_changed_show_in_the_rows(case: Case, night_guard: Person) -> None:
    ledger.note_circumstances(
        case.id, centre=CENTRE_FACTS, resident=replace(RESIDENT_FACTS, lawyer=False), by=night_guard, now=NOW
    )
    ledger.record(case.id, DisappearanceBelieved(at=after(hours=1)), by=night_guard, now=after(hours=1))
    assert not ObligationRow.objects.filter(case=case, recipient=Recipient.LAWYER).exists()
