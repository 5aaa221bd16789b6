"""What each duty is called as a task, what its button says, what it asks for in plain words, and what it is when done.

Keyed by obligation id, or by id and recipient where the same duty is owed to several. A guard test holds the catalogue
to the rules: every id the rules can give has its words here, or in `udi`.
"""

from django.utils.translation import gettext_lazy as _

from savnet.web.wording.duty import Duty
from savnet.web.wording.udi import UDI
from savnet.web.wording.words import RECIPIENT, inside

CATALOGUE: dict[str, Duty] = {
    "recall": Duty(
        _("Be mottakeren slette brevet"),
        _("Skriv ut og noter sendt"),
        _("Mottakeren fikk et brev de ikke skulle hatt. Rundskrivet sier ikke noe om dette."),
        _("Bedt mottakeren slette et brev"),
    ),
    "2.2-1": Duty(
        _("Finn ut hvorfor barnet ikke er her"),
        _("Skriv hva dere har gjort"),
        _(
            "Når barnet ikke møter til daglige aktiviteter, eller ikke er tilbake til avtalt tid, skal mottaket "
            "undersøke hvorfor."
        ),
        _("Undersøkt hvorfor barnet ikke var her"),
    ),
    "a-1": Duty(
        _("Meld savnet til politiet"),
        _("Meld savnet"),
        _(
            "Mottaket skal sende savnetmelding til det lokale politidistriktet, ved frammøte eller slik det er avtalt "
            "med politiet. En telefonsamtale er ikke nok."
        ),
        _("Savnetmelding til politiet"),
    ),
    "2.2-4": Duty(
        _("Finn ut mer om hva som har skjedd"),
        _("Skriv hva dere har funnet ut"),
        _("Mottaket skal undersøke omstendighetene rundt forsvinningen nærmere."),
        _("Undersøkt omstendighetene"),
    ),
    "b-4": Duty(
        _("Send bekymringsmelding til barnevernstjenesten"),
        _("Send bekymringsmelding"),
        _(
            "Når et barn forsvinner, er det grunn til å tro at det kan bli utsatt for alvorlig omsorgssvikt. "
            "Mottaket skal melde fra til barnevernstjenesten uten hinder av taushetsplikten."
        ),
        _("Bekymringsmelding til barnevernstjenesten"),
    ),
    "b-8": Duty(
        _("Send bekymringsmelding til barnevernstjenesten der barnet er"),
        _("Send bekymringsmelding"),
        _(
            "Når adressen er kjent, skal bekymringsmeldingen gå til barnevernstjenesten i den kommunen, og ikke til "
            "den lokale."
        ),
        _("Bekymringsmelding til barnevernstjenesten der barnet er"),
    ),
    "c-1/representative": Duty(
        _("Ring representanten"),
        _("Ring representanten"),
        _(
            "Representanten skal få beskjed på telefon. Spør om representanten vet noe som kan hjelpe politiet, "
            "barnevernet eller UDI."
        ),
        _("Representanten varslet på telefon"),
    ),
    "c-1/guardian": Duty(
        _("Ring vergen"),
        _("Ring vergen"),
        _("Vergen skal få beskjed på telefon. Spør om vergen vet noe som kan hjelpe politiet, barnevernet eller UDI."),
        _("Vergen varslet på telefon"),
    ),
    "c-1/lawyer": Duty(
        _("Ring advokaten"),
        _("Ring advokaten"),
        _(
            "Advokaten skal få beskjed på telefon. Spør om advokaten vet noe som kan hjelpe politiet, barnevernet "
            "eller UDI."
        ),
        _("Advokaten varslet på telefon"),
    ),
    "d-1": Duty(
        _("Si fra til {mottaker} om ankomstsamtalen"),
        _("Send avbestilling"),
        _("Er barnet innkalt til ankomstsamtale, skal mottaket varsle enheten som har satt opp samtalen."),
        _("Beskjed til {mottaker} om ankomstsamtalen"),
    ),
    "d-2": Duty(
        _("Si fra til Barnefaglig enhet i UDI om innkallingen"),
        _("Send avbestilling"),
        _("Er barnet innkalt til aldersundersøkelse eller asylintervju, skal mottaket varsle Barnefaglig enhet."),
        _("Beskjed til Barnefaglig enhet om innkallingen"),
    ),
    "d-4": Duty(
        _("Registrer barnet som forsvunnet i Sesam"),
        _("Registrer i Sesam"),
        _("Mottaket skal registrere barnet som forsvunnet i Sesam."),
        _("Registrert som forsvunnet i Sesam"),
    ),
    "d-5/a-1": Duty(
        _("Send kopi av savnetmeldingen til UDIs regionkontor"),
        _("Send kopi"),
        _("Regionkontoret skal ha kopi av meldingen til politiet, i posten eller med kryptert e-post."),
        _("Kopi av savnetmeldingen til UDIs regionkontor"),
    ),
    "d-5/b-4": Duty(
        _("Send kopi av bekymringsmeldingen til UDIs regionkontor"),
        _("Send kopi"),
        _("Regionkontoret skal ha kopi av bekymringsmeldingen, i posten eller med kryptert e-post."),
        _("Kopi av bekymringsmeldingen til UDIs regionkontor"),
    ),
    "2.2-7": Duty(
        _("Gi {mottaker} skriftlig beskjed"),
        _("Send skriftlig beskjed"),
        _(
            "Når barnet kommer tilbake, eller det kommer opplysninger om hvor barnet er, skal alle som fikk melding om "
            "forsvinningen, få skriftlig beskjed. En telefonsamtale er ikke nok."
        ),
        _("Skriftlig beskjed til {mottaker}"),
    ),
    "4-12": Duty(
        _("Ta imot barnet"),
        _("Barnet er tatt imot"),
        _("Mottaket skal ta imot barnet til UDI har avklart hvor det skal bo, også når mottaket er fullt."),
        _("Barnet ble tatt imot"),
    ),
    "4-13": Duty(
        _("Ordne transport"),
        _("Transporten er gjennomført"),
        _("Ber politiet eller barnevernet om det utenom UDIs kontortid, skal mottaket ordne nødvendig transport."),
        _("Transport ordnet"),
    ),
    "4-15": Duty(
        _("Ha oppfølgingssamtale med barnet"),
        _("Skriv fra samtalen"),
        _(
            "Mottaket skal ha en samtale med barnet om hvorfor det dro, hvor det var, hva det gjorde, og om det "
            "føler seg trygt."
        ),
        _("Oppfølgingssamtale holdt"),
    ),
    "4-16": Duty(
        _("Følg rutinene ved mistanke om menneskehandel eller vold"),
        _("Rutinene er fulgt"),
        _("Er dere bekymret for menneskehandel eller vold i nære relasjoner, skal dere følge rutinene i RS 2015-007."),
        _("Rutinene ved menneskehandel og vold er fulgt"),
    ),
    "4-17": Duty(
        _("Før samtalen inn i personmappen"),
        _("Ført inn"),
        _("Opplysningene fra samtalen skal stå i barnets personmappe på mottaket. Skriv ikke helseopplysninger der."),
        _("Samtalen ført inn i personmappen"),
    ),
    "b-9": Duty(
        _("Send ny bekymringsmelding til barnevernstjenesten"),
        _("Send bekymringsmelding"),
        _(
            "Er det grunn til å tro at barnet er eller har vært utsatt for alvorlig omsorgssvikt, skal mottaket "
            "sende ny bekymringsmelding."
        ),
        _("Ny bekymringsmelding til barnevernstjenesten"),
    ),
    "4-18": Duty(
        _("Varsle {mottaker} om mistanken"),
        _("Send varsel"),
        _(
            "Ved begrunnet mistanke om alvorlig omsorgssvikt skal mottaket varsle både barnevernstjenesten og "
            "regionkontoret."
        ),
        _("Varsel om mistanken til {mottaker}"),
    ),
    "4-19": Duty(
        _("Send opplysninger om asylsaken til UDIs regionkontor"),
        _("Send opplysningene"),
        _(
            "Opplysninger som betyr noe for asylsaken, skal til regionkontoret, men først når barnet, representanten "
            "eller vergen har samtykket."
        ),
        _("Opplysninger om asylsaken til UDIs regionkontor"),
    ),
}


def duty(obligation: str, recipient: str | None, copy_of: str | None) -> Duty:
    """The words for an obligation, with its recipient written in. Raises LookupError where there are none."""
    found = _find(obligation, recipient, copy_of)
    to = inside(RECIPIENT[recipient]) if recipient else ""
    return Duty(
        *(str(text).replace("{mottaker}", to) for text in (found.title, found.button, found.meaning, found.done))
    )


def _find(obligation: str, recipient: str | None, copy_of: str | None) -> Duty:
    copied = "a-1" if copy_of == "a-1" else "b-4"
    for key in (f"{obligation}/{recipient}", f"{obligation}/{copied}", obligation):
        if found := CATALOGUE.get(key) or UDI.get(key):
            return found
    raise LookupError(f"No words for {obligation}. Add it to savnet.web.wording.duties.")
