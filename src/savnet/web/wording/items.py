"""The nine questions of the police report (2.3 a) as staff are asked them, with what helps to answer."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from savnet.web.wording.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One of the nine: the question, what to think of, and what «yes» leads on to."""

    id: str
    question: Text
    hint: Text
    text_label: Text


ITEMS = (
    Item(
        id="a-3",
        question=_("Vet dere når barnet sist ble sett på mottaket?"),
        hint=_("Når det var, hvor, og hvem som så barnet."),
        text_label=_("Mer om da barnet sist ble sett"),
    ),
    Item(
        id="a-4",
        question=_("Har barnet sagt noe, eller har dere sett noe, som kan ha betydning?"),
        hint=_("Planer, redsel, nye bekjentskaper, uvanlig oppførsel."),
        text_label=_("Hva barnet sa eller dere så"),
    ),
    Item(
        id="a-5",
        question=_("Har barnet tatt med seg eiendelene sine?"),
        hint=_("Se i rommet: klær, sekk, telefon, lader, papirer."),
        text_label=_("Hva er borte, og hva ligger igjen"),
    ),
    Item(
        id="a-6",
        question=_("Har barnet et nettverk i Norge?"),
        hint=_("Venner, familie, kjæreste, kontakter på mottaket eller andre."),
        text_label=_("Hvem, og hvor de er"),
    ),
    Item(
        id="a-7",
        question=_("Er det andre beboere som vet hvor barnet kan være?"),
        hint=_("Skriv navnene. De går bare til politiet."),
        text_label=_("Hvem, hva de vet, og hvem barnet kan være sammen med"),
    ),
    Item(
        id="a-8",
        question=_("Er det gjort en aldersundersøkelse?"),
        hint=_("Hvis ja: når."),
        text_label=_("Når den ble gjort"),
    ),
    Item(
        id="a-9",
        question=_("Har det vært hendelser eller bekymringer før barnet ble borte?"),
        hint=_("Menneskehandel, tvangsekteskap, kriminalitet, rus, trusler, selvskading."),
        text_label=_("Hva det gjaldt"),
    ),
    Item(
        id="a-10",
        question=_("Har representanten eller advokaten opplysninger?"),
        hint=_("Ring dem og spør. Har dere ikke fått tak i dem, velg «Ikke fått tak i»."),
        text_label=_("Hva de opplyste"),
    ),
    Item(
        id="a-11",
        question=_("Har barnevernet eller BUP satt i gang tiltak?"),
        hint=_("BUP er psykisk helsevern for barn og unge."),
        text_label=_("Hvilke tiltak"),
    ),
)
DANGERS = (
    gettext_noop("Tegn på menneskehandel"),
    gettext_noop("Fare for tvangsekteskap"),
    gettext_noop("Trusler eller vold"),
    gettext_noop("Selvskading eller selvmordstanker"),
    gettext_noop("Rus"),
    gettext_noop("Kriminalitet"),
    gettext_noop("Trenger medisiner eller helsehjelp"),
    gettext_noop("Eiendelene ligger igjen"),
)
"""What makes it urgent, for the police to see at a glance. Ticking none lowers no duty."""
SAYS_ITSELF = _(
    "Brevet sier av seg selv at en forsvinning gir grunn til å tro at barnet kan bli utsatt for alvorlig omsorgssvikt. "
    "Skriv hva dere er bekymret for når det gjelder akkurat dette barnet."
)
"""Said by the letter in the receiver's own standard. What the centre worries about is in its own words (b-5)."""
BY_ID = {item.id: item for item in ITEMS}
