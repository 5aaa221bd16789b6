"""Our own mailbox, over IMAP and as a folder: each mail is met once, and none is deleted or marked as read."""

import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from delivery.conftest import NOW, Cast
from savnet.delivery.mailbox import MailboxClosed, opened
from watching.imap_server import Imap


@pytest.fixture
def imap(tls: ssl.SSLContext) -> Iterator[Imap]:
    with Imap(tls) as server:
        server.mails |= {1: b"From: a@b.example\r\n\r\nfirst", 2: b"From: c@d.example\r\n\r\nsecond"}
        yield server


def address(imap: Imap, password: str = "hemmelig", folder: str = "INBOX") -> str:  # noqa: S107 - the test's own
    return f"imaps://oss:{password}@localhost:{imap.port}/{folder}"


def test_each_mail_is_met_until_it_is_taken_in_and_stays(imap: Imap, cast: Cast) -> None:
    with opened(address(imap), ca=cast.ca) as mailbox:
        first, second = mailbox.new(NOW)
        assert (first, second[1]) == (("1", imap.mails[1]), imap.mails[2])
        mailbox.taken_in("1")
    with opened(address(imap), ca=cast.ca) as mailbox:
        assert [name for name, _ in mailbox.new(NOW)] == ["2"]
    assert (len(imap.mails), imap.deleted) == (2, set())


def test_a_folder_does_the_same(tmp_path: Path) -> None:
    for number in (1, 2):
        (tmp_path / f"{number}.eml").write_bytes(b"mail %d" % number)
    with opened(f"folder:{tmp_path}") as mailbox:
        assert [raw for _, raw in mailbox.new(NOW)] == [b"mail 1", b"mail 2"]
        mailbox.taken_in("1.eml")
        assert [name for name, _ in mailbox.new(NOW)] == ["2.eml"]
    assert (tmp_path / "1.eml").exists()


@pytest.mark.parametrize("wrong", [{"password": "feil"}, {"folder": "Nowhere"}])
def test_a_mailbox_that_does_not_open_says_so_without_its_password(
    imap: Imap, cast: Cast, wrong: dict[str, str]
) -> None:
    with pytest.raises(MailboxClosed) as closed, opened(address(imap, **wrong), ca=cast.ca) as mailbox:
        list(mailbox.new(NOW))
    assert "feil" not in str(closed.value)


@pytest.mark.parametrize("where", ["no such folder at the server", "no such folder here"])
def test_a_folder_that_is_not_there_is_told_when_it_is_opened(
    where: str, imap: Imap, cast: Cast, tmp_path: Path
) -> None:
    there = address(imap, folder="Nowhere") if "server" in where else f"folder:{tmp_path}/borte"
    with pytest.raises(MailboxClosed), opened(there, ca=cast.ca):
        pass


def test_a_server_that_nobody_vouches_for_is_not_told_the_password(imap: Imap) -> None:
    with pytest.raises(MailboxClosed), opened(address(imap)) as mailbox:
        list(mailbox.new(NOW))


def test_an_address_that_is_neither_is_refused() -> None:
    with pytest.raises(ImproperlyConfigured), opened("imap://in.clear.example/INBOX"):
        pass
