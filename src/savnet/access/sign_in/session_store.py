"""Sessions in the database that are of no use to who reads it: the key is kept as a hash, the content sealed."""

import base64
import hashlib
import json
from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.base_session import AbstractBaseSession
from django.contrib.sessions.models import Session
from django.utils import timezone

from savnet.access.sign_in.secrets_at_rest import opened, sealed
from savnet.sealing import Tampered

PURPOSE = "session"


class SessionStore(db.SessionStore):
    """Django's own store, but for how the key and the content look in the table."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def encode(self, session_dict: dict[str, Any]) -> str:
        return base64.b64encode(sealed(PURPOSE, json.dumps(session_dict).encode())).decode("ascii")

    def decode(self, session_data: bytes | str) -> dict[str, Any]:
        try:
            content: dict[str, Any] = json.loads(opened(PURPOSE, base64.b64decode(session_data)))
        except (Tampered, ValueError):
            return {}  # as Django does: what can't be read is nobody's session
        return content

    def exists(self, session_key: str) -> bool:
        return super().exists(kept_as(session_key))

    def create_model_instance(self, data: dict[str, Any]) -> AbstractBaseSession:
        row = super().create_model_instance(data)
        row.session_key = kept_as(row.session_key)
        return row

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key is not None:
            super().delete(kept_as(key))

    def _get_session_from_db(self) -> AbstractBaseSession | None:
        asked = self.session_key
        if asked is None:
            return None
        found = Session.objects.filter(session_key=kept_as(asked), expire_date__gt=timezone.now()).first()
        if found is None:
            self._session_key = None  # a key that we never gave, or gave long ago, is not taken up
        return found


def kept_as(session_key: str) -> str:
    """The key as the table has it; 40 characters is what Django's column holds."""
    return hashlib.sha256(session_key.encode()).hexdigest()[:40]
