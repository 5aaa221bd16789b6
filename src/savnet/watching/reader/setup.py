"""The second reader's own settings, from its own environment: it shares none with the house."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path


class NotSetUp(Exception):
    """A setting is missing or can't be used."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    """Where to read, what opens it, whom to reach and how."""

    database: str = field(repr=False)
    key_file: Path
    every: float = 30
    again: float = 900
    workers: int = 1
    site: str = ""
    alive: str = field(default="", repr=False)
    alive_ca: str = ""
    webhook: str = field(default="", repr=False)
    webhook_ca: str = ""
    smtp_host: str = ""
    smtp_port: int = 587
    smtp_tls: str = "starttls"
    smtp_ca: str = ""
    smtp_user: str = ""
    smtp_password: str = field(default="", repr=False)
    sender: str = ""
    receivers: tuple[str, ...] = ()


def from_environment(environment: Mapping[str, str] = os.environ) -> Setup:
    """The settings. Raises NotSetUp, naming what is missing."""

    def value(name: str, default: str | None = None) -> str:
        if path := environment.get(f"{name}_FILE"):
            return Path(path).read_text(encoding="utf-8").strip()
        found = environment.get(name, default)
        if found is None:
            raise NotSetUp(f"{name} is not set.")
        return found

    setup = Setup(
        database=value("SAVNET_READER_DATABASE_URL"),
        key_file=Path(value("SAVNET_READER_KEYS")),
        every=_whole(value("SAVNET_READER_EVERY", "30")),
        again=_whole(value("SAVNET_READER_AGAIN", "900")),
        workers=int(_whole(value("SAVNET_READER_WORKERS", "1"))),
        site=value("SAVNET_READER_SITE", ""),
        alive=value("SAVNET_READER_ALIVE_URL", ""),
        alive_ca=value("SAVNET_READER_ALIVE_CA", ""),
        webhook=value("SAVNET_READER_WEBHOOK", ""),
        webhook_ca=value("SAVNET_READER_WEBHOOK_CA", ""),
        smtp_host=value("SAVNET_READER_SMTP_HOST", ""),
        smtp_port=int(value("SAVNET_READER_SMTP_PORT", "587")),
        smtp_tls=value("SAVNET_READER_SMTP_TLS", "starttls"),
        smtp_ca=value("SAVNET_READER_SMTP_CA", ""),
        smtp_user=value("SAVNET_READER_SMTP_USER", ""),
        smtp_password=value("SAVNET_READER_SMTP_PASSWORD", ""),
        sender=value("SAVNET_READER_FROM", ""),
        receivers=tuple(filter(None, value("SAVNET_READER_TO", "").replace(" ", "").split(","))),
    )
    return _checked(setup)


def _whole(text: str) -> float:
    if not text.isdecimal() or int(text) < 1:
        raise NotSetUp(f"«{text}» is no whole number from 1.")
    return float(text)


def _checked(setup: Setup) -> Setup:
    if setup.smtp_host and not (setup.sender and setup.receivers):
        raise NotSetUp("SAVNET_READER_SMTP_HOST is set: set SAVNET_READER_FROM and SAVNET_READER_TO too.")
    if setup.smtp_tls not in {"starttls", "tls"}:
        raise NotSetUp("SAVNET_READER_SMTP_TLS must be starttls or tls.")
    if setup.site and not setup.site.startswith(("https://", "http://")):
        raise NotSetUp("SAVNET_READER_SITE must be the address of /helse/klar/, with https:// or http:// before it.")
    if setup.alive and not setup.alive.startswith("https://"):
        raise NotSetUp("SAVNET_READER_ALIVE_URL must begin with https://.")
    if setup.webhook and not setup.webhook.startswith("https://"):
        raise NotSetUp("SAVNET_READER_WEBHOOK must begin with https://.")
    if not setup.smtp_host and not setup.webhook:
        raise NotSetUp("It has nobody to reach: set SAVNET_READER_SMTP_HOST or SAVNET_READER_WEBHOOK.")
    return setup
