"""The database itself refuses to change what was sent and received, whatever the code does."""

# ruff: noqa: S608 - the tables and changes are these tests' own words

from collections.abc import Callable

import pytest
from django.db import IntegrityError, connection, transaction

from delivery.conftest import CWS, NOW
from savnet.delivery.composing import reroute
from savnet.delivery.models import Message
from savnet.delivery.receipts import take_receipt
from savnet.rules.words import Channel

Compose = Callable[..., Message]
SENT = ("delivery_message", "delivery_attempt", "delivery_receipt", "delivery_rerouting", "delivery_channelstatus")


def refused(sql: str) -> None:
    with connection.cursor() as cursor:
        # Rows of this same test still wait for their foreign keys to be checked, and would stop a TRUNCATE first.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with pytest.raises(IntegrityError, match="refuse"), transaction.atomic():
            cursor.execute(sql)


@pytest.fixture
def sent(composed: Compose) -> Message:
    message = composed()
    message.attempts.create(
        number=1, channel="encrypted_email", address=CWS, started_at=NOW, ended_at=NOW, outcome="accepted"
    )
    message.statuses.create(channel="eformidling", name="LEVERT", meaning="delivered", at=NOW, read_at=NOW)
    take_receipt(
        message.id, by_name="Ida Vik", reference="24/17", at=NOW, channel=Channel.PHONE, recorded_by="vakt", now=NOW
    )
    return reroute(message.id, Channel.POST, address="Postboks 1", why="På papir også", by="vakt", now=NOW)


@pytest.mark.parametrize("table", SENT)
def test_nothing_sent_or_received_is_deleted(table: str, sent: Message) -> None:
    refused(f"DELETE FROM {table}")
    refused(f"TRUNCATE {table} CASCADE")


@pytest.mark.parametrize(
    "change",
    [
        "sealed_letter = 'other'",
        "sealed_data = 'other', data_sha256 = repeat('0', 64)",
        "letter_sha256 = repeat('0', 64)",
        "case_id = gen_random_uuid()",
        "id = gen_random_uuid()",
        "recipient = 'police_district'",
        "recipient_name = 'En annen'",
        "municipality = '0301'",
        "obligation = 'a-1'",
        "because = 3",
        "legal_basis = NULL",
        "composed_at = now()",
        "composed_by = 'en annen'",
        "channel = 'post', sealed_letter = 'other'",
    ],
)
def test_a_message_keeps_its_letter_and_whom_it_is_for(change: str, composed: Compose) -> None:
    composed()
    refused(f"UPDATE delivery_message SET {change}")


@pytest.mark.parametrize(
    "change",
    ["outcome = 'unknown'", "outcome = NULL, ended_at = NULL", "answer = 'other'", "started_at = now()", "number = 2"],
)
def test_an_attempt_that_has_ended_stays_as_it_ended(change: str, sent: Message) -> None:
    refused(f"UPDATE delivery_attempt SET {change}")


@pytest.mark.parametrize(
    "change",
    [
        "number = 2",
        "address = 'other'",
        "outcome = 'accepted', ended_at = started_at, channel = 'post'",
        "outcome = 'accepted', ended_at = started_at, started_at = started_at - interval '1 hour'",
    ],
)
def test_of_an_attempt_under_way_only_the_outcome_is_filled_in(change: str, composed: Compose) -> None:
    message = composed()
    message.attempts.create(number=1, channel="encrypted_email", address=CWS, started_at=NOW)
    refused(f"UPDATE delivery_attempt SET {change}")


@pytest.mark.parametrize("table", ["delivery_receipt", "delivery_rerouting"])
def test_a_receipt_or_a_rerouting_is_never_rewritten(table: str, sent: Message) -> None:
    refused(f"UPDATE {table} SET recorded_by = 'en annen'")


@pytest.mark.parametrize("change", ["name = 'LEST'", "meaning = 'opened'", "at = now()", "read_at = now()"])
def test_what_a_channel_said_is_never_rewritten(change: str, sent: Message) -> None:
    refused(f"UPDATE delivery_channelstatus SET {change}")


@pytest.mark.parametrize(
    "values",
    [
        "'maybe', now()",
        "'accepted', NULL",
        "NULL, now()",
        "'accepted', '2020-01-01'",
    ],
)
def test_an_attempt_ends_with_a_known_outcome_after_its_start(values: str, composed: Compose) -> None:
    message = composed()
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO delivery_attempt (number, channel, address, started_at, outcome, ended_at, message_id)"
            f" VALUES (1, 'post', '', '2026-01-01', {values}, '{message.id}')"
        )


def test_a_message_has_one_attempt_under_way_at_most(composed: Compose) -> None:
    message = composed()
    message.attempts.create(number=1, channel="post", address="", started_at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        message.attempts.create(number=2, channel="post", address="", started_at=NOW)
