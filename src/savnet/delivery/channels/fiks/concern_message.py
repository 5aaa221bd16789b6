"""The concern message as the portal's form has it (version 2), and what stands where the form fits no such child.

The form is made for children with a national number and parents in Norway. How a child with neither is told of is
decided here and nowhere else; `docs/reference/fiks.md` explains it to whoever receives such messages.
"""

import json
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self
from zoneinfo import ZoneInfo

from savnet.delivery.channels.fiks.fitting import (
    DoesNotFit,
    email_address,
    needed,
    one_line,
    phone_number,
    postal_address,
)

OSLO = ZoneInfo("Europe/Oslo")
MOST_GUARDIANS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Notifier:
    """Who reports: a person by name, for an office. The portal demands both a telephone number and an e-mail."""

    name: str
    role: str
    phone: str
    email: str
    office: str
    address: tuple[str, ...]
    organisation_number: str = ""

    def form(self) -> dict[str, Any]:
        """`offentligMelder`."""
        office = {"navn": needed(self.office, "Navnet på mottaket"), "adresse": postal_address(self.address)}
        if self.organisation_number:
            office["orgnr"] = one_line(self.organisation_number)
        return {
            "personnavn": needed(self.name, "Navnet på melderen"),
            "rolle": needed(self.role, "Rollen til melderen"),
            "telefonnummer": phone_number(self.phone),
            "epost": email_address(self.email),
            "virksomhet": office,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Child:
    """The child. Without a national number `fnr` is empty, and never another number in its place.

    `address` is where the child is registered as living: the centre.
    """

    name: str
    address: tuple[str, ...]
    informed: bool
    why_not_informed: str = ""
    national_number: str = ""

    def form(self) -> dict[str, Any]:
        """An entry of `offentligBarn`."""
        child = {
            "fnr": self.national_number.strip(),
            "ufoedt": False,
            "personnavn": needed(self.name, "Navnet på barnet"),
            "adresse": postal_address(self.address),
            "orientert": self.informed,
        }
        return child | ({} if self.informed else {"orientertGrunn": one_line(self.why_not_informed)})


@dataclass(frozen=True, slots=True, kw_only=True)
class Guardian:
    """Who stands where the form has parents: the representative or guardian, or a line that says there is nobody."""

    name: str
    informed: bool
    why_not_informed: str = ""
    phone: str = ""

    def form(self) -> dict[str, Any]:
        """An entry of `foresatte`."""
        guardian: dict[str, Any] = {"personnavn": needed(self.name, "Navnet på verge eller representant")}
        if phone := one_line(self.phone):
            guardian["telefonnummer"] = phone
        guardian["orientert"] = self.informed
        return guardian | ({} if self.informed else {"orientertGrunn": one_line(self.why_not_informed)})


@dataclass(frozen=True, slots=True, kw_only=True)
class District:
    """A part of a municipality with its own child-welfare service; «00» where there is only one."""

    number: str
    name: str
    standard: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ConcernMessage:
    """A whole concern message, but for what is known only when it leaves: the district, the instant, the repeat.

    Raises DoesNotFit where the form can't hold it.
    """

    municipality: str
    municipality_name: str
    notifier: Notifier
    children: tuple[Child, ...]
    guardians: tuple[Guardian, ...]
    concern: str
    history: str
    interpreter: str = ""
    other_services: str = ""

    def __post_init__(self) -> None:
        if not re.fullmatch("[0-9]{4}", self.municipality):
            raise DoesNotFit("Kommunenummeret har ikke fire siffer.")
        if not self.children:
            raise DoesNotFit("Meldingen gjelder ingen barn.")
        if not 1 <= len(self.guardians) <= MOST_GUARDIANS:
            raise DoesNotFit("Portalen krever én eller to foresatte.")
        self.form()

    def form(self) -> dict[str, Any]:
        """The portal's form, as far as it is known before the message leaves."""
        form: dict[str, Any] = {
            "kommunenummer": self.municipality,
            "kommunenavn": needed(self.municipality_name, "Navnet på kommunen"),
            "offentligMelder": self.notifier.form(),
            "offentligBarn": [child.form() for child in self.children],
            "foresatte": [guardian.form() for guardian in self.guardians],
            "melding": {"melding": self.concern, "historie": self.history},
            "leveringskanal": needed(self.notifier.office, "Navnet på mottaket"),
        }
        spoken = {"behovForTolk": self.interpreter, "andreHjelpeinstanser": self.other_services}
        return form | {name: text for name, text in spoken.items() if text.strip()}

    def data(self) -> bytes:
        """The form as bytes, to be sealed and kept with the letter; same content, same bytes."""
        return _bytes(self.form())


@dataclass(frozen=True, slots=True)
class Draft:
    """A form as it was kept, to be filled in and sent."""

    form: dict[str, Any]

    @classmethod
    def read(cls, data: bytes) -> Self:
        """From the bytes that `ConcernMessage.data` gave; DoesNotFit where they are something else."""
        try:
            form = json.loads(data)
        except ValueError as error:
            raise DoesNotFit("Det som skulle følge brevet til portalen, kan ikke leses.") from error
        if not isinstance(form, dict) or not isinstance(form.get("melding"), dict):
            raise DoesNotFit("Det som skulle følge brevet til portalen, er ikke en bekymringsmelding.")
        return cls(form)

    @property
    def municipality(self) -> str:
        """The number of the municipality that the message is written to."""
        return str(self.form.get("kommunenummer"))

    def filled_in(self, district: District, *, at: datetime, note: str) -> bytes:
        """The whole `bekymringsmelding.json`; `note` is added to what is told, such as our reference.

        The portal wants Norwegian time without a zone.
        """
        told = self.form["melding"]
        return _bytes(
            self.form
            | {
                "bydelsnummer": district.number,
                "bydelsnavn": one_line(district.name),
                "melding": told | {"melding": f"{told['melding']}\n\n{note}"},
                "sendingstidspunkt": f"{at.astimezone(OSLO):%Y-%m-%dT%H:%M:%S}",
            }
        )


def _bytes(form: dict[str, Any]) -> bytes:
    return json.dumps(form, ensure_ascii=False, sort_keys=True).encode("utf-8")
