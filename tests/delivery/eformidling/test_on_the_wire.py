"""What leaves the house: each request held to the official schemas, and nothing of the case on the outside."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from delivery.conftest import LETTER, NOW
from delivery.eformidling import official
from delivery.eformidling.conftest import DUF, NAME, OURS, THEIRS
from delivery.eformidling.peer import CONFIDENTIAL, Integrasjonspunkt
from savnet.delivery.channel import Envelope, Refused, Taken
from savnet.delivery.channels.eformidling import document
from savnet.delivery.channels.eformidling.channel import EFormidling
from savnet.delivery.channels.eformidling.document import SHORTEST_LIFE, business_document, runs_out


def test_the_letter_is_looked_up_made_filled_and_sent_in_that_order(
    channel: EFormidling, point: Integrasjonspunkt, envelope: Envelope
) -> None:
    answer = channel.send(envelope, LETTER)
    assert isinstance(answer, Taken)
    assert "DPO" in answer.answer
    out = f"/api/messages/out/{envelope.message_id}"
    assert [(one.method, one.path) for one in point.asked] == [
        ("GET", f"/api/capabilities/{THEIRS}"),
        ("POST", "/api/messages/out"),
        ("PUT", out),
        ("PUT", out),
        ("POST", out),
    ]
    (message_id, made) = point.sent[0]
    assert message_id == str(envelope.message_id)
    assert list(made.files) == ["arkivmelding.xml", "melding.pdf"]
    assert made.files["melding.pdf"] == LETTER


def test_only_the_confidential_process_at_the_highest_level_is_asked_for(
    channel: EFormidling, point: Integrasjonspunkt, envelope: Envelope
) -> None:
    channel.send(envelope, LETTER)
    assert point.asked[0].query == {"process": CONFIDENTIAL, "securityLevel": "4"}
    document = json.loads(point.asked[1].body)
    assert document["arkivmelding"] == {"sikkerhetsnivaa": 4, "hoveddokument": "melding.pdf"}
    assert document["standardBusinessDocumentHeader"]["businessScope"]["scope"][0]["identifier"] == CONFIDENTIAL


@official.needed
def test_what_is_sent_is_valid_by_the_official_schemas(
    channel: EFormidling, point: Integrasjonspunkt, envelope: Envelope
) -> None:
    channel.send(envelope, LETTER)
    document = json.loads(point.asked[1].body)
    assert set(document) == {"standardBusinessDocumentHeader", "arkivmelding"}
    assert not official.header_mistakes(document["standardBusinessDocumentHeader"])
    assert not official.archive_mistakes(point.sent[0][1].files["arkivmelding.xml"])


@official.needed
def test_the_peer_takes_nothing_that_the_official_schemas_refuse(
    channel: EFormidling, point: Integrasjonspunkt, envelope: Envelope, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So every request of every test that speaks with it is held to them."""
    monkeypatch.setattr(document, "STANDARD", 7)
    with pytest.raises(Refused, match="ConstraintViolation"):
        channel.send(envelope, LETTER)
    monkeypatch.undo()
    monkeypatch.setattr(
        "savnet.delivery.channels.eformidling.channel.arkivmelding", lambda *_, **__: b"<arkivmelding/>"
    )
    with pytest.raises(Refused, match="ConstraintViolation"):
        channel.send(envelope, LETTER)
    assert not point.sent


def test_the_header_names_two_organisations_and_one_message(envelope: Envelope) -> None:
    document = business_document(envelope, sender=OURS, lifetime=timedelta(hours=2), file_name="melding.pdf")
    header = document["standardBusinessDocumentHeader"]
    assert header["sender"][0]["identifier"]["value"] == f"0192:{OURS}"
    assert header["receiver"][0]["identifier"]["value"] == f"0192:{THEIRS}"
    assert header["documentIdentification"]["instanceIdentifier"] == str(envelope.message_id)


def test_each_file_is_handed_over_under_a_name_and_a_title_that_say_nothing(
    channel: EFormidling, point: Integrasjonspunkt, envelope: Envelope
) -> None:
    channel.send(envelope, LETTER)
    outsides = [(one.query["title"], one.headers["content-disposition"], one.headers["content-type"])
                for one in point.asked[2:4]]  # fmt: skip
    assert outsides == [
        ("Arkivmelding", 'attachment; name="Arkivmelding"; filename="arkivmelding.xml"', "application/xml"),
        ("Melding", 'attachment; name="Melding"; filename="melding.pdf"', "application/pdf"),
    ]


def test_nothing_of_the_case_stands_outside_the_two_files(
    channel: EFormidling, point: Integrasjonspunkt, envelope: Envelope
) -> None:
    channel.send(envelope, LETTER)
    channel.statuses(envelope)
    for one in point.asked:
        outside = f"{one.path} {one.query} {one.headers}" + ("" if one.method == "PUT" else one.body.decode())
        for canary in (NAME, DUF, "forsvinning", "Nina", "Granvik"):
            assert canary not in outside
    assert NAME not in repr(envelope)
    assert DUF not in repr(envelope)


def test_what_the_integrasjonspunkt_keeps_as_title_is_masked(
    channel: EFormidling, point: Integrasjonspunkt, envelope: Envelope
) -> None:
    channel.send(envelope, LETTER)
    archive = ElementTree.fromstring(point.sent[0][1].files["arkivmelding.xml"])  # noqa: S314 - our own
    public = [node.text for node in archive.iter() if node.tag.endswith("offentligTittel")]
    assert public == ["Sak – *****", "Melding – *****"]


lives = st.timedeltas(timedelta(minutes=10), timedelta(hours=20))
instants = st.datetimes(datetime(2015, 8, 1), datetime(2040, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - given UTC


@given(instants, lives, st.none() | st.timedeltas(timedelta(hours=-30), timedelta(hours=30)))
def test_a_message_runs_out_well_inside_a_day_and_when_it_must_have_arrived(
    at: datetime, lifetime: timedelta, until: timedelta | None
) -> None:
    envelope = Envelope(message_id=UUID(int=7), address=THEIRS, at=at, until=None if until is None else at + until)
    end = runs_out(envelope, lifetime)
    assert at + SHORTEST_LIFE <= end <= at + timedelta(hours=20)
    if until is not None and until >= SHORTEST_LIFE:
        assert end <= at + until
    if until is None:
        assert end == at + lifetime


def test_a_deadline_nearer_than_the_lifetime_is_what_is_sent(
    channel: EFormidling, point: Integrasjonspunkt, envelope: Envelope
) -> None:
    channel.send(replace(envelope, until=NOW + timedelta(minutes=30)), LETTER)
    scope = json.loads(point.asked[1].body)["standardBusinessDocumentHeader"]["businessScope"]["scope"][0]
    sent = datetime.fromisoformat(scope["scopeInformation"][0]["expectedResponseDateTime"])
    assert sent == NOW + timedelta(minutes=30)
