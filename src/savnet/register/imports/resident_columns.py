"""The columns that a list of residents may have, with the names other systems give them."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext

from savnet.register.duf import check_duf
from savnet.register.imports.cells import CellError, Column, Read, day, one_of, text, yes_or_no
from savnet.register.models import ContactKind

SEXES = {
    "jente": "female", "kvinne": "female", "k": "female", "j": "female",
    "gutt": "male", "mann": "male", "m": "male", "g": "male",
    "ukjent": "unknown", "ikke registrert": "unknown",
}  # fmt: skip
INTERPRETER = {"ja": "yes", "nei": "no", "ukjent": "unknown"}
ASYLUM_CASE_AT = {"UDI": "decision_unit", "ASA": "decision_unit", "UNE": "une", "PU": "pu"}
CAPACITIES = {ContactKind.REPRESENTATIVE: "Representant", ContactKind.GUARDIAN: "Verge", ContactKind.LAWYER: "Advokat"}
"""As lists name them, whatever the reader's language."""
CONTACTS = {f"{kind.value}{part}": (kind, part) for kind in ContactKind for part in ("", "_phone", "_email")}


def columns(today: date) -> tuple[Column, ...]:
    """The columns that a list of residents may have. A DUF number or a birth later than today is refused."""
    own = (
        Column(field="duf_number", label="DUF-nummer", heads=("DUF", "DUF nr", "DUFnr"), read=_duf(today.year)),
        Column(field="given_name", label="Fornavn", heads=("For- og mellomnavn", "Given name"), read=text),
        Column(field="family_name", label="Etternavn", heads=("Slektsnavn", "Surname", "Family name"), read=text),
        Column(field="name", label="Navn", heads=("Fullt navn", "Beboer"), read=text),
        Column(field="original_name", label="Navn i original skrift", heads=("Originalt navn",), read=text),
        Column(field="identity_uncertain", label="Usikker identitet", heads=("Identitet usikker",), read=yes_or_no),
        Column(
            field="born", label="Fødselsdato", heads=("Født", "Registrert fødselsdato", "F.dato"), read=_born(today)
        ),
        Column(field="born_uncertain", label="Usikker fødselsdato", heads=("Fødselsdato usikker",), read=yes_or_no),
        Column(field="sex", label="Kjønn", heads=(), read=one_of(SEXES)),
        Column(field="citizenship", label="Statsborgerskap", heads=("Nasjonalitet", "Land"), read=text),
        Column(field="languages", label="Språk", heads=("Morsmål",), read=text),
        Column(field="interpreter", label="Behov for tolk", heads=("Tolk", "Tolkebehov"), read=one_of(INTERPRETER)),
        Column(field="room", label="Rom", heads=("Romnummer", "Rom nr"), read=text),
        Column(field="arrived", label="Flyttet inn", heads=("Innflyttet", "Innflyttingsdato", "Ankommet"), read=day),
        Column(field="left", label="Flyttet ut", heads=("Utflyttet", "Utflyttingsdato"), read=day),
        Column(field="description", label="Signalement", heads=("Beskrivelse",), read=text),
        Column(field="unaccompanied", label="Enslig mindreårig", heads=("EMA", "Enslig"), read=yes_or_no),
        Column(field="registered_in_duf", label="Registrert i DUF", heads=(), read=yes_or_no),
        Column(field="accompanied_by", label="Følgeperson", heads=("Følgeperson uten omsorgsansvar",), read=text),
        Column(field="permit", label="Oppholdstillatelse", heads=("Tillatelse", "Venter på bosetting"), read=yes_or_no),
        Column(field="paragraph_8_8a", label="§ 8-8 a", heads=("Utlendingsforskriften § 8-8 a",), read=yes_or_no),
        Column(
            field="asylum_case_at", label="Asylsaken ligger hos", heads=("Asylsak hos",), read=one_of(ASYLUM_CASE_AT)
        ),
        Column(field="telephones", label="Telefon", heads=("Mobil", "Mobiltelefon", "Tlf"), read=_numbers),
    )
    return own + tuple(_contact_columns())


def _contact_columns() -> Iterator[Column]:
    for kind, name in CAPACITIES.items():
        yield Column(field=kind.value, label=name, heads=(f"{name} navn", f"Navn på {name}"), read=text)
        yield Column(
            field=f"{kind.value}_phone", label=f"{name} telefon", heads=(f"{name} tlf", f"Tlf {name}"), read=text
        )
        yield Column(field=f"{kind.value}_email", label=f"{name} e-post", heads=(f"{name} epost",), read=text)


def _duf(year: int) -> Read:
    def read(cell: str) -> str:
        check = check_duf(cell, year)
        if check.errors:
            raise CellError(check.errors[0])
        return check.digits

    return read


def _born(today: date) -> Read:
    def read(cell: str) -> date:
        born = day(cell)
        if born > today:
            raise CellError(gettext("Fødselsdatoen er ikke kommet ennå."))
        return born

    return read


def _numbers(cell: str) -> tuple[str, ...]:
    parts = cell.replace(";", ",").replace("/", ",").split(",")
    return tuple(sorted({text(part) for part in parts if part.strip()}))
