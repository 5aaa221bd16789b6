"""The nine questions of the police report (2.3 a) as staff are asked them, with what helps to answer."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One of the nine: the question, what to think of, and what «yes» leads on to."""

    id: str
    question: str
    hint: str
    text_label: str


ITEMS = (
    Item(
        id="a-3",
        question="Vet dere når barnet sist ble sett på mottaket?",
        hint="Når det var, hvor, og hvem som så barnet.",
        text_label="Mer om da barnet sist ble sett",
    ),
    Item(
        id="a-4",
        question="Har barnet sagt noe, eller har dere sett noe, som kan ha betydning?",
        hint="Planer, redsel, nye bekjentskaper, uvanlig oppførsel.",
        text_label="Hva barnet sa eller dere så",
    ),
    Item(
        id="a-5",
        question="Har barnet tatt med seg eiendelene sine?",
        hint="Se i rommet: klær, sekk, telefon, lader, papirer.",
        text_label="Hva er borte, og hva ligger igjen",
    ),
    Item(
        id="a-6",
        question="Har barnet et nettverk i Norge?",
        hint="Venner, familie, kjæreste, kontakter på mottaket eller andre.",
        text_label="Hvem, og hvor de er",
    ),
    Item(
        id="a-7",
        question="Er det andre beboere som vet hvor barnet kan være?",
        hint="Skriv navnene. De går bare til politiet.",
        text_label="Hvem, hva de vet, og hvem barnet kan være sammen med",
    ),
    Item(
        id="a-8",
        question="Er det gjort en aldersundersøkelse?",
        hint="Hvis ja: når.",
        text_label="Når den ble gjort",
    ),
    Item(
        id="a-9",
        question="Har det vært hendelser eller bekymringer før barnet ble borte?",
        hint="Menneskehandel, tvangsekteskap, kriminalitet, rus, trusler, selvskading.",
        text_label="Hva det gjaldt",
    ),
    Item(
        id="a-10",
        question="Har representanten eller advokaten opplysninger?",
        hint="Ring dem og spør. Har dere ikke fått tak i dem, velg «Ikke fått tak i».",
        text_label="Hva de opplyste",
    ),
    Item(
        id="a-11",
        question="Har barnevernet eller BUP satt i gang tiltak?",
        hint="BUP er psykisk helsevern for barn og unge.",
        text_label="Hvilke tiltak",
    ),
)
DANGERS = (
    "Tegn på menneskehandel",
    "Fare for tvangsekteskap",
    "Trusler eller vold",
    "Selvskading eller selvmordstanker",
    "Rus",
    "Kriminalitet",
    "Trenger medisiner eller helsehjelp",
    "Eiendelene ligger igjen",
)
"""What makes it urgent, for the police to see at a glance. Ticking none lowers no duty."""
SAYS_ITSELF = (
    "Brevet sier av seg selv at en forsvinning gir grunn til å tro at barnet kan bli utsatt for alvorlig omsorgssvikt. "
    "Skriv hva dere er bekymret for når det gjelder akkurat dette barnet."
)
"""Said by the letter in the receiver's own standard. What the centre worries about is in its own words (b-5)."""
BY_ID = {item.id: item for item in ITEMS}
