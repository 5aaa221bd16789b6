"""The portal's programming interface: where it reaches, whom to encrypt to, handing a message in, how it fares.

Every call says exactly how far it came. What the portal writes in its errors is never passed on, for it may quote the
message; only its status and the number it gave the error are.
"""

import json
import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from cryptography import x509

from savnet.delivery.channel import CannotSend, Refused, Silent, Unclear
from savnet.delivery.channels.fiks.concern_message import District
from savnet.delivery.channels.fiks.statuses import Entry, NoStatus, read
from savnet.delivery.file_form import file_form
from savnet.delivery.maskinporten import Client, NoToken, Tokens
from savnet.delivery.web_call import Answer, Line, LineBroke, NotReached, call
from savnet.delivery.words import Hindrance

SCOPE = "ks:fiks"
DISTRICT = re.compile("[0-9]{2}")
TRY_LATER = frozenset({408, 425, 429, 503})
UNKNOWN_TO_IT = "Portalen kjenner ikke mottakeren (404)."
FORGOTTEN = "Portalen kjenner ikke meldingen. Den sletter meldinger etter 30 dager."
LONGEST_QUESTION = 30
LONGEST_HANDING_IN = 120
"""How long one call may take, in seconds. All that an attempt may call for must fit in the time an attempt has."""
UNREADABLE = "Portalen svarte med noe vi ikke kan lese."


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """Whose keys a message is encrypted to: the printer's, and the municipality's system's."""

    printer: x509.Certificate
    system: x509.Certificate


@dataclass(frozen=True, slots=True, kw_only=True)
class Portal:
    """The portal as one organisation uses it. `root` ends in the version of the interface, such as `…/api/v2`."""

    root: str
    organisation: str
    integration: str
    password: str = field(repr=False)
    maskinporten: Client
    tokens: Tokens
    line: Line

    def districts(self, municipality: str, at: datetime) -> tuple[District, ...]:
        """The districts that receive through the portal; none where the municipality does not take part."""
        rows = _json(_for_now(self._ask(f"kommuner/{municipality}/bydeler", at)))
        try:
            return tuple(_district(row) for row in rows)
        except (KeyError, TypeError, ValueError) as error:
            raise Refused(UNREADABLE, permanent=False) from error

    def keys(self, municipality: str, district: str, at: datetime) -> Keys:
        """The certificates to encrypt to."""
        given = _json(_for_now(self._ask(f"mottak/fagsystem/{municipality}/{district}/krypteringsnokler", at)))
        try:
            printer, system = (
                x509.load_pem_x509_certificate(given[name]["nokkel"].encode("ascii"))
                for name in ("printOffentligNokkel", "fiksIOOffentligNokkel")
            )
        except (KeyError, TypeError, AttributeError, ValueError) as error:
            raise Refused(UNREADABLE, permanent=False) from error
        return Keys(printer=printer, system=system)

    def hand_in(self, municipality: str, district: str, *, printed: bytes, packed: bytes, at: datetime) -> uuid.UUID:
        """Hand in the two encrypted files, and return the number that the portal gives the message."""
        kind, body = file_form(("bekymringsmelding", "bekymringsmelding.pdf", printed), ("asice", "asice.zip", packed))
        path = f"mottak/fagsystem/{self.organisation}/{municipality}/{district}/offentlig"
        try:
            answer = self._call("POST", path, at, headers={"Content-Type": kind}, body=body)
        except LineBroke as error:
            raise Unclear(f"Forbindelsen ble brutt etter at meldingen var på vei: {error}") from error
        except NotReached as error:
            raise Refused(f"Portalen svarer ikke: {error}", permanent=False) from error
        return _number(answer)

    def history(self, number: uuid.UUID, at: datetime) -> tuple[Entry, ...]:
        """All that has happened to a message, as the portal tells it; raises Silent."""
        path = f"mottak/fagsystem/{self.organisation}/bekymringsmelding/{number}/status"
        try:
            return read(_json(_for_now(self._ask(path, at))))
        except CannotSend as error:
            raise Silent(FORGOTTEN) from error
        except (Refused, NoStatus) as error:
            raise Silent(str(error)) from error

    def _ask(self, path: str, at: datetime) -> Answer:
        """A question, which changes nothing at the portal: however it fails, nothing was sent."""
        try:
            return self._call("GET", path, at)
        except (NotReached, LineBroke) as error:
            raise Refused(f"Portalen svarer ikke: {error}", permanent=False) from error

    def _call(
        self,
        method: str,
        path: str,
        at: datetime,
        *,
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
    ) -> Answer:
        """One call; and once more with a new token where the portal did not know the one we held."""
        answer = self._call_once(method, path, at, headers=headers, body=body)
        if answer.status != 401:
            return answer
        self.tokens.forget(self.maskinporten, SCOPE)
        return self._call_once(method, path, at, headers=headers, body=body)

    def _call_once(
        self, method: str, path: str, at: datetime, *, headers: Mapping[str, str] | None, body: bytes | None
    ) -> Answer:
        return call(
            method,
            f"{self.root.rstrip('/')}/{path}",
            line=replace(self.line, longest=LONGEST_HANDING_IN if body else LONGEST_QUESTION),
            headers={**self._identified(at), **(headers or {})},
            body=body,
        )

    def _identified(self, at: datetime) -> dict[str, str]:
        try:
            token = self.tokens.token(self.maskinporten, SCOPE, at)
        except NoToken as error:
            raise Refused(error.reason, permanent=error.permanent) from error
        return {
            "Accept": "application/json",
            "Authorization": f"Bearer {token}",
            "IntegrasjonId": self.integration,
            "IntegrasjonPassord": self.password,
        }


def _district(row: Mapping[str, Any]) -> District:
    number = str(row["bydelsnummer"])
    if not DISTRICT.fullmatch(number):
        raise ValueError("A district has two digits.")
    return District(number=number, name=str(row["bydelsnavn"]), standard=row.get("standardMottaker") is True)


def _for_now(answer: Answer) -> Answer:
    """A good answer to a question; else Refused, for good where asking again would get the same answer."""
    if answer.status == 404:
        raise CannotSend(Hindrance.RECEIVER_NOT_THERE, UNKNOWN_TO_IT)
    if not answer.good:
        raise Refused(_refusal(answer), permanent=400 <= answer.status < 500 and not _passing(answer))
    return answer


def _number(answer: Answer) -> uuid.UUID:
    """The number of a message that was handed in; else how it went."""
    if answer.good:
        try:
            return uuid.UUID(json.loads(answer.body)["uuid"])
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise Unclear(f"Portalen svarte {answer.status}, men uten noe nummer på meldingen.") from error
    if answer.status == 404:
        raise CannotSend(Hindrance.RECEIVER_NOT_THERE, UNKNOWN_TO_IT)
    if answer.status < 500 or _passing(answer):
        raise Refused(_refusal(answer), permanent=400 <= answer.status < 500 and not _passing(answer))
    # It may have been kept before the portal, or something in front of it, went wrong.
    raise Unclear(_refusal(answer))


def _passing(answer: Answer) -> bool:
    """Whether the refusal is about the moment, or about our own access, rather than about the message."""
    return answer.status in TRY_LATER or answer.status == 401


def _refusal(answer: Answer) -> str:
    number = re.search(rb'"errorId"\s*:\s*"([0-9a-fA-F-]{36})"', answer.body)
    named = f", feil nr. {number[1].decode('ascii')}" if number else ""
    return f"Portalen svarte {answer.status}{named}."


def _json(answer: Answer) -> Any:
    try:
        return json.loads(answer.body)
    except ValueError as error:
        raise Refused(UNREADABLE, permanent=False) from error
