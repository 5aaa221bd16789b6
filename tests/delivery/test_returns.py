"""Mail that comes back: what it is, whoever wrote it and however badly."""

from datetime import timedelta
from email.message import EmailMessage
from email.policy import SMTP
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from savnet.delivery.channels.encrypted_email.returns import Returned, ReturnKind, read

OURS = UUID("aae9e2eb-736c-41b4-9417-ed64fa8d2053")
CWS = "bv@granvik.example"


def report(
    action: str = "failed", status: str = "5.1.1", *, receiver: str = CWS, envelope_id: str = "", headers: str = ""
) -> bytes:
    """What a mail server writes of a letter that it could not deliver (RFC 3464)."""
    envelope = f"Original-Envelope-Id: {envelope_id}\r\n" if envelope_id else ""
    within = headers or f"Message-ID: <{OURS}@savnet.example>\r\nSubject: Melding\r\n"
    return (
        "From: MAILER-DAEMON@mx.example\r\nTo: varsling@savnet.example\r\nDate: Mon, 02 Mar 2026 21:30:00 +0100\r\n"
        'MIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nSorry.\r\n"
        f"--b\r\nContent-Type: message/delivery-status\r\n\r\n{envelope}Reporting-MTA: dns; mx.example\r\n\r\n"
        f"Final-Recipient: rfc822; {receiver}\r\nAction: {action}\r\nStatus: {status}\r\n\r\n"
        f"--b\r\nContent-Type: text/rfc822-headers\r\n\r\n{within}\r\n--b--\r\n"
    ).encode()


def behind_an_alias(raw: bytes, wrote_to: str) -> bytes:
    """The same report of a letter that was passed on to another address, where it could not be delivered."""
    return raw.replace(b"Final-Recipient:", f"Original-Recipient: rfc822;{wrote_to}\r\nFinal-Recipient:".encode())


def letter(**headers: str) -> bytes:
    mail = EmailMessage(policy=SMTP)
    mail["From"], mail["To"] = f"Barnevernet <{CWS}>", "varsling@savnet.example"
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    mail.set_content("Vi har fått den. Hilsen Kari Oppdiktet")
    return mail.as_bytes()


@pytest.mark.parametrize(
    ("action", "status", "kind", "permanent"),
    [
        ("failed", "5.1.1", ReturnKind.FAILED, True),
        ("failed", "4.4.7", ReturnKind.FAILED, False),
        ("delayed", "4.4.1", ReturnKind.DELAYED, False),
        ("delivered", "2.0.0", ReturnKind.RELAYED, False),
        ("relayed", "2.0.0", ReturnKind.RELAYED, False),
        ("Failed", "", ReturnKind.FAILED, True),
    ],
)
def test_a_report_says_what_became_of_which_letter_to_whom(
    action: str, status: str, kind: ReturnKind, permanent: bool
) -> None:
    found = read(report(action, status))
    assert (found.kind, found.permanent, found.about, found.receivers) == (kind, permanent, OURS, (CWS,))


def test_the_envelope_s_id_names_the_letter_where_the_headers_did_not_come_along() -> None:
    assert read(report(envelope_id=str(OURS), headers="Subject: x\r\n")).about == OURS
    assert read(report(headers="Subject: x\r\n")).about is None


@pytest.mark.parametrize("reported", ["post+barnevern@granvik.example", "Post+2Bbarnevern@granvik.example"])
def test_behind_an_alias_the_address_that_we_wrote_to_is_read_whether_it_was_unwrapped_or_not(reported: str) -> None:
    back = behind_an_alias(report(receiver="inne@granvik.example"), reported)
    assert {"post+barnevern@granvik.example", "inne@granvik.example"} <= set(read(back).receivers)


def test_a_person_s_answer_is_a_reply_and_names_what_it_answers() -> None:
    found = read(letter(In_Reply_To=f"<{OURS}@savnet.example>"))
    assert (found.kind, found.about, found.sender) == (ReturnKind.REPLY, OURS, CWS)
    assert "Kari Oppdiktet" in found.text


@pytest.mark.parametrize("headers", [{"Auto_Submitted": "auto-replied"}, {"X_Autoreply": "yes"}])
def test_a_program_s_answer_is_automatic(headers: dict[str, str]) -> None:
    found = read(letter(References=f"<{OURS}@savnet.example>", **headers))
    assert (found.kind, found.about) == (ReturnKind.AUTOMATIC, OURS)


def test_that_it_was_shown_is_told_apart_and_is_no_receipt() -> None:
    raw = report().replace(b"message/delivery-status", b"message/disposition-notification")
    assert read(raw).kind is ReturnKind.READ


@pytest.mark.parametrize(
    "header",
    [
        b"From: bv\0@granvik.example",
        b"From: b\xe6v@granvik.example",
        b"From: =?utf-8?q?bv=00=ED=A0=80?= <bv@granvik.example>",
        b"Date: Mon, 01 Jan 0001 00:00:00 +1400",
        b"Date: Fri, 31 Dec 9999 23:59:59 -1200",
    ],
)
def test_what_is_read_of_a_broken_mail_can_be_kept(header: bytes) -> None:
    can_be_kept(read(header + b"\r\n\r\nMottatt"))


@given(st.binary(max_size=400), st.integers(0, 900))
@settings(max_examples=200, deadline=None)
def test_whatever_comes_there_is_an_answer(noise: bytes, where: int) -> None:
    for raw in (noise, report()[:where] + noise + report()[where:]):
        can_be_kept(read(raw))


def can_be_kept(found: Returned) -> None:
    """As PostgreSQL keeps it: text without NUL that is UTF-8, and an instant that there is in UTC."""
    assert found.kind in ReturnKind
    assert "\0" not in found.sender + found.status + found.text
    assert (found.sender + found.status + found.text).encode("utf-8") is not None
    assert found.at is None or found.at.utcoffset() == timedelta(0)
