"""Looking up a municipality by its number, with a clear answer for numbers that have ceased."""

from datetime import date

from django.utils.translation import gettext

from savnet.register.models import Municipality
from savnet.register.resolution import NoRecipient, norwegian_date


def in_force(number: str, on: date) -> Municipality:
    """The municipality with that number. Raises NoRecipient, naming what came after, if the number is not in use."""
    municipality = Municipality.objects.filter(number=number).first()
    if municipality is None:
        raise NoRecipient(
            gettext("Kommunenummer %(number)s er opphørt eller ukjent.") % {"number": number},
            gettext("Finn kommunen i kommunelista, og velg den der."),
        )
    if not municipality.holds(on):
        raise _not_in_use(municipality, on)
    return municipality


def _not_in_use(municipality: Municipality, on: date) -> NoRecipient:
    named = gettext("Kommunenummer %(number)s (%(name)s)") % {"number": municipality.number, "name": municipality.name}
    if municipality.valid_to is None or on < municipality.valid_to:
        return NoRecipient(
            gettext("%(named)s var ikke i bruk %(day)s.") % {"named": named, "day": norwegian_date(on)},
            gettext("Kontroller datoen og kommunenummeret."),
        )
    ceased = gettext("%(named)s opphørte %(day)s.") % {
        "named": named,
        "day": norwegian_date(municipality.valid_to),
    }
    after = list(municipality.successors.all())
    if not after:
        return NoRecipient(ceased, gettext("Finn kommunen i kommunelista, og velg den der."))
    if len(after) == 1:
        return NoRecipient(
            ceased,
            gettext("Området hører nå til %(name)s. Bruk %(number)s.") % {"name": after[0], "number": after[0].number},
        )
    choices = " eller ".join(str(each) for each in after)
    return NoRecipient(
        ceased,
        gettext("Området er delt: %(choices)s. Finn ut hvilken kommune adressen ligger i.") % {"choices": choices},
    )
