"""What is to be entered in Sesam, DUF and the personal file, field by field, ready to copy."""

from django.utils.translation import gettext

from savnet.casework.case_at_hand import CaseAtHand
from savnet.casework.errors import NothingOwed
from savnet.casework.facts import last_observed
from savnet.casework.instants import in_digits
from savnet.casework.udi_fields import TASKS
from savnet.delivery.channels.system_task import Field, SystemTask
from savnet.rules import Obligation
from savnet.rules.events import TalkHeld
from savnet.rules.words import FeelsSafe, Recipient

REGISTERS_OF_UDI = {Recipient.DUF, Recipient.SESAM}
SAFE = {FeelsSafe.YES: "Ja", FeelsSafe.NO: "Nei", FeelsSafe.UNKNOWN: "Vet ikke"}


def system_task(case: CaseAtHand, obligation: Obligation) -> SystemTask:
    """The fields for this obligation. Raises NothingOwed for a duty that is no entry in a register."""
    if obligation.recipient in REGISTERS_OF_UDI and obligation.id in TASKS:
        return TASKS[obligation.id](case, obligation)
    if obligation.id == "d-4":
        return _sesam(case)
    if obligation.id == "4-17":
        return _personal_file(case, obligation)
    raise NothingOwed(gettext("Denne plikten oppfylles ikke ved å registrere noe i et fagsystem."))


def _sesam(case: CaseAtHand) -> SystemTask:
    seen = last_observed(case)
    return SystemTask(
        system=Recipient.SESAM,
        place="Beboeren → status",
        fields=(
            Field("DUF-nummer", case.resident.duf_number or "Ikke registrert"),
            Field("Navn", case.resident.name),
            Field("Status", "Forsvunnet"),
            Field("Forsvunnet fra", in_digits(case.missing_since)),
            Field("Sist sett på mottaket", in_digits(seen) if seen else "Ikke kjent"),
        ),
    )


def _personal_file(case: CaseAtHand, obligation: Obligation) -> SystemTask:
    """The talk's four answers. Health data do not belong in the personal file (RS 2008-035)."""
    talk = case.event(obligation.because)
    if not isinstance(talk, TalkHeld):
        raise NothingOwed(gettext("Det er ikke registrert noen samtale å føre."))
    return SystemTask(
        system=Recipient.PERSONAL_FILE,
        place="Personmappa → oppfølgingssamtale",
        fields=(
            Field("Dato for samtalen", in_digits(talk.at)),
            Field("Hvorfor barnet forlot mottaket", talk.why_left or "Ikke svart"),
            Field("Hvor barnet har oppholdt seg", talk.where_stayed or "Ikke svart"),
            Field("Hva barnet har foretatt seg", talk.what_done or "Ikke svart"),
            Field("Føler seg trygg på mottaket", SAFE[talk.feels_safe] if talk.feels_safe else "Ikke svart"),
        ),
        sensitive_document=True,
    )
