"""Calls to the integrasjonspunkt, one function for each thing that is asked of it, and what its answers mean.

Until the last call, `send`, nothing leaves the integrasjonspunkt: whatever fails before it is a refusal.
"""

import json
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlencode
from uuid import UUID

from savnet.delivery.channel import Refused, Silent, Status, Unclear
from savnet.delivery.channels.eformidling import statuses
from savnet.delivery.channels.eformidling.document import PROCESS, SECURITY_LEVEL, STANDARD
from savnet.delivery.web_call import Answer, Line, LineBroke, NotReached, call

JSON = "application/json"
PAGE_SIZE = 50
MOST_PAGES = 20
"""A message has a handful of statuses. Where there seem to be hundreds, something is wrong, and it is said."""
SUBSCRIPTION = {"name": "Savnet", "resource": "messages", "event": "status", "filter": "direction=OUTGOING"}
FOR_NOW = frozenset({408, 425, 429})


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file of the package. Its title and name are seen outside it, so they say nothing."""

    name: str
    kind: str
    title: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessPoint:
    """The sender's own integrasjonspunkt: where it is, and who we are to it."""

    url: str
    user: str
    password: str = field(repr=False)
    line: Line

    def takes_confidential(self, receiver: str) -> str | None:
        """By which service the receiver takes confidential archive messages; None where it takes none."""
        query = urlencode({"process": PROCESS, "securityLevel": SECURITY_LEVEL})
        answer = self._ask("GET", f"capabilities/{quote(receiver)}?{query}")
        if answer.status == 404:
            return None
        offered = _list(_accepted(answer, "oppslaget på mottakeren"), "capabilities")
        return next((str(one.get("serviceIdentifier")) for one in offered if _fits(one)), None)

    def create(self, document: dict[str, Any]) -> bool:
        """Make the message; False where it is there from before."""
        body = json.dumps(document).encode("utf-8")
        answer = self._ask("POST", "messages/out", kind=JSON, body=body)
        if _says(answer, "MessageAlreadyExists"):
            return False
        _accepted(answer, "meldingen")
        return True

    def upload(self, message_id: UUID, file: File) -> None:
        """Add a file to the message; one that is there from before is there."""
        answer = self._ask(
            "PUT",
            f"messages/out/{message_id}?{urlencode({'title': file.title})}",
            kind=file.kind,
            body=file.content,
            disposition=f'attachment; name="{file.title}"; filename="{file.name}"',
        )
        if not _says(answer, "DuplicateFilename"):
            _accepted(answer, f"filen {file.name}")

    def send(self, message_id: UUID) -> bool:
        """Let the message go; False where the integrasjonspunkt no longer has it. The one call that can be unclear."""
        try:
            answer = self._call("POST", f"messages/out/{message_id}")
        except LineBroke as broke:
            raise Unclear(f"Forbindelsen til integrasjonspunktet ble brutt under sending: {broke}") from broke
        if answer.status >= 500:
            raise Unclear(f"Integrasjonspunktet svarte {_brief(answer)} under sending.")
        if answer.status == 404:
            return False
        _accepted(answer, "sendingen")
        return True

    def statuses(self, message_id: UUID) -> tuple[Status, ...]:
        """All that is said of the message, from every page; raise Silent."""
        try:
            return tuple(statuses.read(one) for one in self._told(message_id))
        except Refused as refused:
            raise Silent(refused.answer) from refused

    def subscribe(self, endpoint: str) -> bool:
        """Ask to have changes of status pushed to this address; False where it is so already."""
        answer = _accepted(self._ask("GET", "subscriptions?size=100"), "oppslaget på abonnementer")
        if any(one.get("pushEndpoint") == endpoint for one in _list(answer, "content")):
            return False
        wanted = {**SUBSCRIPTION, "pushEndpoint": endpoint}
        body = json.dumps(wanted).encode("utf-8")
        _accepted(self._ask("POST", "subscriptions", kind=JSON, body=body), "abonnementet")
        return True

    def _told(self, message_id: UUID) -> Iterator[dict[str, Any]]:
        for number in range(MOST_PAGES):
            page = self._page(message_id, number)
            yield from _list(page, "content")
            if _content(page).get("last", True):
                return
        raise Silent(f"Integrasjonspunktet har flere enn {MOST_PAGES * PAGE_SIZE} statuser for én melding.")

    def _page(self, message_id: UUID, number: int) -> Answer:
        query = urlencode({"page": number, "size": PAGE_SIZE})
        return _accepted(self._ask("GET", f"statuses/{message_id}?{query}"), "spørsmålet om status")

    def _ask(self, method: str, path: str, **more: Any) -> Answer:
        """A call that sends nothing on: where the line breaks, it can be made again."""
        try:
            return self._call(method, path, **more)
        except LineBroke as broke:
            raise Refused(
                f"Ikke sendt: forbindelsen til integrasjonspunktet ble brutt: {broke}", permanent=False
            ) from broke

    def _call(
        self, method: str, path: str, *, kind: str = "", body: bytes | None = None, disposition: str = ""
    ) -> Answer:
        credentials = b64encode(f"{self.user}:{self.password}".encode()).decode("ascii")
        headers = {"Accept": JSON, "Authorization": f"Basic {credentials}", "User-Agent": "Savnet"}
        headers |= {"Content-Type": kind} if kind else {}
        headers |= {"Content-Disposition": disposition} if disposition else {}
        try:
            return call(method, f"{self.url.rstrip('/')}/api/{path}", line=self.line, headers=headers, body=body)
        except NotReached as error:
            raise Refused(f"Ikke sendt: integrasjonspunktet svarer ikke: {error}", permanent=False) from error


def _fits(capability: dict[str, Any]) -> bool:
    """Whether this is a way of taking what we send: the confidential process, with archive messages."""
    kinds = capability.get("documentTypes")
    standards = [kind.get("standard") for kind in kinds if isinstance(kind, dict)] if isinstance(kinds, list) else []
    return capability.get("process") == PROCESS and STANDARD in standards


def _accepted(answer: Answer, what: str) -> Answer:
    """The answer if it is a yes. What a client did wrong is wrong next time too; all else may pass."""
    if answer.good:
        return answer
    permanent = answer.status < 500 and answer.status not in FOR_NOW
    raise Refused(f"Integrasjonspunktet avviste {what}: {_brief(answer)}", permanent=permanent)


def _says(answer: Answer, exception: str) -> bool:
    """Whether the answer is a refusal by this name."""
    return answer.status == 400 and f".{exception}Exception" in str(_content(answer).get("exception"))


def _brief(answer: Answer) -> str:
    """The status and the name of the error. Its free text may repeat what we sent, and goes no further."""
    name = str(_content(answer).get("exception") or "").rpartition(".")[2]
    return f"{answer.status} {name}".strip()


def _list(answer: Answer, name: str) -> list[dict[str, Any]]:
    """The list of this name in the answer. What is not such a list is no answer."""
    found = _content(answer).get(name)
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise Refused("Integrasjonspunktet ga et svar som ikke kan leses.", permanent=False)
    return found


def _content(answer: Answer) -> dict[str, Any]:
    try:
        content = json.loads(answer.body)
    except ValueError:
        return {}
    return content if isinstance(content, dict) else {}
