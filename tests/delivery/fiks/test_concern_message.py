"""The portal's form for children it was not made for: valid by the official schema, whoever the child is."""

import json
import re
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from delivery.fiks.conftest import concern_message
from delivery.fiks.official import mistakes, needed
from savnet.delivery.channels.fiks.concern_message import Child, ConcernMessage, District, Draft, Guardian, Notifier
from savnet.delivery.channels.fiks.fitting import DoesNotFit, email_address, one_line, phone_number, postal_address

NOWHERE = District(number="00", name="Granvik")
AT = datetime(2026, 3, 2, 20, 5, tzinfo=UTC)

words = st.text(max_size=60)
named = st.text(min_size=1, max_size=60).filter(lambda text: text.strip())
lines = st.lists(words, max_size=6).map(tuple)
phones = st.from_regex(r"(\+47|0047)? ?\(?0{2,3}[ ./-]?[0-9]{2,6}\)?( mobil)?", fullmatch=True)
emails = st.from_regex(r"[a-zæøå0-9_-]{1,20}(\.[a-z]{1,9})?@[a-z0-9-]{1,20}\.(example|invalid)", fullmatch=True)
children = st.builds(
    Child, name=named, address=lines, informed=st.booleans(), why_not_informed=words, national_number=words
)
guardians = st.builds(Guardian, name=named, informed=st.booleans(), why_not_informed=words, phone=words)
notifiers = st.builds(
    Notifier, name=named, role=named, phone=phones, email=emails, office=named, address=lines, organisation_number=words
)
messages = st.builds(
    ConcernMessage,
    municipality=st.from_regex("[0-9]{4}", fullmatch=True).filter(str.isascii),
    municipality_name=named,
    notifier=notifiers,
    children=st.lists(children, min_size=1, max_size=3).map(tuple),
    guardians=st.lists(guardians, min_size=1, max_size=2).map(tuple),
    concern=words,
    history=words,
    interpreter=words,
    other_services=words,
)


def whole(message: ConcernMessage, at: datetime = AT) -> dict[str, object]:
    filled_in = Draft.read(message.data()).filled_in(NOWHERE, at=at, note="Referansen vår: 1A2B3C4D.")
    return json.loads(filled_in)  # type: ignore[no-any-return]


@needed
@given(message=messages, district=words, at=st.datetimes(timezones=st.just(UTC), min_value=AT.replace(tzinfo=None)))
def test_any_child_any_notifier_gives_a_form_the_schema_takes(
    message: ConcernMessage, district: str, at: datetime
) -> None:
    filled_in = Draft.read(message.data()).filled_in(District(number="00", name=district), at=at, note="Ref.")
    assert mistakes(json.loads(filled_in)) == []


@needed
def test_the_schema_is_one_that_can_say_no() -> None:
    form = whole(concern_message())
    assert mistakes(form) == []
    assert mistakes(form | {"foresatte": []})
    assert mistakes(form | {"bydelsnummer": "1"})
    assert mistakes(form | {"offentligMelder": {}})


@given(message=messages)
def test_the_same_message_is_the_same_bytes(message: ConcernMessage) -> None:
    assert message.data() == message.data()
    assert Draft.read(message.data()).form == message.form()


def test_a_child_without_a_national_number_has_an_empty_one_and_no_other_in_its_place() -> None:
    (child,) = concern_message().form()["offentligBarn"]
    assert child["fnr"] == ""
    assert child["ufoedt"] is False


def test_whoever_is_not_informed_is_so_for_a_stated_reason() -> None:
    form = concern_message().form()
    for one in (*form["offentligBarn"], *form["foresatte"]):
        assert one["orientert"] is False
        assert one["orientertGrunn"]


def test_nothing_is_said_under_a_heading_that_only_the_newer_form_has() -> None:
    assert set(concern_message().form()["melding"]) == {"melding", "historie"}


def test_what_nobody_knows_of_interpreter_and_services_is_left_out() -> None:
    assert not {"behovForTolk", "andreHjelpeinstanser"} & set(concern_message(interpreter=" ").form())


def test_the_channel_of_the_message_is_the_name_of_the_office_that_sends() -> None:
    assert concern_message().form()["leveringskanal"] == "Granlia mottak"


@pytest.mark.parametrize(
    ("at", "written"),
    [
        (datetime(2026, 1, 2, 23, 30, tzinfo=UTC), "2026-01-03T00:30:00"),
        (datetime(2026, 7, 2, 23, 30, tzinfo=UTC), "2026-07-03T01:30:00"),
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), "2026-10-25T02:30:00"),
        (datetime(2026, 10, 25, 1, 30, tzinfo=UTC), "2026-10-25T02:30:00"),
    ],
)
def test_it_is_dated_by_the_clock_on_the_wall_in_norway(at: datetime, written: str) -> None:
    assert whole(concern_message(), at)["sendingstidspunkt"] == written


@pytest.mark.parametrize(
    ("typed", "fits"),
    [
        ("+47 00 00 12 34", "+47 00 00 12 34"),
        ("(+47) 00001234", "+47 00001234"),
        ("00.00.12.34", "00 00 12 34"),
        ("00 00 12 34 (natt: 00 00 12 35)", "00 00 12 34"),
        ("tlf. 0000 1234", "0000 1234"),
        ("0000-1234/1235", "0000 1234 1235"),
        ("+ 47 0000", "+47 0000"),
    ],
)
def test_a_telephone_number_keeps_its_digits(typed: str, fits: str) -> None:
    assert phone_number(typed) == fits


@given(text=st.text())
def test_whatever_was_typed_is_a_number_the_form_takes_or_none_at_all(text: str) -> None:
    try:
        fitted = phone_number(text)
    except DoesNotFit:
        assert not re.search("[0-9]", text)
    else:
        assert re.fullmatch(r"[+]?[0-9]+([- ][0-9]+)*", fitted)


@pytest.mark.parametrize("typed", ["", "vakt", "vakt+natt@granlia.example", "vakt@granlia", "vakt@a.example\nBcc: x"])
def test_an_e_mail_address_the_form_does_not_take_is_said_to_be_one(typed: str) -> None:
    with pytest.raises(DoesNotFit, match="e-post"):
        email_address(typed)


@pytest.mark.parametrize(
    ("lines", "form"),
    [
        ((), {"adresselinje1": "Ukjent"}),
        (("", " "), {"adresselinje1": "Ukjent"}),
        (("Granliveien 0",), {"adresselinje1": "Granliveien 0"}),
        (
            ("Granliveien 0", "0000 Granli"),
            {"adresselinje1": "Granliveien 0", "postnummer": "0000", "poststed": "Granli"},
        ),
        (("0000 Granli",), {"adresselinje1": "Ukjent", "postnummer": "0000", "poststed": "Granli"}),
        (
            ("a", "b", "c", "d", "NO-0000 Granli"),
            {
                "adresselinje1": "a",
                "adresselinje2": "b",
                "adresselinje3": "c, d",
                "postnummer": "0000",
                "poststed": "Granli",
            },
        ),
    ],
)
def test_an_address_keeps_all_its_lines(lines: tuple[str, ...], form: dict[str, str]) -> None:
    assert postal_address(lines) == form


@given(lines=lines)
def test_no_part_of_an_address_is_lost(lines: tuple[str, ...]) -> None:
    said = " ".join(postal_address(lines).values())
    assert all(word in said for line in lines for word in one_line(line).split())


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"municipality": "12"}, "fire siffer"),
        ({"municipality": "٠٠٠١"}, "fire siffer"),
        ({"municipality_name": " "}, "kommunen"),
        ({"children": ()}, "ingen barn"),
        ({"guardians": ()}, "foresatte"),
        ({"guardians": (Guardian(name="A", informed=True),) * 3}, "foresatte"),
        ({"children": (Child(name="\n", address=(), informed=True),)}, "barnet"),
    ],
)
def test_what_the_form_cannot_hold_is_refused_before_it_is_kept(changes: dict[str, object], why: str) -> None:
    with pytest.raises(DoesNotFit, match=why):
        concern_message(**changes)


@pytest.mark.parametrize("data", [b"", b"\xff", b"[]", b'"x"', b'{"melding": 1}', b"nan"])
def test_what_is_no_message_is_not_read_as_one(data: bytes) -> None:
    with pytest.raises(DoesNotFit):
        Draft.read(data)
