"""Telling an issuer straight what we ask, before the person is sent there (RFC 9126); the browser carries a reference.

Nobody between can then read or change the question, and the issuer knows that it is ours before anybody has signed in.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from urllib.parse import urlencode

from savnet.delivery.web_call import Answer, LineBroke, NotReached, call
from savnet.web.oidc.issuers import Issuer
from savnet.web.oidc.provider import Unreachable, line
from savnet.web.oidc.statement import who_we_are


def push(issuer: Issuer, address: str, question: Mapping[str, str], now: datetime) -> dict[str, str]:
    """What to send the person with in place of the question.

    Raises Unreachable where the issuer doesn't take it. The question is then not asked openly instead: an issuer that
    offers this way may demand it, and who wants the open one must not get it by standing in the way of this.
    """
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
    body = urlencode({**question, **who_we_are(issuer, now)}).encode("ascii")
    try:
        answer = call("POST", address, line=line(issuer), headers=headers, body=body)
    except (NotReached, LineBroke) as error:
        raise Unreachable(f"{issuer.slug} doesn't answer: {error}") from error
    return {"client_id": issuer.client_id, "request_uri": _reference(issuer, answer)}


def _reference(issuer: Issuer, answer: Answer) -> str:
    if not answer.good:
        raise Unreachable(f"{issuer.slug} did not take what we ask: {answer.status}.")
    try:
        reference = json.loads(answer.body)["request_uri"]
    except (ValueError, KeyError, TypeError) as unreadable:
        raise Unreachable(f"{issuer.slug} gave no reference to what we ask.") from unreadable
    return str(reference)
