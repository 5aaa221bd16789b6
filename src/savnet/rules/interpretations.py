"""How unclear sentences of the circular are read: numbered, dated, cited by the rules, shown to the reader.

`docs/interpretations.md` says the same for a lawyer; a test holds the two together.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Interpretation:
    """One reading. `provisions` are what it bears on; `question` and `reading` are in Norwegian, for the reader."""

    number: int
    dated: date
    provisions: tuple[str, ...]
    question: str
    reading: str


def _reading(number: int, provisions: tuple[str, ...], question: str, reading: str) -> Interpretation:
    return Interpretation(
        number=number, dated=date(2026, 11, 21), provisions=provisions, question=question, reading=reading
    )


INTERPRETATIONS: tuple[Interpretation, ...] = (
    _reading(
        1,
        ("2.2-3", "d-4"),
        "Når begynner de 24 timene å løpe?",
        "Fra tidspunktet da det var grunn til å tro at barnet har forsvunnet. Når fraværet ble oppdaget og når "
        "barnet sist ble sett, lagres også, og mottaket minnes på fristen fra fraværet ble oppdaget. 24 timer er "
        "24 timer, også de nettene klokken stilles.",
    ),
    _reading(
        2,
        ("1-3", "2.2-7"),
        "Hva betyr «15–18 år», og hva om barnet fyller 18 mens det er savnet?",
        "Fra 15-årsdagen til dagen før 18-årsdagen, etter registrert fødselsdato på dagen som avgjør (se tolkning 12). "
        "Den som fyller 18 mens saken står åpen, er fortsatt omfattet. Plikten til å melde fra om retur har ingen "
        "aldersgrense.",
    ),
    _reading(
        3,
        ("2.2-7", "4-14"),
        "Er representant, verge og advokat «instanser» som skal ha skriftlig melding når barnet er tilbake?",
        "Ja. De er varslet om forsvinningen, og skal ikke være de eneste som ikke får vite at barnet er funnet.",
    ),
    _reading(
        4,
        ("2.2-7", "4-14"),
        "Er «samtlige instanser som har mottatt melding» og «alle de instanser som ble varslet» de samme?",
        "Ja. Én skriftlig melding til hver oppfyller begge bestemmelsene. Også den som bare er forsøkt varslet, "
        "regnes med. Bare registreringer i Sesam og DUF er ikke varsler.",
    ),
    _reading(
        5,
        ("2.2-3", "a-1"),
        "Hvem har ansvaret når barnet forsvinner under flytting mellom to mottak?",
        "Mottaket som sendte barnet, helt til mottaket som skal ta imot, har bekreftet ankomsten. Lokalt "
        "politidistrikt og lokal barnevernstjeneste er avsendermottakets. Saken merkes som forsvinning under "
        "flytting.",
    ),
    _reading(
        6,
        ("b-8", "d-5"),
        "Skal regionkontoret ha kopi også når bekymringsmeldingen går til en annen kommune?",
        "Ja. Kopien følger meldingen, uansett hvilken barnevernstjeneste den gikk til.",
    ),
    _reading(
        7,
        ("b-4", "b-8", "3-7", "3-8"),
        "Hva er en «kjent adresse»?",
        "En bestemt adresse i en bestemt kommune. «Sannsynligvis i Oslo» er ikke nok: da går meldingen til lokal "
        "barnevernstjeneste, og stedet nevnes i meldingen.",
    ),
    _reading(
        8,
        ("d-1", "d-2", "d-3"),
        "Når er en innkalling «nært forestående»?",
        "Når det er 72 timer eller mindre til avtalen på det tidspunktet meldingen blir eller ville blitt sendt. "
        "Da rekker en melding fredag kveld over helgen.",
    ),
    _reading(
        9,
        ("2.2-2", "a-1", "b-4", "d-4"),
        "Gjelder pliktene på nytt når et barn forsvinner flere ganger?",
        "Ja. Hver forsvinning etter en retur utløser alle pliktene på nytt. Så lenge barnet ikke er kommet "
        "tilbake, er det samme forsvinning, også om flere melder den.",
    ),
    _reading(
        10,
        ("1-3",),
        "Gjelder rundskrivet for en som ennå ikke er registrert i DUF, eller som mangler fødselsdato?",
        "Ja, når vedkommende selv sier å være mindreårig og ikke har foreldre her. Tvil går i barnets favør.",
    ),
    _reading(
        11,
        ("1-3", "1-8"),
        "Når fyller den år som er født 29. februar?",
        "1. mars i år uten skuddag. Barnet er da omfattet én dag lenger, aldri én dag kortere.",
    ),
    _reading(
        12,
        ("1-3", "1-4", "1-8"),
        "Hvilken dag avgjør om barnet er omfattet?",
        "Dagen i Norge da det var grunn til å tro at barnet har forsvunnet, eller dagen da fraværet som gikk forut, "
        "ble oppdaget: Barnet er omfattet hvis det var omfattet på én av de to dagene. Et barn som er borte når det "
        "fyller 18 år, mister ikke vernet ved midnatt. For undersøkelsen etter punkt 2.2 første ledd er det dagen da "
        "fraværet ble oppdaget. En senere avgjørelse om alder endrer ikke pliktene som alt er oppstått.",
    ),
    _reading(
        13,
        ("c-1", "c-2"),
        "Når er plikten til å ringe representant og advokat oppfylt?",
        "Når personen er nådd på telefon og er spurt. Svaret noteres, også når svaret er at de ikke vet noe, "
        "eller at de ikke kunne svare. Et ubesvart anrop er et forsøk. Får barnet advokat mens det er savnet, "
        "skal også den ringes.",
    ),
    _reading(
        14,
        ("4-19",),
        "Hva om beboeren sier nei og representanten ja, eller omvendt?",
        "Teksten sier «eller». Ett gyldig samtykke er nok, så lenge den som ga det, ikke har trukket det tilbake.",
    ),
    _reading(
        15,
        ("d-1", "d-2"),
        "Hva om innkallingen kommer etter at barnet forsvant?",
        "Da skal enheten ha melding om den avtalen også. Meldingen gjelder «innkalt», uansett når innkallingen kom.",
    ),
    _reading(
        16,
        ("b-4", "b-8", "b-9", "3-8", "2.2-7"),
        "Hva er skriftlig, og kan en bekymringsmelding gis på telefon?",
        "Alt som gir mottakeren noe skriftlig: brev, levert i hånden, avtalt kanal, digital kanal og e-post. En "
        "telefon oppfyller ikke en plikt til å sende, men kan være nok der det bare står «varsle». Åpen e-post er "
        "aldri nok der rundskrivet krever post eller kryptert e-post.",
    ),
    _reading(
        17,
        ("2.2-7",),
        "Hvem skal ha melding om opplysninger om hvor barnet er, og hvem skal ha melding om retur?",
        "Opplysninger om oppholdssted: alle som var varslet eller forsøkt varslet da opplysningen kom, og den som "
        "siden får et brev som ble skrevet før opplysningen var kjent, for den står ikke i brevet. Retur: "
        "alle som noen gang ble varslet eller forsøkt varslet, også etter at barnet var tilbake.",
    ),
    _reading(
        18,
        ("4-12", "4-13"),
        "Må både politi og barnevernstjeneste ha henvendt seg?",
        "Nei. Punkt 4 sier «og» ett sted og «eller» et annet. En henvendelse fra én av dem er nok.",
    ),
    _reading(
        19,
        ("2.2-3", "b-4", "c-1", "d-4"),
        "Faller plikter bort når barnet kommer tilbake før de er oppfylt?",
        "Rundskrivet sier ikke det. De står åpne og synlige til noen har gjort dem eller rettet opp hendelsen.",
    ),
    _reading(
        20,
        ("2.2-1", "2.2-4"),
        "Hva skjer med plikten til å undersøke årsaken når det blir grunn til å tro at barnet har forsvunnet?",
        "Plikten til å undersøke omstendighetene nærmere tar over. Får fraværet en forklaring, er plikten oppfylt.",
    ),
    _reading(
        21,
        ("b-4", "b-8"),
        "Hva hvis den kjente adressen i en annen kommune blir kjent først etter at bekymringsmeldingen er sendt?",
        "Meldingen som er sendt, står. En ny bekymringsmelding sendes til barnevernstjenesten i kommunen der barnet "
        "oppholder seg. Er ingenting sendt ennå, bytter meldingen mottaker, og lokal barnevernstjeneste får den ikke.",
    ),
    _reading(
        22,
        ("a-1", "b-4", "b-9", "3-8", "4-18"),
        "Hva hvis mottakeren svarer at meldingen ikke er deres?",
        "Meldingen som er sendt, står. Når det er klart hvem som er rett mottaker, sendes en ny melding dit, straks "
        "til politiet og uten ugrunnet opphold til barnevernstjenesten. Fristen på 24 timer blir ikke lengre av det.",
    ),
)
"""Every reading, by number."""
