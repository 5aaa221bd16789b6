"""What each duty is called as a task, what its button says, what it asks for in plain words, and what it is when done.

Keyed by obligation id, or by id and recipient where the same duty is owed to several. A guard test holds the catalogue
to the rules: every id the rules can give has its words here, or in `udi`.
"""

from savnet.web.wording.duty import Duty
from savnet.web.wording.udi import UDI
from savnet.web.wording.words import RECIPIENT, inside

CATALOGUE: dict[str, Duty] = {
    "2.2-1": Duty(
        "Finn ut hvorfor barnet ikke er her",
        "Skriv hva dere har gjort",
        "Når barnet ikke møter til daglige aktiviteter, eller ikke er tilbake til avtalt tid, skal mottaket "
        "undersøke hvorfor.",
        "Undersøkt hvorfor barnet ikke var her",
    ),
    "a-1": Duty(
        "Meld savnet til politiet",
        "Meld savnet",
        "Mottaket skal sende savnetmelding til det lokale politidistriktet, ved frammøte eller slik det er avtalt "
        "med politiet. En telefonsamtale er ikke nok.",
        "Savnetmelding til politiet",
    ),
    "2.2-4": Duty(
        "Finn ut mer om hva som har skjedd",
        "Skriv hva dere har funnet ut",
        "Mottaket skal undersøke omstendighetene rundt forsvinningen nærmere.",
        "Undersøkt omstendighetene",
    ),
    "b-4": Duty(
        "Send bekymringsmelding til barnevernstjenesten",
        "Send bekymringsmelding",
        "Når et barn forsvinner, er det grunn til å tro at det kan bli utsatt for alvorlig omsorgssvikt. Mottaket skal "
        "melde fra til barnevernstjenesten uten hinder av taushetsplikten.",
        "Bekymringsmelding til barnevernstjenesten",
    ),
    "b-8": Duty(
        "Send bekymringsmelding til barnevernstjenesten der barnet er",
        "Send bekymringsmelding",
        "Når adressen er kjent, skal bekymringsmeldingen gå til barnevernstjenesten i den kommunen, og ikke til den "
        "lokale.",
        "Bekymringsmelding til barnevernstjenesten der barnet er",
    ),
    "c-1/representative": Duty(
        "Ring representanten",
        "Ring representanten",
        "Representanten skal få beskjed på telefon. Spør om representanten vet noe som kan hjelpe politiet, "
        "barnevernet eller UDI.",
        "Representanten varslet på telefon",
    ),
    "c-1/guardian": Duty(
        "Ring vergen",
        "Ring vergen",
        "Vergen skal få beskjed på telefon. Spør om vergen vet noe som kan hjelpe politiet, barnevernet eller UDI.",
        "Vergen varslet på telefon",
    ),
    "c-1/lawyer": Duty(
        "Ring advokaten",
        "Ring advokaten",
        "Advokaten skal få beskjed på telefon. Spør om advokaten vet noe som kan hjelpe politiet, barnevernet eller "
        "UDI.",
        "Advokaten varslet på telefon",
    ),
    "d-1": Duty(
        "Si fra til {mottaker} om ankomstsamtalen",
        "Send avbestilling",
        "Er barnet innkalt til ankomstsamtale, skal mottaket varsle enheten som har satt opp samtalen.",
        "Beskjed til {mottaker} om ankomstsamtalen",
    ),
    "d-2": Duty(
        "Si fra til Barnefaglig enhet i UDI om innkallingen",
        "Send avbestilling",
        "Er barnet innkalt til aldersundersøkelse eller asylintervju, skal mottaket varsle Barnefaglig enhet.",
        "Beskjed til Barnefaglig enhet om innkallingen",
    ),
    "d-4": Duty(
        "Registrer barnet som forsvunnet i Sesam",
        "Registrer i Sesam",
        "Mottaket skal registrere barnet som forsvunnet i Sesam.",
        "Registrert som forsvunnet i Sesam",
    ),
    "d-5/a-1": Duty(
        "Send kopi av savnetmeldingen til UDIs regionkontor",
        "Send kopi",
        "Regionkontoret skal ha kopi av meldingen til politiet, i posten eller med kryptert e-post.",
        "Kopi av savnetmeldingen til UDIs regionkontor",
    ),
    "d-5/b-4": Duty(
        "Send kopi av bekymringsmeldingen til UDIs regionkontor",
        "Send kopi",
        "Regionkontoret skal ha kopi av bekymringsmeldingen, i posten eller med kryptert e-post.",
        "Kopi av bekymringsmeldingen til UDIs regionkontor",
    ),
    "2.2-7": Duty(
        "Gi {mottaker} skriftlig beskjed",
        "Send skriftlig beskjed",
        "Når barnet kommer tilbake, eller det kommer opplysninger om hvor barnet er, skal alle som fikk melding om "
        "forsvinningen, få skriftlig beskjed. En telefonsamtale er ikke nok.",
        "Skriftlig beskjed til {mottaker}",
    ),
    "4-12": Duty(
        "Ta imot barnet",
        "Barnet er tatt imot",
        "Mottaket skal ta imot barnet til UDI har avklart hvor det skal bo, også når mottaket er fullt.",
        "Barnet ble tatt imot",
    ),
    "4-13": Duty(
        "Ordne transport",
        "Transporten er gjennomført",
        "Ber politiet eller barnevernet om det utenom UDIs kontortid, skal mottaket ordne nødvendig transport.",
        "Transport ordnet",
    ),
    "4-15": Duty(
        "Ha oppfølgingssamtale med barnet",
        "Skriv fra samtalen",
        "Mottaket skal ha en samtale med barnet om hvorfor det dro, hvor det var, hva det gjorde, og om det føler seg "
        "trygt.",
        "Oppfølgingssamtale holdt",
    ),
    "4-16": Duty(
        "Følg rutinene ved mistanke om menneskehandel eller vold",
        "Rutinene er fulgt",
        "Er dere bekymret for menneskehandel eller vold i nære relasjoner, skal dere følge rutinene i RS 2015-007.",
        "Rutinene ved menneskehandel og vold er fulgt",
    ),
    "4-17": Duty(
        "Før samtalen inn i personmappen",
        "Ført inn",
        "Opplysningene fra samtalen skal stå i barnets personmappe på mottaket. Skriv ikke helseopplysninger der.",
        "Samtalen ført inn i personmappen",
    ),
    "b-9": Duty(
        "Send ny bekymringsmelding til barnevernstjenesten",
        "Send bekymringsmelding",
        "Er det grunn til å tro at barnet er eller har vært utsatt for alvorlig omsorgssvikt, skal mottaket sende ny "
        "bekymringsmelding.",
        "Ny bekymringsmelding til barnevernstjenesten",
    ),
    "4-18": Duty(
        "Varsle {mottaker} om mistanken",
        "Send varsel",
        "Ved begrunnet mistanke om alvorlig omsorgssvikt skal mottaket varsle både barnevernstjenesten og "
        "regionkontoret.",
        "Varsel om mistanken til {mottaker}",
    ),
    "4-19": Duty(
        "Send opplysninger om asylsaken til UDIs regionkontor",
        "Send opplysningene",
        "Opplysninger som betyr noe for asylsaken, skal til regionkontoret, men først når barnet, representanten eller "
        "vergen har samtykket.",
        "Opplysninger om asylsaken til UDIs regionkontor",
    ),
}


def duty(obligation: str, recipient: str | None, copy_of: str | None) -> Duty:
    """The words for an obligation, with its recipient written in. Raises LookupError where there are none."""
    found = _find(obligation, recipient, copy_of)
    to = inside(RECIPIENT[recipient]) if recipient else ""
    return Duty(*(text.replace("{mottaker}", to) for text in (found.title, found.button, found.meaning, found.done)))


def _find(obligation: str, recipient: str | None, copy_of: str | None) -> Duty:
    copied = "a-1" if copy_of == "a-1" else "b-4"
    for key in (f"{obligation}/{recipient}", f"{obligation}/{copied}", obligation):
        if found := CATALOGUE.get(key) or UDI.get(key):
            return found
    raise LookupError(f"No words for {obligation}. Add it to savnet.web.wording.duties.")
