"""Offices that are told, out of a list: child-welfare services, regional offices, police districts, UDI's units.

An office is recognised by kind and number. In the demo what is imported is marked as
invented, and may only have addresses that can't exist.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext

from savnet.register.imports.cells import CellError, Column, one_of, text, yes_or_no
from savnet.register.imports.centres import municipality, police_district
from savnet.register.imports.intake import Intake
from savnet.register.models import Recipient, RecipientChannel, RecipientKind, SendingChannel
from savnet.register.models.validity import holding

KINDS = {
    "barnevern": "child_welfare", "barnevernstjeneste": "child_welfare", "barneverntjeneste": "child_welfare",
    "politidistrikt": "police_district", "politi": "police_district",
    "regionkontor": "region", "region": "region",
    "KOR": "kor", "BFE": "bfe", "ASA": "asa", "vedtaksenhet": "decision_unit", "UNE": "une", "PU": "pu",
}  # fmt: skip
LANGUAGES = {"bokmål": "nb", "nynorsk": "nn", "nb": "nb", "nn": "nn"}
COLUMNS = (
    Column(field="kind", label="Type", heads=("Mottakertype",), read=one_of(KINDS)),
    Column(field="number", label="Nummer", heads=("Kommunenummer", "Kommune", "Distrikt"), read=text),
    Column(field="name", label="Navn", heads=("Mottaker", "Enhet"), read=text),
    Column(field="phone", label="Telefon", heads=("Tlf",), read=text),
    Column(field="out_of_hours_phone", label="Telefon utenom kontortid", heads=("Barnevernsvakt", "Vakt"), read=text),
    Column(field="address", label="Postadresse", heads=("Adresse", "Post"), read=text),
    Column(field="email", label="E-post", heads=("Epost", "E-postadresse"), read=text),
    Column(field="eformidling", label="eFormidling", heads=("eFormidling organisasjonsnummer",), read=text),
    Column(field="fiks", label="Fiks", heads=("Fiks bekymringsmelding", "Fiks kommunenummer"), read=text),
    Column(field="svarut", label="SvarUt", heads=("KS SvarUt", "SvarUt organisasjonsnummer"), read=text),
    Column(field="altinn", label="Altinn", heads=("Altinn organisasjonsnummer",), read=text),
    Column(field="language", label="Målform", heads=("Språk",), read=one_of(LANGUAGES)),
    Column(field="source", label="Kilde", heads=("Bekreftet av",), read=text),
    Column(field="confirmed", label="Bekreftet", heads=(), read=yes_or_no),
)


class Recipients(Intake[Recipient]):
    """Each address becomes a way to the office; for encrypted e-mail a certificate must be added before it is used."""

    def __init__(self, today: date) -> None:
        self.today = today
        self.columns = COLUMNS

    def lock(self) -> None:
        # Evaluated for the locks alone.
        list(Recipient.objects.select_for_update().values_list("pk", flat=True))

    def settled(self, values: dict[str, Any]) -> dict[str, Any]:
        """The number as that kind of office is numbered: four digits, or the district's key."""
        number = values.get("number", "")
        if values.get("kind") == RecipientKind.CHILD_WELFARE and number:
            values["number"] = municipality(number, self.today)
        if values.get("kind") == RecipientKind.POLICE_DISTRICT and number:
            values["number"] = police_district(number)
        return values

    def find(self, values: Mapping[str, Any]) -> Recipient | None:
        if values.get("kind") in _NUMBERED and not values.get("number"):
            raise CellError(
                gettext("Skriv hvilken kommune, hvilket distrikt eller hvilket regionkontor raden gjelder.")
            )
        offices = Recipient.objects.filter(holding(self.today), invented=settings.DEMO)
        return offices.filter(kind=values.get("kind", ""), number=values.get("number", "")).first()

    def key(self, values: Mapping[str, Any]) -> str:
        return f"{values.get('kind')} {values.get('number', '')}"

    def label(self, values: Mapping[str, Any]) -> str:
        return str(values.get("name") or self.key(values))

    def value(self, found: Recipient | None, field: str) -> Any:
        if found is None:
            return None
        if field in WAYS:
            way = self._way(found, WAYS[field])
            return way.address if way else ""
        return getattr(found, field)

    def built(self, found: Recipient | None, values: Mapping[str, Any]) -> Recipient:
        office = found or Recipient(invented=settings.DEMO)
        for field in values.keys() - WAYS.keys():
            setattr(office, field, values[field])
        for field, channel in WAYS.items():
            if address := values.get(field):
                RecipientChannel(recipient=office, channel=channel, address=address).clean()
                FORMS[channel](address)
        return office

    def save(self, thing: Recipient, values: Mapping[str, Any]) -> None:
        thing.save()
        for field, channel in WAYS.items():
            if address := values.get(field):
                self._reach(thing, channel, address)

    def _reach(self, office: Recipient, channel: SendingChannel, address: str) -> None:
        """One address by each way: a new one ends the old, and takes its place in the order."""
        current = self._way(office, channel)
        if current and current.address == address:
            return
        order = current.order if current else 1
        if current:
            self._end(current)
        RecipientChannel.objects.create(
            recipient=office, channel=channel, address=address, order=order, valid_from=self.today
        )

    def _end(self, channel: RecipientChannel) -> None:
        if channel.valid_from == self.today:
            channel.delete()
        else:
            channel.valid_to = self.today
            channel.save()

    def _way(self, office: Recipient, channel: SendingChannel) -> RecipientChannel | None:
        return office.channels.filter(holding(self.today), channel=channel).first()


_NUMBERED = (RecipientKind.CHILD_WELFARE, RecipientKind.POLICE_DISTRICT, RecipientKind.REGION)


def _email(address: str) -> None:
    try:
        validate_email(address)
    except ValidationError:
        raise CellError(gettext("«%(email)s» er ikke en e-postadresse.") % {"email": address}) from None


def _organisation(number: str) -> None:
    if not re.fullmatch(r"\d{9}", number):
        raise CellError(gettext("«%(number)s» er ikke et organisasjonsnummer. Det har ni sifre.") % {"number": number})


def _portal(number: str) -> None:
    if not re.fullmatch(r"\d{4}(/\d{2})?", number):
        raise CellError(
            gettext("«%(number)s» er ikke et kommunenummer, eventuelt med bydel: 0301/05.") % {"number": number}
        )


WAYS = {
    "email": SendingChannel.ENCRYPTED_EMAIL,
    "eformidling": SendingChannel.EFORMIDLING,
    "fiks": SendingChannel.FIKS,
    "svarut": SendingChannel.SVARUT,
    "altinn": SendingChannel.ALTINN,
}
"""The columns that hold an address by which an office is reached."""
FORMS: Mapping[SendingChannel, Callable[[str], None]] = {
    SendingChannel.ENCRYPTED_EMAIL: _email,
    SendingChannel.FIKS: _portal,
    **dict.fromkeys((SendingChannel.EFORMIDLING, SendingChannel.SVARUT, SendingChannel.ALTINN), _organisation),
}
"""What such an address must look like; raises CellError."""
