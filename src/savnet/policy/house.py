"""A choice of the house: what it is called, what it says, and in which provision's service it stands."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class HousePolicy:
    """One choice. `says` is shown to the reader, in Norwegian, marked as house policy and never as law."""

    name: str
    serves: str
    says: str


ASK_AFTER = timedelta(hours=1)
"""How long an absence stands before the house asks whether there is reason to believe the child has disappeared."""

RETRY = (
    timedelta(minutes=1),
    timedelta(minutes=2),
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(minutes=30),
    timedelta(hours=1),
)
"""How long to wait before a message that did not get through is tried again; the last step repeats."""

BREAK_GLASS_LASTS = timedelta(hours=1)
"""How long a child's case stands open to somebody who opened it in an emergency."""

PROPOSAL_LASTS = timedelta(hours=72)
"""How long a proposal waits for a second person before it lapses."""

CONCERN_AFTER_POLICE = timedelta(hours=1)
"""How long after the report to the police the concern report may go before the house asks for the reason."""

SILENT_AFTER = timedelta(days=3)
"""How long a centre with residents may have noted nothing before the region sees it as silent."""

HOUSE_POLICIES = (
    HousePolicy(
        name="ask_after",
        serves="2.2-1",
        says="Er fraværet ikke forklart etter én time, spør vi om det er grunn til å tro at barnet har forsvunnet.",
    ),
    HousePolicy(
        name="retry",
        serves="2.2-3",
        says="Kommer en melding ikke fram, prøver vi igjen etter 1, 2, 5, 15 og 30 minutter. "
        "Er den ikke kommet fram i tide, prøver vi neste kanal som rundskrivet tillater, og til slutt papir. Kryptert "
        "e-post har to timer på seg og de andre kanalene tre, og mindre når fristen er nær: den som skal levere på "
        "papir, skal ha minst seks timer.",
    ),
    HousePolicy(
        name="stopped",
        serves="2.3",
        says="Kommer barnet tilbake før en melding er sendt, sender vi den ikke av oss selv. Plikten står åpen til "
        "noen har avklart med mottakeren om den likevel skal sendes.",
    ),
    HousePolicy(
        name="redirected",
        serves="b-8",
        says="Blir en adresse kjent før bekymringsmeldingen er sendt, stanser vi den, og sender en ny til "
        "barneverntjenesten i kommunen der adressen er.",
    ),
    HousePolicy(
        name="copies_follow",
        serves="d-5",
        says="Kopien til regionkontoret sendes av seg selv når meldingen til politiet eller barnevernet er sendt.",
    ),
    HousePolicy(
        name="concern_after_police",
        serves="b-4",
        says="Går bekymringsmeldingen mer enn én time senere enn savnetmeldingen til politiet, ber vi om en grunn.",
    ),
    HousePolicy(
        name="silent_centre",
        serves="2.1",
        says="Har et mottak med beboere ikke notert noe på tre døgn, viser vi det til regionkontoret. Det vises også "
        "når et barn har vært savnet i over et døgn uten at regionkontoret har fått kopi.",
    ),
    HousePolicy(
        name="receipt",
        serves="2.2-3",
        says="Vi regner ikke en melding som mottatt før en navngitt person har bekreftet det.",
    ),
    HousePolicy(
        name="ladder",
        serves="2.2-3",
        says="Er noe ikke gjort, sier vi fra til det er gjort, til en ny person hver gang: først den som er på vakt, "
        "så lederen, så de andre på stedet selv om de ikke er på vakt, og til slutt Nasjonal oppfølging. Har alle fått "
        "vite det, går det til den det er lengst siden. Ingen får mer enn én slik påminnelse i kvarteret. Andre "
        "beskjeder, som at en mottaker har svart, kommer med én gang.",
    ),
    HousePolicy(
        name="handed_on",
        serves="2.2-3",
        says="Får vi ikke tak i den som skal ha et varsel, går det til den neste minuttet etter. Får vi ikke tak i "
        "noen av dem, prøver vi på nytt etter fem minutter, helt til en har fått varselet.",
    ),
    HousePolicy(
        name="pause",
        serves="2.2-3",
        says="Den som tar ansvar, kan sette varslene på pause en stund. Fristen løper like fullt, og når den er gått "
        "ut, varer pausen høyst én time.",
    ),
    HousePolicy(
        name="called_back",
        serves="2.2-3",
        says="En kvittering på telefon gjelder når dere selv har ringt tilbake på nummeret i registeret.",
    ),
    HousePolicy(
        name="questions",
        serves="a-1",
        says="Vi spør politiet om sak, saksnummer og etterlysning, og noterer svaret. Det som ikke er besvart, blir "
        "stående med en dato. Når barnet er tilbake, spør vi om etterlysningen er trukket tilbake.",
    ),
    HousePolicy(
        name="review",
        serves="2.2-4",
        says="Hver åpne sak har én som følger den opp, og en dag den skal gjennomgås: etter en uke, etter én, tre og "
        "seks måneder, deretter hvert år, og før barnet fyller 18.",
    ),
    HousePolicy(
        name="recall",
        serves="d-5",
        says="Har noen fått en melding de ikke skulle hatt, ber vi dem slette den, og noterer hva de svarer.",
    ),
    HousePolicy(
        name="ask_if_here",
        serves="2.2-1",
        says="Er et barn ikke krysset av til et fast tidspunkt, ikke tilbake til avtalt tid eller ikke kommet fram til "
        "et annet mottak, noterer vi fraværet av oss selv og spør vakten. Fristen for det setter mottaket, vanligvis "
        "en halv time.",
    ),
    HousePolicy(
        name="roll_call_not_taken",
        serves="2.2-1",
        says="Er en opptelling ikke tatt, regner vi ikke barna som borte. Vi sier fra om opptellingen. Har ingen "
        "notert at et barn er her på et døgn, noterer vi fraværet og spør.",
    ),
    HousePolicy(
        name="number_test",
        serves="2.2-3",
        says="Vi regner et telefonnummer som prøvd i 90 dager etter at noen sist fikk svar.",
    ),
)
"""Every choice the house shows beside the law; when each ladder tells somebody stands in `ladders_shown`."""

MANY_REFUSED = 10
"""So many different children or cases that are not one's own, asked for within the time below, and a leader is told."""

REFUSED_WITHIN = timedelta(hours=1)
"""How far back refused looks are counted."""
