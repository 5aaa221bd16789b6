"""Row-level security with nothing above it: every test asks for all rows there are, and gets what PostgreSQL gives."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, models, transaction
from django.utils import timezone

from cases.invented import CENTRE_FACTS, RESIDENT_FACTS, make_centre
from savnet.access.models import BreakGlass, Mandate, Person
from savnet.access.rights import Role
from savnet.access.row_applying import apply_row_security, our_tables
from savnet.access.row_roles import APP, WEB, WORKER
from savnet.access.row_rules import CLOSED, OPEN
from savnet.access.row_security import asking, house, seen_as
from savnet.cases import ledger
from savnet.cases.models import Case, CaseKey, ObligationRow, Record
from savnet.register.models import Centre, Contact, Resident
from savnet.register.models.transfer import Transfer
from savnet.rules.events import AbsenceNoticed, DisappearanceBelieved

NOW = timezone.now()
PROTECTED = "SELECT relname FROM pg_class WHERE relname = ANY (%s) AND relrowsecurity AND relforcerowsecurity"


@pytest.fixture(autouse=True)
def own_keys(tmp_path: Path, settings: object) -> None:
    settings.KEY_FILE = tmp_path / "keys" / "wrapping.json"  # type: ignore[attr-defined]


@pytest.fixture
def here(db: None) -> Centre:
    return make_centre("Furuly mottak")


@pytest.fixture
def elsewhere(db: None) -> Centre:
    return make_centre("Solvik mottak")


@pytest.fixture
def nora(here: Centre) -> Person:
    return Person.objects.create_user("nora", name="Nora Natt", role=Role.SHIFT_STAFF, centre=here)


@pytest.fixture
def mine(here: Centre) -> Resident:
    return Resident.objects.create(centre=here, given_name="Selam", born=date(2010, 3, 2))


@pytest.fixture
def theirs(elsewhere: Centre) -> Resident:
    return Resident.objects.create(centre=elsewhere, given_name="Yonas", born=date(2010, 3, 2))


@pytest.fixture
def their_case(theirs: Resident, nora: Person) -> Case:
    """A child of another centre who has disappeared: police, child welfare and region are owed something."""
    case = ledger.open_case(
        resident_id=theirs.id,
        centre_id=theirs.centre_id,
        centre=CENTRE_FACTS,
        resident=RESIDENT_FACTS,
        by=nora,
        now=NOW,
    )
    gone = NOW - timedelta(hours=2)
    ledger.record(case.id, AbsenceNoticed(at=gone), DisappearanceBelieved(at=NOW), by=nora, now=NOW)
    return case


def person(role: Role, **more: object) -> Person:
    return Person.objects.create_user(role.value, name="Noen", role=role, **more)


def reached(who: Person, *tables: type[models.Model]) -> list[bool]:
    with seen_as(asking(who)):
        return [table._default_manager.exists() for table in tables]


def test_every_table_of_ours_is_closed_or_says_why_it_is_open() -> None:
    assert our_tables() == CLOSED.keys() | OPEN.keys()
    assert not CLOSED.keys() & OPEN.keys()
    assert all(OPEN.values())


def test_every_closed_table_forces_it_on_its_owner_too(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(PROTECTED, [list(CLOSED)])
        assert {name for (name,) in cursor.fetchall()} == set(CLOSED)


def test_who_asks_for_everyone_gets_those_of_her_own_centre(nora: Person, mine: Resident, theirs: Resident) -> None:
    with seen_as(asking(nora)):
        assert list(Resident.objects.all()) == [mine]
    assert Resident.objects.count() == 2, "the test itself asks as nobody in particular again"


def test_nothing_of_anothers_case_is_reached(nora: Person, their_case: Case) -> None:
    Contact.objects.create(resident_id=their_case.resident_id, kind="lawyer", name="Arne Påfunn")
    assert reached(nora, Resident, Contact, Case, CaseKey, Record, ObligationRow) == [False] * 6


@pytest.mark.parametrize("role", [Role.STATISTICIAN, Role.REGISTER_KEEPER, Role.SYSTEM_OPERATOR])
def test_who_has_no_business_with_children_reaches_none(role: Role, their_case: Case) -> None:
    assert reached(person(role), Resident, Case, CaseKey, Record, ObligationRow) == [False] * 5


def test_the_overseer_sees_that_something_is_open_and_opens_nothing(their_case: Case) -> None:
    overseer = person(Role.NATIONAL_OVERSEER)
    assert reached(overseer, Case, ObligationRow, CaseKey, Record, Resident) == [True, True, False, False, False]


def test_an_overseer_with_a_mandate_opens_what_the_mandate_is_for(their_case: Case, here: Centre) -> None:
    overseer = person(Role.NATIONAL_OVERSEER)
    mandate(overseer, their_case.centre)
    assert reached(overseer, CaseKey, Record, Resident) == [True] * 3


def mandate(who: Person, centre: Centre | None, *, until: datetime = NOW + timedelta(days=1)) -> Mandate:
    began = min(NOW, until) - timedelta(days=9)
    return Mandate.objects.create(
        person=who, centre=centre, legal_basis="oppdiktet", valid_from=began, valid_until=until
    )


def test_an_inspector_reaches_the_centre_in_the_mandate_while_it_lasts(their_case: Case, here: Centre) -> None:
    inspector = person(Role.INSPECTOR)
    assert reached(inspector, Case, Resident) == [False, False]
    mandate(inspector, here)
    mandate(inspector, their_case.centre, until=NOW - timedelta(days=1))
    assert reached(inspector, Case, Resident) == [False, False], "another centre's, and one that has run out"
    mandate(inspector, their_case.centre)
    assert reached(inspector, Case, Resident, Record, CaseKey) == [True] * 4


def test_a_mandate_for_the_country_reaches_every_centre(their_case: Case) -> None:
    inspector = person(Role.INSPECTOR)
    mandate(inspector, None)
    assert reached(inspector, Case, Resident) == [True, True]


def test_a_mandate_gives_nothing_to_who_inspects_nothing(their_case: Case) -> None:
    """As where an inspector has got another role, and the mandate has not run out yet."""
    counting = person(Role.STATISTICIAN)
    mandate(counting, their_case.centre)
    assert reached(counting, Case, Resident, Record, CaseKey) == [False] * 4


def test_a_region_reaches_what_is_owed_to_it_in_its_own_region_only(
    their_case: Case, theirs: Resident, nora: Person
) -> None:
    Centre.objects.filter(id=their_case.centre_id).update(region="ost")
    untold = Resident.objects.create(centre=theirs.centre, given_name="Amal")
    east = person(Role.REGIONAL_OFFICER, region="ost")
    row = ObligationRow.objects.filter(case=their_case).earliest("position")
    ObligationRow.objects.filter(pk=row.pk).update(recipient="region")
    west = Person.objects.create_user("vest", name="Vest", role=Role.REGIONAL_OFFICER, region="vest")
    with seen_as(asking(east)):
        assert list(Resident.objects.all()) == [theirs], f"not {untold}, of whom the region has been told nothing"
    assert reached(west, Resident, Case, ObligationRow) == [False] * 3


@pytest.mark.parametrize(
    ("role", "more"), [(Role.KOR_OFFICER, {}), (Role.BFE_OFFICER, {}), (Role.RECEIVING_OFFICER, {"office": "une"})]
)
def test_an_office_reaches_a_case_once_something_is_owed_to_it(
    role: Role, more: dict[str, str], their_case: Case
) -> None:
    officer = person(role, **more)
    kind = more.get("office", role.value.removesuffix("_officer"))
    rows = ObligationRow.objects.filter(case=their_case)
    assert not rows.filter(recipient=kind).exists()
    assert reached(officer, Case, Resident) == [False, False]
    row = rows.earliest("position")
    ObligationRow.objects.filter(pk=row.pk).update(recipient=kind)
    assert reached(officer, Case, Resident) == [True, True]


def test_both_centres_of_an_open_transfer_reach_the_child_and_later_the_receiver_alone(
    nora: Person, theirs: Resident, elsewhere: Centre, here: Centre
) -> None:
    transfer = Transfer.objects.create(
        resident=theirs,
        from_centre=elsewhere,
        to_centre=here,
        how="buss",
        departs_at=NOW,
        expected_at=NOW + timedelta(hours=3),
        planned_at=NOW,
        planned_by=nora,
    )
    assert reached(nora, Resident) == [True]
    Transfer.objects.filter(id=transfer.id).update(state="cancelled")
    assert reached(nora, Resident) == [False]


def test_a_broken_glass_reaches_one_child_for_as_long_as_it_lasts(nora: Person, their_case: Case) -> None:
    other = Resident.objects.create(centre=their_case.centre, given_name="Amal")
    opened = BreakGlass.objects.create(
        person=nora,
        resident_id=their_case.resident_id,
        centre=their_case.centre,
        reason="asked",
        why="Politiet spør.",
        at=NOW - timedelta(minutes=5),
        until=NOW + timedelta(hours=1),
    )
    with seen_as(asking(nora)):
        assert other not in Resident.objects.all()
    assert reached(nora, Case, CaseKey, Record, Resident) == [True] * 4
    BreakGlass.objects.filter(id=opened.id).update(until=NOW - timedelta(minutes=1))
    assert reached(nora, Case, CaseKey, Record, Resident) == [False] * 4


def test_nobody_writes_where_she_does_not_reach(nora: Person, theirs: Resident, elsewhere: Centre) -> None:
    with pytest.raises(DatabaseError, match="row-level security"), seen_as(asking(nora)):
        Resident.objects.create(centre=elsewhere, given_name="Innsatt")
    with seen_as(asking(nora)):
        assert Resident.objects.filter(id=theirs.id).update(room="13") == 0
    with pytest.raises(DatabaseError, match="row-level security"), seen_as(asking(nora)):
        Contact.objects.create(resident=theirs, kind="lawyer", name="Innsatt")


def test_a_child_can_not_be_moved_out_of_reach(nora: Person, mine: Resident, elsewhere: Centre) -> None:
    with pytest.raises(DatabaseError, match="row-level security"), seen_as(asking(nora)):
        Resident.objects.filter(id=mine.id).update(centre=elsewhere)


def test_who_asks_is_forgotten_when_the_transaction_ends_also_where_it_fails(nora: Person, mine: Resident) -> None:
    with suppress(ZeroDivisionError), seen_as(asking(nora)):
        raise ZeroDivisionError
    assert who_is_asking() == ("postgres-or-other", "")


def who_is_asking() -> tuple[str, str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user = %s, coalesce(current_setting('savnet.person', true), '')", [WEB])
        is_web, who = cursor.fetchone()
    return ("web" if is_web else "postgres-or-other", who)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("ends", ["well", "in an error", "in a database error"])
def test_nothing_of_one_request_reaches_the_next_on_the_same_connection(ends: str) -> None:
    centre = make_centre("Furuly mottak")
    nora = Person.objects.create_user("nora", name="Nora", role=Role.SHIFT_STAFF, centre=centre)
    with suppress(ZeroDivisionError, DatabaseError), seen_as(asking(nora)):
        assert who_is_asking() == ("web", str(nora.id))
        if ends == "in an error":
            raise ZeroDivisionError
        if ends == "in a database error":
            connection.cursor().execute("SELECT 1/0")
    assert who_is_asking() == ("postgres-or-other", "")


@pytest.mark.django_db(transaction=True)
def test_within_the_house_one_is_oneself_again_afterwards() -> None:
    centre = make_centre("Furuly mottak")
    nora = Person.objects.create_user("nora", name="Nora", role=Role.SHIFT_STAFF, centre=centre)
    Resident.objects.create(centre=make_centre("Solvik mottak"), given_name="Yonas")
    with seen_as(asking(nora)):
        with house("a test looks"):
            assert Resident.objects.count() == 1
        assert Resident.objects.count() == 0
        with suppress(ZeroDivisionError), house("a test fails"):
            raise ZeroDivisionError
        assert Resident.objects.count() == 0


@pytest.fixture
def as_role(db: None) -> Iterator[Callable[[str], None]]:
    """Become one of the roles that log in, as web and workers do."""
    yield lambda role: connection.cursor().execute(f"SET ROLE {role}")
    connection.cursor().execute("RESET ROLE")


@pytest.mark.parametrize("table", sorted(CLOSED))
def test_the_web_reaches_no_closed_table_before_it_is_known_who_asks(
    table: str, as_role: Callable[[str], None]
) -> None:
    as_role(APP)
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        connection.cursor().execute(f"SELECT 1 FROM {table}")  # noqa: S608 - our own names


def test_the_worker_reaches_every_row(mine: Resident, theirs: Resident, as_role: Callable[[str], None]) -> None:
    as_role(WORKER)
    assert Resident.objects.count() == 2


@pytest.mark.parametrize("what", ["UPDATE cases_record SET sequence = 9", "DELETE FROM access_look"])
def test_not_even_the_worker_changes_what_is_only_added_to(what: str, as_role: Callable[[str], None]) -> None:
    as_role(WORKER)
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        connection.cursor().execute(what)


def test_no_role_that_logs_in_is_superuser_or_bypasses(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_roles WHERE rolname LIKE 'savnet%%' AND rolcanlogin AND (rolsuper OR rolbypassrls)"
        )
        assert cursor.fetchone() == (0,)


def test_a_policy_that_somebody_took_away_is_back_after_the_next_migration(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE register_resident NO FORCE ROW LEVEL SECURITY")
        cursor.execute("COMMENT ON FUNCTION savnet_me() IS 'an older version'")
    apply_row_security()
    with connection.cursor() as cursor:
        cursor.execute(PROTECTED, [["register_resident"]])
        assert cursor.fetchall() == [("register_resident",)]


def test_every_unique_rule_is_one_that_tells_nothing_of_a_hidden_row() -> None:
    """A refused duplicate says that a row exists. Each rule on a closed table is within what its writer reaches."""
    found = {
        f"{model._meta.db_table}: {', '.join(names)}"
        for model in apps.get_models()
        if model._meta.db_table in CLOSED
        for names in unique_columns(model)
    }
    assert found == TELLS_NOTHING.keys(), "say in TELLS_NOTHING why it tells nothing, or make it another way"


def unique_columns(model: type[models.Model]) -> Iterator[tuple[str, ...]]:
    for field in model._meta.local_concrete_fields:
        if field.unique and not field.primary_key:
            yield (field.name,)
    for rule in model._meta.constraints:
        if isinstance(rule, models.UniqueConstraint):
            yield tuple(rule.fields)


OF_A_CENTRE = "within one centre, whose people reach all its rows"
OF_A_CHILD = "within one child, whose rows all are reached by whoever reaches the child"
OF_A_CASE = "within one case, whose rows all are reached by whoever may write in it"
OF_A_MESSAGE = "within one message, whose rows all are reached by whoever reaches the message"
TELLS_NOTHING = {
    "delivery_hold: message": "made by the restoring of a backup, under a message that its writer reaches",
    "register_resident: centre, duf_number": OF_A_CENTRE,
    "register_exercise: centre": OF_A_CENTRE,
    "register_exercise: place": OF_A_CENTRE,
    "register_rollcall: daily_time, due_at": OF_A_CENTRE,
    "access_looksreviewed: centre, week": OF_A_CENTRE,
    "register_leave: replaces": OF_A_CHILD,
    "register_photo: resident": OF_A_CHILD,
    "register_presencequestion: resident": OF_A_CHILD,
    "register_transfer: resident": OF_A_CHILD,
    "cases_case: resident": "whoever reaches the child reaches the case, also where child and case stand apart",
    "cases_obligationrow: case, position": OF_A_CASE,
    "followup_openitem: case_id, subject": OF_A_CASE,
    "followup_alarm: case_id, subject, rung, turn": OF_A_CASE,
    "delivery_attempt: message": OF_A_MESSAGE,
    "delivery_attempt: message, number": OF_A_MESSAGE,
    "delivery_channelstatus: message, channel, name, at": OF_A_MESSAGE,
    "delivery_receipt: message, by_name, reference, at": OF_A_MESSAGE,
    "delivery_withdrawal: message": OF_A_MESSAGE,
    "delivery_returnedmail: sha256": "a hash of a whole mail, written by the worker alone",
    "followup_pushdevice: person, endpoint": "the person's own",
    "followup_calendarlink: token_hash": "a hash of 256 random bits that we drew",
    "followup_receiptlink: token_hash": "a hash of what was drawn at random",
    "followup_receiveranswer: link": "written by the house, when a receiver answers",
}
