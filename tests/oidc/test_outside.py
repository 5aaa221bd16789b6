"""Signing in at a real OpenID provider over TLS: who gets in, and everything that keeps others out."""

import re
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from django.test import Client
from django.utils import timezone

from oidc.house_of_keys import pem
from oidc.peer import NORMAL, Peer
from savnet.access.models import Person
from savnet.access.sign_in.models import Identity, SignIn, Way
from savnet.register.models import Centre
from savnet.web.oidc import asking, provider

START = "/logg-inn/hos/ansattporten/?next=/beboere/"


def sent_off(client: Client) -> str:
    """Where we send the person."""
    return str(client.get(START).headers["Location"])


def come_back(client: Client, peer: Peer) -> Any:
    """All the way there and back."""
    return client.get(peer.follow(sent_off(client)))


def signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def changed(client: Client, **change: str) -> None:
    """Make our own memory of the question another."""
    session = client.session
    session[asking.IN_SESSION] = {**session[asking.IN_SESSION], **change}
    session.save()


def test_who_is_known_and_comes_from_where_she_works_gets_in(client: Client, nora: Person, ansattporten: Peer) -> None:
    assert come_back(client, ansattporten).headers["Location"] == "/beboere/"
    assert signed_in(client)
    assert SignIn.objects.get(person=nora).way == Way.OUTSIDE


def test_we_ask_with_pkce_and_say_how_strongly_one_must_have_signed_in(
    client: Client, nora: Person, ansattporten: Peer
) -> None:
    ansattporten.play(no_pushing=True)
    asked = parse_qs(urlsplit(sent_off(client)).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert len(asked["code_challenge"][0]) == 43
    assert asked["acr_values"] == ["substantial high"]
    assert asked["response_type"] == ["code"]


def test_an_issuer_that_takes_questions_itself_is_asked_so_and_the_browser_carries_a_reference(
    client: Client, nora: Person, ansattporten: Peer
) -> None:
    asked = parse_qs(urlsplit(sent_off(client)).query)
    assert set(asked) == {"client_id", "request_uri"}
    assert asked["request_uri"][0].startswith("urn:ietf:params:oauth:request_uri:")


def test_one_gets_in_where_the_issuer_has_no_such_thing(client: Client, nora: Person, ansattporten: Peer) -> None:
    ansattporten.play(no_pushing=True)
    assert come_back(client, ansattporten).headers["Location"] == "/beboere/"


@pytest.mark.parametrize("answer", [[503, ""], [401, {"error": "invalid_client"}], [201, {}], [201, "{"]])
def test_what_an_issuer_does_not_take_is_not_asked_openly_instead(
    answer: list[Any], client: Client, nora: Person, ansattporten: Peer
) -> None:
    ansattporten.play(answers_questions=answer)
    response = client.get(START)
    assert response.status_code == 503
    assert "Location" not in response.headers
    assert asking.IN_SESSION not in client.session


def test_a_question_signed_with_another_key_is_not_taken(
    client: Client, nora: Person, settings: Any, ansattporten: Peer
) -> None:
    settings.OUTSIDE_SIGN_IN = ansattporten.settings(key=pem(rsa.generate_private_key(65537, 2048)))
    assert client.get(START).status_code == 503


def test_another_site_cannot_set_the_browser_off(client: Client, nora: Person) -> None:
    led = client.get(START, headers={"sec-fetch-site": "cross-site"})
    assert led.headers["Location"] == "/logg-inn/"
    for own in ("same-origin", "none"):
        assert client.get(START, headers={"sec-fetch-site": own}).headers["Location"].startswith("https://")


def test_the_sign_in_page_offers_it(client: Client, nora: Person) -> None:
    assert "Logg inn med Ansattporten" in client.get("/logg-inn/").text


def test_an_answer_counts_once(client: Client, nora: Person, ansattporten: Peer) -> None:
    answer = ansattporten.follow(sent_off(client))
    client.get(answer)
    client.post("/logg-ut/")
    assert client.get(answer).status_code == 403
    assert not signed_in(client)


def test_a_code_counts_once_at_the_issuer_too(client: Client, nora: Person, ansattporten: Peer) -> None:
    answer = ansattporten.follow(sent_off(client))
    kept = client.session[asking.IN_SESSION]
    client.get(answer)
    client.post("/logg-ut/")
    session = client.session
    session[asking.IN_SESSION] = kept
    session.save()
    assert client.get(answer).status_code == 403
    assert not signed_in(client)


def test_anothers_answer_is_refused(client: Client, nora: Person, ansattporten: Peer) -> None:
    """Who sends a colleague a link to finish a sign-in that they began themselves gets nowhere."""
    answer = ansattporten.follow(sent_off(Client()))
    sent_off(client)
    assert client.get(answer).status_code == 403
    assert client.get(re.sub(r"state=[^&]+", "state=", answer)).status_code == 403
    assert not signed_in(client)


def test_an_answer_that_comes_too_late_is_refused(client: Client, nora: Person, ansattporten: Peer) -> None:
    answer = ansattporten.follow(sent_off(client))
    changed(client, at=(timezone.now() - timedelta(minutes=11)).isoformat())
    assert client.get(answer).status_code == 403


def test_without_our_own_proof_of_the_question_the_issuer_gives_nothing(
    client: Client, nora: Person, ansattporten: Peer
) -> None:
    answer = ansattporten.follow(sent_off(client))
    changed(client, verifier="another" * 10)
    assert client.get(answer).status_code == 403


def test_an_answer_in_another_issuers_name_is_refused(client: Client, nora: Person, ansattporten: Peer) -> None:
    answer = ansattporten.follow(sent_off(client))
    assert "iss=" in answer
    assert client.get(re.sub(r"iss=[^&]+", "iss=https%3A%2F%2Fother.example", answer)).status_code == 403


def test_an_answer_without_a_name_is_refused_where_the_issuer_gives_one(
    client: Client, nora: Person, ansattporten: Peer
) -> None:
    answer = ansattporten.follow(sent_off(client))
    assert client.get(re.sub(r"&iss=[^&]+", "", answer)).status_code == 403


def ago(**time: float) -> int:
    return int((timezone.now() - timedelta(**time)).timestamp())


WRONG: dict[str, dict[str, Any]] = {
    "another nonce": {"forge": {"nonce": "another"}},
    "no nonce": {"without": ["nonce"]},
    "for somebody else": {"forge": {"aud": "another-client"}},
    "for us and somebody else, and not said whose": {"forge": {"aud": ["savnet", "another-client"]}},
    "given to somebody else": {"forge": {"azp": "another-client"}},
    "from another issuer": {"forge": {"iss": "https://other.example"}},
    "expired": {"forge": {"exp": ago(minutes=5), "iat": ago(minutes=9)}},
    "made long ago": {"forge": {"iat": ago(hours=2)}},
    "made in the future": {"forge": {"iat": ago(minutes=-10), "exp": ago(minutes=-20)}},
    "not valid before later": {"forge": {"nbf": ago(minutes=-10)}},
    "valid from no instant": {"forge": {"nbf": "soon"}},
    "never expires": {"without": ["exp"]},
    "not signed": {"sign": "none"},
    "signed with a key that is not the issuer's": {"sign": "strange"},
    "signed with a strange key under the name of the issuer's": {"sign": "posing"},
    "signed with something everybody knows": {"sign": "hmac", "secret": "savnet"},
    "not strongly enough": {"acr": "low"},
    "not said how strongly": {"without": ["acr"]},
    "nobody in particular": {"without": ["pid"]},
    "somebody we don't know": {"claims": {**NORMAL["claims"], "pid": "20815499999"}},
    "no organisation": {"claims": {"pid": "20815400123"}},
    "another organisation": {
        "claims": {"pid": "20815400123", "authorization_details": [{"reportees": [{"ID": "0192:111222333"}]}]}
    },
    "an organisation number as part of something else": {
        "claims": {"pid": "20815400123", "authorization_details": [{"reportees": [{"ID": "0192:9998887770"}]}]}
    },
}


@pytest.mark.parametrize("wrong", list(WRONG))
def test_nobody_gets_in_with_a_token_that_is_wrong_in_one_way(
    wrong: str, client: Client, nora: Person, ansattporten: Peer
) -> None:
    ansattporten.play(**WRONG[wrong])
    response = come_back(client, ansattporten)
    assert response.status_code == 403
    assert not signed_in(client)
    assert "ga ikke adgang" in response.text


def test_a_forged_copy_without_a_fault_is_let_in(client: Client, nora: Person, ansattporten: Peer) -> None:
    """So that the refusals above are for what is wrong, and not for having been signed anew."""
    ansattporten.play(forge={"name": "Nora"})
    come_back(client, ansattporten)
    assert signed_in(client)


def test_a_new_key_of_the_issuers_is_fetched_when_it_is_first_seen(
    client: Client, nora: Person, ansattporten: Peer, monkeypatch: pytest.MonkeyPatch
) -> None:
    come_back(client, ansattporten)
    client.post("/logg-ut/")
    monkeypatch.setattr(provider, "NOT_AGAIN_WITHIN", 0.0)
    ansattporten.play(rotated=True, sign="next")
    come_back(client, ansattporten)
    assert signed_in(client)


def test_made_up_keys_don_t_make_us_ask_the_issuer_each_time(
    client: Client, nora: Person, ansattporten: Peer, monkeypatch: pytest.MonkeyPatch
) -> None:
    come_back(client, ansattporten)
    client.post("/logg-ut/")
    asked: list[str] = []
    read = provider._read
    monkeypatch.setattr(provider, "_read", lambda issuer, address: asked.append(address) or read(issuer, address))
    ansattporten.play(sign="strange")
    for _ in range(3):
        come_back(client, ansattporten)
    assert asked == []


def test_one_who_moved_to_another_centre_does_not_get_in_from_the_old_one(
    client: Client, nora: Person, ansattporten: Peer
) -> None:
    nora.centre = Centre.objects.create(name="Solvik", number="S-1", operator="private", municipality_id="5501")
    nora.save()
    assert come_back(client, ansattporten).status_code == 403


def test_one_whose_access_is_withdrawn_does_not_get_in(client: Client, nora: Person, ansattporten: Peer) -> None:
    Person.objects.filter(pk=nora.pk).update(is_active=False)
    assert come_back(client, ansattporten).status_code == 403


def test_the_issuers_number_of_a_person_is_not_to_be_read_from_the_table(nora: Person) -> None:
    assert "20815400123" not in str(list(Identity.objects.values_list()))


def test_who_is_signed_in_and_asked_again_must_say_it_all_again_at_the_issuer(
    client: Client, nora: Person, ansattporten: Peer
) -> None:
    come_back(client, ansattporten)
    ansattporten.play(no_pushing=True)
    provider.forget()
    asked = parse_qs(urlsplit(sent_off(client)).query)
    assert (asked["prompt"], asked["max_age"]) == (["login"], ["0"])
    assert come_back(client, ansattporten).status_code == 302
    ansattporten.play(without=["auth_time"])
    assert come_back(client, ansattporten).status_code == 403
    ansattporten.play(forge={"auth_time": ago(hours=1)})
    assert come_back(client, ansattporten).status_code == 403


def test_signing_out_here_leads_on_to_signing_out_there(client: Client, nora: Person, ansattporten: Peer) -> None:
    come_back(client, ansattporten)
    response = client.post("/logg-ut/")
    assert not signed_in(client)
    assert "Logg ut hos Ansattporten" in response.text
    found = re.search(r'href="(https://[^"]+)"', response.text)
    assert found
    there = found[1].replace("&amp;", "&")
    assert there.startswith(f"{ansattporten.issuer}/session/end?id_token_hint=")
    assert "post_logout_redirect_uri=http%3A%2F%2Ftestserver%2Flogg-inn%2F" in there


def test_an_issuer_that_is_away_is_told_of_and_others_ways_stay(
    client: Client, nora: Person, settings: Any, ansattporten: Peer
) -> None:
    settings.OUTSIDE_SIGN_IN = ansattporten.settings(issuer="https://localhost:1")
    assert client.get(START).status_code == 503
    assert client.get("/logg-inn/").status_code == 200


def test_an_issuer_whose_certificate_nobody_vouches_for_is_not_asked(
    client: Client, nora: Person, settings: Any, ansattporten: Peer
) -> None:
    plain = ansattporten.settings()
    settings.OUTSIDE_SIGN_IN = "\n".join(line for line in plain.splitlines() if not line.startswith("ca ="))
    assert client.get(START).status_code == 503


def test_an_issuer_that_is_not_set_up_is_not_there(client: Client, db: None) -> None:
    assert client.get("/logg-inn/hos/ukjent/").status_code == 404
