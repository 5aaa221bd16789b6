"""What UDI's regional office enters in DUF and Sesam (3, 4): the fields ready to copy, the fixed remarks, and the
addresses that the circular wants there instead of the child's own.
"""

from collections.abc import Callable

from savnet.casework.case_at_hand import CaseAtHand
from savnet.casework.errors import NothingOwed
from savnet.casework.instants import in_digits
from savnet.casework.office_letters import municipality_name
from savnet.delivery.channels.system_task import Field, SystemTask
from savnet.register.resolution import NoRecipient
from savnet.register.routing import resolve
from savnet.rules import Obligation
from savnet.rules.events import Done, InformationReceived, MeasureEnded
from savnet.rules.time import norwegian_day
from savnet.rules.words import InformationKind, MeasureKind, Recipient

KIND = {
    InformationKind.SIGHTING: "Noen har sett barnet",
    InformationKind.KNOWN_ADDRESS: "Barnet bor på en kjent adresse",
    InformationKind.CHILD_WELFARE_INSTITUTION: "Barnet bor på barnevernsinstitusjon",
    InformationKind.FOSTER_HOME: "Barnet bor i fosterhjem",
    InformationKind.PRISON: "Barnet sitter i fengsel",
    InformationKind.ABROAD: "Barnet er i utlandet",
    InformationKind.OTHER: "Nye opplysninger",
}
IN_CARE = frozenset({InformationKind.CHILD_WELFARE_INSTITUTION, InformationKind.FOSTER_HOME})
ENDED = {
    MeasureKind.CHILD_WELFARE: "Tiltaket i barnevernet har opphørt",
    MeasureKind.PRISON: "Fengslingen har opphørt",
}
Task = Callable[[CaseAtHand, Obligation], SystemTask]


def copy_received(case: CaseAtHand, obligation: Obligation) -> SystemTask:
    """A copy is registered as a sensitive document, with exactly the remark the circular gives (3-1 to 3-3)."""
    sent = case.event(obligation.because)
    reference = (sent.message or "")[:8].upper() if isinstance(sent, Done) else ""
    return SystemTask(
        system=Recipient.DUF,
        place="Asylsaken → korrespondanse",
        sensitive_document=True,
        fields=(
            *_who(case),
            Field("Merknad", obligation.remark or ""),
            Field("Fra", case.resident.centre.name),
            Field("Sendt", in_digits(obligation.arisen_at)),
            *([Field("Mottakets referanse", reference)] if reference else []),
        ),
    )


def new_information(case: CaseAtHand, obligation: Obligation) -> SystemTask:
    """New information goes into the reception note (3-5), but not who told, nor where child welfare has the child."""
    news = _news(case, obligation)
    where = municipality_name(news.municipality)
    told = [f"{in_digits(news.at)}: {KIND[news.kind]}", *([f"Kommune: {where}"] if where else []), may_be_written(news)]
    return SystemTask(
        system=Recipient.DUF,
        place="Integrering → mottaksmerknad",
        fields=(*_who(case), Field("Mottaksmerknad", ". ".join(filter(None, told)))),
    )


def known_address(case: CaseAtHand, obligation: Obligation) -> SystemTask:
    """The child is entered again, with the address that was learnt of (3-7)."""
    news = _news(case, obligation)
    return SystemTask(
        system=Recipient.DUF,
        place="Innmelding → adresse",
        fields=(
            *_who(case),
            Field("Meldes inn fra", in_digits(news.at)),
            Field("Adresse", news.text or "Ikke oppgitt"),
            Field("Kommune", municipality_name(news.municipality) or "Ikke oppgitt"),
        ),
    )


def child_welfare_as_address(case: CaseAtHand, obligation: Obligation) -> SystemTask:
    """The responsible service is the address; where the institution or foster home lies is not written here (3-10)."""
    news = _news(case, obligation)
    try:
        service = resolve(
            Recipient.CHILD_WELFARE, resident=case.resident, municipality=news.municipality, on=norwegian_day(case.now)
        )
        address = ", ".join([service.name, *filter(None, map(str.strip, service.address.splitlines()))])
    except NoRecipient:
        address = "Barnevernstjenesten som har ansvaret for barnet"
    return SystemTask(system=Recipient.DUF, place="Adresse", fields=(*_who(case), Field("Adresse", address)))


def prison_as_address(case: CaseAtHand, obligation: Obligation) -> SystemTask:
    """The prison is the address (3-12)."""
    told = _news(case, obligation).text or "Ikke oppgitt hvilket"
    return SystemTask(system=Recipient.DUF, place="Adresse", fields=(*_who(case), Field("Fengsel", told)))


def after_measure(case: CaseAtHand, obligation: Obligation) -> SystemTask:
    """The measure has ended, and the address is another (3-14)."""
    ended = case.event(obligation.because)
    if not isinstance(ended, MeasureEnded):
        raise NothingOwed("Det er ikke lenger registrert at tiltaket har opphørt.")
    return SystemTask(
        system=Recipient.DUF,
        place="Adresse",
        fields=(*_who(case), Field("Hvorfor", ENDED[ended.kind]), Field("Opphørt", in_digits(ended.at))),
    )


def registered_again(case: CaseAtHand, obligation: Obligation) -> SystemTask:
    """In Sesam again, with the new address (4-2, 4-10)."""
    since = case.derivation.returned_at or obligation.arisen_at
    return SystemTask(
        system=Recipient.SESAM,
        place="Beboeren → registrer inn igjen",
        fields=(
            *_who(case),
            Field("Registreres inn fra", in_digits(since)),
            Field("Ny adresse", where_to_live(case) or "Ikke avklart ennå"),
        ),
    )


def may_be_written(news: InformationReceived) -> str:
    """What was told, but for where an institution or a foster home lies: the service stands as the address (3-10)."""
    return "" if news.kind in IN_CARE else news.text or ""


def where_to_live(case: CaseAtHand) -> str:
    """Where the region has said that the child is to live (4-1); empty where it has not."""
    decided = case.current("4-1")
    event = case.event(decided.discharged_by) if decided and decided.discharged_by else None
    return (event.note or "") if isinstance(event, Done) else ""


def _who(case: CaseAtHand) -> tuple[Field, Field]:
    return (Field("DUF-nummer", case.resident.duf_number or "Ikke registrert"), Field("Navn", case.resident.name))


def _news(case: CaseAtHand, obligation: Obligation) -> InformationReceived:
    news = case.event(obligation.because)
    if not isinstance(news, InformationReceived):
        raise NothingOwed("Opplysningen som plikten bygger på, er strøket. Last inn siden på nytt.")
    return news


TASKS: dict[str, Task] = {
    "3-2": copy_received,
    "3-3": copy_received,
    "3-5": new_information,
    "3-7": known_address,
    "3-10": child_welfare_as_address,
    "3-12": prison_as_address,
    "3-14": after_measure,
    "4-2": registered_again,
}
"""What each duty has entered."""
