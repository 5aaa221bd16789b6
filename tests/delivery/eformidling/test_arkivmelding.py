"""arkivmelding.xml: valid by the official schema whatever it holds, with the circular's words and masked titles."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from delivery.conftest import NOW
from delivery.eformidling.conftest import DUF, NAME, NOTICE
from savnet.delivery.channels.eformidling.archive_notice import ArchiveNotice, Remark, Unreadable, remark_for
from savnet.delivery.channels.eformidling.arkivmelding import NAMESPACE, arkivmelding

SCHEMA = Path(__file__).resolve().parents[4] / "shared" / "schemas" / "arkivmelding" / "arkivmelding.xsd"
MESSAGE = UUID("aae9e2eb-736c-41b4-9417-ed64fa8d2053")


@pytest.fixture(scope="session")
def valid() -> Callable[[bytes], Any]:
    """Refuses what the official schema refuses, and returns the rest as a tree."""
    if not SCHEMA.exists():
        pytest.skip("the official schemas are not beside this checkout")
    schema = etree.XMLSchema(etree.parse(SCHEMA))

    def check(content: bytes) -> Any:
        tree = etree.fromstring(content)
        schema.assertValid(tree)
        return tree

    return check


def written(notice: ArchiveNotice = NOTICE) -> bytes:
    return arkivmelding(MESSAGE, notice, file_name="melding.pdf")


def texts(content: bytes, name: str) -> list[str | None]:
    return [node.text for node in etree.fromstring(content).iter(f"{{{NAMESPACE}}}{name}")]


offsets = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
instants = st.datetimes(datetime(2015, 8, 1), datetime(2040, 1, 1), timezones=offsets)  # noqa: DTZ001 - given one
anything = st.text(max_size=60)
notices = st.builds(
    ArchiveNotice,
    title=anything,
    sender=anything,
    receiver=anything,
    written_by=anything,
    written_at=instants,
    name=anything,
    number=anything,
    copies=st.lists(anything, max_size=3).map(tuple),
    remark=st.none() | st.sampled_from(Remark),
)


@given(notices)
def test_whatever_it_holds_it_is_valid_by_the_official_schema(valid: Any, notice: ArchiveNotice) -> None:
    valid(written(notice))


@given(notices)
def test_the_notice_comes_back_from_its_bytes_as_it_was(notice: ArchiveNotice) -> None:
    assert ArchiveNotice.read(notice.write()) == notice
    assert ArchiveNotice.read(notice.write()).write() == notice.write()


@given(notices)
def test_the_same_message_gives_the_same_bytes_each_time(notice: ArchiveNotice) -> None:
    assert written(notice) == written(ArchiveNotice.read(notice.write()))


@pytest.mark.parametrize(
    ("obligation", "copy_of", "remark"),
    [
        ("a-1", None, "melding om forsvinning"),
        ("d-5", "a-1", "melding om forsvinning"),
        ("b-4", None, "bekymring"),
        ("b-8", None, "bekymring"),
        ("b-9", None, "bekymring"),
        ("d-5", "b-4", "bekymring"),
        ("d-5", "b-8", "bekymring"),
        ("2.2-7", None, None),
        ("d-1", None, None),
    ],
)
def test_the_remark_is_the_circulars_own_words_and_follows_what_is_copied(
    obligation: str, copy_of: str | None, remark: str | None
) -> None:
    content = written(replace(NOTICE, remark=remark_for(obligation, copy_of)))
    assert texts(content, "merknadstekst") == ([remark] if remark else [])


def test_public_titles_hold_neither_the_name_nor_what_it_is_about() -> None:
    for title in texts(written(), "offentligTittel"):
        assert title is not None
        assert title.endswith("*****")
        assert "forsvinning" not in title
        assert NAME not in title


def test_the_titles_are_shielded_and_so_is_the_whole_document() -> None:
    content = written()
    assert texts(content, "tilgangsrestriksjon") == ["UO", "UO"]
    assert texts(content, "skjermingDokument") == ["Skjerming av hele dokumentet"]


def test_it_says_from_whom_to_whom_with_copies_and_whose_case() -> None:
    content = written()
    roles = texts(content, "korrespondanseparttype")
    names = texts(content, "korrespondansepartNavn")
    assert list(zip(roles, names, strict=True)) == [
        ("Avsender", "Granvik mottak"),
        ("Mottaker", "Granvik politidistrikt"),
        ("Kopimottaker", "UDIs regionkontor"),
    ]
    assert texts(content, "sakspartID") == [DUF]
    assert texts(content, "sakspartNavn") == [NAME]


def test_a_child_without_a_number_has_none_and_the_case_goes_by_the_name() -> None:
    content = written(replace(NOTICE, number=""))
    assert texts(content, "sakspartID") == []
    assert texts(content, "tittel")[0] == f"Asylsak – {NAME}"


def test_days_are_those_of_norway() -> None:
    late = replace(NOTICE, written_at=datetime.fromisoformat("2026-03-02T23:30:00+00:00"))
    assert texts(written(late), "journaldato") == ["2026-03-03"]
    assert texts(written(late), "sendtDato") == ["2026-03-03T00:30:00+01:00"]


def test_names_in_arabic_and_signs_of_xml_come_through_and_what_no_xml_can_hold_is_left_out() -> None:
    content = written(replace(NOTICE, name="نور <Ali> & «O'Neil»\x00\x1b\ufffe"))
    assert texts(content, "sakspartNavn") == ["نور <Ali> & «O'Neil»"]


BROKEN = [
    b"",
    b"[]",
    b"\xff",
    b'{"title": "x"}',
    NOTICE.write().replace(b'"remark": "melding om forsvinning"', b'"remark": "noe annet"'),
    NOTICE.write().replace(b"+00:00", b""),
    NOTICE.write().replace(b'"number"', b'"unknown"'),
]


@pytest.mark.parametrize("data", BROKEN)
def test_data_that_are_no_archive_notice_are_refused_without_being_repeated(data: bytes) -> None:
    with pytest.raises(Unreadable) as refused:
        ArchiveNotice.read(data)
    assert NAME not in str(refused.value)
    assert refused.value.__cause__ is None


def test_a_notice_written_at_no_instant_can_not_be_made() -> None:
    with pytest.raises(ValueError, match="offset"):
        replace(NOTICE, written_at=NOW.replace(tzinfo=None))
