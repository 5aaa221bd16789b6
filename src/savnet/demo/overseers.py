"""What those who oversee have in the demo: mandates, a quarter's statistics, and a request from the police."""

from datetime import datetime, timedelta

from savnet.access.models import Mandate, Person
from savnet.casework.disclosures import Asked, note_request
from savnet.register.models import AskedBy, Centre, InformationRequest, Resident
from savnet.rules.time import norwegian_day
from savnet.statistics.editions import publish_what_has_ended


def furnish(granvik: Centre, residents: list[Resident], night: Person, now: datetime) -> None:
    """Once; run again, it adds nothing."""
    for username, basis in (("tilsyn", "tilsynssak 2026/12 (oppdiktet)"), ("nasjonal", "oppdrag 2026/3 (oppdiktet)")):
        person = Person.objects.get(username=username)
        if not Mandate.objects.filter(person=person).exists():
            Mandate.objects.create(
                person=person, centre=granvik, legal_basis=basis, valid_from=now, valid_until=now + timedelta(days=365)
            )
    publish_what_has_ended(now)
    if not InformationRequest.objects.exists():
        note_request(residents[3], asked_by_police(now, "2026/4711"), by=night, now=now - timedelta(hours=2))


def asked_by_police(now: datetime, reference: str) -> Asked:
    """A letter that came yesterday."""
    return Asked(
        asked_by=AskedBy.POLICE,
        office="Fjordkanten politidistrikt",
        person="Politibetjent Oddvar Påfunnås",
        reference=reference,
        written=True,
        dated=norwegian_day(now - timedelta(days=1)),
        purpose="Leter etter barnet og vil vite hvem det er.",
    )
