"""What a proposal says, line by line, in words: what would be done if another person confirms it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from savnet.access.models import Person
from savnet.access.proposals import Proposal, ProposalKind
from savnet.access.rights import Role
from savnet.casework.certificate_keeping import shown
from savnet.register.models import Centre, PoliceDistrict, Recipient
from savnet.register.models.recipient import SendingChannel
from savnet.rules import read_instant
from savnet.web.times import full, long_date
from savnet.web.wording.text import Text
from savnet.web.wording.words import word

Content = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Said:
    """One line: what it is, and what it would be."""

    label: Text
    text: str


def said(proposal: Proposal, content: Content) -> tuple[Said, ...]:
    """The lines that have something to say."""
    return tuple(one for one in LINES[ProposalKind(proposal.kind)](content) if one.text)


def _found(content: Content) -> tuple[Said, ...]:
    return (
        Said(_("Hvordan"), word("returned_how", content["how"])),
        Said(_("Når"), full(read_instant(content["at"]))),
        Said(_("Hvem sier det"), content["source"]),
        Said(_("Kommune"), content["municipality"]),
        Said(_("Merknad"), content["note"]),
    )


def _later(content: Content) -> tuple[Said, ...]:
    at = content["fields"].get("at")
    what = _("Starten på fristen flyttes til %(at)s") % {"at": full(read_instant(at))} if at else _("Strykes")
    return (
        Said(_("Innførsel"), str(content["number"])),
        Said(_("Hva skjer"), what),
        Said(_("Hvorfor"), content["why"]),
    )


def _closing(content: Content) -> tuple[Said, ...]:
    return (Said(_("Hvem sier hvordan det gikk"), content["source"]),)


def _centre(centre_id: str | None) -> Centre | None:
    return Centre.objects.filter(id=centre_id).first() if centre_id else None


def _role(content: Content) -> tuple[Said, ...]:
    centre = _centre(content["centre_id"])
    return (
        Said(_("Navn"), content["name"]),
        Said(_("Brukernavn"), content["username"]),
        Said(_("Rolle"), str(Role(content["role"]).label)),
        Said(_("Mottak"), centre.name if centre else ""),
        Said(_("Region"), content["region"]),
        Said(_("Kontor"), content["office"]),
    )


FIELD_NAMES: Mapping[str, Text] = {
    "name": gettext_lazy("Navn"),
    "phone": gettext_lazy("Telefon"),
    "out_of_hours_phone": gettext_lazy("Telefon utenom kontortid"),
    "address": gettext_lazy("Postadresse"),
    "language": gettext_lazy("Målform"),
    "note": gettext_lazy("Merknad"),
    "ways": gettext_lazy("Kanaler"),
}


def _recipient(content: Content) -> tuple[Said, ...]:
    """Only what would change, before and after."""
    before, after = content["before"], content["after"]
    office = Recipient.objects.filter(id=content["recipient_id"]).first()
    changed = [field for field in FIELD_NAMES if before[field] != after[field]]
    lines = (Said(FIELD_NAMES[field], f"{_plain(before[field])} → {_plain(after[field])}") for field in changed)
    why = Said(_("Hvorfor"), content["why"])
    return (Said(_("Mottaker"), office.name if office else ""), *lines, *_certificate(content.get("certificate")), why)


def _certificate(pem: str | None) -> tuple[Said, ...]:
    """What the second person checks with the receiver, by telephone."""
    if not pem:
        return ()
    it = shown(pem)
    return (
        Said(_("Nytt sertifikat for"), ", ".join(it.addresses)),
        Said(_("Utstedt av"), it.issuer),
        Said(_("Gjelder"), f"{full(it.valid_from)} – {full(it.valid_until)}"),
        Said(_("Fingeravtrykk (SHA-256)"), it.fingerprint),
    )


def _of_contact(content: Content) -> tuple[Said, ...]:
    """Whose letters would be sealed to it."""
    lines = _certificate(content["certificate"])
    return (Said(_("E-postadresse"), content["address"]), *lines, Said(_("Hvorfor"), content["why"]))


def _plain(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(f"{SendingChannel(channel).label} {address}".strip() for channel, address in value) or "–"
    return str(value).replace("\n", ", ") or "–"


def _reports_to(content: Content) -> tuple[Said, ...]:
    """Only what would change, before and after."""
    before, after = content["before"], content["after"]
    changed = [field for field in REPORTS_TO if before[field] != after[field]]
    return (*(_line(field, before[field], after[field]) for field in changed), Said(_("Hvorfor"), content["why"]))


def _line(field: str, before: Any, after: Any) -> Said:
    label, called = REPORTS_TO[field]
    return Said(label, f"{called(before)} → {called(after)}")


def _district(key: str | None) -> str:
    found = PoliceDistrict.objects.filter(key=key).first()
    return found.name if found else _("ikke avtalt, kommunens distrikt")


def _region(number: str) -> str:
    found = Recipient.objects.filter(kind="region", number=number).order_by("-valid_from").first()
    return found.name if found else number or "–"


REPORTS_TO: Mapping[str, tuple[Text, Callable[[Any], str]]] = {
    "agreed_police_district_id": (gettext_lazy("Avtalt politidistrikt"), _district),
    "police_agreement": (gettext_lazy("Avtale med politiet"), _plain),
    "region": (gettext_lazy("UDIs regionkontor"), _region),
}


def _mandate(content: Content) -> tuple[Said, ...]:
    inspector = Person.objects.filter(id=content["inspector_id"]).first()
    centre = _centre(content["at_centre_id"])
    days = " – ".join(long_date(date.fromisoformat(one)) if one else "…" for one in content["about"])
    return (
        Said(_("Hvem"), inspector.name if inspector else ""),
        Said(_("Mottak"), centre.name if centre else _("Hele landet")),
        Said(_("Hjemmel"), content["legal_basis"]),
        Said(_("Gjelder tidsrommet"), days),
        Said(_("Kan brukes til"), full(read_instant(content["valid_until"]))),
        Said(_("Hvorfor"), content["why"]),
    )


LINES: Mapping[ProposalKind, Callable[[Content], tuple[Said, ...]]] = {
    ProposalKind.CLOSING: _closing,
    ProposalKind.FOUND: _found,
    ProposalKind.LATER: _later,
    ProposalKind.RECIPIENT: _recipient,
    ProposalKind.CERTIFICATE: _of_contact,
    ProposalKind.REPORTS_TO: _reports_to,
    ProposalKind.ROLE: _role,
    ProposalKind.MANDATE: _mandate,
}
