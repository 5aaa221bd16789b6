"""Altinn Correspondence as published: exchanges tokens, takes what its schema allows, once for each key."""

import json
import re
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from email.parser import BytesParser
from email.policy import HTTP
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from jsonschema import Draft202012Validator

from delivery.fiks import portal_peer

SCHEMA = Path(__file__).resolve().parents[4] / "shared" / "schemas" / "altinn" / "altinn-corr.json"
needed = pytest.mark.skipif(not SCHEMA.is_file(), reason="the official schema does not lie beside the project")
RESOURCE = "savnet-melding"
HERE = "/correspondence/api/v1/correspondence"
BOOLEAN = frozenset({"isEncrypted", "isConfidential", "isConfirmationNeeded", "ignoreReservation"})


@cache
def document() -> Any:
    """The official description of the interface."""
    return json.loads(SCHEMA.read_text(encoding="utf-8"))


def mistakes(name: str, content: Any) -> list[str]:
    """What is wrong by the official schema; nothing where the schema is not at hand."""
    if not SCHEMA.is_file():
        return []
    checker = Draft202012Validator({"$ref": f"#/components/schemas/{name}", "components": document()["components"]})
    return [f"{error.json_path}: {error.message}" for error in checker.iter_errors(content)]


def lacking(names: Iterable[str]) -> set[str]:
    """The fields that the form must have by the official description, and has not."""
    if not SCHEMA.is_file():
        return set()
    form = document()["paths"][f"{HERE}/upload"]["post"]["requestBody"]["content"]["multipart/form-data"]["schema"]
    return set(form["required"]) - {re.sub(r"\[\d+\].*", "", name) for name in names}


def nested(flat: dict[str, str]) -> dict[str, Any]:
    """The fields of the form as the object that they stand for."""
    whole: dict[str, Any] = {}
    for name, value in flat.items():
        steps = [step[0].lower() + step[1:] for step in name.split(".")]
        place: Any = whole
        for step in steps[:-1]:
            place = _into(place, step)
        _put(place, steps[-1], value)
    return whole


def _into(place: dict[str, Any], step: str) -> Any:
    if found := re.fullmatch(r"(\w+)\[(\d+)\]", step):
        listed = place.setdefault(found[1], [])
        while len(listed) <= int(found[2]):
            listed.append({})
        return listed[int(found[2])]
    return place.setdefault(step, {})


def _put(place: dict[str, Any], step: str, value: str) -> None:
    if found := re.fullmatch(r"(\w+)\[(\d+)\]", step):
        place.setdefault(found[1], []).append(value)
    else:
        place[step] = value == "true" if step in BOOLEAN else value


@dataclass(frozen=True)
class Letter:
    """A letter as Altinn stores it."""

    number: uuid.UUID
    told: dict[str, Any]
    content: bytes


@dataclass
class Peer(portal_peer.Peer):
    """What Altinn and Maskinporten know and remember."""

    letters: dict[uuid.UUID, Letter] = field(default_factory=dict)
    history: dict[uuid.UUID, list[dict[str, str]]] = field(default_factory=dict)
    exchanged: dict[str, datetime] = field(default_factory=dict)

    def tell(self, number: uuid.UUID, status: str, at: str) -> None:
        """Something happens to a letter."""
        self.history[number].append({"status": status, "statusText": status, "statusChanged": at})

    def may(self, headers: Any) -> bool:
        until = self.exchanged.get(str(headers["Authorization"]).removeprefix("Bearer "))
        return until is not None and self.time() < until

    def answer(self, method: str, path: str, headers: Any, body: bytes) -> tuple[int, Any]:
        url = urlsplit(path)
        if url.path == "/authentication/api/v1/exchange/maskinporten":
            return self._exchange(headers)
        if not self.may(headers):
            return 401, {"title": "noe om Zzyzx"}
        if (method, url.path) == ("POST", f"{HERE}/upload"):
            return self._keep(headers, body)
        if (method, url.path) == ("GET", HERE):
            asked = parse_qs(url.query)
            assert asked["resourceId"] == [RESOURCE]
            wanted = asked["sendersReference"][0]
            found = [one for one in self.letters.values() if one.told["correspondence"]["sendersReference"] == wanted]
            return 200, {"ids": [str(one.number) for one in found]}
        if found_here := re.fullmatch(rf"{HERE}/([0-9a-f-]{{36}})/details", url.path):
            return 200, self._details(uuid.UUID(found_here[1]))
        return 404, {}

    def _exchange(self, headers: Any) -> tuple[int, Any]:
        until = self.tokens.get(str(headers["Authorization"]).removeprefix("Bearer "))
        if until is None or self.time() >= until:
            return 401, {}
        token = f"altinn-token-{len(self.exchanged)}"
        self.exchanged[token] = until
        return 200, token

    def _details(self, number: uuid.UUID) -> dict[str, Any]:
        told = self.letters[number].told["correspondence"]
        return {
            "correspondenceId": str(number),
            "resourceId": told["resourceId"],
            "sendersReference": told["sendersReference"],
            "recipient": self.letters[number].told["recipients"][0],
            "created": self.time().isoformat(),
            "statusHistory": self.history[number],
        }

    def _keep(self, headers: Any, body: bytes) -> tuple[int, Any]:
        form = BytesParser(policy=HTTP).parsebytes(
            b"Content-Type: %s\r\n\r\n" % headers["Content-Type"].encode() + body
        )
        named = {str(one.get_param("name", header="Content-Disposition")): one for one in form.iter_parts()}
        file = named.pop("attachments")
        flat = {name: one.get_payload(decode=True).decode() for name, one in named.items()}
        told = nested(flat)
        wrong = mistakes("InitializeCorrespondencesExt", told)
        if wrong or lacking(flat) or told["correspondence"]["resourceId"] != RESOURCE:
            return 400, {"title": f"noe om Zzyzx {wrong} {lacking(flat)}"}
        if any(one.told["idempotentKey"] == told["idempotentKey"] for one in self.letters.values()):
            return 409, {"title": "1034"}
        number = uuid.uuid4()
        self.letters[number] = Letter(number, told, file.get_payload(decode=True))
        self.history[number] = []
        self.tell(number, "Initialized", self.time().isoformat())
        answer = {
            "correspondences": [
                {"correspondenceId": str(number), "status": "Initialized", "recipient": told["recipients"][0]}
            ]
        }
        assert not mistakes("InitializeCorrespondencesResponseExt", answer)
        return 200, answer
