"""arkivmelding.xml: the letter as a journal entry of Noark 5, with the circular's remark and a masked public title.

The elements stand in the order that the schema demands, what is inherited first. The same message and notice always
give the same bytes, so that a repeat is the same file.
"""

import re
from collections.abc import Iterable
from uuid import UUID, uuid5
from xml.etree import ElementTree as Xml

from savnet.delivery.channels.eformidling.archive_notice import ArchiveNotice
from savnet.rules.time import OSLO

NAMESPACE = "http://www.arkivverket.no/standarder/noark5/arkivmelding"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
MASKED = "*****"
PUBLIC_CASE = f"Sak – {MASKED}"
PUBLIC_TITLE = f"Melding – {MASKED}"
"""What anyone may read: the integrasjonspunkt keeps it, and other routes show it as the title of the post."""
SHIELDED_BY = "Offl. § 13 jf. fvl. § 13"
NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Node = tuple[str, "str | list[Node]"]
"""An element: its name, and its text or what is in it."""


def arkivmelding(message_id: UUID, notice: ArchiveNotice, *, file_name: str) -> bytes:
    """The archive message of one letter, whose file has this name."""
    root = Xml.Element("arkivmelding", {"xmlns": NAMESPACE, "xmlns:xsi": XSI})
    _fill(
        root,
        [
            ("system", "Savnet"),
            ("meldingId", str(message_id)),
            ("tidspunkt", _instant(notice)),
            ("antallFiler", "1"),
            ("mappe saksmappe", _case(message_id, notice, file_name)),
        ],
    )
    return bytes(Xml.tostring(root, encoding="utf-8", xml_declaration=True))


def _case(message_id: UUID, notice: ArchiveNotice, file_name: str) -> list[Node]:
    return [
        ("systemID", _part(message_id, "case")),
        ("tittel", f"Asylsak – {notice.number or notice.name}"),
        ("offentligTittel", PUBLIC_CASE),
        *_created(notice),
        ("skjerming", _shield()),
        ("basisregistrering journalpost", _entry(message_id, notice, file_name)),
        ("saksdato", _day(notice)),
        ("administrativEnhet", notice.sender),
        ("saksansvarlig", notice.written_by),
        ("saksstatus", "Under behandling"),
        ("sakspart", _concerned(notice)),
    ]


def _entry(message_id: UUID, notice: ArchiveNotice, file_name: str) -> list[Node]:
    return [
        ("systemID", str(message_id)),
        *_created(notice),
        ("arkivertDato", _instant(notice)),
        ("arkivertAv", notice.written_by),
        ("referanseForelderMappe", _part(message_id, "case")),
        ("skjerming", [*_shield(), ("skjermingDokument", "Skjerming av hele dokumentet")]),
        ("dokumentbeskrivelse", _document(message_id, notice, file_name)),
        ("tittel", notice.title),
        ("offentligTittel", PUBLIC_TITLE),
        *_remarks(notice),
        ("journalposttype", "Utgående dokument"),
        ("journalstatus", "Ekspedert"),
        ("journaldato", _day(notice)),
        ("dokumentetsDato", _day(notice)),
        ("sendtDato", _instant(notice)),
        *_between(notice),
    ]


def _document(message_id: UUID, notice: ArchiveNotice, file_name: str) -> list[Node]:
    return [
        ("systemID", _part(message_id, "document")),
        ("dokumenttype", "Melding"),
        ("dokumentstatus", "Dokumentet er ferdigstilt"),
        ("tittel", notice.title),
        *_created(notice),
        ("tilknyttetRegistreringSom", "Hoveddokument"),
        ("dokumentnummer", "1"),
        ("tilknyttetDato", _instant(notice)),
        ("tilknyttetAv", notice.written_by),
        (
            "dokumentobjekt",
            [
                ("versjonsnummer", "1"),
                ("variantformat", "Arkivformat"),
                *_created(notice),
                ("referanseDokumentfil", file_name),
            ],
        ),
    ]


def _created(notice: ArchiveNotice) -> list[Node]:
    return [("opprettetDato", _instant(notice)), ("opprettetAv", notice.written_by)]


def _shield() -> list[Node]:
    return [("tilgangsrestriksjon", "UO"), ("skjermingshjemmel", SHIELDED_BY), ("skjermingMetadata", "tittel")]


def _remarks(notice: ArchiveNotice) -> list[Node]:
    if notice.remark is None:
        return []
    return [
        (
            "merknad",
            [
                ("merknadstekst", notice.remark.value),
                ("merknadsdato", _instant(notice)),
                ("merknadRegistrertAv", notice.written_by),
            ],
        )
    ]


def _between(notice: ArchiveNotice) -> Iterable[Node]:
    parties = [("Avsender", notice.sender), ("Mottaker", notice.receiver)]
    for role, name in [*parties, *(("Kopimottaker", copy) for copy in notice.copies)]:
        yield ("korrespondansepart", [("korrespondanseparttype", role), ("korrespondansepartNavn", name)])


def _concerned(notice: ArchiveNotice) -> list[Node]:
    number: list[Node] = [("sakspartID", notice.number)] if notice.number else []
    return [*number, ("sakspartNavn", notice.name), ("sakspartRolle", "Part")]


def _part(message_id: UUID, part: str) -> str:
    """An id of its own for a part of this message, the same each time."""
    return str(uuid5(message_id, part))


def _instant(notice: ArchiveNotice) -> str:
    return notice.written_at.astimezone(OSLO).isoformat(timespec="seconds")


def _day(notice: ArchiveNotice) -> str:
    return notice.written_at.astimezone(OSLO).date().isoformat()


def _fill(parent: Xml.Element, nodes: Iterable[Node]) -> None:
    """Add elements in the order given. "mappe saksmappe" is an element `mappe` of the schema's type `saksmappe`."""
    for heading, content in nodes:
        name, _, kind = heading.partition(" ")
        element = Xml.SubElement(parent, name, {"xsi:type": kind} if kind else {})
        if isinstance(content, str):
            element.text = NOT_XML.sub("", content)
        else:
            _fill(element, content)
