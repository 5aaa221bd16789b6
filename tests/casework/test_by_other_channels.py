"""Letters through the channels that receivers really use: taken, followed, delivered, lost, and on by the next way."""

import ssl
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import DataError

from casework.invented import GRANVIK, HOUR, MINUTE, REGION, Story, carry_all, drop_jobs, waiting_jobs
from casework.test_carrying import receivers
from delivery.conftest import Cast
from delivery.contract.rigs import RIGS, Rig
from delivery.fiks.conftest import DISTRICTS
from delivery.mail_servers import Mailbox, tls_of
from delivery.test_returns import behind_an_alias, report
from delivery.test_returns import letter as written
from savnet.access.models import Person
from savnet.casework import carrying, following_up, returned_mail
from savnet.casework.kept import data_bytes
from savnet.casework.receipts import record_receipt
from savnet.casework.returning import note_return
from savnet.casework.verifying import verify
from savnet.delivery import registry
from savnet.delivery.beside import unpack
from savnet.delivery.channels.eformidling.archive_notice import ArchiveNotice, Remark
from savnet.delivery.composing import reroute
from savnet.delivery.models import Message, Receipt, ReturnedMail
from savnet.delivery.words import AttemptOutcome, Meaning
from savnet.demo.authority import issue_for_mail, issue_for_server, new_authority
from savnet.followup.models import StaffNotice
from savnet.followup.texts import Kind as StaffKind
from savnet.policy.ways import BY_HAND, LONGEST
from savnet.register.models import Recipient, RecipientChannel
from savnet.rules.events import Attempted, Corrected, Done
from savnet.rules.words import Channel, ObligationState, Outcome, ReturnedHow
from savnet.rules.words import Recipient as Kind

pytestmark = pytest.mark.django_db(transaction=True)
DAY = timedelta(days=1)
Tell = Callable[..., Story]
Post = Callable[..., AbstractContextManager[Mailbox]]


@pytest.fixture
def cast(identities: Any) -> Cast:
    """Those who run the peers, whose certificates hold at the instant of these stories and today."""
    begin, end = datetime(2025, 1, 1, tzinfo=UTC), datetime(2033, 1, 1, tzinfo=UTC)
    authority = new_authority("Prøveutsteder", begin)
    terms = {"valid_from": begin, "valid_until": end}

    class Of(Cast):
        def mail(self, address: str = "x@ks.example", **_: Any) -> Any:
            return issue_for_mail(authority, address, name="Prøve", **terms)

    server = issue_for_server(authority, ("localhost",), **terms)
    return Of(authority=authority, stranger=authority, receiver=server, sender=server, server=server)


@pytest.fixture
def by(cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., AbstractContextManager[Rig]]:
    """Lets child welfare at Granvik take letters by a channel, whose peer runs meanwhile; e-mail goes on as it is.

    The first one that is set up so is the first that letters go by.
    """
    real, rigs = registry.channel, dict[str, Rig]()
    monkeypatch.setattr(registry, "channel", lambda name: rigs[name].carrier if name in rigs else real(name))

    @contextmanager
    def at(channel: Channel, *, takes_part: bool = True) -> Iterator[Rig]:
        office = Recipient.objects.get(kind=Kind.CHILD_WELFARE.value, name__contains="Granvik")
        tls: ssl.SSLContext = tls_of(cast.server, tmp_path)
        if takes_part:
            monkeypatch.setitem(DISTRICTS, office.number, DISTRICTS["0001"])
        with RIGS[channel](cast, tmp_path, tls) as rig:
            address = office.number if channel is Channel.FIKS else rig.address
            rigs[channel] = rig
            order = len(rigs) - 1
            RecipientChannel.objects.create(recipient=office, channel=channel.value, address=address, order=order)
            yield rig

    return at


By = Callable[..., AbstractContextManager[Rig]]


def carried(case: Story, rig: Rig, after: timedelta = timedelta(0)) -> Story:
    case.later(after)
    rig.clock(case.now)
    return case.carried()


@pytest.mark.parametrize("channel", [Channel.FIKS, Channel.EFORMIDLING, Channel.SVARUT])
def test_taken_is_not_sent_and_delivered_is(channel: Channel, story: Tell, post: Post, by: By) -> None:
    with post() as box, by(channel) as rig:
        case = carried(story().told(), rig)
        letter = case.letter("b-4")
        assert (letter.channel, letter.attempts.get().outcome) == (channel, AttemptOutcome.TAKEN)
        assert case.the("b-4").state is ObligationState.OPEN
        assert box.mails == [], "no copy of what is not sent"
        at = case.now + 3 * MINUTE
        rig.tell(str(letter.id), rig.words[0], at)  # type: ignore[misc]
        carried(case, rig, 6 * MINUTE)
    report_ = case.the("b-4")
    assert (report_.state, report_.sent_at) == (ObligationState.DISCHARGED, at)
    assert not report_.received_at, "delivered is no receipt"
    assert receivers(box) == [REGION], "the copy followed, by e-mail"
    assert [one.outcome for one in case.recorded(Attempted, obligation="b-4")] == [Outcome.UNKNOWN]


@pytest.mark.parametrize("channel", [Channel.FIKS, Channel.SVARUT])
def test_channels_that_took_minutes_to_answer_cost_the_letter_no_way(
    channel: Channel, story: Tell, post: Post, by: By, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is shown to Maskinporten says the time at which it is shown, and not at which the work began."""
    passed = [0.0]

    def slowly(*_: Any) -> None:
        passed[0] += 180

    monkeypatch.setattr(carrying, "monotonic", lambda: passed[0])
    monkeypatch.setattr(carrying, "poll", slowly)
    with post(), by(channel) as rig:
        case = story().told()
        rig.clock(case.now + 3 * MINUTE)
        case.carried()
    tried = case.letter("b-4").attempts.get()
    assert (tried.channel, tried.outcome) == (channel, AttemptOutcome.TAKEN)
    assert tried.started_at == case.now + 3 * MINUTE


@pytest.mark.parametrize("channel", [Channel.FIKS, Channel.EFORMIDLING])
def test_what_a_channel_loses_goes_the_next_way_at_once(channel: Channel, story: Tell, post: Post, by: By) -> None:
    with post() as box, by(channel) as rig:
        case = carried(story().told(), rig)
        rig.tell(str(case.letter("b-4").id), rig.words[1], case.now + MINUTE)  # type: ignore[misc]
        carried(case, rig, 2 * MINUTE)
    letter = case.letter("b-4")
    assert letter.channel == Channel.ENCRYPTED_EMAIL
    assert GRANVIK in receivers(box)
    assert rig.words[1] in letter.reroutings.get().why
    assert case.the("b-4").state is ObligationState.DISCHARGED
    assert [one.outcome for one in case.recorded(Attempted, obligation="b-4")] == [Outcome.UNKNOWN, Outcome.REFUSED]


@pytest.mark.parametrize(
    ("channel", "word"),
    [(Channel.EFORMIDLING, "FEIL"), (Channel.EFORMIDLING, "LEVETID_UTLOPT"), (Channel.FIKS, "AVVIST_FAGSYSTEM")],
)
def test_what_a_channel_loses_is_told_at_once_to_who_sent_it_and_who_follows_the_case_up(
    channel: Channel, word: str, story: Tell, post: Post, by: By, guard: Person, leader: Person
) -> None:
    with post(), by(channel) as rig:
        case = carried(story().told(), rig)
        following_up.watch_over(now=case.now)
        rig.tell(str(case.letter("b-4").id), word, case.now + MINUTE)  # type: ignore[misc]
        carried(case, rig, 2 * MINUTE)
        carrying.carry(case.letter("b-4").id, now=case.later(MINUTE).now)
    assert case.letter("b-4").channel == Channel.ENCRYPTED_EMAIL
    told = StaffNotice.objects.filter(kind=StaffKind.ASTRAY)
    assert sorted(one.person.username for one in told) == [leader.username, guard.username], "each once"


@pytest.mark.parametrize("first", [Channel.EFORMIDLING, Channel.ALTINN])
def test_a_letter_that_goes_on_to_a_channel_that_does_not_seal_it_is_told_of(
    first: Channel, story: Tell, set_up: Any, by: By, guard: Person
) -> None:
    """No certificate is on file, so after eFormidling Altinn is all there is by wire for word of the return."""
    second = Channel.ALTINN if first is Channel.EFORMIDLING else Channel.EFORMIDLING
    with by(first) as rig, by(second) as other:
        case = story().told()
        case.hand_over(case.letter("b-4"))
        case.later(MINUTE)
        note_return(case.id, how=ReturnedHow.TO_CENTRE, by=guard, now=case.now)
        case.send()
        rig.fails("refuses")
        other.clock(case.now)
        carried(case, rig)
    letter = case.letter("2.2-7", recipient=Kind.CHILD_WELFARE)
    assert [one.channel for one in letter.attempts.all()] == [first, second]
    told = StaffNotice.objects.filter(kind=StaffKind.ASTRAY)
    assert [one.person for one in told] == ([guard] if second is Channel.ALTINN else [])


def test_the_last_wire_fails_and_who_sent_the_letter_is_told_that_it_must_be_carried(
    story: Tell, set_up: Any, by: By, guard: Person
) -> None:
    with by(Channel.FIKS) as rig:  # no certificate on file: after the portal there is only paper
        case = carried(story().told(), rig)
        case.later(2 * HOUR)
        rig.tell("", rig.words[1], case.now)  # type: ignore[misc]
        carried(case, rig, MINUTE)
    assert case.letter("b-4").channel == Channel.POST
    (told,) = StaffNotice.objects.filter(kind=StaffKind.ASTRAY)
    assert (told.person, told.at) == (guard, case.now), "nobody else follows it up yet"


def test_what_has_just_come_onto_its_next_way_is_taken_up_at_once_and_holds_up_nobody_else(
    story: Tell, post: Post, by: By
) -> None:
    with post(), by(Channel.FIKS) as rig:
        case = carried(story().told(), rig)
        letter, told = case.letter("b-4"), {"at": case.now, "read_at": case.now}
        letter.statuses.create(channel=Channel.FIKS, name="mottatt", meaning=Meaning.ON_ITS_WAY, **told)
        reroute(letter.id, Channel.ENCRYPTED_EMAIL, address=GRANVIK, why="Tok for lang tid.", by="prøve", now=case.now)
        drop_jobs()
        carrying.take_up_again(now=case.now)
    assert waiting_jobs()[letter.id] is None


def test_a_channel_that_never_delivers_leaves_a_person_time_to_carry_it(story: Tell, set_up: Any, by: By) -> None:
    with by(Channel.FIKS) as rig:  # no certificate on file: after the portal there is only paper
        case = carried(story().told(), rig)
        begun, limit = case.now, case.the("b-4").latest
        for _ in range(40):
            carried(case, rig, 5 * MINUTE)
    letter = case.letter("b-4")
    assert letter.channel == Channel.POST
    moved = letter.reroutings.get().at
    assert LONGEST[Channel.FIKS] <= moved - begun <= LONGEST[Channel.FIKS] + 5 * MINUTE
    assert limit is None or limit - moved >= BY_HAND


def test_delivered_late_after_it_went_another_way_is_told_and_counts(story: Tell, set_up: Any, by: By) -> None:
    with by(Channel.FIKS) as rig:
        case = carried(story().told(), rig)
        rig.tell("", rig.words[1], case.now + MINUTE)  # type: ignore[misc]
        carried(case, rig, 2 * MINUTE)
        assert case.letter("b-4").channel == Channel.POST
        at = case.now + HOUR
        rig.tell("", rig.words[0], at)  # type: ignore[misc]
        case.later(2 * HOUR)
        carrying.follow(now=case.now)
        carried(case, rig)
    assert (case.the("b-4").state, case.the("b-4").sent_at) == (ObligationState.DISCHARGED, at)


def test_one_channel_that_is_down_does_not_hide_what_the_next_one_has_delivered(
    story: Tell, post: Post, by: By
) -> None:
    with post(), ExitStack() as until_it_dies:
        first = until_it_dies.enter_context(by(Channel.EFORMIDLING))
        with by(Channel.SVARUT) as second:
            case = carried(story().told(), first)
            assert case.letter("b-4").channel == Channel.EFORMIDLING
            until_it_dies.close()
            for _ in range(40):
                carried(case, second, 5 * MINUTE)
            assert case.letter("b-4").channel == Channel.SVARUT
            at = case.now + MINUTE
            second.tell("", second.words[0], at)  # type: ignore[misc]
            for _ in range(12):
                carried(case, second, 5 * MINUTE)
    assert (case.the("b-4").state, case.the("b-4").sent_at) == (ObligationState.DISCHARGED, at)
    assert case.letter("b-4").channel == Channel.SVARUT, "it need not go any other way"


def test_a_municipality_outside_the_portal_is_written_to_another_way(story: Tell, post: Post, by: By) -> None:
    with post() as box, by(Channel.FIKS, takes_part=False) as rig:
        case = carried(story().told(), rig)
    assert case.letter("b-4").channel == Channel.ENCRYPTED_EMAIL
    assert "tar ikke imot" in case.letter("b-4").reroutings.get().why
    assert GRANVIK in receivers(box)


def test_the_police_are_never_written_to_without_an_agreement_nor_the_region_through_eformidling(
    story: Tell, post: Post, by: By
) -> None:
    for kind in (Kind.POLICE_DISTRICT, Kind.REGION):
        for office in Recipient.objects.filter(kind=kind.value):
            RecipientChannel.objects.create(recipient=office, channel=Channel.EFORMIDLING, address="310073903", order=0)
    with post() as box, by(Channel.EFORMIDLING) as rig:
        case = carried(story().told(), rig)
        rig.tell(str(case.letter("b-4").id), rig.words[0], case.now + MINUTE)  # type: ignore[misc]
        carried(case, rig, 2 * MINUTE)
    assert case.letter("a-1").channel == Channel.IN_PERSON
    assert receivers(box) == [REGION]


def test_what_goes_beside_the_letter_is_in_the_ledger_by_its_hash(story: Tell, post: Post, by: By) -> None:
    with post(), by(Channel.EFORMIDLING) as rig:
        case = carried(story().told(), rig)
    letter = Message.objects.get(id=case.letter("b-4").id)
    notice = ArchiveNotice.read(unpack(data_bytes(letter))[Channel.EFORMIDLING])
    assert (notice.remark, notice.name) == (Remark.CONCERN, case.child.name)
    damage: list[Any] = []
    verify(damage.append)
    assert damage == []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("savnet.casework.verifying.data_bytes", lambda _: b"something else")
        verify(damage.append)
    assert any("data beside the letter" in one.what for one in damage)


# Mail that comes back


@pytest.fixture
def mailbox(settings: Any, tmp_path: Path) -> Path:
    folder = tmp_path / "returned"
    folder.mkdir()
    settings.RETURN_MAILBOX = f"folder:{folder}"
    return folder


def comes_back(mailbox: Path, letter: Message, now: datetime, raw: bytes) -> int:
    raw = raw.replace(b"aae9e2eb-736c-41b4-9417-ed64fa8d2053", str(letter.id).encode())
    (mailbox / f"{len(list(mailbox.glob('*.eml')))}.eml").write_bytes(raw)
    return returned_mail.take_in(now=now)


@pytest.mark.parametrize(("action", "status", "outcome"), [
    ("failed", "5.1.1", Outcome.REFUSED), ("failed", "4.4.7", Outcome.FAILED), ("delayed", "4.4.1", Outcome.FAILED),
])  # fmt: skip
def test_a_letter_in_return_was_never_sent_and_goes_on_paper(
    action: str, status: str, outcome: Outcome, story: Tell, post: Post, mailbox: Path
) -> None:
    with post():
        case = story().told().carried()
        letter = case.letter("b-4")
        assert case.the("b-4").state is ObligationState.DISCHARGED
        case.later(HOUR)
        assert comes_back(mailbox, letter, case.now, report(action, status, receiver=GRANVIK)) == 1
        case.carried()
    assert case.the("b-4").state is ObligationState.OPEN
    letter = case.letter("b-4")
    assert letter.channel == Channel.POST
    assert [one.outcome for one in case.the("b-4").attempts] == [outcome]
    case.later(HOUR).hand_over(letter)
    assert case.the("b-4").state is ObligationState.DISCHARGED
    assert len(case.recorded(Corrected)) == 1


def test_what_a_shared_mailbox_passed_on_to_a_dead_one_is_believed_by_the_address_that_we_wrote_to(
    story: Tell, post: Post, mailbox: Path
) -> None:
    with post():
        case = story().told().carried()
        letter = case.letter("b-4")
        case.later(HOUR)
        comes_back(mailbox, letter, case.now, behind_an_alias(report(receiver="sluttet@granvik.example"), GRANVIK))
        case.carried()
    assert case.the("b-4").state is ObligationState.OPEN
    assert case.letter("b-4").channel == Channel.POST


def test_after_a_long_closure_it_is_looked_further_back_than_to_what_was_last_taken_in(
    story: Tell, post: Post, mailbox: Path
) -> None:
    with post():
        case = story().told().carried()
        assert returned_mail.look_from(case.now) == case.now - 14 * DAY
        back = report(receiver=GRANVIK).replace(b"Mon, 02 Mar 2026 21:30:00 +0100", b"Mon, 02 Mar 2026 22:30:00 +0100")
        case.later(HOUR)
        comes_back(mailbox, case.letter("b-4"), case.now, back)
        last = datetime(2026, 3, 2, 21, 30, tzinfo=UTC)
        assert ReturnedMail.objects.get().at == last
        assert returned_mail.look_from(last + 3 * DAY) == last - 11 * DAY
        assert returned_mail.look_from(last + 40 * DAY) == last - DAY
        assert returned_mail.look_from(last + 500 * DAY) == last + 134 * DAY, "a date that is wrong leads no further"


def test_one_that_nobody_foresaw_keeps_no_other_from_being_read(
    story: Tell, post: Post, mailbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    take_in_one = returned_mail.take_in_one

    def unfit(raw: bytes, *, now: datetime) -> ReturnedMail | None:
        if b"unfit" in raw:
            raise DataError("no such text can be kept")
        return take_in_one(raw, now=now)

    with post():
        case = story().told().carried()
        (mailbox / "0.eml").write_bytes(b"unfit")
        with monkeypatch.context() as patch:
            patch.setattr(returned_mail, "take_in_one", unfit)
            assert comes_back(mailbox, case.letter("b-4"), case.now, report(receiver=GRANVIK)) == 1
        assert returned_mail.take_in(now=case.now) == 1, "it lies where it was"


def test_doubled_late_and_taken_in_twice_it_came_back_once(story: Tell, post: Post, mailbox: Path) -> None:
    with post():
        case = story().told().carried()
        letter = case.letter("b-4")
        back = report(receiver=GRANVIK)
        case.later(HOUR)
        comes_back(mailbox, letter, case.now, back)
        case.carried().later(MINUTE)
        case.hand_over(case.letter("b-4"))
        assert comes_back(mailbox, letter, case.now, back) == 0, "the same mail"
        comes_back(mailbox, letter, case.now, back.replace(b"Sorry", b"Sorry again"))
        case.carried()
    assert case.the("b-4").state is ObligationState.DISCHARGED, "it was handed over since"
    assert len(case.recorded(Corrected)) == 1
    assert returned_mail.take_in(now=case.now) == 0


@pytest.mark.parametrize("raw", [
    report(receiver="somebody.else@x.example"),
    report(receiver=GRANVIK).replace(b"aae9e2eb", b"00000000"),
    report("delivered", "2.0.0", receiver=GRANVIK),
    written(In_Reply_To="<aae9e2eb-736c-41b4-9417-ed64fa8d2053@savnet.example>"),
    written(In_Reply_To="<aae9e2eb-736c-41b4-9417-ed64fa8d2053@savnet.example>", Auto_Submitted="auto-replied"),
    b"\xff\xfe nonsense",
    report("delivered", "2.0.0", receiver=GRANVIK).replace(b"MAILER", b"MAIL\0ER"),
], ids=["for another", "unknown id", "delivered", "a person's", "out of office", "nonsense", "with NUL"])  # fmt: skip
def test_nothing_else_that_comes_back_changes_what_is_owed_or_received(
    raw: bytes, story: Tell, post: Post, mailbox: Path
) -> None:
    with post():
        case = story().told().carried()
        before = case.at_hand().derivation
        case.later(HOUR)
        comes_back(mailbox, case.letter("b-4"), case.now, raw)
        case.carried()
    assert case.at_hand().derivation.obligations == before.obligations
    assert not Receipt.objects.exists()
    assert ReturnedMail.objects.count() == 1


def test_what_a_person_wrote_is_sealed_and_shown_until_somebody_has_seen_it(
    story: Tell, post: Post, mailbox: Path, guard: Person
) -> None:
    with post():
        case = story().told().carried()
        raw = written(In_Reply_To="<aae9e2eb-736c-41b4-9417-ed64fa8d2053@savnet.example>")
        comes_back(mailbox, case.letter("b-4"), case.now, raw)
    (mail,) = returned_mail.to_look_at([case.id])
    assert "Kari Oppdiktet" in returned_mail.text_of(mail)
    assert b"Kari" not in bytes(mail.sealed_text or b"")
    returned_mail.mark_seen(mail, by=guard, now=case.now)
    assert not returned_mail.to_look_at([case.id])


def test_what_a_person_has_confirmed_is_not_undone_by_a_mail_server(
    story: Tell, post: Post, mailbox: Path, guard: Person
) -> None:
    with post():
        case = story().told().carried()
        letter = case.letter("b-4")
        case.later(HOUR)
        record_receipt(letter.id, by_name="Kari Oppdiktet", reference="", at=case.now, by=guard, now=case.now)
        comes_back(mailbox, letter, case.now, report(receiver=GRANVIK))
        case.carried()
    assert case.the("b-4").state is ObligationState.DISCHARGED
    assert len(returned_mail.to_look_at([case.id])) == 1, "somebody looks into it"


def test_a_letter_that_comes_back_after_the_child_did_goes_nowhere_by_itself(
    story: Tell, post: Post, mailbox: Path, guard: Person
) -> None:
    with post() as box:
        case = story().told().carried()
        letter = case.letter("b-4")
        case.later(HOUR)
        note_return(case.id, how=ReturnedHow.TO_CENTRE, by=guard, now=case.now)
        sent = len(box.mails)
        comes_back(mailbox, letter, case.now, report(receiver=GRANVIK))
        case.carried()
    assert len(box.mails) == sent
    assert Message.objects.get(id=letter.id).withdrawal.why
    assert case.the("b-4").state is ObligationState.OPEN
    assert carry_all(case.now) == 0
    assert waiting_jobs() == {}
    assert case.recorded(Done, obligation="b-4")
