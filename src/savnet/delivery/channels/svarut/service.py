"""SvarUt's programming interface, as far as we use it: hand in, look up by our own reference, ask how it fares."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from savnet.delivery.bearer import Bearer, content, refused_for_good
from savnet.delivery.channel import Envelope, Refused, Unclear
from savnet.delivery.channels.svarut.cover import Cover
from savnet.delivery.file_form import file_form
from savnet.delivery.web_call import Answer, LineBroke

FILE = "melding.pdf"
TITLE = "Melding fra Savnet, ref. {reference}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """SvarUt as one account uses it. `root` ends in the version of the interface, `…/api/v2`."""

    root: str
    account: str
    bearer: Bearer

    def hand_in(self, envelope: Envelope, metadata: dict[str, Any], sealed: bytes) -> UUID:
        """Hand it in, and return the number that SvarUt gives it. Raises Refused or Unclear."""
        written = json.dumps(metadata, ensure_ascii=False).encode("utf-8")
        kind, body = file_form(
            ("forsendelse", "", written), ("fil_0", FILE, sealed), kinds={"forsendelse": "application/json"}
        )
        try:
            answer = self.bearer.call("POST", self._url(), envelope.at, kind=kind, body=body)
        except LineBroke as broke:
            raise Unclear(f"Forbindelsen ble brutt etter at meldingen var på vei: {broke}") from broke
        if answer.status >= 500 and answer.status != 503:
            raise Unclear(_refusal(answer))
        if not answer.good:
            raise Refused(_refusal(answer), permanent=refused_for_good(answer))
        return _number(content(answer).get("id"))

    def known(self, envelope: Envelope) -> tuple[UUID, ...]:
        """The numbers of what SvarUt has under our reference. Raises Refused."""
        query = urlencode({"eksternRef": str(envelope.message_id)})
        found = self._good("GET", f"{self._url()}?{query}", envelope.at).get("forsendelseIds")
        try:
            return tuple(UUID(str(one)) for one in found)
        except (TypeError, ValueError) as error:
            raise Refused("SvarUt svarte med noe vi ikke kan lese.", permanent=False) from error

    def statuses(self, numbers: tuple[UUID, ...], at: datetime) -> list[object]:
        """What SvarUt says of these, one status each: it tells how it is now, not how it came there."""
        asked = json.dumps({"forsendelseIds": [str(one) for one in numbers]}).encode("ascii")
        told = self._good("POST", f"{self._url()}/status-sok", at, kind="application/json", body=asked)
        found = told.get("statuser")
        return found if isinstance(found, list) else []

    def _good(self, method: str, url: str, at: datetime, *, kind: str = "", body: bytes | None = None) -> Any:
        answer = self.bearer.ask(method, url, at, kind=kind, body=body)
        if not answer.good:
            raise Refused(_refusal(answer), permanent=refused_for_good(answer))
        return content(answer)

    def _url(self) -> str:
        return f"{self.root.rstrip('/')}/kontoer/{self.account}/forsendelser"


def shipment(envelope: Envelope, cover: Cover) -> dict[str, Any]:
    """What SvarUt is told beside the encrypted letter. It can be read on the way, so it holds nothing of the case."""
    lines = {f"adresselinje{number}": line for number, line in enumerate(cover.address[:3], start=1)}
    return {
        "tittel": TITLE.format(reference=envelope.short_id),
        "mottaker": {"navn": cover.receiver, "digitalId": envelope.address, **lines},
        "avgivendeSystem": "Savnet",
        "eksternReferanse": str(envelope.message_id),
        "kunDigitalLevering": True,
        "krevNiva4Innlogging": True,
        "kryptert": True,
        "dokumenter": [
            {"filnavn": FILE, "mimeType": "application/pdf", "inneholderPersonsensitivInformasjon": True},
        ],
    }


def _number(text: object) -> UUID:
    try:
        return UUID(str(text))
    except ValueError as error:
        raise Unclear("SvarUt svarte uten noe nummer på forsendelsen.") from error


def _refusal(answer: Answer) -> str:
    """The status and SvarUt's number of the error. Its free text may repeat what we sent, and goes no further."""
    number = content(answer).get("errorId")
    try:
        return f"SvarUt svarte {answer.status}, feil nr. {UUID(str(number))}."
    except ValueError:
        return f"SvarUt svarte {answer.status}."
