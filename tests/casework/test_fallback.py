"""The packets that survive Savnet: fresh, one for each centre, and nobody but the centre opens what names a child."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from pytest_django import Settings

from casework.invented import HOUR, NOW, Story
from casework.paper import headers, letter_in, says
from delivery.mail_servers import Mailbox
from savnet.access.models import Person
from savnet.cases.models import Case, CaseKey, Record
from savnet.casework import absence, fallback
from savnet.casework.contained import NotAllDone
from savnet.casework.exercises import begin
from savnet.casework.fallback import SEALED, WITHOUT_CHILD, folder_of, keep, keep_all
from savnet.delivery.certificates import add_certificate
from savnet.demo.authority import Identity, issue_for_mail
from savnet.followup.models import FallbackPacket
from savnet.register.models import Centre, Exercise, Recipient, Resident
from savnet.rules.words import Recipient as Kind
from savnet.watching.checks import fallback as asked
from savnet.watching.findings import Level

Post = Callable[[], AbstractContextManager[Mailbox]]


@pytest.fixture(autouse=True)
def elsewhere(settings: Settings, tmp_path: Path) -> None:
    settings.FALLBACK_DIR = tmp_path / "fallback"


@pytest.fixture
def centres_own(granvik: Centre, identities: dict[str, Identity]) -> Identity:
    """What the centre opens its mail with."""
    begin = datetime(2025, 1, 1, tzinfo=UTC)
    ends = begin + timedelta(days=3000)
    own = issue_for_mail(identities["authority"], granvik.email, name="Granvik", valid_from=begin, valid_until=ends)
    add_certificate(granvik.email, own.certificate_pem().decode(), by="prøve", now=NOW)
    return own


@pytest.fixture
def patient_post(post: Callable[..., AbstractContextManager[Mailbox]], settings: Settings) -> Post:
    """A mail server, and time for a whole packet to reach it."""

    @contextmanager
    def at() -> Iterator[Mailbox]:
        with post() as box:
            settings.SMTP_WAIT = 10
            yield box

    return at


def lying(centre: Centre) -> set[str]:
    return {one.name for one in folder_of(centre).iterdir()}


def test_the_packet_without_a_child_says_whom_to_tell_and_holds_no_child(story: Callable[..., Story]) -> None:
    at = story(given_name="Selamawit").missing()
    keep(at.centre, at.now)
    pdf = (folder_of(at.centre) / WITHOUT_CHILD).read_bytes()
    for told in (
        "Fjordkanten politidistrikt",
        "+47 00 33 00 01",
        "Barnevernstjenesten i Granvik",
        "Straks",
        "DUF-nummer",
    ):
        assert says(pdf, told), told
    for secret in ("Selamawit", "Oppdiktet", "Rita", "Senest"):
        assert not says(pdf, secret), secret


def test_making_it_leaves_no_trace_in_register_or_ledger(granvik: Centre) -> None:
    keep_all(NOW)
    assert (Resident.objects.count(), Case.objects.count(), Record.objects.count()) == (0, 0, 0)


def test_what_is_owed_lies_sealed_on_the_disk_and_at_the_centre_and_only_its_key_opens_it(
    story: Callable[..., Story], patient_post: Post, centres_own: Identity
) -> None:
    first, second = story().missing(), story(given_name="Yonas").missing()
    with patient_post() as box:
        kept = keep(first.centre, second.now)
    assert (kept.cases, kept.mailed_at, kept.why_not) == (2, second.now, "")
    on_disk = (folder_of(first.centre) / SEALED).read_bytes()
    (mailed,) = box.mails
    assert headers(mailed)["To"] == first.centre.email
    for copy in (on_disk, mailed):
        whole = letter_in(copy, centres_own)
        assert says(whole, "Selam Oppdiktet")
        assert says(whole, "Yonas Oppdiktet")
        assert b"Oppdiktet" not in copy
        assert str(headers(copy)["Subject"]).startswith("Melding fra Savnet, ref. ")


def test_it_is_made_anew_when_something_has_happened_and_once_a_day(
    story: Callable[..., Story], patient_post: Post, centres_own: Identity
) -> None:
    at = story().absent()
    with patient_post() as box:
        keep(at.centre, at.now)
        assert keep(at.centre, at.now + HOUR).made_at == at.now
        assert FallbackPacket.objects.get().looked_at == at.now + HOUR
        assert len(box.mails) == 1
        at.later(HOUR * 2)
        absence.believe(at.id, by=at.guard, now=at.now, why="Svarer ikke.")
        assert keep(at.centre, at.now).made_at == at.now
        assert keep(at.centre, at.now + 21 * HOUR).made_at == at.now + 21 * HOUR
    assert len(box.mails) == 3


def test_a_mail_server_that_is_down_leaves_the_newest_on_the_disk_and_it_is_tried_again(
    story: Callable[..., Story], set_up: Callable[..., None], patient_post: Post, centres_own: Identity
) -> None:
    at = story().missing()
    set_up(port=1)
    kept = keep(at.centre, at.now)
    assert kept.why_not
    assert says(letter_in((folder_of(at.centre) / SEALED).read_bytes(), centres_own), "Selam Oppdiktet")
    with patient_post() as box:
        assert keep(at.centre, at.now + HOUR).why_not == ""
    assert len(box.mails) == 1


def test_without_a_certificate_nothing_that_names_a_child_leaves_the_database(
    story: Callable[..., Story], set_up: Callable[..., None]
) -> None:
    at = story().missing()
    set_up()
    assert "sertifikat" in keep(at.centre, at.now).why_not
    assert lying(at.centre) == {WITHOUT_CHILD}


def test_when_no_case_is_open_any_more_the_sealed_one_is_taken_away(
    story: Callable[..., Story], patient_post: Post, centres_own: Identity
) -> None:
    at = story().missing()
    with patient_post():
        keep(at.centre, at.now)
    assert lying(at.centre) == {WITHOUT_CHILD, SEALED}
    Case.objects.filter(id=at.id).update(state="closed")
    kept = keep(at.centre, at.now + HOUR)
    assert (kept.cases, kept.why_not, lying(at.centre)) == (0, "", {WITHOUT_CHILD})


def test_a_case_whose_key_is_gone_stops_no_other_centre(
    story: Callable[..., Story], patient_post: Post, centres_own: Identity, solvaer: Centre
) -> None:
    at = story().missing()
    CaseKey.objects.filter(case_id=at.id).update(wrapping_key="f00")
    with patient_post():
        keep_all(at.now)
    assert "f00" in FallbackPacket.objects.get(centre=at.centre).why_not
    assert lying(at.centre) == {WITHOUT_CHILD}, "what names no child is there"
    assert lying(solvaer) == {WITHOUT_CHILD}


@pytest.fixture
def keys_mixed_up(set_up: Callable[..., None], settings: Settings, identities: dict[str, Identity]) -> None:
    """Our own certificate, and somebody else's key beside it."""
    set_up()
    settings.SIGNING_KEY = identities["server"].key_pem().decode()


def test_keys_mixed_up_stop_no_centre_from_what_names_no_child(
    story: Callable[..., Story], keys_mixed_up: None, solvaer: Centre
) -> None:
    here, there = story().missing(), story(centre=solvaer).missing()
    keep_all(there.now)
    for centre in (here.centre, solvaer):
        assert "SAVNET_SIGNING_KEY" in FallbackPacket.objects.get(centre=centre).why_not
        assert lying(centre) == {WITHOUT_CHILD}


def test_one_that_nobody_foresaw_is_noted_by_its_kind_alone_and_stops_neither_the_other_packet_nor_the_next_centre(
    story: Callable[..., Story], set_up: Callable[..., None], monkeypatch: pytest.MonkeyPatch, solvaer: Centre
) -> None:
    here, there = story().missing(), story(centre=solvaer).missing()
    set_up()
    monkeypatch.setattr(fallback, "newest_certificate", fails)
    keep_all(there.now)
    for centre in (here.centre, solvaer):
        assert FallbackPacket.objects.get(centre=centre).why_not == "RuntimeError: see the log"
        assert lying(centre) == {WITHOUT_CHILD}


def test_what_is_owed_is_sealed_though_what_names_no_child_cannot_be_made(
    story: Callable[..., Story], patient_post: Post, centres_own: Identity, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = story().missing()
    monkeypatch.setattr(fallback, "packet_without_child", fails)
    with patient_post():
        kept = keep(at.centre, at.now)
    assert (kept.why_not, kept.mailed_at) == ("RuntimeError: see the log", at.now)
    assert lying(at.centre) == {SEALED}


def fails(*_: object) -> None:
    raise RuntimeError("Selam Oppdiktet")


def test_a_centre_that_cannot_even_be_noted_stops_no_other_and_the_command_says_so(
    granvik: Centre, solvaer: Centre, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def keep_or_fall(centre: Centre, now: datetime) -> FallbackPacket:
        if centre == granvik:
            raise RuntimeError("odd")
        return keep(centre, now)

    monkeypatch.setattr(fallback, "keep", keep_or_fall)
    with pytest.raises(NotAllDone):
        keep_all(NOW)
    assert lying(solvaer) == {WITHOUT_CHILD}
    with pytest.raises(SystemExit) as ended:
        call_command("keep_packets")
    assert ended.value.code == 1
    told = capsys.readouterr()
    assert "1 of this round could not be seen to" in told.err
    assert str(folder_of(solvaer)) in told.out


def test_an_office_that_got_a_new_number_stands_with_it_the_next_day(granvik: Centre) -> None:
    keep_all(NOW)
    Recipient.objects.filter(kind=Kind.CHILD_WELFARE.value).update(phone="+47 00 99 00 99")
    keep_all(NOW + 21 * HOUR)
    assert says((folder_of(granvik) / WITHOUT_CHILD).read_bytes(), "+47 00 99 00 99")


def test_an_exercise_has_none(granvik: Centre, leader: Person) -> None:
    held = begin(granvik, by=leader, now=NOW)
    keep_all(NOW)
    assert Exercise.objects.get().place_id == held.place_id
    assert not FallbackPacket.objects.filter(centre=held.place_id).exists()
    assert not folder_of(held.place).exists()


def test_what_lies_on_the_disk_is_for_the_house_and_its_group(granvik: Centre) -> None:
    keep_all(NOW)
    assert (folder_of(granvik) / WITHOUT_CHILD).stat().st_mode & 0o777 == 0o640
    assert folder_of(granvik).stat().st_mode & 0o007 == 0


def test_the_folder_is_called_what_the_centre_is_called(solvaer: Centre) -> None:
    assert folder_of(solvaer).name.startswith("solvaer-transittmottak-")


def test_a_folder_that_cant_be_written_stops_no_other_centre(granvik: Centre, solvaer: Centre) -> None:
    folder_of(granvik).parent.mkdir()
    folder_of(granvik).write_bytes(b"in the way")
    keep_all(NOW)
    assert FallbackPacket.objects.get(centre=granvik).why_not
    assert FallbackPacket.objects.get(centre=solvaer).why_not == ""
    assert lying(solvaer) == {WITHOUT_CHILD}


def test_the_doctor_says_which_are_lacking_stale_or_unsealed(
    story: Callable[..., Story], set_up: Callable[..., None]
) -> None:
    at = story().missing()
    assert [one.level for one in asked.packets(at.now)] == [Level.WARNING]
    set_up()
    keep_all(at.now)
    (found,) = asked.packets(at.now)
    assert (found.level, "savnet keep-packets" in found.do) == (Level.WARNING, True)
    Case.objects.update(state="closed")
    keep_all(at.now + HOUR)
    assert [one.level for one in asked.packets(at.now + 3 * HOUR)] == [Level.WELL]
    assert [one.level for one in asked.packets(at.now + 5 * HOUR)] == [Level.WRONG]
