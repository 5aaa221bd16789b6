"""SvarUt as published: it takes what its own schema allows and its own key opens, remembers, and tells how it fares."""

import json
import re
import uuid
from dataclasses import dataclass, field
from email.parser import BytesParser
from email.policy import HTTP
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from jsonschema import Draft202012Validator

from delivery.fiks import portal_peer
from delivery.fiks.opening import opened

SCHEMAS = Path(__file__).resolve().parents[4] / "shared" / "schemas" / "svarut"
needed = pytest.mark.skipif(not SCHEMAS.is_dir(), reason="the official schemas do not lie beside the project")
ACCOUNT = "3b9e52b0-0000-4000-8000-000000000009"
HERE = f"/svarut/api/v2/kontoer/{ACCOUNT}/forsendelser"


@cache
def validator(file: str, name: str) -> Draft202012Validator:
    """One named schema of an official OpenAPI document."""
    document = json.loads((SCHEMAS / file).read_text(encoding="utf-8"))
    return Draft202012Validator({"$ref": f"#/components/schemas/{name}", "components": document["components"]})


def mistakes(file: str, name: str, content: Any) -> list[str]:
    """What is wrong by the official schema; nothing where the schema is not at hand."""
    if not SCHEMAS.is_dir():
        return []
    return [f"{error.json_path}: {error.message}" for error in validator(file, name).iter_errors(content)]


@dataclass(frozen=True)
class Shipment:
    """A letter as SvarUt stores it, decrypted with its own key."""

    number: uuid.UUID
    told: dict[str, Any]
    letter: bytes


@dataclass
class Peer(portal_peer.Peer):
    """What SvarUt and Maskinporten know and remember. SvarUt tells how a letter is now, never how it came there."""

    shipments: dict[uuid.UUID, Shipment] = field(default_factory=dict)
    stands: dict[uuid.UUID, dict[str, str]] = field(default_factory=dict)

    def tell(self, number: uuid.UUID, status: str, at: str) -> None:
        """How a letter stands now; also in a word that is in no version of the specification, as services come to."""
        self.stands[number] = {"id": str(number), "status": status, "sisteStatusEndring": at}

    def answer(self, method: str, path: str, headers: Any, body: bytes) -> tuple[int, Any]:
        url = urlsplit(path)
        if not self.may(headers):
            return 401, {"message": "noe om Zzyzx"}
        match method, url.path:
            case "GET", p if p == HERE:
                wanted = parse_qs(url.query)["eksternRef"][0]
                found = [str(one.number) for one in self.shipments.values() if one.told["eksternReferanse"] == wanted]
                return 200, {"forsendelseIds": found}
            case "POST", p if p == HERE:
                return self._keep(headers, body)
            case "POST", p if p == f"{HERE}/status-sok":
                asked = json.loads(body)
                assert not mistakes("svarut-status.json", "StatusSok", asked)
                told = [self.stands[uuid.UUID(one)] for one in asked["forsendelseIds"] if uuid.UUID(one) in self.stands]
                for one in told:
                    wrong = mistakes("svarut-status.json", "ForsendelseStatuser", {"statuser": [one]})
                    assert all(mistake.startswith("$.statuser[0].status:") for mistake in wrong), wrong
                return 200, {"statuser": told}
        return 404, {}

    def _keep(self, headers: Any, body: bytes) -> tuple[int, Any]:
        form = BytesParser(policy=HTTP).parsebytes(
            b"Content-Type: %s\r\n\r\n" % headers["Content-Type"].encode() + body
        )
        first, *files = form.iter_parts()
        try:
            assert first.get_param("name", header="Content-Disposition") == "forsendelse"
            told = json.loads(first.get_payload(decode=True))
            assert not mistakes("svarut-send.json", "Forsendelse", told), "not by the schema"
            assert all(told[name] is True for name in ("kryptert", "krevNiva4Innlogging", "kunDigitalLevering"))
            assert [one["filnavn"] for one in told["dokumenter"]] == [one.get_filename() for one in files]
            assert not any(re.search(r'[*:"\\/<>|?]', one["filnavn"]) for one in told["dokumenter"])
            letter = opened(files[0].get_payload(decode=True), self.system)
        except (AssertionError, KeyError, ValueError) as error:
            return 400, {"message": f"noe om Zzyzx: {error}", "errorId": str(uuid.UUID(int=5))}
        number = uuid.uuid4()
        self.shipments[number] = Shipment(number, told, letter)
        self.tell(number, "MOTTATT", self.time().isoformat())
        answer = {"id": str(number)}
        assert not mistakes("svarut-send.json", "SendForsendelseResponse", answer)
        return 200, answer
