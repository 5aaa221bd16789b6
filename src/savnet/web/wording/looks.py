"""The access log in words: why somebody looked, and what they could see."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from savnet.access.looked_at import ByWhom
from savnet.access.rights import FieldClass, Relation, Role

WHY: Mapping[Relation, Promise] = {
    Relation.OWN_CENTRE: _("arbeider på mottaket der du bor eller bodde"),
    Relation.SENDING_CENTRE: _("arbeider på mottaket du flyttet fra"),
    Relation.RECEIVING_CENTRE: _("arbeider på mottaket du skulle flytte til"),
    Relation.OWN_REGION: _("arbeider ved UDIs regionkontor for mottaket"),
    Relation.ADDRESSED: _("arbeider ved et kontor som fikk en melding om deg"),
    Relation.MANDATE: _("fører tilsyn med mottaket"),
    Relation.COUNTRY: _("følger med på alle savnede barn i landet"),
    Relation.BREAK_GLASS: _("åpnet saken i et nødstilfelle"),
    Relation.NONE: _("har dette som arbeid"),
}
SEEN: Mapping[FieldClass, Promise] = {
    FieldClass.ROUTING: _("hvilke meldinger som er sendt"),
    FieldClass.IDENTITY: _("hvem du er"),
    FieldClass.WHEREABOUTS: _("hvor du har vært"),
    FieldClass.SUSPICION: _("hva noen har vært bekymret for"),
    FieldClass.THIRD_PARTY: _("hvem du kjenner"),
    FieldClass.HEALTH: _("hvordan du har det"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the print-out."""

    on: date
    who: str
    place: str
    why: tuple[Promise, ...]
    seen: tuple[Promise, ...]
    times: int


def line(looks: ByWhom) -> Line:
    """Looks of one day in words a child can read."""
    held = looks.why.partition(" | ")[0].split()
    return Line(
        looks.on,
        str(Role(looks.role).label),
        looks.place,
        tuple(words for relation, words in WHY.items() if relation.value in held),
        tuple(words for kind, words in SEEN.items() if kind.value in looks.classes),
        looks.times,
    )
