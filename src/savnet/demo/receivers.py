"""The demo receivers' S/MIME keys and certificates, made once each, and the certificates of our own side.

Everything lies in the post room's folder; keys are readable by nobody else. None of it is trusted outside the demo.
"""

import fcntl
import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from savnet.demo.authority import (
    LASTS,
    Identity,
    issue_for_mail,
    issue_for_server,
    new_authority,
    read_identity,
)

SENDER = "varsling@savnet.example"
HOST = "localhost"
PORT = 8025


def default_room() -> Path:
    """The post room of this installation."""
    # Only here is Django's configuration needed: the server and the tests name their folder themselves.
    from django.conf import settings

    return Path(settings.STATE) / "post-room"


def certificate_for(address: str, room: Path | None = None) -> str:
    """The certificate of a demo receiver as PEM; made at the first asking."""
    room = room or default_room()
    kept = room / "keys" / f"{_name(address)}.pem"
    if not kept.exists():
        return receiver(address, room).certificate_pem().decode("ascii")
    return kept.read_text("ascii")  # whoever only encrypts has no need of the key


def receiver(address: str, room: Path) -> Identity:
    """A demo receiver's certificate and key."""
    return _kept(room, _name(address), lambda now: _mail_identity(address.lower(), room, now))


def _name(address: str) -> str:
    """What a receiver's files are called: an address may hold characters that a file name can't."""
    return f"receiver-{hashlib.sha256(address.lower().encode()).hexdigest()[:16]}"


def authority(room: Path) -> Identity:
    """The demo's own certificate authority."""
    return _kept(room, "authority", lambda now: new_authority("Savnet, demoutsteder", now))


def server(room: Path) -> Identity:
    """The post room's own certificate for TLS."""
    return _kept(
        room,
        "server",
        lambda now: issue_for_server(
            authority(room), (HOST, "127.0.0.1"), valid_from=now - timedelta(days=1), valid_until=now + LASTS
        ),
    )


def sender(room: Path) -> Identity:
    """With what the demo's letters are signed."""
    return _kept(room, "sender", lambda now: _mail_identity(SENDER, room, now))


def environment(room: Path, *, port: int = PORT) -> dict[str, str]:
    """The settings that let Savnet send encrypted e-mail to this post room; everything they name exists afterwards."""
    server(room)
    sender(room)
    keys = room / "keys"
    return {
        "SAVNET_SMTP_HOST": HOST,
        "SAVNET_SMTP_PORT": str(port),
        "SAVNET_SMTP_TLS": "starttls",
        "SAVNET_SMTP_CA_FILE": str(keys / "authority.pem"),
        "SAVNET_MAIL_FROM": SENDER,
        "SAVNET_SIGNING_CERTIFICATE_FILE": str(keys / "sender.pem"),
        "SAVNET_SIGNING_KEY_FILE": str(keys / "sender.key"),
        "SAVNET_SMIME_CA_FILE": str(keys / "authority.pem"),
        "SAVNET_CANARY_MAILBOX": f"folder:{room / 'mail'}",
    }


def _mail_identity(address: str, room: Path, now: datetime) -> Identity:
    issuer = authority(room)
    return issue_for_mail(
        issuer, address, name=address, valid_from=now - timedelta(days=1), valid_until=now + LASTS - timedelta(days=1)
    )


def _kept(room: Path, name: str, make: Callable[[datetime], Identity]) -> Identity:
    """The identity kept under this name; made and kept if there is none."""
    keys = room / "keys"
    certificate, key = keys / f"{name}.pem", keys / f"{name}.key"
    keys.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not certificate.exists():
        made = make(datetime.now(UTC))
        with _alone(keys):
            if not certificate.exists():
                # The key first: whoever sees the certificate can count on the key.
                _write(key, made.key_pem())
                _write(certificate, made.certificate_pem())
    return read_identity(certificate.read_bytes(), key.read_bytes())


@contextmanager
def _alone(keys: Path) -> Iterator[None]:
    """Web, worker and post room may start at the same instant; one of them makes the keys."""
    with (keys / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _write(path: Path, data: bytes) -> None:
    fresh = path.with_suffix(path.suffix + ".new")
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(data)
    fresh.rename(path)
