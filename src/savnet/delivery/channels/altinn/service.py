"""Altinn's interface for correspondence, as far as we use it: hand in with the letter, find it again, its history."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from savnet.delivery.bearer import Bearer, content, refused_for_good
from savnet.delivery.channel import Envelope, Refused, Unclear
from savnet.delivery.file_form import file_form
from savnet.delivery.web_call import Answer, LineBroke

PATH = "correspondence/api/v1/correspondence"
FILE = "melding.pdf"
TITLE = "Melding fra Savnet, ref. {reference}"
SUMMARY = "Vedlagt ligger en melding til dere."
BODY = "Vedlagt ligger en melding til dere. Vi ber den som tar imot den, bekrefte det med navn og deres referanse."
PLAIN = "text/plain; charset=utf-8"


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """Altinn as one sender uses it. `resource` is our correspondence service in Altinn's register of resources."""

    root: str
    resource: str
    bearer: Bearer

    def hand_in(self, envelope: Envelope, letter: bytes) -> UUID | None:
        """Hand it in, and return Altinn's number; None where Altinn has it already. Raises Refused or Unclear."""
        kind, body = _form(fields(envelope, self.resource), letter)
        try:
            answer = self.bearer.call("POST", f"{self._url()}/upload", envelope.at, kind=kind, body=body)
        except LineBroke as broke:
            raise Unclear(f"Forbindelsen ble brutt etter at meldingen var på vei: {broke}") from broke
        if answer.status == 409:
            return None
        if answer.status >= 500 and answer.status != 503:
            raise Unclear(_refusal(answer))
        if not answer.good:
            raise Refused(_refusal(answer), permanent=refused_for_good(answer))
        return _number(content(answer))

    def known(self, envelope: Envelope) -> tuple[UUID, ...]:
        """The numbers of what Altinn has under our reference. Raises Refused."""
        query = {"resourceId": self.resource, "role": "Sender", "sendersReference": str(envelope.message_id)}
        found = self._good(f"{self._url()}?{urlencode(query)}", envelope.at).get("ids")
        try:
            return tuple(UUID(str(one)) for one in found)
        except (TypeError, ValueError) as error:
            raise Refused("Altinn svarte med noe vi ikke kan lese.", permanent=False) from error

    def history(self, number: UUID, at: datetime) -> list[object]:
        """All that has happened to a letter. Raises Refused."""
        found = self._good(f"{self._url()}/{number}/details", at).get("statusHistory")
        return found if isinstance(found, list) else []

    def _good(self, url: str, at: datetime) -> Any:
        answer = self.bearer.ask("GET", url, at)
        if not answer.good:
            raise Refused(_refusal(answer), permanent=refused_for_good(answer))
        return content(answer)

    def _url(self) -> str:
        return f"{self.root.rstrip('/')}/{PATH}"


def fields(envelope: Envelope, resource: str) -> dict[str, str]:
    """What Altinn is told beside the letter. All of it shows in the inbox, so it holds nothing of the case."""
    reference = str(envelope.message_id)
    return {
        "Correspondence.ResourceId": resource,
        "Correspondence.SendersReference": reference,
        "Correspondence.Content.Language": "nb",
        "Correspondence.Content.MessageTitle": TITLE.format(reference=envelope.short_id),
        "Correspondence.Content.MessageSummary": SUMMARY,
        "Correspondence.Content.MessageBody": BODY,
        "Correspondence.Content.Attachments[0].FileName": FILE,
        "Correspondence.Content.Attachments[0].DisplayName": "Melding",
        "Correspondence.Content.Attachments[0].SendersReference": reference,
        "Correspondence.Content.Attachments[0].IsEncrypted": "false",
        "Correspondence.Content.Attachments[0].DataLocationType": "NewCorrespondenceAttachment",
        "Correspondence.Notification.NotificationTemplate": "GenericAltinnMessage",
        "Correspondence.IsConfidential": "true",
        "Recipients[0]": f"urn:altinn:organization:identifier-no:{envelope.address}",
        "IdempotentKey": reference,
    }


def _form(told: dict[str, str], letter: bytes) -> tuple[str, bytes]:
    parts = [(name, "", value.encode("utf-8")) for name, value in told.items()]
    kinds = {**dict.fromkeys(told, PLAIN), "attachments": "application/pdf"}
    return file_form(*parts, ("attachments", FILE, letter), kinds=kinds)


def _number(told: Any) -> UUID:
    try:
        return UUID(str(told["correspondences"][0]["correspondenceId"]))
    except (KeyError, IndexError, TypeError, ValueError) as error:
        raise Unclear("Altinn svarte uten noe nummer på meldingen.") from error


def _refusal(answer: Answer) -> str:
    """The status only. What Altinn writes may repeat what we sent, and goes no further."""
    return f"Altinn svarte {answer.status}."
