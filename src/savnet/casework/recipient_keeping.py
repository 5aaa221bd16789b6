"""Where notices go: an office in the register, and its ways. Changed by two, so that no letter is led astray by one."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from savnet.access.models import Person
from savnet.casework import certificate_keeping
from savnet.casework.errors import CaseworkError
from savnet.register.models import Recipient, RecipientChannel
from savnet.register.models.validity import holding
from savnet.rules.time import norwegian_day

FIELDS = ("name", "phone", "out_of_hours_phone", "address", "language", "note")
Content = Mapping[str, Any]


class ChangedMeanwhile(CaseworkError):
    """Somebody changed the office after this was proposed."""


def as_it_is(recipient: Recipient, *, now: datetime) -> dict[str, Any]:
    """What is registered of the office now, as a proposal says it."""
    return {**{field: getattr(recipient, field) for field in FIELDS}, "ways": _ways(recipient, now)}


def _ways(recipient: Recipient, now: datetime) -> list[list[str]]:
    open_ = recipient.channels.filter(holding(norwegian_day(now))).order_by("order", "channel")
    return [[one.channel, one.address] for one in open_]


def refuse_wrong(content: Content, *, now: datetime) -> None:
    """Raise CaseworkError where the register can't hold it, nothing is changed, or nobody says why."""
    if content["before"] == content["after"] and not content.get("certificate"):
        raise CaseworkError(_("Ingenting er endret."))
    refuse_unsaid(content)
    certificate_keeping.refuse_unusable(content, now=now)
    try:
        with transaction.atomic():
            _write(content, now)
            transaction.set_rollback(True)
    except ValidationError as wrong:
        field, faults = next(iter(wrong.error_dict.items()))
        raise CaseworkError(" ".join(faults[0].messages), field=None if field == NON_FIELD_ERRORS else field) from wrong


def refuse_unsaid(content: Content) -> None:
    """The second of the two must have something to check it against."""
    if not str(content.get("why") or "").strip():
        raise CaseworkError(_("Skriv hvor du har endringen fra."), field="why")


def change(content: Content, *, by: Person, now: datetime) -> Recipient:
    """Make it so. For `two_persons` alone. Raises ChangedMeanwhile where what was changed is no longer what it was."""
    recipient = Recipient.objects.select_for_update().get(id=content["recipient_id"])
    if as_it_is(recipient, now=now) != content["before"]:
        raise ChangedMeanwhile(_("Mottakeren er endret siden dette ble foreslått. Se på den, og foreslå på nytt."))
    certificate_keeping.take_into_use(content, by=by, now=now)
    return _write(content, now)


def _write(content: Content, now: datetime) -> Recipient:
    recipient = Recipient.objects.get(id=content["recipient_id"])
    for field in FIELDS:
        setattr(recipient, field, content["after"][field])
    recipient.full_clean()
    recipient.save(update_fields=FIELDS)
    _write_ways(recipient, [tuple(way) for way in content["after"]["ways"]], norwegian_day(now))
    return recipient


def _write_ways(recipient: Recipient, wanted: list[tuple[str, str]], today: date) -> None:
    """A way that is taken away gets a last day; it is not forgotten."""
    for way in recipient.channels.filter(holding(today)):
        if (way.channel, way.address) not in wanted:
            _end(way, today)
    standing = {(way.channel, way.address): way for way in recipient.channels.filter(holding(today))}
    for order, (channel, address) in enumerate(wanted, start=1):
        way = standing.get((channel, address)) or RecipientChannel(
            recipient=recipient, channel=channel, address=address, valid_from=today
        )
        way.order = order
        way.full_clean()
        way.save()


def _end(way: RecipientChannel, today: date) -> None:
    """One that was added today never held."""
    if way.valid_from == today:
        way.delete()
    else:
        way.valid_to = today
        way.save(update_fields=["valid_to"])
