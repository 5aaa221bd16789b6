"""Tokens from Maskinporten: asked for with a statement that counts once, held until shortly before they run out."""

import base64
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import jwt
import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from delivery.conftest import NOW
from delivery.fiks.portal_peer import Fault, Peer
from savnet.delivery.maskinporten import MARGIN, Client, NoToken, Tokens, ask, statement

SCOPE = "ks:fiks"


def test_a_statement_is_short_lived_and_counts_once(client: Client) -> None:
    numbers = set()
    for _ in range(20):
        claims = jwt.decode(statement(client, SCOPE, NOW), options={"verify_signature": False})
        assert claims["exp"] - claims["iat"] <= 120
        assert claims["iat"] == int(NOW.timestamp())
        numbers.add(claims["jti"])
    assert len(numbers) == 20


def test_the_certificate_goes_with_the_statement_unless_the_key_has_a_name(client: Client) -> None:
    (sent,) = jwt.get_unverified_header(statement(client, SCOPE, NOW))["x5c"]
    assert base64.b64decode(sent) == client.organisation.certificate.public_bytes(Encoding.DER)
    named = replace(client, organisation=replace(client.organisation, key_id="nøkkel-1"))
    header = jwt.get_unverified_header(statement(named, SCOPE, NOW))
    assert header["kid"] == "nøkkel-1"
    assert "x5c" not in header


def test_a_named_key_gets_a_token_too(client: Client) -> None:
    named = replace(client, organisation=replace(client.organisation, key_id="nøkkel-1"))
    assert ask(named, SCOPE, NOW).text == "token-0"


def test_a_token_is_held_until_shortly_before_it_runs_out(client: Client, peer: Peer) -> None:
    tokens = Tokens()
    lasts = timedelta(seconds=119)
    first = [tokens.token(client, SCOPE, NOW), tokens.token(client, SCOPE, NOW + lasts - MARGIN - timedelta(seconds=1))]
    peer.now = NOW + lasts - MARGIN
    second = tokens.token(client, SCOPE, peer.now)
    assert first == ["token-0", "token-0"]
    assert second == "token-1"


def test_a_token_that_was_refused_is_not_used_again(client: Client) -> None:
    tokens = Tokens()
    tokens.token(client, SCOPE, NOW)
    tokens.forget(client, SCOPE)
    assert tokens.token(client, SCOPE, NOW) == "token-1"


def test_the_clocks_may_not_be_far_apart_and_it_is_tried_again_when_they_are_not(client: Client) -> None:
    with pytest.raises(NoToken, match="400 invalid_grant") as refused:
        ask(client, SCOPE, NOW + timedelta(minutes=1))
    assert not refused.value.permanent
    assert "Zzyzx" not in str(refused.value)


@pytest.mark.parametrize(
    ("fault", "permanent"),
    [
        (Fault("/token", "answer", 401), True),
        (Fault("/token", "answer", 400, body=b'{"error": "invalid_scope"}'), True),
        (Fault("/token", "answer", 400, body=b'{"error": "invalid_grant"}'), False),
        (Fault("/token", "answer", 429), False),
        (Fault("/token", "answer", 503), False),
        (Fault("/token", "answer", 200, body=b"{}"), False),
        (Fault("/token", "answer", 200, body=b"[1]"), False),
        (Fault("/token", "answer", 200, body=b"not json"), False),
        (Fault("/token", "drop"), False),
        (Fault("/token", "hang"), False),
    ],
    ids=repr,
)
def test_no_token_says_whether_asking_again_is_of_use(
    fault: Fault, permanent: bool, client: Client, peer: Peer
) -> None:
    peer.faults = [fault]
    with pytest.raises(NoToken) as refused:
        ask(client, SCOPE, NOW)
    assert refused.value.permanent is permanent


def test_a_failure_is_not_remembered(client: Client, peer: Peer) -> None:
    tokens = Tokens()
    peer.faults = [Fault("/token", "answer", 503)]
    with pytest.raises(NoToken):
        tokens.token(client, SCOPE, NOW)
    assert tokens.token(client, SCOPE, NOW) == "token-0"


def test_neither_key_nor_token_shows(client: Client) -> None:
    assert "RSAPrivateKey" not in repr(client)
    assert "token-0" not in repr(ask(client, SCOPE, NOW))


def test_many_at_once_ask_once(client: Client, peer: Peer) -> None:
    tokens = Tokens()
    with ThreadPoolExecutor(8) as crowd:
        given = set(crowd.map(lambda _: tokens.token(client, SCOPE, NOW), range(16)))
    assert given == {"token-0"}
    assert len(peer.statements) == 1
