"""Make what people typed fit the portal's patterns without changing what it says; say so where that can't be done."""

import re

PHONE = re.compile(r"(\+?)[ (]*([0-9](?:[0-9 ()./\-]*[0-9])?)")
EMAIL = re.compile(
    r"[A-Za-zæøåÆØÅ0-9_-]+(\.[A-Za-zæøåÆØÅ0-9_-]+)*@[A-Za-zæøåÆØÅ0-9-]+(\.[A-Za-zæøåÆØÅ0-9-]+)*\.[A-Za-z]{2,}"
)
POST_TOWN = re.compile(r"(?:NO?-)?([0-9]{4}) +(\S.*)")


class DoesNotFit(ValueError):
    """The portal's form has no room for this. `reason` says why in Norwegian; let the letter go another way."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def one_line(text: str) -> str:
    """The text on one line: names in the portal's form hold no line breaks."""
    return " ".join(text.split())


def needed(text: str, what: str) -> str:
    """The text on one line; DoesNotFit where there is none."""
    line = one_line(text)
    if not line:
        raise DoesNotFit(f"{what} mangler, og portalen krever det.")
    return line


def phone_number(text: str) -> str:
    """The first telephone number in the text, as digits in groups; DoesNotFit where there is none.

    The form takes no brackets, slashes or words. The letter beside it has the number as it was typed.
    """
    found = PHONE.search(text)
    if not found:
        raise DoesNotFit("Telefonnummeret til melderen mangler eller kan ikke leses.")
    return found[1] + " ".join(re.findall("[0-9]+", found[2]))


def email_address(text: str) -> str:
    """The address if the form takes it; it takes fewer than e-mail does, such as none with a plus sign."""
    address = text.strip()
    if not EMAIL.fullmatch(address):
        raise DoesNotFit("Portalen tar ikke imot e-postadressen til melderen.")
    return address


def postal_address(lines: tuple[str, ...]) -> dict[str, str]:
    """The lines of an address as the form wants them: post code and town apart where the last line holds them.

    The form has three lines before these; what is more is joined to the third. Nothing at all becomes «Ukjent».
    """
    kept = [line for line in map(one_line, lines) if line]
    town = POST_TOWN.fullmatch(kept[-1]) if kept else None
    above = kept[:-1] if town else kept
    numbered = [*above[:2], ", ".join(above[2:])] if len(above) > 2 else above
    form = {f"adresselinje{number}": line for number, line in enumerate(numbered or ["Ukjent"], start=1)}
    return form | ({"postnummer": town[1], "poststed": town[2]} if town else {})
