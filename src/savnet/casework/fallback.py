"""The packets that survive Savnet: kept fresh by the worker outside the database, for each centre.

Two for each: one without any child, in clear, for a disappearance that begins while all is down; and one with what is
still owed in its open cases, sealed to the centre's own certificate, written to the disk and sent to its mailbox
(decision 0032). Who is at a centre when all is down opens them with what she has: a mail program and a printer.
"""

import hashlib
import logging
import os
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

from anyascii import anyascii
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.text import slugify

from savnet.access.models import Person
from savnet.access.rights import Role
from savnet.cases.errors import DamagedLedger
from savnet.cases.models import Case
from savnet.casework.contained import each
from savnet.casework.packet import packet
from savnet.casework.packet_without_child import packet_without_child
from savnet.delivery.certificates import newest_certificate
from savnet.delivery.channel import CannotSend, Envelope, Refused, Unclear
from savnet.delivery.channels.encrypted_email import channel as encrypted_email
from savnet.followup.models import FallbackPacket, Watch
from savnet.letters import LetterError
from savnet.letters.binding import bind
from savnet.register.models import Centre
from savnet.rules.words import CaseState
from savnet.sealing import UnknownKey

logger = logging.getLogger(__name__)

OPEN = (CaseState.ABSENT.value, CaseState.MISSING.value, CaseState.FOUND.value)
ANEW_AFTER = timedelta(hours=20)
"""Made anew once a day also where nothing has happened: receivers and their numbers change too."""
FORESEEN = (Refused, Unclear, DamagedLedger, UnknownKey, LetterError, ImproperlyConfigured, OSError)
"""What can stand in the way, and says what to do about it."""
WITHOUT_CHILD, SEALED = "varslingspakke-uten-barn.pdf", "varslingspakke.eml"
BODY = """\
Vedlagt ligger varslingspakken for mottaket: det som gjensto i sakene deres da den ble laget.

Ta vare på den nyeste. Bruk den bare når Savnet ikke svarer, og slett den når det er kommet en ny.

Referanse: {reference}
"""


def keep_all(now: datetime) -> None:
    """See to the packets of every real centre. What stands in the way of one is noted, and stops no other.

    Raises NotAllDone at the end where it could not even be noted.
    """
    each(Centre.objects.filter(exercise_of=None).select_related("municipality"), lambda centre: keep(centre, now))


def keep(centre: Centre, now: datetime) -> FallbackPacket:
    """Make the packets of a centre anew where something has happened, a day has passed, or it failed the last time."""
    cases = list(Case.objects.filter(centre=centre, state__in=OPEN).order_by("opened_at"))
    known, made_from = FallbackPacket.objects.filter(centre=centre).first(), _mark(cases)
    if known and known.made_from == made_from and known.made_at > now - ANEW_AFTER and not known.why_not:
        known.looked_at = now
        known.save(update_fields=["looked_at"])
        return known
    facts = {"looked_at": now, "made_at": now, "made_from": made_from, "cases": len(cases), **_made(centre, cases, now)}
    row, _ = FallbackPacket.objects.update_or_create(centre=centre, defaults=facts)
    return row


def _mark(cases: Iterable[Case]) -> str:
    told = ",".join(f"{one.id}:{one.head_sequence}" for one in cases)
    return hashlib.sha256(told.encode("ascii")).hexdigest()


def _made(centre: Centre, cases: list[Case], now: datetime) -> dict[str, object]:
    """Both packets, each tried whatever comes of the other; when the second was mailed, and what stood in the way."""
    in_the_way = _tried(lambda: _write(folder_of(centre) / WITHOUT_CHILD, packet_without_child(centre, now).pdf))
    not_sealed = _tried(lambda: _seal(centre, cases, now))
    mailed = {"mailed_at": now} if cases and not not_sealed else {}
    return {"why_not": " ".join(filter(None, (in_the_way, not_sealed)))[:300], **mailed}


def _tried(make: Callable[[], object]) -> str:
    """What stood in the way of making it, or nothing. What nobody foresaw by its kind alone: it may say anything."""
    try:
        make()
    except CannotSend as problem:
        return problem.reason
    except FORESEEN as problem:
        return str(problem) or type(problem).__name__
    except Exception as fault:
        logger.exception("a packet outside Savnet could not be made")
        return f"{type(fault).__name__}: see the log"
    return ""


def _seal(centre: Centre, cases: list[Case], now: datetime) -> None:
    """What is owed in the cases, sealed, on the disk first: a mail server that is down is no reason to have none."""
    if not cases:
        (folder_of(centre) / SEALED).unlink(missing_ok=True)
        return
    envelope = Envelope(
        message_id=uuid4(), address=centre.email, at=now, certificate=newest_certificate(centre.email, now)
    )
    channel = encrypted_email.from_settings()
    channel.check(envelope)
    whole = bind([packet(one.id, by=_whose(one), now=now).pdf for one in cases])
    composed = channel.compose(envelope, whole, body=BODY)
    _write(folder_of(centre) / SEALED, composed)
    channel.carry(envelope, composed)


def _whose(case: Case) -> Person:
    """Who follows the case up; where nobody does, the line for the name is left for a hand to fill in."""
    watch = Watch.objects.filter(case_id=case.id).select_related("owner").first()
    nobody = Person(name="", role=Role.SHIFT_STAFF, centre=case.centre)
    return watch.owner if watch and watch.owner else nobody


def folder_of(centre: Centre) -> Path:
    """Where the packets of a centre lie. By name, for people; and by id, for two names that look alike."""
    return Path(settings.FALLBACK_DIR) / f"{slugify(anyascii(centre.name))}-{centre.pk.hex[:8]}"


def _write(path: Path, content: bytes) -> None:
    """Whole or not at all, and on the disk before this returns."""
    path.parent.mkdir(mode=0o750, parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o640), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    aside.rename(path)
