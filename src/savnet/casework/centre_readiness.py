"""Would the centre be ready for any child: its own numbers, whom it reports to, and whether letters get there."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from savnet.access.rights import Role
from savnet.casework.readiness import NOT_CERTIFIED, Point, Readiness, Text, dialled, tested
from savnet.delivery.certificates import sealable
from savnet.register.models import Centre, Resident
from savnet.register.resolution import NoRecipient, Resolution
from savnet.register.routing import resolve
from savnet.rules.time import norwegian_day
from savnet.rules.words import Channel, Recipient

OFFICES: tuple[tuple[str, Recipient, Text, str], ...] = (
    ("police", Recipient.POLICE_DISTRICT, _("Lokalt politidistrikt"), "centre-edit"),
    ("child_welfare", Recipient.CHILD_WELFARE, _("Lokal barneverntjeneste"), ""),
    ("region", Recipient.REGION, _("UDIs regionkontor"), "centre-edit"),
)
NOT_TESTED = _("Ring og hør om noen svarer. Nummeret er ikke prøvd på 90 dager.")


def ready_centre(centre: Centre, now: datetime) -> Readiness:
    """How ready the centre is, whichever child it may be."""
    numbers = tested(centre, now)
    police_on_call = centre.police_on_call
    points = [
        *_number("on_call", _("Vakttelefonen"), centre.on_call_phone, numbers),
        *_number("police_on_call", _("Politiets vakttelefon"), police_on_call, numbers),
        _counted(centre),
    ]
    for item, kind, what, mend in OFFICES:
        points += _office(centre, item, kind, what=what, mend=mend, now=now)
    return Readiness(tuple(points))


def number_of(centre: Centre, item: str) -> tuple[Text, str]:
    """Whose number an item of the centre is, and the number."""
    known = {
        "on_call": (_("Vakttelefonen"), centre.on_call_phone),
        "police_on_call": (_("Politiets vakttelefon"), centre.police_on_call),
    }
    return known.get(item, ("", ""))


def _number(item: str, what: Text, number: str, numbers: frozenset[str]) -> Iterator[Point]:
    if not number:
        says = _("Nummeret er ikke registrert.")
        yield Point(item=item, what=what, in_place=False, says=says, mend="centre-edit")
        return
    in_place = dialled(number) in numbers
    yield Point(
        item=item, what=what, in_place=in_place, says="" if in_place else NOT_TESTED,
        mend="centre-test", mend_with=(item,),
    )  # fmt: skip


def _counted(centre: Centre) -> Point:
    there = centre.daily_times.filter(ended_at=None).exists()
    says = "" if there else _("Uten faste tidspunkter merker vi ikke av oss selv at noen er borte.")
    return Point(item="times", what=_("Faste tidspunkter"), in_place=there, says=says, mend="daily-times")


def _office(centre: Centre, item: str, kind: Recipient, *, what: Text, mend: str, now: datetime) -> Iterator[Point]:
    try:
        found = resolve(kind, resident=Resident(centre=centre), on=norwegian_day(now))
    except NoRecipient as nobody:
        keeper = None if mend else Role.REGISTER_KEEPER
        yield Point(item=item, what=what, in_place=False, says=str(nobody), mend=mend, kept_by=keeper)
        return
    lacks = "; ".join(str(one) for one in found.missing) or _unconfirmed(found)
    says = f"{found.name}: {lacks}" if lacks else found.name
    here = mend if kind is Recipient.POLICE_DISTRICT and not found.missing else ""
    keeper = None if here else Role.REGISTER_KEEPER
    yield Point(item=item, what=what, in_place=not lacks, says=says, mend=here, kept_by=keeper)
    yield from _certified(found, item, centre, now)


def _unconfirmed(found: Resolution) -> Text:
    return "" if found.confirmed else _("Ikke bekreftet at det er riktig mottaker.")


def _certified(found: Resolution, item: str, centre: Centre, now: datetime) -> Iterator[Point]:
    """Whether encrypted e-mail gets there, where that is how it would go."""
    way = found.way(Channel.ENCRYPTED_EMAIL)
    if way is None or (item == "police" and not centre.police_agreement):
        return
    valid = way.address.lower() in sealable([way.address], now)
    what = _("Sertifikatet til mottakeren")
    says = found.name if valid else f"{found.name}: {NOT_CERTIFIED}"
    item = f"{item}_certificate"
    yield Point(item=item, what=what, in_place=valid, says=says, kept_by=Role.REGISTER_KEEPER)
