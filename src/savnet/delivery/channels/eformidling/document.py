"""The standard business document: the open envelope that says from whom to whom, and until when it is of use.

It is not encrypted on its way, so it holds numbers of organisations and ids of our own, and nothing else.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

from savnet.delivery.channel import Envelope

PROCESS = "urn:no:difi:profile:arkivmelding:taushetsbelagt:ver1.0"
STANDARD = "urn:no:difi:arkivmelding:xsd::arkivmelding"
KIND = "arkivmelding"
VERSION = "2.0"
SECURITY_LEVEL = 4
SHORTEST_LIFE = timedelta(minutes=10)
"""With less than this the message would run out before anything could take it on."""


def business_document(envelope: Envelope, *, sender: str, lifetime: timedelta, file_name: str) -> dict[str, Any]:
    """The document for one message. Its id, and that of its conversation, are the message's own."""
    message_id = str(envelope.message_id)
    return {
        "standardBusinessDocumentHeader": {
            "headerVersion": "1.0",
            "sender": [_organisation(sender)],
            "receiver": [_organisation(envelope.address)],
            "documentIdentification": {
                "standard": STANDARD,
                "type": KIND,
                "typeVersion": VERSION,
                "instanceIdentifier": message_id,
                "creationDateAndTime": _instant(envelope.at),
            },
            "businessScope": {
                "scope": [
                    {
                        "type": "ConversationId",
                        "instanceIdentifier": message_id,
                        "identifier": PROCESS,
                        "scopeInformation": [{"expectedResponseDateTime": _instant(runs_out(envelope, lifetime))}],
                    }
                ]
            },
        },
        KIND: {"sikkerhetsnivaa": SECURITY_LEVEL, "hoveddokument": file_name},
    }


def runs_out(envelope: Envelope, lifetime: timedelta) -> datetime:
    """When an undelivered message is given up: after its lifetime, or when it must have arrived if that is sooner.

    A duty whose time is nearly up, or up, still gets the shortest life: late is better than never.
    """
    wanted = envelope.at + lifetime
    if envelope.until is not None:
        wanted = min(wanted, envelope.until)
    return max(wanted, envelope.at + SHORTEST_LIFE)


def _organisation(number: str) -> dict[str, dict[str, str]]:
    return {"identifier": {"authority": "iso6523-actorid-upis", "value": f"0192:{number}"}}


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="milliseconds")
