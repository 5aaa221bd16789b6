"""Looking up a municipality by its number, with a clear answer for numbers that have ceased."""

from datetime import date

from savnet.register.models import Municipality
from savnet.register.resolution import NoRecipient, norwegian_date


def in_force(number: str, on: date) -> Municipality:
    """The municipality with that number. Raises NoRecipient, naming what came after, if the number is not in use."""
    municipality = Municipality.objects.filter(number=number).first()
    if municipality is None:
        raise NoRecipient(
            f"Kommunenummer {number} er opphørt eller ukjent.", "Finn kommunen i kommunelista, og velg den der."
        )
    if not municipality.holds(on):
        raise _not_in_use(municipality, on)
    return municipality


def _not_in_use(municipality: Municipality, on: date) -> NoRecipient:
    named = f"Kommunenummer {municipality.number} ({municipality.name})"
    if municipality.valid_to is None or on < municipality.valid_to:
        return NoRecipient(f"{named} var ikke i bruk {norwegian_date(on)}.", "Kontroller datoen og kommunenummeret.")
    ceased = f"{named} opphørte {norwegian_date(municipality.valid_to)}."
    after = list(municipality.successors.all())
    if not after:
        return NoRecipient(ceased, "Finn kommunen i kommunelista, og velg den der.")
    if len(after) == 1:
        return NoRecipient(ceased, f"Området hører nå til {after[0]}. Bruk {after[0].number}.")
    choices = " eller ".join(str(each) for each in after)
    return NoRecipient(ceased, f"Området er delt: {choices}. Finn ut hvilken kommune adressen ligger i.")
